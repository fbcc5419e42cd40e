"""Claims: time given and expenses paid, from draft to money in the bank."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.models import Role
from programmes.models.roles import programmes_where

from .policy import ExpenseKind, Vehicle


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
        line = ClaimLine.Category
        return self.annotate(
            time_pence=_line_sum(Q(lines__category=line.TIME)),
            expenses_pence=_line_sum(Q(lines__category=line.EXPENSE)),
            total_pence=_line_sum(None),
        )

    def overdue(self, on):
        """Claims whose promised day has gone by at the date `on` with the money not paid."""
        return self.filter(pay_by__lt=on).exclude(status__in=[Claim.Status.PAID, Claim.Status.WITHDRAWN])


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
        IN_RUN = "in_run", _("Being paid")
        PAID = "paid", _("Paid")
        WITHDRAWN = "withdrawn", _("Taken back")

    class EnteredHow(models.TextChoices):
        """How somebody asked staff to enter a claim for them."""

        PHONE = "phone", _("By phone")
        PAPER = "paper", _("On paper")
        IN_PERSON = "in_person", _("In person")

    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {Status.RETURNED, Status.APPROVED, Status.WITHDRAWN},
        Status.RETURNED: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.APPROVED: {Status.IN_RUN},
        Status.IN_RUN: {Status.APPROVED, Status.PAID},
        Status.PAID: set(),
        Status.WITHDRAWN: {Status.DRAFT},
    }
    # What its owner may still change.
    EDITABLE = (Status.DRAFT, Status.RETURNED)

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
    description = models.CharField(_("what it is for"), max_length=200)
    activity_date = models.DateField(_("day of the activity"))
    policy = models.ForeignKey(
        "payments.PolicyVersion", verbose_name=_("policy"), on_delete=models.PROTECT, related_name="claims"
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
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
    pay_by = models.DateField(_("promised by"), null=True, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
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
    late_reason = models.TextField(
        _("why it is late"),
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
                condition=Q(entered_by=None) | Q(approved_by=None) | ~Q(approved_by=F("entered_by")),
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
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, pay_by__isnull=False),
                name="claim_sent_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["approved", "in_run", "paid"],
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                )
                | Q(
                    status__in=["draft", "submitted", "returned", "withdrawn"],
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                ),
                name="claim_approved_has_who_and_when",
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
                    ("submitted", "withdrawn"),
                    ("returned", "submitted"),
                    ("returned", "withdrawn"),
                    ("approved", "in_run"),
                    ("in_run", "approved"),
                    ("in_run", "paid"),
                    ("withdrawn", "draft"),
                ],
            ),
            pgtrigger.Protect(
                name="paid_claims_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="paid"),
            ),
            pgtrigger.Protect(name="claims_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.reference}, {self.description}"

    def get_absolute_url(self):
        return reverse("claim", args=[self.pk])

    @property
    def is_editable(self):
        return self.status in self.EDITABLE

    def can_become(self, status):
        """Whether TRANSITIONS allows a move from the present status to `status`."""
        return status in self.TRANSITIONS[self.Status(self.status)]

    def is_overdue(self, on):
        """Whether the promised day has gone by at the date `on` with the money not paid."""
        return (
            bool(self.pay_by)
            and self.pay_by < on
            and self.status
            not in {
                self.Status.PAID,
                self.Status.WITHDRAWN,
            }
        )


@pghistory.track()
class ClaimLine(models.Model):
    """One line of a claim: time, or one expense. Amounts are whole pence; the rate used is kept with it."""

    class Category(models.TextChoices):
        TIME = "time", _("Payment for your time")
        EXPENSE = "expense", _("Expenses")

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="lines")
    category = models.CharField(_("part of the claim"), max_length=10, choices=Category)
    expense_kind = models.CharField(_("expense"), max_length=20, choices=ExpenseKind, blank=True)
    description = models.CharField(_("what it was"), max_length=200)
    on = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=2, null=True, blank=True)
    miles = models.DecimalField(_("miles"), max_digits=6, decimal_places=1, null=True, blank=True)
    vehicle = models.CharField(
        _("vehicle"),
        max_length=10,
        choices=Vehicle,
        blank=True,
        default="",
        db_default="",
        help_text=_("Asked only where HMRC's rates are paid. Empty: a car, at the programme's own rate."),
    )
    passengers = models.PositiveSmallIntegerField(_("passengers"), default=0, db_default=0)
    amount_pence = models.PositiveIntegerField(_("amount, in pence"))
    rate_note = models.CharField(
        _("rate used"),
        max_length=200,
        blank=True,
        help_text=_("How the amount was worked out, kept for good."),
    )

    class Meta:
        verbose_name = _("line of a claim")
        verbose_name_plural = _("lines of claims")
        ordering = ["claim", "-category", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category="time", expense_kind="", hours__gt=0)
                | (Q(category="expense", hours__isnull=True) & ~Q(expense_kind="")),
                name="claim_line_is_time_or_expense",
            ),
            models.CheckConstraint(
                condition=Q(expense_kind="mileage", miles__gt=0) | (~Q(expense_kind="mileage") & Q(miles__isnull=True)),
                name="claim_line_mileage_has_miles",
            ),
            models.CheckConstraint(
                condition=Q(expense_kind="mileage") | Q(vehicle="", passengers=0), name="claim_line_drives_for_mileage"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lines_of_a_sent_claim_are_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("state", "text"), ("target", "bigint")],
                func=(
                    "target = CASE WHEN TG_OP = 'DELETE' THEN OLD.claim_id ELSE NEW.claim_id END;"
                    " SELECT status INTO state FROM payments_claim WHERE id = target;"
                    " IF state NOT IN ('draft', 'returned') THEN"
                    " RAISE EXCEPTION 'the lines of a % claim cannot change', state; END IF;"
                    " IF TG_OP = 'UPDATE' AND OLD.claim_id <> NEW.claim_id THEN"
                    " RAISE EXCEPTION 'a line stays on its claim'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return self.description

    @property
    def is_time(self):
        return self.category == self.Category.TIME


def receipt_path(receipt, filename):
    """Where a receipt is kept: by claim, under its own random name, never the name it arrived with."""
    return f"receipts/{receipt.claim_id}/{filename}"


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Receipts of the claims `user` can see."""
        return self.filter(claim__in=Claim.objects.visible_to(user).values("pk"))


