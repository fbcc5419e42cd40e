"""The parts of the dashboard about decisions: what needs a view, what is open, decided, and due."""

import datetime as dt
from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.dashboard import queries
from programmes.dashboard.queries import Voices
from programmes.decisions.calculations import seats_can_be_shown
from programmes.decisions.models import ActionPoint, Decision
from programmes.decisions.queries import lists
from programmes.decisions.queries.standing import fewest_shown
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Programme
from programmes.registry import Bar, Chart, DashboardPart, Figure, Line, Shown
from wellbeing.lib.dates import short_date
from wellbeing.lib.types import User

# Lines of one part: with them all, ten are in view on a screen of 1280 x 900. The rest is behind its number.
MOST_LINES = 5
# The colours of components/bars.html.
SEAT_TONES = {
    Term.Seat.LIVED_EXPERIENCE: "paid",
    Term.Seat.PARTNER: "approved",
    Term.Seat.STAFF: "committed",
    Term.Seat.FUNDER: "forecast",
}
ALL_TONE = "all"


def needs_my_view(user: User | None, programme: Programme, on: dt.date) -> Shown | None:
    """Show the proposals that wait for the view of `user`. It has no place on paper."""
    if user is None:
        return None
    rows = lists.waiting_for_position(user, on).filter(programme=programme).select_related(None)
    waiting = list(rows.only("title", "closes_on"))
    return Shown(
        figures=[Figure(gettext_lazy("Need your view"), str(len(waiting)), _todo(user, programme, "view"))]
        if waiting
        else [],
        lines=[
            Line(
                decision.title,
                _("Views by %(date)s") % {"date": short_date(decision.closes_on)},
                reverse("decision_position", args=[decision.pk]),
                attention=decision.closes_on < on,
            )
            for decision in waiting[:MOST_LINES]
        ],
        nothing=_("Nothing waits for your view."),
    )


