"""A claim: one person's time and expenses for one activity."""

import pghistory
from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from payments.claims.models.constraints import CONSTRAINTS
from payments.claims.models.states import CLAIM_STEPS, ClaimStatus
from payments.claims.models.triggers import TRIGGERS
from payments.policy.terms import Terms
from payments.recognition.models import PaymentChoice
from people.directory.fields import who_field
from people.directory.models import Person
from programmes.models import Role, programmes_where
from wellbeing.lib.texts import LimitedTextField, LineField, WordsField
from wellbeing.lib.types import Pence

NOTHING_OWED = Q(money_pence=0, payroll_pence=0, voucher_pence=0, donation_pence=0)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user):
        """Return the claims of `user`, and those of programmes where they are staff or finance; all to administrators.

        Only its owner sees a claim until it is sent, and when it is withdrawn unsent; staff see how many wait, on the
        event's page. One that staff enter for somebody is seen by staff and finance from the start.
        """
        if not user.is_authenticated:
            return self.none()
        # Not by a join with people, which would have to be made for every claim before any is left out.
        theirs = Q(person=Person.objects.filter(user=user).values("pk")[:1])
        sent = ~Q(status=Claim.Status.DRAFT) & ~Q(status=Claim.Status.WITHDRAWN, submitted_at=None)
        sent |= Q(entered_by__isnull=False)
        if user.is_administrator:
            return self.filter(theirs | sent)
        return self.filter(theirs | Q(programme__in=programmes_where(user, Role.STAFF, Role.FINANCE)) & sent)

    def with_totals(self):
        """Add `time_pence`, `expenses_pence` and `total_pence` to each claim, in one query.

        Each is asked for claim by claim: a page adds up the lines of the claims it shows, and not of all there are.
        """
        # ClaimLine's module imports this one.
        lines = apps.get_model("payments", "ClaimLine").objects.filter(claim=OuterRef("pk"))
        category = lines.model.Category
        return self.annotate(
            time_pence=_sum_of(lines.filter(category=category.TIME)),
            expenses_pence=_sum_of(lines.filter(category=category.EXPENSE)),
            total_pence=_sum_of(lines),
        )

    def overdue(self, on):
        """Return the claims whose promised day was before the day `on`, with the money not paid."""
        return self.filter(pay_by__lt=on).exclude(status__in=Claim.FINISHED).exclude(NOTHING_OWED)

    def payable(self):
        """Return the claims a payment run may take: approved, with something still to be given to somebody."""
        return self.filter(status__in=Claim.PAYABLE).exclude(NOTHING_OWED)

    def owed(self):
        """Return the claims on which somebody is owed something: approved, in a run or not, and not paid yet."""
        return self.filter(status__in=[*Claim.PAYABLE, Claim.Status.IN_RUN]).exclude(NOTHING_OWED)


def _sum_of(lines):
    sums = lines.order_by().values("claim").annotate(sum=Sum("amount_pence")).values("sum")
    return Coalesce(Subquery(sums), 0)


