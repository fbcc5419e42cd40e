"""How far access needs were met in a year, on the steering group's dashboard: numbers, no names."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.access import queries, rules
from events.access.models import EventNeed
from people.models import User
from programmes.heard.queries import fewest_for_members
from programmes.models import Programme
from programmes.registry import Bar, Chart, DashboardPart, Figure, Shown
from wellbeing.lib.suppression import may_show, suppressed

Result = EventNeed.Result
# The colours of components/bars.html.
TONES = {Result.MET: "paid", Result.PARTLY: "approved", Result.NOT_MET: "forecast"}


def needs_met(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show how many access needs were met, partly met and not met at the events of the last year.

    A number of needs is left out where few people are behind it, and with it those by which it could be worked out.
    """
    by_result, every, not_so = queries.results_in_a_year(programme, on)
    if not every.needs:
        return Shown(nothing=_("Nobody has recorded yet how far access needs were met."))
    fewest = fewest_for_members(on)
    opens = user is not None and bool(rules.can_see_results(user, programme))
    url = reverse("access_results", args=[programme.slug]) if opens else ""
    people = suppressed([by_result[result].people for result in Result], fewest)
    shown = {
        result: None if number is None else by_result[result].needs
        for result, number in zip(Result, people, strict=True)
    }
    figures = [_figure(result, number, url) for result, number in shown.items()]
    replies = not_so.needs if may_show(not_so.people, fewest) else None
    figures.append(
        Figure(
            gettext_lazy("People say it was not so"),
            None if replies is None else str(replies),
            f"{url}?reply={EventNeed.Reply.NOT_SO}" if url and replies else "",
            attention=bool(replies),
        )
    )
    chart = _chart(shown, every.needs, url) if may_show(every.people, fewest) else None
    return Shown(figures=figures, chart=chart, note=_note(user, opens=opens))


def _figure(result: str, number: int | None, url: str) -> Figure:
    label = {Result.MET: gettext_lazy("Met"), Result.PARTLY: gettext_lazy("Partly met")}.get(
        Result(result), gettext_lazy("Not met")
    )
    return Figure(
        label,
        None if number is None else str(number),
        f"{url}?result={result}" if url and number else "",
        attention=result == Result.NOT_MET and bool(number),
    )


def _chart(shown: dict[Result, int | None], total: int, url: str) -> Chart | None:
    """Return one bar of all needs, cut into what may be shown; nothing is drawn of what may not."""
    parts = [(TONES[result], number) for result, number in shown.items() if number]
    words = [
        _("%(result)s %(number)s") % {"result": result.label, "number": number}
        for result, number in shown.items()
        if number is not None
    ]
    text = _("%(total)s in all") % {"total": total}
    cells = [str(total), *(_("too few to show") if number is None else str(number) for number in shown.values())]
    return Chart(
        caption=_("Access needs at the events of the last year"),
        first=_("Needs"),
        columns=[_("In all"), *(str(result.label) for result in Result)],
        bars=[Bar(_("Access needs"), ", ".join([text, *words]), parts, total, cells, url)],
        legend=[(TONES[result], result.label) for result, number in shown.items() if number],
    )


def _note(user: User | None, *, opens: bool) -> str:
    if user is None or opens:
        return ""
    return _("Programme staff can open the needs behind these numbers, as they name people.")


NEEDS_MET = DashboardPart("access", gettext_lazy("Access needs met"), 74, needs_met)
