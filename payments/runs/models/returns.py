"""Payments that came back: why, when, and who recorded it. The rest of their run stays as it is."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.payees.models.methods import MONEY_CHOICES, PaymentMethod
from payments.runs.models.payments import Payment
from wellbeing.lib.texts import LineField, WordsField


class ReturnReasonQuerySet(models.QuerySet["ReturnReason"]):
    def effective_on(self, on):
        """Return the reasons for which payments come back on the day `on`, in the order of their codes."""
        return self.filter(effective_from__lte=on).filter(Q(until=None) | Q(until__gte=on)).order_by("code")


class ReturnReason(models.Model):
    """One reason for which money comes back, with the words people read. Dated, as the codes of banks change."""

    method = models.CharField(
        _("payment method"), max_length=10, choices=MONEY_CHOICES, default=PaymentMethod.BANK, db_default="bank"
    )
    code = LineField(_("code"), max_length=4, help_text=_("As on the bank's report of returned credits."))
    effective_from = models.DateField(_("holds from"))
    until = models.DateField(_("holds until"), null=True, blank=True)
    words = LineField(_("what happened"), max_length=100)
    advice = WordsField(_("what the person does"), max_length=200, blank=True)
    tells_person = models.BooleanField(
        _("the person is told"), default=True, help_text=_("Not where the bank says that the person has died.")
    )
    source = LineField(_("where it comes from"), max_length=200)

    objects = ReturnReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason for a returned payment")
        verbose_name_plural = _("reasons for returned payments")
        ordering = ["code", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="one_return_reason_per_code_and_date"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("effective_from")), name="return_reason_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(tells_person=False) | ~Q(advice=""), name="who_is_told_is_told_what_to_do"
            ),
        ]

    def __str__(self):
        return self.words


@pghistory.track()
class PaymentReturn(models.Model):
    """The record that the money of one payment came back. It is paid again in a later run, once that can work."""

    payment = models.OneToOneField(
        Payment, verbose_name=_("payment"), on_delete=models.PROTECT, related_name="returned"
    )
    reason = models.ForeignKey(ReturnReason, verbose_name=_("reason"), on_delete=models.PROTECT, related_name="+")
    note = WordsField(_("in finance's words"), max_length=300, blank=True)
    on = models.DateField(_("day it came back"))
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        verbose_name = _("returned payment")
        verbose_name_plural = _("returned payments")
        ordering = ["on", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="only_money_that_went_comes_back",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("payment", "payments_payment%ROWTYPE"),
                    ("run", "payments_paymentrun%ROWTYPE"),
                    ("made_on", "date"),
                ],
                func=(
                    "SELECT * INTO payment FROM payments_payment WHERE id = NEW.payment_id;"
                    " SELECT * INTO run FROM payments_paymentrun WHERE id = payment.run_id FOR SHARE;"
                    ' SELECT m."on" INTO made_on FROM payments_paymentmade m'
                    " WHERE m.payment_id = payment.id AND m.method = payment.method;"
                    # Money by bank comes back; by other ways it may also turn out that it cannot be paid at all.
                    " IF payment.amount_pence = 0 OR run.status NOT IN ('signed', 'exported', 'paid', 'closed')"
                    " OR (made_on IS NULL AND (payment.method = 'bank' OR run.status = 'closed'))"
                    " OR NEW.\"on\" < COALESCE(made_on, (run.signed_at AT TIME ZONE 'Europe/London')::date) THEN"
                    " RAISE EXCEPTION 'only money that went comes back'; END IF;"
                    # The other parts stay with the payment, and are made first.
                    " IF EXISTS (SELECT FROM (VALUES ('payroll', payment.payroll_pence),"
                    " ('voucher', payment.voucher_pence), ('charity', payment.donation_pence)) AS part(method, pence)"
                    " WHERE part.pence > 0 AND NOT EXISTS (SELECT FROM payments_paymentmade m"
                    " WHERE m.payment_id = payment.id AND m.method = part.method)) THEN"
                    " RAISE EXCEPTION 'the other parts of a payment are made before its money comes back'; END IF;"
                    " IF NOT EXISTS (SELECT FROM payments_returnreason r WHERE r.id = NEW.reason_id"
                    " AND r.method = payment.method) THEN"
                    " RAISE EXCEPTION 'a reason is one of the method by which the money went'; END IF;"
                    " IF NEW.recorded_by_id = payment.person_id THEN"
                    " RAISE EXCEPTION 'nobody records the return of their own payment'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="returned_payments_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.payment.reference}, {self.reason}"