@pghistory.track()
class Receipt(models.Model):
    """Proof of spend: a photo or PDF. A worker decodes it and keeps a clean copy without metadata."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Could not be read")

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="receipts")
    lines = models.ManyToManyField(ClaimLine, verbose_name=_("for"), related_name="receipts", blank=True)
    file = models.FileField(_("file"), upload_to=receipt_path, max_length=200)
    original_name = models.CharField(_("name it arrived with"), max_length=200)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("fingerprint as it arrived"), max_length=64, db_index=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CHECKING)
    problem = models.CharField(_("what is wrong with it"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(
        _("times a worker tried to open it"),
        default=0,
        help_text=_("A file that ends the worker that opens it must not be tried for ever."),
    )
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["claim", "pk"]
        indexes = [
            models.Index(fields=["added_at"], condition=Q(status="checking"), name="receipts_to_check"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="refused", file="") | (~Q(status="refused") & ~Q(file="")),
                name="receipt_has_its_file_unless_refused",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="receipts_of_a_sent_claim_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("state", "text")],
                func=(
                    "SELECT c.status INTO state FROM payments_claim c"
                    " WHERE c.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.claim_id ELSE OLD.claim_id END;"
                    # The worker may still put a clean copy in place of what arrived.
                    " IF TG_OP = 'UPDATE' THEN"
                    " IF OLD.claim_id <> NEW.claim_id OR OLD.sha256 <> NEW.sha256 OR"
                    " (OLD.status <> 'checking' AND ROW(OLD.file, OLD.status) <> ROW(NEW.file, NEW.status)) THEN"
                    " RAISE EXCEPTION 'a receipt never changes once it is checked'; END IF;"
                    " RETURN NEW; END IF;"
                    " IF state NOT IN ('draft', 'returned') THEN"
                    " RAISE EXCEPTION 'the receipts of a % claim cannot change', state; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return self.original_name

    @property
    def is_ready(self):
        return self.status == self.Status.READY


@pghistory.track()
class ClaimNote(models.Model):
    """A question about a claim, or an answer to one. The conversation stays on the claim."""

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey("people.Person", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("words"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("note on a claim")
        verbose_name_plural = _("notes on claims")
        ordering = ["claim", "written_at", "pk"]

    def __str__(self):
        return self.body[:60]
