"""Payments of a run and the claims they pay."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.payees.models.bank import masked
from payments.payees.models.methods import MONEY_CHOICES, PaymentMethod
from payments.runs.models.runs import PaymentRun
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.texts import LineField


def _parts(row, method):
    columns = (
        (PaymentMethod(method), row.amount_pence),
        (PaymentMethod.PAYROLL, row.payroll_pence),
        (PaymentMethod.VOUCHER, row.voucher_pence),
        (PaymentMethod.CHARITY, row.donation_pence),
    )
    return [(method, pence) for method, pence in columns if pence]


@pghistory.track(exclude=["account_name", "sort_code", "account_number", "roll_number"])
class Payment(models.Model):
    """The payment of one person in one run, however many claims it is for.

    The account it goes to is copied in when the run is signed off: whatever changes later, this says what was signed.
    """

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
        _("how the money is paid"),
        max_length=10,
        choices=MONEY_CHOICES,
        default=PaymentMethod.OTHER,
        help_text=_("As the person chose; decided when the run is signed off."),
    )
    said_how = LineField(
        _("how, in words"),
        max_length=150,
        blank=True,
        default="",
        db_default="",
        help_text=_("For another way: which one was agreed."),
    )
    account_name = EncryptedTextField(_("name on the account"), max_length=100, null=True, blank=True)
    sort_code = EncryptedTextField(_("sort code"), max_length=20, null=True, blank=True)
    account_number = EncryptedTextField(_("account number"), max_length=20, null=True, blank=True)
    roll_number = EncryptedTextField(
        _("roll number"), max_length=18, null=True, blank=True, help_text=_("Of a building society account.")
    )
    account_digits = models.CharField(_("last digits of the account number"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["run", "person__sort_key", "pk"]
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
                    method__in=["cheque", "cash", "other"],
                    account_name__isnull=True,
                    sort_code__isnull=True,
                    account_number__isnull=True,
                    account_digits="",
                ),
                name="payment_by_bank_has_its_account",
            ),
            models.CheckConstraint(
                condition=Q(method="other") | Q(said_how=""), name="only_another_method_is_put_into_words"
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
    def parts(self):
        """The parts with something in them, as (PaymentMethod, pence): the money first."""
        return _parts(self, self.method)

    @property
    def bank_reference(self):
        """The reference that goes to the bank: the roll number where the account has one."""
        return self.roll_number or self.reference

    @property
    def masked_account(self):
        """The account it goes to, hidden but for two digits: •••• 58. Empty when it is not paid by bank file."""
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
                    # Let go: by a run that was cancelled, or where the money came back.
                    " IF NOT (run_status = 'open' OR (TG_OP = 'UPDATE'"
                    " AND (run_status = 'cancelled' OR (came_back AND OLD.amount_pence > 0)))) THEN"
                    " RAISE EXCEPTION 'the claims of a % run cannot change', run_status; END IF;"
                    # Taken out before the sign-off, with the record of who did it and why.
                    " IF TG_OP = 'DELETE' THEN IF NOT EXISTS (SELECT FROM payments_takenout t"
                    " JOIN payments_payment p ON p.run_id = t.run_id AND p.reference = t.reference"
                    " WHERE p.id = OLD.payment_id) THEN"
                    " RAISE EXCEPTION 'a claim leaves a run with the record of who took it out';"
                    " END IF; RETURN OLD; END IF;"
                    " IF TG_OP = 'UPDATE' AND (OLD.payment_id <> NEW.payment_id OR OLD.claim_id <> NEW.claim_id"
                    " OR ROW(OLD.amount_pence, OLD.payroll_pence, OLD.voucher_pence, OLD.donation_pence)"
                    " <> ROW(NEW.amount_pence, NEW.payroll_pence, NEW.voucher_pence, NEW.donation_pence)"
                    " OR (NEW.live AND NOT OLD.live)) THEN"
                    " RAISE EXCEPTION 'a claim in a payment cannot be changed, only let go'; END IF;"
                    " SELECT * INTO claim FROM payments_claim WHERE id = NEW.claim_id;"
                    " IF claim.person_id <> payee THEN"
                    " RAISE EXCEPTION 'a payment holds the claims of its own person only'; END IF;"
                    " IF TG_OP = 'INSERT' THEN"
                    # Money the bank sent back is paid again; vouchers, gifts and payroll had reached their people.
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

    @property
    def parts(self):
        """The parts of the claim with something in them, as (PaymentMethod, pence): the money first."""
        return _parts(self, self.payment.method)
