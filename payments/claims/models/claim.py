"""A claim: one person's time and expenses for one activity."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from payments.recognition.models import PaymentChoice
from programmes.models import Role, programmes_where
from wellbeing.lib.texts import LimitedTextField, LineField, WordsField

NOTHING_OWED = Q(money_pence=0, payroll_pence=0, voucher_pence=0, donation_pence=0)


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user):
        """`user`'s own claims, and those of programmes where `user` is staff or finance; all for an administrator.

        A claim is its owner's alone until it is sent, and stays so when it is taken back unsent; staff see how many
        wait, on the event's page. One that staff enter for somebody is seen by staff and finance from the start.
        """
        if not user.is_authenticated:
            return self.none()
        theirs = Q(person__user=user)
        sent = ~Q(status=Claim.Status.DRAFT) & ~Q(status=Claim.Status.WITHDRAWN, submitted_at=None)
        sent |= Q(entered_by__isnull=False)
        if user.is_administrator:
            return self.filter(theirs | sent)
        return self.filter(theirs | Q(programme__in=programmes_where(user, Role.STAFF, Role.FINANCE)) & sent)

    def with_totals(self):
        """Adds `time_pence`, `expenses_pence` and `total_pence` to each claim, in one query."""
        category = self.model._meta.get_field("lines").related_model.Category
        return self.annotate(
            time_pence=_line_sum(Q(lines__category=category.TIME)),
            expenses_pence=_line_sum(Q(lines__category=category.EXPENSE)),
            total_pence=_line_sum(None),
        )

    def overdue(self, on):
        """Claims whose promised day has gone by at the date `on` with the money not paid."""
        return self.filter(pay_by__lt=on).exclude(status__in=Claim.SETTLED).exclude(NOTHING_OWED)

    def payable(self):
        """Claims a payment run may take: approved, with something still to be given to somebody."""
        return self.filter(status__in=Claim.PAYABLE).exclude(NOTHING_OWED)

    def owed(self):
        """Claims on which somebody is owed something: approved, in a run or not, and not paid yet."""
        return self.filter(status__in=[*Claim.PAYABLE, Claim.Status.IN_RUN]).exclude(NOTHING_OWED)


def _line_sum(only):
    return Coalesce(Sum("lines__amount_pence", filter=only), 0)


@pghistory.track()
class Claim(models.Model):
    """What one person asks for one activity. Once submitted it keeps the policy version it was priced with."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Not sent yet")
        SUBMITTED = "submitted", _("Sent, being checked")
        RETURNED = "returned", _("We have a question")
        APPROVED = "approved", _("Approved")
        PARTLY_APPROVED = "partly_approved", _("Approved in part")
        DECLINED = "declined", _("Not approved")
        IN_RUN = "in_run", _("Being paid")
        PAID = "paid", _("Paid")
        PAYMENT_FAILED = "payment_failed", _("The bank sent it back")
        WITHDRAWN = "withdrawn", _("Taken back")

    class EnteredHow(models.TextChoices):
        """How somebody asked staff to enter a claim for them."""

        PHONE = "phone", _("By phone")
        PAPER = "paper", _("On paper")
        IN_PERSON = "in_person", _("In person")

    Recognition = PaymentChoice

    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {
            Status.RETURNED,
            Status.APPROVED,
            Status.PARTLY_APPROVED,
            Status.DECLINED,
            Status.WITHDRAWN,
        },
        Status.RETURNED: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.APPROVED: {Status.IN_RUN},
        Status.PARTLY_APPROVED: {Status.IN_RUN},
        # Its person may ask to have it looked at again.
        Status.DECLINED: {Status.SUBMITTED},
        # A run that is cancelled gives its claims back as they were.
        Status.IN_RUN: {Status.APPROVED, Status.PARTLY_APPROVED, Status.PAYMENT_FAILED, Status.PAID},
        Status.PAID: {Status.PAYMENT_FAILED},
        Status.PAYMENT_FAILED: {Status.IN_RUN},
        Status.WITHDRAWN: {Status.DRAFT},
    }
    # What its owner may still change.
    EDITABLE = (Status.DRAFT, Status.RETURNED)
    # What a payment run may take.
    PAYABLE = (Status.APPROVED, Status.PARTLY_APPROVED, Status.PAYMENT_FAILED)
    # Where no money is owed any more, or never was.
    SETTLED = (Status.PAID, Status.DECLINED, Status.WITHDRAWN)

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
    status = models.CharField(_("status"), max_length=15, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("sent by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    first_approved_at = models.DateTimeField(_("approved once"), null=True, blank=True)
    first_approved_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("approved once by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
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
    declined_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("not approved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Kept when the claim is looked at again: somebody else decides then."),
    )
    decline_reason = WordsField(_("why it was not approved"), max_length=1000, blank=True, default="", db_default="")
    asked_again_at = models.DateTimeField(_("asked to look again"), null=True, blank=True)
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
    agreed_pence = models.PositiveIntegerField(
        _("agreed, in pence"),
        null=True,
        blank=True,
        help_text=_("Set when the claim is approved, with where each penny of it goes."),
    )
    money_pence = models.PositiveIntegerField(_("paid as money, in pence"), null=True, blank=True)
    payroll_pence = models.PositiveIntegerField(_("paid through payroll, in pence"), null=True, blank=True)
    voucher_pence = models.PositiveIntegerField(_("given as a voucher, in pence"), null=True, blank=True)
    donation_pence = models.PositiveIntegerField(_("given to charity, in pence"), null=True, blank=True)
    declined_pence = models.PositiveIntegerField(_("not taken by the person, in pence"), null=True, blank=True)
    netted_pence = models.PositiveIntegerField(_("paid in advance, in pence"), null=True, blank=True)
    budget_line = models.ForeignKey(
        "payments.BudgetLine",
        verbose_name=_("budget line"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text=_("Where the money comes from. Fixed once a payment run takes the claim."),
    )
    withdrawn_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("taken back by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A claim staff took back, because the person did not come after all, opens again if they did."),
    )

    entered_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("entered for them by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
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
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(event__isnull=False),
                name="one_claim_per_person_and_event",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | (~Q(approved_by=F("person")) & ~Q(approved_by=F("submitted_by"))),
                name="nobody_approves_their_own_claim",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None)
                | (
                    (Q(approved_by=None) | ~Q(approved_by=F("entered_by")))
                    & (Q(first_approved_by=None) | ~Q(first_approved_by=F("entered_by")))
                ),
                name="nobody_approves_a_claim_they_entered",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None, entered_how="")
                | (Q(entered_by__isnull=False) & ~Q(entered_how="") & ~Q(entered_by=F("person"))),
                name="claim_entered_has_who_and_how",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False) | Q(activity_date__lte=TruncDate("created_at")),
                name="claim_without_event_is_for_a_day_gone_by",
            ),
            models.CheckConstraint(
                condition=Q(first_approved_by=None, first_approved_at=None)
                | (
                    Q(first_approved_by__isnull=False, first_approved_at__isnull=False)
                    & ~Q(first_approved_by=F("person"))
                    & ~Q(first_approved_by=F("submitted_by"))
                    & (Q(approved_by=None) | ~Q(approved_by=F("first_approved_by")))
                    & ~Q(status__in=["draft", "returned", "declined", "withdrawn"])
                ),
                name="two_approvals_are_by_two_people",
            ),
            models.CheckConstraint(
                condition=(
                    Q(declined_by=None, declined_at=None, decline_reason="", asked_again_at=None)
                    & ~Q(status="declined")
                )
                | (
                    Q(declined_by__isnull=False, declined_at__isnull=False)
                    & ~Q(decline_reason="")
                    & ~Q(declined_by=F("person"))
                ),
                name="claim_declined_has_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(declined_by=None)
                | (
                    (Q(approved_by=None) | ~Q(approved_by=F("declined_by")))
                    & (Q(first_approved_by=None) | ~Q(first_approved_by=F("declined_by")))
                ),
                name="who_declined_a_claim_does_not_approve_it",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, pay_by__isnull=False),
                name="claim_sent_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["approved", "partly_approved", "in_run", "paid", "payment_failed"],
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                )
                | Q(
                    status__in=["draft", "submitted", "returned", "declined", "withdrawn"],
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                ),
                name="claim_approved_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    approved_at__isnull=False,
                    agreed_pence=F("money_pence")
                    + F("payroll_pence")
                    + F("voucher_pence")
                    + F("donation_pence")
                    + F("declined_pence")
                    + F("netted_pence"),
                    agreed_pence__isnull=False,
                    money_pence__isnull=False,
                    payroll_pence__isnull=False,
                    voucher_pence__isnull=False,
                    donation_pence__isnull=False,
                    declined_pence__isnull=False,
                    netted_pence__isnull=False,
                )
                | Q(
                    approved_at__isnull=True,
                    agreed_pence__isnull=True,
                    money_pence__isnull=True,
                    payroll_pence__isnull=True,
                    voucher_pence__isnull=True,
                    donation_pence__isnull=True,
                    declined_pence__isnull=True,
                    netted_pence__isnull=True,
                ),
                name="claim_agreed_goes_somewhere_to_the_penny",
            ),
            models.CheckConstraint(
                condition=Q(recognition="part", recognition_pence__isnull=False, recognition_pence__gt=0)
                | (~Q(recognition="part") & Q(recognition_pence__isnull=True)),
                name="claim_part_payment_says_how_much",
            ),
            models.CheckConstraint(
                condition=Q(status="paid", paid_on__isnull=False) | (~Q(status="paid") & Q(paid_on__isnull=True)),
                name="claim_paid_has_its_date",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="claim_status",
                field="status",
                transitions=[
                    ("draft", "submitted"),
                    ("draft", "withdrawn"),
                    ("submitted", "returned"),
                    ("submitted", "approved"),
                    ("submitted", "partly_approved"),
                    ("submitted", "declined"),
                    ("submitted", "withdrawn"),
                    ("returned", "submitted"),
                    ("returned", "withdrawn"),
                    ("approved", "in_run"),
                    ("partly_approved", "in_run"),
                    ("declined", "submitted"),
                    ("in_run", "approved"),
                    ("in_run", "partly_approved"),
                    ("in_run", "payment_failed"),
                    ("in_run", "paid"),
                    ("paid", "payment_failed"),
                    ("payment_failed", "in_run"),
                    ("withdrawn", "draft"),
                ],
            ),
            pgtrigger.Trigger(
                name="large_claims_need_two_approvals",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__approved_by__isnull=False, new__first_approved_by__isnull=True),
                func=(
                    "IF TG_OP = 'UPDATE' AND OLD.approved_by_id IS NOT NULL THEN RETURN NEW; END IF;"
                    " IF EXISTS (SELECT 1 FROM payments_policyversion WHERE id = NEW.policy_id"
                    " AND second_approval_above_pence < NEW.agreed_pence) THEN"
                    " RAISE EXCEPTION 'a claim above the limit needs two approvals'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="declined_claims_are_decided_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__declined_by__isnull=False),
                func=(
                    "IF OLD.status = 'declined' AND NEW.status = 'submitted' AND"
                    " (NEW.asked_again_at IS NULL OR OLD.asked_again_at IS NOT NULL) THEN"
                    " RAISE EXCEPTION 'a claim is looked at again once'; END IF;"
                    " IF OLD.status = 'submitted' AND NEW.status = 'declined'"
                    " AND NEW.declined_by_id = OLD.declined_by_id THEN"
                    " RAISE EXCEPTION 'who declined a claim does not decide it again'; END IF;"
                    " IF (NEW.status <> 'declined' OR OLD.status = 'declined')"
                    " AND ROW(NEW.declined_by_id, NEW.declined_at, NEW.decline_reason)"
                    " IS DISTINCT FROM ROW(OLD.declined_by_id, OLD.declined_at, OLD.decline_reason) THEN"
                    " RAISE EXCEPTION 'who declined a claim, and why, is kept'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="paid_claims_never_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="paid"),
                # But for one thing: the bank sent the money back.
                func=(
                    "IF NEW.status <> 'payment_failed' OR"
                    " to_jsonb(NEW) - 'status' - 'paid_on' <> to_jsonb(OLD) - 'status' - 'paid_on' THEN"
                    " RAISE EXCEPTION 'a paid claim never changes'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="agreed_amounts_never_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__agreed_pence__isnull=False),
                func=(
                    "IF ROW(NEW.agreed_pence, NEW.money_pence, NEW.payroll_pence, NEW.voucher_pence,"
                    " NEW.donation_pence, NEW.declined_pence, NEW.netted_pence, NEW.recognition,"
                    " NEW.recognition_pence, NEW.recognition_offer_id, NEW.person_id, NEW.policy_id,"
                    " NEW.approved_by_id, NEW.first_approved_by_id, NEW.duplicate_reason)"
                    " IS DISTINCT FROM ROW(OLD.agreed_pence, OLD.money_pence, OLD.payroll_pence, OLD.voucher_pence,"
                    " OLD.donation_pence, OLD.declined_pence, OLD.netted_pence, OLD.recognition,"
                    " OLD.recognition_pence, OLD.recognition_offer_id, OLD.person_id, OLD.policy_id,"
                    " OLD.approved_by_id, OLD.first_approved_by_id, OLD.duplicate_reason) THEN"
                    " RAISE EXCEPTION 'what was agreed on a claim never changes'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="who_entered_a_sent_claim_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF OLD.status NOT IN ('draft', 'withdrawn') AND"
                    " ROW(NEW.entered_by_id, NEW.entered_how, NEW.late_reason)"
                    " IS DISTINCT FROM ROW(OLD.entered_by_id, OLD.entered_how, OLD.late_reason) THEN"
                    " RAISE EXCEPTION 'who entered a claim, and why it was late, never changes once it is sent';"
                    " END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="claim_budget_line_is_its_programmes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF TG_OP = 'UPDATE' AND OLD.status IN ('in_run', 'paid', 'payment_failed')"
                    " AND NEW.budget_line_id IS DISTINCT FROM OLD.budget_line_id THEN"
                    " RAISE EXCEPTION 'a claim in a payment run stays on its budget line'; END IF;"
                    " IF NEW.budget_line_id IS NOT NULL AND NOT EXISTS (SELECT FROM payments_budgetline"
                    " WHERE id = NEW.budget_line_id AND programme_id = NEW.programme_id) THEN"
                    " RAISE EXCEPTION 'a claim is paid from a budget line of its own programme'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="claims_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.reference}, {self.description}"

    def get_absolute_url(self):
        return reverse("claim", args=[self.pk])

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
        """Whether the promised day has gone by at the date `on` with the money not paid."""
        return bool(self.pay_by) and self.pay_by < on and self.status not in self.SETTLED and self.owed_pence != 0

    @property
    def owed_pence(self):
        """What somebody is still to be given once the claim is approved, in pence: to the person, payroll, a charity.

        None before that.
        """
        if self.agreed_pence is None:
            return None
        return self.money_pence + self.payroll_pence + self.voucher_pence + self.donation_pence

    @property
    def cost_pence(self):
        """What an approved claim costs its budget, in pence: a fee its person chose not to take is not spent.

        None before it is approved.
        """
        return None if self.agreed_pence is None else self.agreed_pence - self.declined_pence

    @property
    def waits_for_second_approval(self):
        """Whether one member of staff approved it and a second has to."""
        return self.status == self.Status.SUBMITTED and self.first_approved_by_id is not None

    @property
    def is_partly_agreed(self):
        """Whether less was agreed than asked; for an approved claim annotated by `with_totals`."""
        return self.agreed_pence is not None and self.agreed_pence < self.total_pence
