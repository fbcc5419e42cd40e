"""The pages of a claim as objects: for its person, "Check your answers", and for staff who check it.

Each is made of rows alone, so that a test needs no request.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from events.models import Attendance
from payments.approval import queries as approval_queries
from payments.approval import rules as approval_rules
from payments.approval.reasons import why_second_approval
from payments.approval.warnings import warnings_of
from payments.claims import hooks, journeys
from payments.claims import queries as claim_queries
from payments.claims import rules as claim_rules
from payments.claims.forms.claims import AnswerForm, DeclarationForm
from payments.claims.models.claim import Claim
from payments.claims.views.mine import PROMISED, line_rows, money_sentence, totals_of
from payments.my_record import queries as record_queries
from payments.pages import queries
from payments.pages.claim_parts import budget_panel, recognition_panel
from payments.policy import wording as policy_wording
from payments.runs import rules as run_rules
from payments.runs.models.documents import Document
from payments.shared.wording import hours_in_words
from people.models import Person, User
from programmes.programme.rules import can_see_access_needs
from wellbeing.lib.dates import week_day


@dataclass
class ClaimPage:
    """The parts of a claim (from `whole_claim`) that each of its pages shows to `user`."""

    claim: Claim
    user: User

    @cached_property
    def totals(self):
        """The Totals of the lines."""
        return totals_of(self.claim)

    @property
    def claim_until(self):
        """The last day the policy asks the claim to be sent by."""
        return claim_queries.claim_until(self.claim)

    @property
    def is_overdue(self):
        """Whether the promised day has gone by with the money not paid."""
        return self.claim.is_overdue(timezone.localdate())

    @property
    def is_for_somebody(self):
        """Whether the claim is not the reader's own."""
        return not claim_rules.is_own(self.user, self.claim)

    @cached_property
    def second_look(self):
        """The claim that asks for what was not agreed of this one, or None."""
        return Claim.objects.filter(looks_again_at=self.claim.pk).first()

    @cached_property
    def recognition(self):
        """The panel that shows where the money goes; None for a reader who may not see that."""
        return recognition_panel(self.claim, self.user)


@dataclass
class PersonPermissions:
    """The permissions of `user` on the page of a claim for its person: a Ruling each."""

    claim: Claim
    user: User

    @cached_property
    def edit(self):
        return claim_rules.can_edit(self.user, self.claim)

    @cached_property
    def withdraw(self):
        return claim_rules.can_withdraw(self.user, self.claim)

    @cached_property
    def ask_again(self):
        return claim_rules.can_ask_again(self.user, self.claim)

    @cached_property
    def reopen(self):
        return claim_rules.can_reopen(self.user, self.claim)


@dataclass
class PersonClaimPage(ClaimPage):
    """The page of a claim for its person, and for staff who fill it in for them. `form` answers an open question."""

    form: AnswerForm

    @cached_property
    def may(self):
        return PersonPermissions(self.claim, self.user)

    @cached_property
    def lines(self):
        """The lines with their receipts, and the addresses where the reader changes them."""
        return line_rows(self.claim, bool(self.may.edit))

    @property
    def missing(self):
        """The rows that need a receipt and have no usable one, while a question waits and the claim may change."""
        return [row for row in self.lines if row["receipt_missing"]] if self.question and self.may.edit else []

    @cached_property
    def steps(self):
        """The timeline; [] before the claim is sent and after it is taken back."""
        if self.claim.status in {Claim.Status.DRAFT, Claim.Status.WITHDRAWN}:
            return []
        return queries.timeline(self.claim)

    @cached_property
    def promise(self):
        """The sentence that says by when the money comes; "" where no day is promised or it has gone by."""
        if self.is_overdue or self.claim.status not in PROMISED:
            return ""
        return money_sentence(self.claim, timezone.localdate(), hooks.is_known_where_to_pay(self.claim.person))

    @cached_property
    def where(self):
        """The sentence that says where the money will go; "" once it went, and where none is expected."""
        waits = self.claim.status in {Claim.Status.DRAFT, Claim.Status.SUBMITTED, *Claim.EDITABLE, *Claim.PAYABLE}
        return hooks.where_sentence(self.claim) if waits else ""

    @cached_property
    def is_known_where(self):
        """Whether the person has told us where to pay them."""
        return hooks.is_known_where_to_pay(self.claim.person)

    @cached_property
    def ways(self):
        """How each part of a claim in a signed run goes or went, as (words, pence, day or None); [] before."""
        return queries.ways_of(self.claim)

    @cached_property
    def question(self):
        """The note that waits for an answer, or None."""
        return claim_queries.open_question(self.claim)

    @cached_property
    def conversation(self):
        """The notes, without those at the top of the page: the question, and why the claim was not approved."""
        return [note for note in self.claim.notes.all() if note != self.question and not self._is_the_decision(note)]

    def _is_the_decision(self, note):
        return self.claim.status == Claim.Status.DECLINED and note.written_at == self.claim.declined_at

    @property
    def is_too_late(self):
        """Whether the time to claim has ended."""
        return self.claim_until < timezone.localdate()

    @cached_property
    def letter(self):
        """The newest letter that came with the payment of a paid claim, or None."""
        items = queries.live_items(self.claim)
        if self.claim.status != Claim.Status.PAID or not items:
            return None
        letters = items[0].payment.documents.filter(kind=Document.Kind.REMITTANCE)
        return letters.order_by("-version").first()

    @cached_property
    def journey(self):
        """The line of the person's last journey, offered once more while the claim is filled in; or None."""
        return journeys.last_journey(self.claim) if self.may.edit else None


