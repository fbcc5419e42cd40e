"""Payment runs: approved claims gathered, signed off by a second person, handed to the bank, paid, reconciled."""

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

from .bank import masked, not_new_in_finance


class PaymentRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Runs of programmes where `user` is finance; all for an administrator."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(programme__in=programmes_where(user, Role.FINANCE))

    def under_way(self):
        """Runs somebody in finance still has something to do for."""
        return self.exclude(status__in=[PaymentRun.Status.CLOSED, PaymentRun.Status.CANCELLED])


@pghistory.track()
class PaymentRun(models.Model):
    """One batch of payments of a programme. Whoever makes it never signs it.

    Exported: the bank file has been taken or, where nothing goes by bank file, the lists. Closed: what the bank's
    statement says agrees with it to the penny.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting for sign-off")
        SIGNED = "signed", _("Signed off")
        EXPORTED = "exported", _("Handed over")
        PAID = "paid", _("Paid")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS = {
        Status.OPEN: {Status.SIGNED, Status.CANCELLED},
        # Straight to paid only where nothing goes by bank file.
        Status.SIGNED: {Status.EXPORTED, Status.PAID},
        Status.EXPORTED: {Status.PAID},
        Status.PAID: {Status.CLOSED},
        Status.CLOSED: set(),
        Status.CANCELLED: set(),
    }
    # Nothing in it can change any more.
    SIGNED_OFF = (Status.SIGNED, Status.EXPORTED, Status.PAID, Status.CLOSED)
    # Signed, and the money not gone yet.
    TO_PAY = (Status.SIGNED, Status.EXPORTED)
    # The money has gone.
    SETTLED = (Status.PAID, Status.CLOSED)

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
    exported_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("handed over by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    exported_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    paid_recorded_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("marked paid by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    statement_pence = models.PositiveBigIntegerField(
        _("on the bank statement, in pence"),
        null=True,
        blank=True,
        help_text=_("What left the account for this run, less what the bank had sent back."),
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
                | Q(
                    status__in=["signed", "exported", "paid", "closed"],
                    signed_by__isnull=False,
                    signed_at__isnull=False,
                ),
                name="run_signed_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["exported", "paid", "closed"],
                    exported_by__isnull=False,
                    # Named as not empty too: of an empty time Postgres can say neither yes nor no, and lets it pass.
                    exported_at__isnull=False,
                    exported_at__gte=F("signed_at"),
                )
                | (~Q(status="exported") & Q(exported_by__isnull=True, exported_at__isnull=True)),
                name="run_exported_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["paid", "closed"], paid_on__isnull=False, paid_recorded_by__isnull=False)
                | (~Q(status__in=["paid", "closed"]) & Q(paid_on__isnull=True, paid_recorded_by__isnull=True)),
                name="run_paid_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="closed", closed_by__isnull=False, closed_at__isnull=False, statement_pence__isnull=False
                )
                | (
                    ~Q(status="closed")
                    & Q(closed_by__isnull=True, closed_at__isnull=True, statement_pence__isnull=True)
                ),
                name="run_closed_has_who_when_and_sum",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="run_status",
                field="status",
                transitions=[
                    ("open", "signed"),
                    ("open", "cancelled"),
                    ("signed", "exported"),
                    ("signed", "paid"),
                    ("exported", "paid"),
                    ("paid", "closed"),
                ],
            ),
            pgtrigger.Trigger(
                name="signed_runs_are_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="open"),
                declare=[("step", "text[]")],
                # Each step writes its own columns and no others; without a step nothing changes.
                func=(
                    "step = CASE OLD.status || '>' || NEW.status"
                    " WHEN 'signed>exported' THEN ARRAY['status', 'exported_by_id', 'exported_at']"
                    " WHEN 'signed>paid' THEN ARRAY['status', 'paid_on', 'paid_recorded_by_id']"
                    " WHEN 'exported>paid' THEN ARRAY['status', 'paid_on', 'paid_recorded_by_id']"
                    " WHEN 'paid>closed' THEN ARRAY['status', 'closed_by_id', 'closed_at', 'statement_pence']"
                    " ELSE ARRAY[]::text[] END;"
                    " IF to_jsonb(NEW) - step <> to_jsonb(OLD) - step THEN"
                    " RAISE EXCEPTION 'a % run is frozen', OLD.status; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="a_run_moves_on_with_its_sums_right",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                declare=[("due", "bigint")],
                func=(
                    "IF NEW.status = 'signed' AND EXISTS (SELECT 1 FROM payments_payment p"
                    " LEFT JOIN payments_paymentitem i ON i.payment_id = p.id AND i.live WHERE p.run_id = NEW.id"
                    " GROUP BY p.id HAVING ROW(COALESCE(SUM(i.amount_pence), 0), COALESCE(SUM(i.payroll_pence), 0),"
                    " COALESCE(SUM(i.voucher_pence), 0), COALESCE(SUM(i.donation_pence), 0))"
                    " <> ROW(p.amount_pence, p.payroll_pence, p.voucher_pence, p.donation_pence)) THEN"
                    " RAISE EXCEPTION 'a payment is the sum of its claims'; END IF;"
                    " IF OLD.status = 'signed' AND NEW.status = 'paid' AND EXISTS (SELECT 1 FROM payments_payment"
                    " WHERE run_id = NEW.id AND method = 'bank' AND amount_pence > 0) THEN"
                    " RAISE EXCEPTION 'the bank file of this run has not been taken'; END IF;"
                    " IF NEW.status = 'closed' THEN"
                    " SELECT COALESCE(SUM(p.amount_pence), 0) INTO due FROM payments_payment p"
                    " WHERE p.run_id = NEW.id AND p.method = 'bank'"
                    " AND NOT EXISTS (SELECT 1 FROM payments_paymentreturn r WHERE r.payment_id = p.id);"
                    " IF NEW.statement_pence <> due THEN"
                    " RAISE EXCEPTION 'the statement differs from the run by % pence', NEW.statement_pence - due;"
                    " END IF; END IF; RETURN NEW;"
                ),
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
            not_new_in_finance(
                name="somebody_new_signs_no_run",
                who="NEW.signed_by_id",
                programme="NEW.programme_id",
                at="NEW.signed_at",
                condition=pgtrigger.Q(new__status="signed"),
            ),
            pgtrigger.Trigger(
                name="a_run_pays_accounts_its_own_finance_confirmed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="open", new__status="signed"),
                func=(
                    "IF EXISTS (SELECT 1 FROM payments_payment p JOIN payments_bankdetails d"
                    " ON d.person_id = p.person_id WHERE p.run_id = NEW.id AND p.method = 'bank'"
                    " AND NOT EXISTS (SELECT 1 FROM payments_bankconfirmation c WHERE c.bank_details_id = d.id"
                    " AND c.programme_id = NEW.programme_id AND c.confirmed_at >= d.held_since)) THEN"
                    " RAISE EXCEPTION 'finance of this programme has not confirmed an account'; END IF; RETURN NEW;"
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
    account_name = EncryptedTextField(_("name on the account"), max_length=100, null=True, blank=True)
    sort_code = EncryptedTextField(_("sort code"), max_length=20, null=True, blank=True)
    account_number = EncryptedTextField(_("account number"), max_length=20, null=True, blank=True)
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
                declare=[
                    ("run_status", "text"),
                    ("payee", "bigint"),
                    ("came_back", "boolean"),
                    ("claim", "payments_claim%ROWTYPE"),
                    ("paid_before", "boolean"),
                ],
                func=(
                    "SELECT r.status, p.person_id,"
                    " EXISTS (SELECT 1 FROM payments_paymentreturn x WHERE x.payment_id = p.id)"
                    " INTO run_status, payee, came_back FROM payments_payment p"
                    " JOIN payments_paymentrun r ON r.id = p.run_id"
                    " WHERE p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.payment_id ELSE NEW.payment_id END;"
                    # Let go: by a run that was cancelled, or where the bank sent the money back.
                    " IF TG_OP = 'DELETE' OR NOT (run_status = 'open' OR (TG_OP = 'UPDATE'"
                    " AND (run_status = 'cancelled' OR (came_back AND OLD.amount_pence > 0)))) THEN"
                    " RAISE EXCEPTION 'the claims of a % run cannot change', run_status; END IF;"
                    " IF TG_OP = 'UPDATE' AND (OLD.payment_id <> NEW.payment_id OR OLD.claim_id <> NEW.claim_id"
                    " OR ROW(OLD.amount_pence, OLD.payroll_pence, OLD.voucher_pence, OLD.donation_pence)"
                    " <> ROW(NEW.amount_pence, NEW.payroll_pence, NEW.voucher_pence, NEW.donation_pence)"
                    " OR (NEW.live AND NOT OLD.live)) THEN"
                    " RAISE EXCEPTION 'a claim in a payment cannot be changed, only let go'; END IF;"
                    " SELECT * INTO claim FROM payments_claim WHERE id = NEW.claim_id;"
                    " IF claim.person_id <> payee THEN"
                    " RAISE EXCEPTION 'a payment holds the claims of its own person only'; END IF;"
                    " IF TG_OP = 'INSERT' THEN"
                    # What the bank sent back is paid again; payroll, vouchers and gifts had reached whom they were for.
                    " paid_before = EXISTS (SELECT 1 FROM payments_paymentitem i"
                    " JOIN payments_paymentreturn x ON x.payment_id = i.payment_id"
                    " WHERE i.claim_id = NEW.claim_id AND NOT i.live);"
                    " IF NOT NEW.live OR ROW(NEW.amount_pence, NEW.payroll_pence, NEW.voucher_pence,"
                    " NEW.donation_pence) IS DISTINCT FROM ROW(claim.money_pence,"
                    " CASE WHEN paid_before THEN 0 ELSE claim.payroll_pence END,"
                    " CASE WHEN paid_before THEN 0 ELSE claim.voucher_pence END,"
                    " CASE WHEN paid_before THEN 0 ELSE claim.donation_pence END) THEN"
                    " RAISE EXCEPTION 'a claim is paid what was agreed, once'; END IF; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.claim.reference} in {self.payment.reference}"