def open_now(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show the open proposals with how many members are heard, by kind of seat where nobody is found by it."""
    rows = list(queries.open_decisions(programme))
    shown = rows[:MOST_LINES]
    voices = queries.voices_of(shown, on)
    bars = [_heard_bar(user, decision, voices.get(decision.pk, []), on) for decision in shown]
    tones = {tone for bar in bars for tone, _number in bar.parts}
    legend = [(tone, seat.label) for seat, tone in SEAT_TONES.items() if tone in tones]
    if ALL_TONE in tones:
        legend.append((ALL_TONE, gettext_lazy("All kinds of members together")))
    chart = Chart(
        caption=_("Who has been heard on open proposals"),
        first=_("Proposal"),
        columns=[_("Heard"), _("By kind of member"), _("Stage")],
        bars=bars,
        legend=legend,
    )
    return Shown(
        figures=[Figure(gettext_lazy("Open"), str(len(rows)), _todo(user, programme, "open"))] if rows else [],
        chart=chart if bars else None,
        nothing=_("No proposal is open."),
    )


def _heard_bar(user: User | None, decision: Decision, voices: Voices, on: dt.date) -> Bar:
    """Return a bar of how many are heard. A proposal that is still shaped has asked for no views yet."""
    if not decision.takes_views:
        stage = str(decision.get_status_display())
        return Bar(decision.title, stage, [], 0, ["", "", stage], _decision(user, decision.pk))
    said = [one for _seat, one in voices if one]
    could, heard = Counter(seat for seat, _said in voices), Counter(seat for seat, one in voices if one)
    few = fewest_shown(decision, on)
    numbers = _("%(heard)s of %(eligible)s heard") % {"heard": len(said), "eligible": len(voices)}
    words = _("outcome to be recorded") if decision.closes_on < on else _("views by %(date)s")
    closes = words % {"date": short_date(decision.closes_on)}
    kinds = _("not shown")
    parts = [(ALL_TONE, len(said))] if said else []
    if seats_can_be_shown(said, [seat for seat, _said in voices], few):
        seats = [seat for seat in Term.Seat if could[seat]]
        parts = [(SEAT_TONES[seat], heard[seat]) for seat in seats if heard[seat]]
        kinds = ", ".join(
            _("%(seat)s %(heard)s of %(all)s") % {"seat": seat.label, "heard": heard[seat], "all": could[seat]}
            for seat in seats
        )
    return Bar(
        decision.title,
        f"{numbers}, {closes}",
        parts,
        max(len(voices), 1),
        [numbers, kinds, str(decision.get_status_display())],
        _decision(user, decision.pk),
    )


def objections(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show the open proposals with objections that nobody has answered, where the reader may see what was said."""
    rows = queries.unanswered_by_decision(programme, user, on)
    number = sum(row.number for row in rows)
    return Shown(
        figures=[
            Figure(gettext_lazy("Without an answer"), str(number), _todo(user, programme, "objection"), attention=True)
        ]
        if rows
        else [],
        lines=[
            Line(
                row.title,
                ngettext("%(n)s without an answer", "%(n)s without an answer", row.number) % {"n": row.number},
                _decision(user, row.pk, "#objections"),
                attention=True,
            )
            for row in rows[:MOST_LINES]
        ],
        note=_("Objections are not counted here while members have still to give their own view first.")
        if lists.hides_views_from(user, on).filter(programme=programme).exists()
        else "",
        nothing=_("Every objection has an answer."),
    )


def decided(user: User | None, programme: Programme, _on: dt.date) -> Shown:
    """Show what was decided lately, and how many did not agree."""
    rows = queries.decided_lately(programme, MOST_LINES)
    return Shown(
        lines=[
            Line(
                row.title,
                ", ".join([str(row.get_outcome_display()), short_date(row.decided_on), _dissent(row.dissenting)]),
                _decision(user, row.pk),
            )
            for row in rows
        ],
        more=(_("All decisions"), reverse("decisions", args=[programme.slug])) if user and rows else None,
        nothing=_("Nothing has been decided yet."),
    )


def _dissent(number: int) -> str:
    if not number:
        return _("nobody against it")
    return ngettext("%(n)s member did not agree", "%(n)s members did not agree", number) % {"n": number}


def due(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show the decisions to be looked at again and the actions whose day has come."""
    reviews = list(lists.to_review([programme.pk], on).select_related(None).only("title", "review_on"))
    points = list(queries.points_to_do(programme))
    late = [point for point in points if point.due_on < on]
    actions = reverse("board_actions", args=[programme.slug]) if user else ""
    figures = [
        Figure(
            gettext_lazy("To look at again"),
            str(len(reviews)),
            _todo(user, programme, "review") if reviews else "",
            attention=bool(reviews),
        ),
        Figure(gettext_lazy("Actions to do"), str(len(points)), actions if points else ""),
        Figure(
            gettext_lazy("of them late"),
            str(len(late)),
            f"{actions}?due=late" if late and actions else "",
            attention=bool(late),
        ),
    ]
    # Only what is shown is put in words.
    in_order = sorted([*reviews, *points], key=lambda row: row.due_on if isinstance(row, ActionPoint) else row.look_on)
    return Shown(
        figures=figures if in_order else [],
        lines=[
            _point_line(user, row, actions, on) if isinstance(row, ActionPoint) else _review_line(user, row, on)
            for row in in_order[:MOST_LINES]
        ],
        nothing=_("Nothing is due: no decision to look at again, and no action."),
    )


def _review_line(user: User | None, row: Any, on: dt.date) -> Line:
    since = _("Look at it again, since %(date)s") % {"date": short_date(row.look_on)}
    return Line(row.title, since, _decision(user, row.pk), attention=row.look_on < on)


def _point_line(user: User | None, point: ActionPoint, actions: str, on: dt.date) -> Line:
    who = _("%(name)s, by %(date)s") % {"name": point.owner, "date": short_date(point.due_on)}
    url = _decision(user, point.decision_id) if point.decision_id else actions
    return Line(point.title, who, url, attention=point.due_on < on)


def _decision(user: User | None, decision: int, place: str = "") -> str:
    return reverse("decision", args=[decision]) + place if user else ""


def _todo(user: User | None, programme: Programme, todo: str) -> str:
    return f"{reverse('decisions', args=[programme.slug])}?todo={todo}" if user else ""


PARTS = [
    DashboardPart("needs_my_view", gettext_lazy("Needs your view"), 10, needs_my_view),
    DashboardPart("open", gettext_lazy("Open proposals"), 20, open_now),
    DashboardPart("objections", gettext_lazy("Objections without an answer"), 30, objections),
    DashboardPart("decided", gettext_lazy("Decided lately"), 40, decided),
    DashboardPart("due", gettext_lazy("To look at again, and to do"), 50, due),
]
