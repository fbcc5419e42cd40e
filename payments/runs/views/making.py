"""The page on which finance choose the claims of a new payment run."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from payments.claims import queries as claim_queries
from payments.claims.models.claim import Claim
from payments.payees import destinations
from payments.runs import queries, rules
from payments.runs.actions import runs
from payments.runs.forms.runs import ChooseClaimsForm, NarrowClaimsForm
from payments.shared.guards import programme_for
from people.directory.queries import tell_apart
from wellbeing.lib.dates import short_date
from wellbeing.lib.form_pages import attempt, form_page
from wellbeing.lib.money import pounds
from wellbeing.lib.ticks import Ticks

# Claims on the page where a run is made, the longest promised first; the rest wait for the next run.
MAX_TO_CHOOSE = 1000


@form_page
def payment_run_new(request, slug):
    """Choose which approved claims to pay. A POST keeps what is ticked, or makes the run of it."""
    programme = programme_for(request, slug, rules.can_make_run)
    codes = claim_queries.cost_codes(Claim.objects.payable().filter(programme=programme))
    choice = ClaimsToPay(request, programme, NarrowClaimsForm(request.GET, cost_codes=codes))
    form = None
    if request.method == "POST":
        choice.ticks.take_in(before=choice.can_be_ticked)
        if answer := choice.ticks.answer(choice.can_be_ticked):
            return answer
        form = ChooseClaimsForm(MultiValueDict({"claims": list(choice.ticks.sent.ids)}), programme=programme)
        if done := attempt(
            form, lambda: runs.make_run(programme=programme, claims=form.cleaned_data["claims"], by=request.user)
        ):
            choice.ticks.forget()
            run = done.result
            messages.success(
                request, _("Payment run %(reference)s is made. Now a second person signs it off.") % {"reference": run}
            )
            return redirect(run)
    return render(
        request,
        "payments/runs/new.html",
        {"programme": programme, "form": form, "narrow": choice.narrow, "choice": choice},
    )


class ClaimsToPay:
    """The claims that wait for a run of `programme`: those the filters find, and those ticked among the others.

    Where nothing was ticked or unticked yet, everything the filters find is ticked.
    """

    def __init__(self, request, programme, narrow):
        self.request, self.programme, self.narrow = request, programme, narrow
        self.ticks = Ticks(request, f"run-{programme.pk}")
        waiting = queries.waiting_for_a_run(programme)
        if self.shows_chosen and self.ticks.kept is not None:
            waiting = waiting.filter(pk__in=self.ticks.ids)
        self._waiting = narrow.narrow(waiting)
        self._shown = list(self._waiting[:MAX_TO_CHOOSE])
        self.rows, self.on_hold = to_choose(programme, self._shown, request.user)
        for row in self.rows:
            row["ticked"] = row["claim"].pk in self.chosen

    @property
    def shows_chosen(self):
        """Whether the reader asked for the ticked claims alone."""
        return self.request.GET.get("chosen") == "yes"

    @cached_property
    def more(self):
        """How many claims wait that the page has no room for."""
        return max(0, self._waiting.count() - len(self._shown))

    @cached_property
    def can_be_ticked(self):
        """The ids of the claims shown that a run of the reader's may pay."""
        return {row["claim"].pk for row in self.rows}

    @cached_property
    def chosen(self):
        """The ids ticked, on the page or not."""
        kept = self.ticks.kept
        return self.can_be_ticked if kept is None else kept

    @property
    def here(self):
        """The rows ticked on the page."""
        return [row for row in self.rows if row["ticked"]]

    @cached_property
    def elsewhere(self):
        """The rows ticked that the filters leave out, and that can be paid still."""
        others = self.chosen - {claim.pk for claim in self._shown}
        if not others:
            return []
        return to_choose(
            self.programme, queries.waiting_for_a_run(self.programme).filter(pk__in=others), self.request.user
        )[0]

    @property
    def here_ids(self):
        """The ids ticked on the page."""
        return [row["claim"].pk for row in self.here]

    @property
    def elsewhere_ids(self):
        """The ids ticked that the page does not show."""
        return [row["claim"].pk for row in self.elsewhere]

    @property
    def table(self):
        """The rows to tick, for components/table.html."""
        return [{"cells": _cells(row)} for row in self.rows]

    @property
    def columns(self):
        """The columns of `table`."""
        return [
            {"label": _("Pay"), "tick": True},
            {"label": _("Person"), "cut": True},
            {"label": _("Claim"), "shape": "code"},
            {"label": _("What for"), "cut": True},
            {"label": _("How it is paid"), "cut": True},
            {"label": _("Pay by"), "shape": "date"},
            {"label": _("Time"), "numeric": True},
            {"label": _("Expenses"), "numeric": True},
            {"label": _("To pay"), "numeric": True},
        ]

    @property
    def sums(self):
        """The people and the money of all that is ticked, for components/ticks_bar.html."""
        chosen = [*self.here, *self.elsewhere]
        return {
            "people": len({row["claim"].person_id for row in chosen}),
            "pence": sum(row["pence"] for row in chosen),
            "elsewhere_people": sorted({row["claim"].person_id for row in self.elsewhere}),
            "elsewhere_pence": sum(row["pence"] for row in self.elsewhere),
        }


