"""The parts of the dashboard about people: what was told back to them, and who is at the table."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.dashboard import queries
from programmes.dashboard.parts.decisions import SEAT_TONES
from programmes.dashboard.queries import SeatsOfGroup
from programmes.heard import queries as heard_queries
from programmes.heard.models import ToldBack
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from programmes.registry import Bar, Chart, DashboardPart, Figure, Shown
from wellbeing.lib.types import User


def told_back(user: User | None, programme: Programme, on: dt.date) -> Shown | None:
    """Show what people said and what became of it, and how many say that it is true, where enough of them do."""
    everything, waiting, overdue = queries.said_in(programme, on)
    if not everything:
        return Shown(nothing=_("Nobody has told us anything yet."))
    fewest = heard_queries.fewest_for_members(on)
    numbers = queries.told_and_replied(programme, fewest)
    pages = reverse("you_said", args=[programme.slug]) if user else ""
    late = ""
    if user and overdue and can_manage_programme(user, programme):
        late = f"{reverse('contributions', args=[programme.slug])}?todo=late"

    def in_state(state: str) -> str:
        return f"{pages}?state={state}" if pages else ""

    told, untold = numbers.told, numbers.untold

    def people(number: int | None) -> str | None:
        return None if number is None else str(number)

    return Shown(
        figures=[
            Figure(gettext_lazy("Told us"), str(everything), pages),
            Figure(gettext_lazy("Answered"), str(everything - waiting), pages),
            Figure(gettext_lazy("Being looked at"), str(waiting), in_state("open") if waiting else ""),
            Figure(gettext_lazy("Answer is late"), str(overdue), late, attention=bool(overdue)),
            Figure(gettext_lazy("People told"), people(told), pages),
            Figure(gettext_lazy("People not reached yet"), people(untold), pages, attention=bool(untold)),
            Figure(gettext_lazy("Say it is true"), people(numbers.replies[ToldBack.Reply.TRUE]), pages),
            Figure(gettext_lazy("Say it is not true"), people(numbers.replies[ToldBack.Reply.NOT_TRUE]), pages),
        ],
    )


def at_the_table(user: User | None, programme: Programme, on: dt.date) -> Shown | None:
    """Show the seats of each steering group by kind of member, and those that are vacant."""
    groups = queries.seats_of(programme, on)
    if not groups:
        return Shown(nothing=_("There is no steering group yet."))
    bars: list[Bar] = []
    vacant = 0
    for group in groups:
        more, number = _seats(user, programme, group, several=len(groups) > 1)
        bars, vacant = bars + more, vacant + number
    return Shown(
        figures=[
            Figure(gettext_lazy("Vacant seats"), str(vacant), bars[0].url if bars else "", attention=bool(vacant)),
        ],
        chart=Chart(
            caption=_("Seats of the group"),
            first=_("Kind of member"),
            columns=[_("In office"), _("Seats"), _("Vacant")],
            bars=bars,
            legend=[],
        )
        if bars
        else None,
    )


def _seats(
    user: User | None,
    programme: Programme,
    group: SeatsOfGroup,
    *,
    several: bool,
) -> tuple[list[Bar], int]:
    """Return a bar for each kind of seat of `group`, and how many seats are vacant."""
    bars, vacant = [], 0
    for seat in Term.Seat:
        number, there = group.seats.get(seat, 0), group.taken.get(seat, 0)
        if not number and not there:
            continue
        free = max(number - there, 0)
        vacant += free
        whole = max(number, there)
        text = _("%(there)s of %(seats)s seats taken") % {"there": there, "seats": whole}
        if free:
            text += ", " + ngettext("%(n)s vacant", "%(n)s vacant", free) % {"n": free}
        bars.append(
            Bar(
                f"{group.name}: {seat.label}" if several else str(seat.label),
                text,
                [(SEAT_TONES[seat], there)] if there else [],
                whole,
                [str(there), str(whole), str(free)],
                reverse("group", args=[programme.slug, group.group]) if user else "",
            )
        )
    return bars, vacant


PARTS = [
    DashboardPart("told_back", gettext_lazy("Told back"), 60, told_back),
    DashboardPart("table", gettext_lazy("Who is at the table"), 70, at_the_table),
]
