"""Payments as they were made, part by part, and payments taken out of a run before it was signed off."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.payees.models.methods import PaymentMethod
from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from wellbeing.lib.texts import LineField, WordsField


@pghistory.track()
class PaymentMade(models.Model):
    """The record that one part of a payment reached whom it was for: by bank, cheque, cash, voucher, gift, payroll.

    Without it nobody is told that they were paid, and no claim is paid. Kept for good.
    """

    payment = models.ForeignKey(Payment, verbose_name=_("payment"), on_delete=models.PROTECT, related_name="made")
    method = models.CharField(_("method"), max_length=10, choices=PaymentMethod)
    on = models.DateField(_("paid on"))
    reference = LineField(
        _("reference"),
        max_length=40,
        blank=True,
        help_text=_("The cheque's number, the last figures of a voucher's code, or the reference of a gift."),
    )
    handed_over_by = LineField(_("handed over by"), max_length=150, blank=True)
    received_by = LineField(_("received by"), max_length=150, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        verbose_name = _("made payment")
        verbose_name_plural = _("made payments")
        ordering = ["payment", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["payment", "method"], name="each_part_of_a_payment_is_made_once"),
            models.CheckConstraint(
                condition=~Q(method="cheque") | Q(reference__regex=r"^[0-9]{1,12}$"), name="made_cheque_has_its_number"
            ),
            models.CheckConstraint(
                condition=~Q(method="voucher") | ~Q(reference=""), name="made_voucher_has_its_last_figures"
            ),
            models.CheckConstraint(
                condition=Q(method="cash") & ~Q(handed_over_by="") & ~Q(received_by="")
                | ~Q(method="cash") & Q(handed_over_by="", received_by=""),
                name="made_cash_says_from_whom_to_whom",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="made_payments_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_a_signed_part_is_made",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("run", "payments_paymentrun%ROWTYPE"), ("payment", "payments_payment%ROWTYPE")],
                func=(
                    "SELECT * INTO payment FROM payments_payment WHERE id = NEW.payment_id;"
                    " SELECT * INTO run FROM payments_paymentrun WHERE id = payment.run_id FOR SHARE;"
                    " IF NOT (run.status IN ('signed', 'exported', 'paid') AND (NEW.method <> 'bank'"
                    " OR (run.status = 'paid' AND NEW.\"on\" = run.paid_on))) THEN"
                    " RAISE EXCEPTION 'a % run makes no payment by %', run.status, NEW.method; END IF;"
                    " IF 0 = (CASE NEW.method WHEN payment.method THEN payment.amount_pence"
                    " WHEN 'payroll' THEN payment.payroll_pence WHEN 'voucher' THEN payment.voucher_pence"
                    " WHEN 'charity' THEN payment.donation_pence ELSE 0 END) THEN"
                    " RAISE EXCEPTION 'this payment has no part by %', NEW.method; END IF;"
                    " IF NEW.\"on\" < (run.signed_at AT TIME ZONE 'Europe/London')::date THEN"
                    " RAISE EXCEPTION 'a payment is made once its run is signed off'; END IF;"
                    " IF NEW.recorded_by_id = payment.person_id THEN"
                    " RAISE EXCEPTION 'nobody records a payment to themself'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.payment_id}, {self.get_method_display()}"


@pghistory.track()
class TakenOut(models.Model):
    """The record that a payment was taken out of a run before the sign-off: who, why, and what was in it."""

    run = models.ForeignKey(
        PaymentRun, verbose_name=_("payment run"), on_delete=models.PROTECT, related_name="taken_out"
    )
    person = models.ForeignKey("people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    reference = LineField(_("reference"), max_length=18)
    pence = models.PositiveIntegerField(_("all of it, in pence"))
    claims = LineField(_("claims"), max_length=2000, help_text=_("Their references."))
    reason = WordsField(_("why"), max_length=300)
    by = models.ForeignKey("people.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("payment taken out of a run")
        verbose_name_plural = _("payments taken out of runs")
        ordering = ["run", "at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="taken_out_says_why")]
        triggers = [
            pgtrigger.Protect(name="payments_taken_out_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.reference}, {self.person}"