@pghistory.track()
class Claim(models.Model):
    """One person's claim for one activity. Once sent it keeps the policy version it was priced with."""

    Status = ClaimStatus

    class EnteredHow(models.TextChoices):
        """The ways in which people ask staff to enter a claim for them."""

        PHONE = "phone", _("By phone")
        PAPER = "paper", _("On paper")
        IN_PERSON = "in_person", _("In person")

    Recognition = PaymentChoice

    TRANSITIONS = CLAIM_STEPS
    # Its owner may still change it.
    EDITABLE = (Status.DRAFT, Status.RETURNED)
    # A payment run may take it.
    PAYABLE = (Status.APPROVED, Status.PARTLY_APPROVED, Status.PAYMENT_FAILED)
    # No money is owed any more, or never was.
    FINISHED = (Status.PAID, Status.DECLINED, Status.WITHDRAWN)

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="claims"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="claims"
    )
    event = models.ForeignKey(
        "events.Event",
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    activity = models.CharField(_("activity"), max_length=30)
    description = LineField(_("what it is for"), max_length=200)
    activity_date = models.DateField(_("day of the activity"))
    policy = models.ForeignKey(
        "payments.PolicyVersion", verbose_name=_("policy"), on_delete=models.PROTECT, related_name="claims"
    )
    offered = models.ForeignKey(
        "payments.PolicyVersion",
        verbose_name=_("policy they were offered"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where they were invited under another version than the one in force: the better one counts."),
    )
    status = models.CharField(_("status"), max_length=15, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    submitted_by = who_field(_("sent by"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = who_field(_("approved by"))
    first_approved_at = models.DateTimeField(_("approved once"), null=True, blank=True)
    first_approved_by = who_field(
        _("approved once by"),
        help_text=_("Where the policy asks for two approvals. It falls away when the claim goes back to its person."),
    )
    duplicate_reason = WordsField(
        _("why it was approved although it looks like another claim"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
    )
    declined_at = models.DateTimeField(_("not approved"), null=True, blank=True)
    declined_by = who_field(
        _("not approved by"),
        help_text=_("Kept when the claim is looked at again: somebody else decides then."),
    )
    decline_reason = WordsField(_("why it was not approved"), max_length=1000, blank=True, default="", db_default="")
    asked_again_at = models.DateTimeField(_("asked to look again"), null=True, blank=True)
    looks_again_at = models.OneToOneField(
        "self",
        verbose_name=_("looks again at"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="second_look",
        help_text=_("The claim approved in part, of which this one asks for the rest. Somebody else decides on it."),
    )
    pay_by = models.DateField(_("promised by"), null=True, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    recognition = models.CharField(
        _("payment for the time"),
        max_length=10,
        choices=Recognition,
        default=Recognition.ALL,
        db_default=Recognition.ALL,
        help_text=_("As the person chose, until the claim is approved."),
    )
    recognition_pence = models.PositiveIntegerField(
        _("how much of the payment they take, in pence"), null=True, blank=True
    )
    recognition_offer = models.ForeignKey(
        "payments.RecognitionOffer",
        verbose_name=_("the offer they chose from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("For a gift to charity or a voucher: what was offered when they chose it."),
    )
    approved_pence = models.PositiveIntegerField(
        _("agreed, in pence"),
        null=True,
        blank=True,
        help_text=_("Set when the claim is approved, with where each penny of it goes."),
    )
    money_pence = models.PositiveIntegerField(_("paid as money, in pence"), null=True, blank=True)
    payroll_pence = models.PositiveIntegerField(_("paid through payroll, in pence"), null=True, blank=True)
    voucher_pence = models.PositiveIntegerField(_("given as a voucher, in pence"), null=True, blank=True)
    donation_pence = models.PositiveIntegerField(_("given to charity, in pence"), null=True, blank=True)
    waived_pence = models.PositiveIntegerField(_("not taken by the person, in pence"), null=True, blank=True)
    advance_recovered_pence = models.PositiveIntegerField(_("paid in advance, in pence"), null=True, blank=True)
    budget_line = models.ForeignKey(
        "payments.BudgetLine",
        verbose_name=_("budget line"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text=_("Where the money comes from. Fixed once a payment run takes the claim."),
    )
    withdrawn_by = who_field(
        _("withdrawn by"),
        help_text=_("A claim staff took back, because the person did not come after all, opens again if they did."),
    )

    entered_by = who_field(
        _("entered for them by"),
        help_text=_("Empty: the person made the claim themself."),
    )
    entered_how = models.CharField(
        _("how they asked"), max_length=10, choices=EnteredHow, blank=True, default="", db_default=""
    )
    late_reason = LimitedTextField(
        _("why it is late"),
        max_length=2000,
        blank=True,
        default="",
        db_default="",
        help_text=_("Asked for where a claim is sent after the time to claim has ended."),
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-activity_date", "-pk"]
        indexes = [
            models.Index(fields=["programme", "status", "submitted_at"], name="claims_by_status"),
            models.Index(fields=["person", "-activity_date"], name="claims_by_person"),
            # The list of a programme, newest first, reads its fifty rows and stops.
            models.Index(fields=["programme", "-submitted_at", "-id"], name="claims_newest_first"),
        ]
        constraints = CONSTRAINTS
        triggers = TRIGGERS

    def __str__(self):
        return f"{self.reference}, {self.description}"

    def get_absolute_url(self):
        return reverse("claim", args=[self.pk])

    @property
    def terms(self) -> Terms:
        """The terms it is priced by: the better, for each line, of its policy and what its person was offered."""
        return Terms(self.policy, self.offered)

    @property
    def is_for_cancelled(self):
        """Whether it is for an event that was cancelled, which is paid all the same."""
        return self.event is not None and self.event.status == Event.Status.CANCELLED

    @property
    def is_editable(self):
        return self.status in self.EDITABLE

    def can_become(self, status):
        """Whether TRANSITIONS allows a move from the present status to `status`."""
        return status in self.TRANSITIONS[self.Status(self.status)]

    def is_overdue(self, on):
        """Whether the promised day was before the day `on`, with the money not paid."""
        if self.pay_by is None or self.pay_by >= on:
            return False
        return self.status not in self.FINISHED and self.owed_pence != 0

    @property
    def owed_pence(self) -> Pence | None:
        """The pence still to be given once the claim is approved: to the person, payroll or a charity.

        None before that.
        """
        if self.approved_pence is None:
            return None
        # Approval fills in all of them: see `claim_agreed_goes_somewhere_to_the_penny`.
        parts = (self.money_pence, self.payroll_pence, self.voucher_pence, self.donation_pence)
        return sum(pence or 0 for pence in parts)

    @property
    def cost_pence(self) -> Pence | None:
        """The pence an approved claim costs its budget: a fee its person chose not to take is not spent.

        None before it is approved.
        """
        return None if self.approved_pence is None else self.approved_pence - (self.waived_pence or 0)

    @property
    def is_agreed_in_part(self):
        """Whether less was approved than its lines ask for. Uses a prefetch of the lines."""
        return self.approved_pence is not None and self.approved_pence < sum(
            line.amount_pence for line in self.lines.all()
        )

    @property
    def waits_for_second_approval(self):
        """Whether one member of staff approved it and a second has to."""
        return self.status == self.Status.SUBMITTED and self.first_approved_by_id is not None