@dataclass
class CheckAnswersPage(ClaimPage):
    """ "Check your answers" before a claim is sent. `form` is the declaration."""

    form: DeclarationForm

    @cached_property
    def lines(self):
        """The lines with their receipts, and the addresses where they are changed."""
        return line_rows(self.claim, can_edit=True, from_check=True)

    @property
    def missing(self):
        """The rows that need a receipt and have no usable one."""
        return [row for row in self.lines if row["receipt_missing"]]

    @cached_property
    def where(self):
        """The sentence that says where the money will go; "" where none is expected."""
        return hooks.where_sentence(self.claim)

    @cached_property
    def is_known_where(self):
        """Whether the person has told us where to pay them."""
        return hooks.is_known_where_to_pay(self.claim.person)

    @cached_property
    def when_paid(self):
        """The sentence that says how soon the policy pays."""
        return policy_wording.when_paid(self.claim.terms)

    @cached_property
    def passed(self):
        """The week and month in which this claim takes its person past their own limit; [] for other readers."""
        return record_queries.periods_over_limit(self.user, self.claim)


@dataclass
class StaffPermissions:
    """The permissions of `user` on the page of a claim for staff: a Ruling, or true or false, each."""

    claim: Claim
    user: User

    @cached_property
    def approve(self):
        return approval_rules.can_approve(self.user, self.claim)

    @cached_property
    def decline(self):
        return approval_rules.can_decline(self.user, self.claim)

    @cached_property
    def ask(self):
        """The permission to ask a question, which returns the claim."""
        return approval_rules.can_return(self.user, self.claim)

    @cached_property
    def note(self):
        return approval_rules.can_note(self.user, self.claim)

    @cached_property
    def see_notes(self):
        return approval_rules.can_see_notes(self.user, self.claim)

    @cached_property
    def see_person(self):
        return Person.objects.visible_to(self.user).filter(pk=self.claim.person_id).exists()

    @cached_property
    def see_needs(self):
        return can_see_access_needs(self.user, self.claim.programme)

    @cached_property
    def see_runs(self):
        return run_rules.can_see_runs(self.user, self.claim.programme)


@dataclass
class StaffClaimPage(ClaimPage):
    """The page of a claim for those who check it or pay it."""

    @cached_property
    def may(self):
        return StaffPermissions(self.claim, self.user)

    @property
    def person(self):
        return self.claim.person

    @cached_property
    def needs(self):
        """The person's access needs in words; [] for a reader who may not see them."""
        return [str(need) for need in self.person.access_needs.all()] if self.may.see_needs else []

    @cached_property
    def lines(self):
        return list(self.claim.lines.all())

    @cached_property
    def covered_by_need(self):
        """The ids of the lines that an access need spared from being agreed first; [] as for `needs`."""
        return claim_queries.covered_by_need(self.claim) if self.may.see_needs else []

    @cached_property
    def missing(self):
        """[(line, refused Receipt or None), …]: the lines that need a receipt and have no usable one."""
        return claim_queries.lines_without_receipt(self.claim)

    @property
    def has_receipt_being_checked(self):
        return claim_queries.receipts_being_checked(self.claim)

    @cached_property
    def attendance(self):
        """The person's Attendance at the event, or None."""
        rows = Attendance.objects.filter(event=self.claim.event_id, person=self.claim.person_id)
        return rows.select_related("event").first()

    @property
    def hours_there(self):
        """The hours in words of somebody who was not there from the start to the end, "" for others; or of each day."""
        if not self.attendance or not self.attendance.hours:
            return ""
        if not self.attendance.event.has_several_days:
            return hours_in_words(self.attendance.hours)
        days = claim_queries.hours_there(self.attendance)
        return ", ".join(
            _("%(hours)s on %(day)s") % {"hours": hours_in_words(hours), "day": week_day(on)}
            for on, hours in days.items()
        )

    @cached_property
    def steps(self):
        """The timeline; [] for a claim taken back, as it is not on its way anywhere."""
        if self.claim.status == Claim.Status.WITHDRAWN:
            return []
        return queries.timeline(self.claim, to_person=False)

    @property
    def is_late(self):
        """Whether it was sent after the time to claim."""
        return claim_queries.is_late(self.claim)

    @property
    def days_late(self):
        """The days from the end of the time to claim until it was sent, or until today."""
        return claim_queries.days_late(self.claim, timezone.localdate(self.claim.submitted_at or timezone.now()))

    @cached_property
    def notices(self):
        """Return the notices to the person about the claim, the newest first."""
        return list(claim_queries.notices_of(self.claim))

    @cached_property
    def history(self):
        """The entries of the history, the oldest first; notes among colleagues for those who may read them."""
        return approval_queries.history(self.claim, with_staff_notes=bool(self.may.see_notes))

    @cached_property
    def warnings(self):
        """The ClaimWarnings to look at before it is approved; [] once it is decided."""
        return warnings_of(self.claim, self.user) if self.claim.status == Claim.Status.SUBMITTED else []

    @property
    def needs_reason(self):
        """Whether the approver has to say why it is right, so that one press is not enough."""
        return any(warning.needs_reason for warning in self.warnings) and not self.claim.duplicate_reason

    @property
    def approved_pence(self):
        """The pence approved of the lines so far."""
        return sum(line.approved_pence or 0 for line in self.lines)

    @property
    def why_second(self):
        """The sentence that says why a second member of staff has to approve it."""
        return why_second_approval(self.claim, self.lines)

    @cached_property
    def budget(self):
        """The BudgetPanel; None where the programme has no budget lines."""
        return budget_panel(self.claim, self.user)

    @property
    def run(self):
        """The payment run it is in or was paid with, or None."""
        return queries.run_of(self.claim)
