"""Show decisions and one proposal, take positions, and record outcomes."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.decisions import actions, queries, rules
from programmes.decisions.forms import (
    DecisionFilter,
    OutcomeForm,
    PositionForm,
    ProposalForm,
    WithdrawForm,
    WordingForm,
)
from programmes.decisions.guards import decision_or_404
from programmes.decisions.models import Decision, Position
from programmes.groups import queries as group_queries
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.groups import Group, Term
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


@read_page
def decisions(request, slug):
    """Show the dashboard: open proposals, with who has spoken, and the record of everything put forward."""
    programme = programme_or_404(request, slug)
    if not rules.can_see_decisions(request.user, programme):
        raise PermissionDenied
    now = today()
    counted = queries.decisions_of(programme, now)
    listing = _decisions_listing(request, programme, counted)
    if listing.wants_export:
        return listing.export()
    mine = dict(
        Position.objects.filter(decision__programme=programme, person=request.user.person).values_list(
            "decision", "stance"
        )
    )
    serves_on = set(
        Term.objects.effective_on(now)
        .filter(person=request.user.person, group__programme=programme)
        .values_list("group", flat=True)
    )
    still_open = counted.filter(status=Decision.Status.OPEN).order_by("closes_on", "pk")
    return render(
        request,
        "programmes/decisions/decisions.html",
        {
            "programme": programme,
            "listing": listing,
            "open_decisions": [_open_card(decision, mine, serves_on, now) for decision in still_open],
            "may_propose": rules.can_propose(request.user, programme),
        },
    )


def _decisions_listing(request, programme, counted):
    return Listing(
        request,
        counted,
        columns=[
            Column("title", _("Proposal"), sort="title", link=lambda row: reverse("decision", args=[row.pk])),
            Column("status", _("Status"), value=lambda row: row.get_status_display(), sort="status", tag=_status_tag),
            Column("spoken", _("Views given"), value=_spoken_text),
            Column("outcome", _("Outcome"), value=lambda row: row.get_outcome_display(), sort="outcome"),
            Column("dissent", _("Objections"), sort="dissent", numeric=True),
            Column("opened_on", _("Proposed on"), kind=DATE, sort="opened_on"),
            Column(
                "decided_on",
                _("Decided"),
                value=lambda row: row.decided_on or row.withdrawn_on,
                kind=DATE,
                sort="decided_on",
            ),
            Column("what_changes", _("What changes")),
        ],
        search=["title", "wording", "what_changes"],
        filters=DecisionFilter,
        default_sort="-opened_on",
        name=f"{programme.slug}-decisions",
        caption=_("Decisions of %(programme)s") % {"programme": programme},
        empty_title=_("Nothing has been put forward yet"),
        empty_text=_("A proposal is a few plain sentences that members can agree with or object to."),
        empty_url=reverse("decision_new", args=[programme.slug]),
        empty_action=_("Make a proposal"),
    )


@form_page
def decision_new(request, slug):
    """Put a proposal to a steering group."""
    programme = programme_or_404(request, slug)
    if not rules.can_propose(request.user, programme):
        raise PermissionDenied
    groups = programme.groups.filter(kind=Group.Kind.STEERING)
    if not programme_rules.can_manage_programme(request.user, programme):
        groups = groups.filter(
            pk__in=Term.objects.effective_on(today()).filter(person=request.user.person).values("group")
        )
    if not groups:
        messages.warning(request, _("Decisions are taken by a steering group. Set one up first."))
        return redirect("groups", slug)
    form = ProposalForm(posted(request), groups=groups)
    if done := attempt(form, lambda: actions.propose(by=request.user, **form.cleaned_data)):
        decision = done.result
        messages.success(request, _("The proposal is open for views."))
        return redirect("decision", decision.pk)
    return show_form(
        request,
        form,
        title=_("Make a proposal"),
        caption=programme.name,
        back_url=reverse("decisions", args=[slug]),
        submit=_("Send to the group"),
    )


@read_page
def decision_page(request, pk):
    """Show one proposal: its words, everyone's position, its outcome, and what this reader may do."""
    decision = decision_or_404(request, pk)
    user, now = request.user, today()
    term = group_queries.term_of(user, decision.group, now)
    positions = queries.in_order_of_the_scale(decision.positions.select_related("person"))
    mine = next((position for position in positions if position.person_id == user.person.pk), None)
    silent = list(queries.not_heard_from(decision, decision.decided_on or decision.withdrawn_on or now))
    return render(
        request,
        "programmes/decisions/decision.html",
        {
            "programme": decision.programme,
            "decision": decision,
            "tone": _TONES[decision.status],
            "facts": _facts(decision),
            "earlier_wordings": queries.earlier_wordings(decision),
            "positions": positions,
            "counts": _counts_table(positions),
            "mine": mine,
            "spoken_text": _spoken(len(positions), len(positions) + len(silent)),
            "days_left": _days_left(decision, now) if decision.is_open else "",
            "silent": silent if rules.can_see_who_is_silent(user, decision, term, positions) else [],
            "may_speak": bool(rules.can_take_position(user, decision, term)),
            "may_close": bool(rules.can_close(user, decision, term)),
            "may_edit": bool(rules.can_edit(user, decision)),
            "may_withdraw": bool(rules.can_withdraw(user, decision)),
        },
    )


