"""The parts of the dashboard about decisions: what needs a view, what is open, decided, and due."""

import datetime as dt
from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.dashboard import queries
from programmes.dashboard.queries import MOST_LINES, DueLine, OpenProposal, Voices
from programmes.decisions.calculations import seats_can_be_shown
from programmes.decisions.models import Decision
from programmes.heard.queries import fewest_for_members
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Programme
from programmes.registry import Bar, Chart, DashboardPart, Figure, Line, Shown
from wellbeing.lib.dates import short_date
from wellbeing.lib.types import User

# The colours of components/bars.html.
SEAT_TONES = {
    Term.Seat.LIVED_EXPERIENCE: "paid",
    Term.Seat.PARTNER: "approved",
    Term.Seat.STAFF: "committed",
    Term.Seat.FUNDER: "forecast",
}
ALL_TONE = "all"
OUTCOMES = dict(Decision.Outcome.choices)


def needs_my_view(user: User | None, programme: Programme, on: dt.date) -> Shown | None:
    """Show the proposals that wait for the view of `user`. It has no place on paper."""
    if user is None:
        return None
    waiting = queries.waiting_for(user, programme, on)
    return Shown(
        figures=[Figure(gettext_lazy("Need your view"), str(len(waiting)), _todo(user, programme, "view"))]
        if waiting
        else [],
        lines=[
            Line(
                decision.title,
                _("Views by %(date)s") % {"date": short_date(decision.closes_on)},
                reverse("decision_position", args=[decision.decision]),
                attention=decision.closes_on < on,
            )
            for decision in waiting[:MOST_LINES]
        ],
        nothing=_("Nothing waits for your view."),
    )


def open_now(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show the open proposals with how many members are heard, by kind of seat where nobody is found by it."""
    rows = queries.open_proposals(programme)
    shown = rows[:MOST_LINES]
    voices = queries.voices_of([proposal.decision for proposal in shown], on)
    bars = [_heard_bar(user, proposal, voices.get(proposal.decision, []), on) for proposal in shown]
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


def _heard_bar(user: User | None, proposal: OpenProposal, voices: Voices, on: dt.date) -> Bar:
    """Return a bar of how many are heard. A proposal that is still shaped has asked for no views yet."""
    stage, url = proposal.stage, _decision(user, proposal.decision)
    if proposal.status != Decision.Status.DECIDING:
        return Bar(proposal.title, stage, [], 0, ["", "", stage], url)
    said = [one for _seat, one in voices if one]
    could, heard = Counter(seat for seat, _said in voices), Counter(seat for seat, one in voices if one)
    few = proposal.fewest or fewest_for_members(on)
    numbers = _("%(heard)s of %(eligible)s heard") % {"heard": len(said), "eligible": len(voices)}
    words = _("outcome to be recorded") if proposal.closes_on < on else _("views by %(date)s")
    closes = words % {"date": short_date(proposal.closes_on)}
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
        proposal.title,
        f"{numbers}, {closes}",
        parts,
        max(len(voices), 1),
        [numbers, kinds, stage],
        url,
    )


def objections(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show the open proposals with objections that nobody has answered, where the reader may see what was said."""
    hidden = queries.hidden_from(programme, user, on)
    rows = queries.unanswered_by_decision(programme, hidden)
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
                _decision(user, row.decision, "#objections"),
                attention=True,
            )
            for row in rows[:MOST_LINES]
        ],
        note=_("Objections are not counted here while members have still to give their own view first.")
        if hidden
        else "",
        nothing=_("Every objection has an answer."),
    )


def decided(user: User | None, programme: Programme, _on: dt.date) -> Shown:
    """Show what was decided lately, and how many did not agree."""
    rows = queries.decided_lately(programme)
    return Shown(
        lines=[
            Line(
                row.title,
                ", ".join([str(OUTCOMES[row.outcome]), short_date(row.decided_on), _dissent(row.dissenting)]),
                _decision(user, row.decision),
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
    now = queries.due_in(programme, on)
    actions = reverse("board_actions", args=[programme.slug]) if user else ""
    figures = [
        Figure(
            gettext_lazy("To look at again"),
            str(now.reviews),
            _todo(user, programme, "review") if now.reviews else "",
            attention=bool(now.reviews),
        ),
        Figure(gettext_lazy("Actions to do"), str(now.points), actions if now.points else ""),
        Figure(
            gettext_lazy("of them late"),
            str(now.late),
            f"{actions}?due=late" if now.late and actions else "",
            attention=bool(now.late),
        ),
    ]
    return Shown(
        figures=figures if now.lines else [],
        lines=[_due_line(user, line, actions, on) for line in now.lines],
        nothing=_("Nothing is due: no decision to look at again, and no action."),
    )


def _due_line(user: User | None, line: DueLine, actions: str, on: dt.date) -> Line:
    if line.owner is None:
        detail = _("Look at it again, since %(date)s") % {"date": short_date(line.day)}
    else:
        detail = _("%(name)s, by %(date)s") % {"name": line.owner, "date": short_date(line.day)}
    url = _decision(user, line.decision) if line.decision else actions
    return Line(line.title, detail, url, attention=line.day < on)


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
