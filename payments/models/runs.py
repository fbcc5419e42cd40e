"""Payment runs: approved claims gathered, signed off by a second person, documented and paid."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.models import Role
from programmes.models.roles import programmes_where
from wellbeing.lib.crypto import EncryptedTextField

from .bank import masked


class PaymentRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Runs of programmes where `user` is finance; all for an administrator."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(programme__in=programmes_where(user, Role.FINANCE))


@pghistory.track()
class PaymentRun(models.Model):
    """One batch of payments of a programme. Whoever makes it never signs it."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting for sign-off")
        SIGNED = "signed", _("Signed off")
        PAID = "paid", _("Paid")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS = {
        Status.OPEN: {Status.SIGNED, Status.CANCELLED},
        Status.SIGNED: {Status.PAID},
        Status.PAID: set(),
        Status.CANCELLED: set(),
    }

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="payment_runs",
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    made_by = models.ForeignKey("people.Person", verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    signed_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("signed off by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField(_("signed off"), null=True, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    paid_recorded_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("marked paid by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PaymentRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment run")
        verbose_name_plural = _("payment runs")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("made_by")),
                name="run_maker_never_signs",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "cancelled"], signed_by__isnull=True, signed_at__isnull=True)
                | Q(status__in=["signed", "paid"], signed_by__isnull=False, signed_at__isnull=False),
                name="run_signed_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status="paid", paid_on__isnull=False, paid_recorded_by__isnull=False)
                | (~Q(status="paid") & Q(paid_on__isnull=True, paid_recorded_by__isnull=True)),
                name="run_paid_has_who_and_when",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="run_status",
                field="status",
                transitions=[("open", "signed"), ("open", "cancelled"), ("signed", "paid")],
            ),
            pgtrigger.Trigger(
                name="nobody_signs_or_pays_their_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF EXISTS (SELECT 1 FROM payments_payment WHERE run_id = NEW.id"
                    " AND person_id IN (NEW.made_by_id, NEW.signed_by_id, NEW.paid_recorded_by_id)) THEN"
                    " RAISE EXCEPTION 'nobody makes, signs or pays a run that pays them'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="runs_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("payment_run", args=[self.pk])


@pghistory.track(exclude=["account_name", "sort_code", "account_number"])
class Payment(models.Model):
    """What one person is paid in one run: one payment, however many claims.

    The account it goes to is copied in when the run is signed off: whatever changes later, this says what was signed.
    """

    class Method(models.TextChoices):
        BANK = "bank", _("Bank file")
        OTHER = "other", _("Another way")

    run = models.ForeignKey(
        PaymentRun, verbose_name=_("payment run"), on_delete=models.PROTECT, related_name="payments"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="payments"
    )
    reference = models.CharField(
        _("reference on the bank statement"),
        max_length=18,
        unique=True,
        help_text=_("Letters and numbers only, 6 to 18 of them, as UK banks ask."),
    )
    amount_pence = models.PositiveIntegerField(
        _("money, in pence"), help_text=_("What goes to the person's account, or to them another way.")
    )
    payroll_pence = models.PositiveIntegerField(_("through payroll, in pence"), default=0, db_default=0)
    voucher_pence = models.PositiveIntegerField(_("as a voucher, in pence"), default=0, db_default=0)
    donation_pence = models.PositiveIntegerField(_("to charity, in pence"), default=0, db_default=0)
    method = models.CharField(
        _("how it is paid"),
        max_length=5,
        choices=Method,
        default=Method.OTHER,
        help_text=_("Decided when the run is signed off: by bank file where there are confirmed bank details."),
    )
    account_name = EncryptedTextField(_("name on the account"), null=True, blank=True)
    sort_code = EncryptedTextField(_("sort code"), null=True, blank=True)
    account_number = EncryptedTextField(_("account number"), null=True, blank=True)
    account_digits = models.CharField(_("last digits of the account number"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["run", "person__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="one_payment_per_person_and_run"),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0)
                | Q(payroll_pence__gt=0)
                | Q(voucher_pence__gt=0)
                | Q(donation_pence__gt=0),
                name="payment_is_more_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Z0-9]{6,18}$"), name="payment_reference_a_bank_takes"
            ),
            models.CheckConstraint(
                condition=Q(
                    method="bank",
                    account_name__isnull=False,
                    sort_code__isnull=False,
                    account_number__isnull=False,
                    account_digits__regex=r"^[0-9]{2}$",
                )
                | Q(
                    method="other",
                    account_name__isnull=True,
                    sort_code__isnull=True,
                    account_number__isnull=True,
                    account_digits="",
                ),
                name="payment_by_bank_has_its_account",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="payments_of_a_signed_run_are_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("run", "payments_paymentrun%ROWTYPE")],
                func=(
                    "SELECT * INTO run FROM payments_paymentrun"
                    " WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.run_id ELSE NEW.run_id END;"
                    " IF run.status <> 'open' THEN"
                    " RAISE EXCEPTION 'the payments of a % run cannot change', run.status; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;"
                    " IF NEW.person_id = run.made_by_id THEN"
                    " RAISE EXCEPTION 'nobody makes a run that pays them'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.reference}, {self.person}"

    @property
    def masked_account(self):
        """The account it goes to, as •••• 58; empty when it is not paid by bank file."""
        return masked(self.account_digits) if self.account_digits else ""


@pghistory.track()
class PaymentItem(models.Model):
    """One claim inside one payment. A claim sits in one live item: `live` ends when its run is cancelled."""

    payment = models.ForeignKey(Payment, verbose_name=_("payment"), on_delete=models.PROTECT, related_name="items")
    claim = models.ForeignKey(
        "payments.Claim", verbose_name=_("claim"), on_delete=models.PROTECT, related_name="payment_items"
    )
    amount_pence = models.PositiveIntegerField(_("money, in pence"))
    payroll_pence = models.PositiveIntegerField(_("through payroll, in pence"), default=0, db_default=0)
    voucher_pence = models.PositiveIntegerField(_("as a voucher, in pence"), default=0, db_default=0)
    donation_pence = models.PositiveIntegerField(_("to charity, in pence"), default=0, db_default=0)
    live = models.BooleanField(_("live"), default=True)

    class Meta:
        verbose_name = _("claim in a payment")
        verbose_name_plural = _("claims in payments")
        ordering = ["payment", "claim"]
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=Q(live=True), name="a_claim_is_in_one_live_payment"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="items_stay_with_their_payment",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("run_status", "text"), ("payee", "bigint"), ("claimant", "bigint")],
                func=(
                    "SELECT r.status, p.person_id INTO run_status, payee FROM payments_payment p"
                    " JOIN payments_paymentrun r ON r.id = p.run_id"
                    " WHERE p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.payment_id ELSE NEW.payment_id END;"
                    " IF run_status IN ('signed', 'paid') OR TG_OP = 'DELETE' THEN"
                    " RAISE EXCEPTION 'the claims of a % run cannot change', run_status; END IF;"
                    " IF TG_OP = 'UPDATE' AND (OLD.payment_id <> NEW.payment_id OR OLD.claim_id <> NEW.claim_id"
                    " OR ROW(OLD.amount_pence, OLD.payroll_pence, OLD.voucher_pence, OLD.donation_pence)"
                    " <> ROW(NEW.amount_pence, NEW.payroll_pence, NEW.voucher_pence, NEW.donation_pence)) THEN"
                    " RAISE EXCEPTION 'a claim in a payment cannot be changed, only let go'; END IF;"
                    " SELECT person_id INTO claimant FROM payments_claim WHERE id = NEW.claim_id;"
                    " IF claimant <> payee THEN"
                    " RAISE EXCEPTION 'a payment holds the claims of its own person only'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.claim.reference} in {self.payment.reference}"


def document_path(document, filename):
    """Where a document is kept: by run."""
    return f"documents/{document.run_id}/{filename}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents of runs `user` can see, and the remittance letters of `user`'s own payments once paid."""
        if not user.is_authenticated:
            return self.none()
        own = Q(payment__person__user=user, run__status=PaymentRun.Status.PAID)
        return self.filter(own | Q(run__in=PaymentRun.objects.visible_to(user).values("pk")))


@pghistory.track()
class Document(models.Model):
    """A PDF made for a run, kept byte for byte. Made again, it is a new version."""

    class Kind(models.TextChoices):
        REMITTANCE = "remittance", _("Payment letter")
        SCHEDULE = "schedule", _("Run schedule")

    run = models.ForeignKey(
        PaymentRun, verbose_name=_("payment run"), on_delete=models.PROTECT, related_name="documents"
    )
    payment = models.ForeignKey(
        Payment,
        verbose_name=_("payment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    file = models.FileField(_("file"), upload_to=document_path, max_length=200)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["run", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "kind", "version"],
                condition=Q(payment__isnull=False),
                name="one_letter_per_payment_and_version",
            ),
            models.UniqueConstraint(
                fields=["run", "kind", "version"],
                condition=Q(payment__isnull=True),
                name="one_schedule_per_run_and_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="remittance", payment__isnull=False) | Q(kind="schedule", payment__isnull=True),
                name="letters_have_a_payment",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="documents_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.run.reference}"