@form_page
def decision_edit(request, pk):
    """Change the words of a proposal before anyone has spoken."""
    decision = decision_or_404(request, pk)
    rules.can_edit(request.user, decision).insist(PermissionDenied)
    form = WordingForm(posted(request), initial={name: getattr(decision, name) for name in WordingForm.base_fields})
    if attempt(form, lambda: actions.edit(decision=decision, by=request.user, **form.cleaned_data), edits=decision):
        messages.success(request, _("The proposal is changed. Its earlier words are kept."))
        return redirect("decision", pk)
    return show_form(
        request,
        form,
        title=_("Change this proposal"),
        caption=decision.title,
        back_url=reverse("decision", args=[pk]),
        submit=_("Save"),
    )


@form_page
def decision_position(request, pk):
    """Take a position as a member, or change it."""
    decision = decision_or_404(request, pk)
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_take_position(request.user, decision, term).insist(PermissionDenied)
    mine = decision.positions.filter(person=request.user.person).first()
    initial = {"stance": mine.stance, "reason": mine.reason, "named": mine.named} if mine else None
    form = PositionForm(posted(request), initial=initial)
    act = partial(actions.take_position, decision=decision, by=request.user)
    words = {_("The proposal"): f"{decision.title}. {decision.wording}"}
    if attempt(form, lambda: act(**form.cleaned_data), edits=decision, facts=words):
        messages.success(request, _("Thank you. You can change this until the decision is made."))
        return redirect("decision", pk)
    return render(
        request,
        "programmes/decisions/decision_position.html",
        {"programme": decision.programme, "decision": decision, "form": form, "mine": mine},
    )


@form_page
def decision_outcome(request, pk):
    """Record what was decided, with every objection in sight."""
    decision = decision_or_404(request, pk)
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_close(request.user, decision, term).insist(PermissionDenied)
    positions = queries.in_order_of_the_scale(decision.positions.select_related("person"))
    dissent = [position for position in positions if position.is_dissent]
    form = OutcomeForm(posted(request), dissent=bool(dissent))
    act = partial(actions.record_outcome, decision=decision, by=request.user)
    said = {_("What members said"): "; ".join(f"{one.get_stance_display()}: {one.reason}" for one in positions)}
    if attempt(form, lambda: act(**form.cleaned_data), edits=decision, facts=said):
        messages.success(request, _("The outcome is recorded. What each member said is kept as it is."))
        return redirect("decision", pk)
    silent = len(queries.not_heard_from(decision, today()))
    return render(
        request,
        "programmes/decisions/decision_outcome.html",
        {
            "programme": decision.programme,
            "decision": decision,
            "form": form,
            "dissent": dissent,
            "counts": _counts_table(positions),
            "silent_text": ngettext(
                "%(count)s member has not given a view. After you record the outcome, they cannot give one.",
                "%(count)s members have not given a view. After you record the outcome, they cannot give one.",
                silent,
            )
            % {"count": silent}
            if silent
            else "",
        },
    )