def _cells(row):
    claim = row["claim"]
    label = _("Pay %(reference)s, %(name)s") % {"reference": claim.reference, "name": claim.person.full_name}
    box = {"pk": claim.pk, "label": label, "ticked": row["ticked"], "pence": row["pence"], "person": claim.person_id}
    flags = [{"label": _("Late"), "tone": "attention"}] if row["overdue"] else []
    came_back = [{"label": _("Paid again"), "tone": "attention"}] if row["again"] else []
    not_money = _("%(amount)s of it not as money") % {"amount": pounds(row["elsewhere_pence"])}
    return [
        {"html": render_to_string("components/tick.html", box)},
        {"text": claim.person.name_in_list, "tags": came_back},
        {"text": claim.reference, "url": claim.get_absolute_url()},
        {"text": claim.description},
        {
            "text": row["where"].to_staff if claim.money_pence else _("No money"),
            "detail": not_money if row["elsewhere_pence"] else "",
        },
        {"text": short_date(claim.pay_by), "tags": flags},
        {"text": pounds(claim.time_pence)},
        {"text": pounds(claim.expenses_pence)},
        {"text": pounds(row["pence"])},
    ]


def to_choose(programme, claims, user):
    """Split waiting `claims` into rows to tick and rows on hold, with the reason."""
    claims = list(claims)
    ways = destinations.destinations(programme, {claim.person_id for claim in claims})
    today = timezone.localdate()
    rows, on_hold = [], []
    tell_apart(claim.person for claim in claims)
    for claim in claims:
        again = claim.status == Claim.Status.PAYMENT_FAILED
        row = {
            "claim": claim,
            "again": again,
            # Count only the money of a claim that came back: the run hands out nothing else for it.
            "pence": claim.money_pence if again else claim.owed_pence,
            "elsewhere_pence": 0 if again else claim.owed_pence - claim.money_pence,
            "overdue": claim.is_overdue(today),
            "where": ways[claim.person_id],
        }
        if claim.person_id == user.person.pk:
            on_hold.append({**row, "why": _("You cannot pay yourself. Another person in finance does that.")})
        elif claim.money_pence and row["where"].problem:
            sent_back = again and row["where"].problem == destinations.Problem.ON_HOLD
            why = (
                _("The bank sent the money back. Nobody has checked the bank details since.")
                if sent_back
                else row["where"].why_not
            )
            on_hold.append({**row, "why": why, "unknown": not row["where"].is_known})
        else:
            rows.append(row)
    return rows, on_hold