@form_page
def decision_withdraw(request, pk):
    """Withdraw a proposal."""
    decision = decision_or_404(request, pk)
    rules.can_withdraw(request.user, decision).insist(PermissionDenied)
    form = WithdrawForm(posted(request))
    if attempt(form, lambda: actions.withdraw(decision=decision, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The proposal is withdrawn. What members said is kept."))
        return redirect("decision", pk)
    return show_form(
        request,
        form,
        title=_("Withdraw this proposal"),
        caption=decision.title,
        lead=_("Nobody can give a view after this. What members said is kept."),
        back_url=reverse("decision", args=[pk]),
        submit=_("Withdraw"),
        warning=True,
    )


def _open_card(decision, mine, serves_on, now):
    """Return one open proposal for the dashboard. `mine` maps decisions to this reader's stance."""
    if decision.pk in mine:
        my_position = _("You said: %(stance)s") % {"stance": Position.Stance(mine[decision.pk]).label}
    else:
        my_position = _("You have not given your view yet") if decision.group_id in serves_on else ""
    return {
        "decision": decision,
        "spoken": _spoken(decision.spoken, decision.asked),
        "days_left": _days_left(decision, now),
        "late": decision.closes_on < now,
        "my_position": my_position,
        "may_answer": decision.group_id in serves_on,
        "said": decision.pk in mine,
    }


def _spoken(spoken, asked):
    sentence = ngettext(
        "%(spoken)s of %(asked)s members has given a view", "%(spoken)s of %(asked)s members have given a view", spoken
    )
    return sentence % {"spoken": spoken, "asked": asked}


def _spoken_text(decision):
    return _("%(spoken)s of %(asked)s") % {"spoken": decision.spoken, "asked": decision.asked}


def _days_left(decision, now):
    days = (decision.closes_on - now).days
    if days < 0:
        return _("Views were wanted by %(date)s") % {"date": short_date(decision.closes_on)}
    if days == 0:
        return _("Last day for views: today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _status_tag(decision):
    return {"label": decision.get_status_display(), "tone": _TONES[decision.status]}


_TONES = {
    Decision.Status.OPEN: "waiting",
    Decision.Status.DECIDED: "good",
    Decision.Status.WITHDRAWN: "quiet",
}


def _counts_table(positions):
    """Count each kind of member by position, as components/table.html wants it; None before anyone spoke."""
    if not positions:
        return None
    seats, rows, totals = queries.counts_by_seat(positions)
    return {
        "columns": [
            {"label": _("Position")},
            *({"label": seat, "numeric": True} for seat in seats),
            {"label": _("All"), "numeric": True},
        ],
        "rows": [{"cells": [{"text": text} for text in (label, *counts, total)]} for label, counts, total in rows],
        "totals": [_("All"), *totals],
    }


def _facts(decision):
    facts = [
        {"label": _("Group"), "value": decision.group.name},
        {
            "label": _("Proposed on"),
            "value": _("%(date)s by %(name)s") % {"date": short_date(decision.opened_on), "name": decision.proposed_by},
        },
        {"label": _("Views wanted by"), "value": short_date(decision.closes_on)},
    ]
    if decision.status == Decision.Status.WITHDRAWN:
        facts.append(
            {
                "label": _("Withdrawn"),
                "value": _("%(date)s by %(name)s")
                % {"date": short_date(decision.withdrawn_on), "name": decision.recorded_by},
            }
        )
        if decision.outcome_reason:
            facts.append({"label": _("Why it was withdrawn"), "value": decision.outcome_reason})
    return facts
