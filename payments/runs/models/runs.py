"""Payment runs: made, signed off, sent to the bank, paid, closed."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.payees.models.bank import not_new_in_finance
from people.directory.fields import who_field
from programmes.models import Role, programmes_where
from wellbeing.lib.states import steps_trigger


class PaymentRunQuerySet(models.QuerySet["PaymentRun"]):
    def visible_to(self, user):
        """Return the runs of programmes where `user` is finance; all to administrators."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(programme__in=programmes_where(user, Role.FINANCE))

    def under_way(self):
        """Return the runs for which finance still has something to do."""
        return self.exclude(status__in=[PaymentRun.Status.CLOSED, PaymentRun.Status.CANCELLED])


class RunStatus(models.TextChoices):
    OPEN = "open", _("Waiting for sign-off")
    SIGNED = "signed", _("Signed off")
    EXPORTED = "exported", _("File downloaded")
    PAID = "paid", _("Paid")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


RUN_STEPS = {
    RunStatus.OPEN: (RunStatus.SIGNED, RunStatus.CANCELLED),
    # Straight to paid only where nothing goes by bank file, once every payment has been made.
    RunStatus.SIGNED: (RunStatus.EXPORTED, RunStatus.PAID),
    RunStatus.EXPORTED: (RunStatus.PAID,),
    RunStatus.PAID: (RunStatus.CLOSED,),
    RunStatus.CLOSED: (),
    RunStatus.CANCELLED: (),
}

# The parts of the payments of a run (SQL; NEW is the run) for which nobody has recorded that they were made, nor that
# their money could not be paid.
PARTS_NOT_MADE = (
    "SELECT FROM payments_payment p CROSS JOIN LATERAL (VALUES (p.method::text, p.amount_pence),"
    " ('payroll', p.payroll_pence), ('voucher', p.voucher_pence), ('charity', p.donation_pence)) AS part(method, pence)"
    " WHERE p.run_id = NEW.id AND part.pence > 0 AND NOT EXISTS (SELECT FROM payments_paymentmade m"
    " WHERE m.payment_id = p.id AND m.method = part.method)"
    " AND NOT (part.method = p.method AND EXISTS (SELECT FROM payments_paymentreturn x WHERE x.payment_id = p.id))"
)


@pghistory.track()
class PaymentRun(models.Model):
    """One batch of payments of a programme. One person makes it, another signs it off.

    Exported: the bank file has been taken or, where nothing goes by bank file, the lists. Paid: the bank's payments
    have gone; where there are none, every payment has been made. Closed: every payment has been made, and what the
    bank's statement says agrees with it to the penny.
    """

    Status = RunStatus

    TRANSITIONS = RUN_STEPS
    # Nothing in it can change any more.
    SIGNED_OFF = (Status.SIGNED, Status.EXPORTED, Status.PAID, Status.CLOSED)
    # Signed, and the money not gone yet.
    TO_PAY = (Status.SIGNED, Status.EXPORTED)
    # The money has gone.
    PAID_OR_CLOSED = (Status.PAID, Status.CLOSED)

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
    signed_by = who_field(_("signed off by"))
    signed_at = models.DateTimeField(_("signed off"), null=True, blank=True)
    exported_by = who_field(_("handed over by"))
    exported_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    paid_recorded_by = who_field(_("marked paid by"))
    closed_by = who_field(_("closed by"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    statement_pence = models.PositiveBigIntegerField(
        _("on the bank statement, in pence"),
        null=True,
        blank=True,
        help_text=_("What left the account for this run, less what had come back."),
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
            steps_trigger("run_status", RUN_STEPS),
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
                declare=[("due", "bigint"), ("by_bank", "boolean")],
                func=(
                    "IF NEW.status = 'signed' AND EXISTS (SELECT 1 FROM payments_payment p"  # noqa: S608  (our own SQL)
                    " LEFT JOIN payments_paymentitem i ON i.payment_id = p.id AND i.live WHERE p.run_id = NEW.id"
                    " GROUP BY p.id HAVING ROW(COALESCE(SUM(i.amount_pence), 0), COALESCE(SUM(i.payroll_pence), 0),"
                    " COALESCE(SUM(i.voucher_pence), 0), COALESCE(SUM(i.donation_pence), 0))"
                    " <> ROW(p.amount_pence, p.payroll_pence, p.voucher_pence, p.donation_pence)) THEN"
                    " RAISE EXCEPTION 'a payment is the sum of its claims'; END IF;"
                    " IF NEW.status = 'signed' AND EXISTS (SELECT FROM payments_payment WHERE run_id = NEW.id"
                    " AND amount_pence > 0 AND method = 'other' AND said_how = '') THEN"
                    " RAISE EXCEPTION 'a payment says how it reaches the person'; END IF;"
                    " by_bank = EXISTS (SELECT FROM payments_payment"
                    " WHERE run_id = NEW.id AND method = 'bank' AND amount_pence > 0);"
                    " IF OLD.status = 'signed' AND NEW.status = 'paid' AND by_bank THEN"
                    " RAISE EXCEPTION 'the bank file of this run has not been taken'; END IF;"
                    # The bank's payments are recorded with this step; all others one by one, each when it was made.
                    " IF (NEW.status = 'closed' OR (NEW.status = 'paid' AND NOT by_bank))"
                    " AND EXISTS (" + PARTS_NOT_MADE + ") THEN"
                    " RAISE EXCEPTION 'a payment of this run has not been made'; END IF;"
                    " IF NEW.status = 'closed' THEN"
                    " SELECT COALESCE(SUM(p.amount_pence), 0) INTO due FROM payments_payment p"
                    " WHERE p.run_id = NEW.id AND p.method IN ('bank', 'cheque', 'cash')"
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
                    " AND c.programme_id = NEW.programme_id AND c.confirmed_at >= d.on_hold_since)) THEN"
                    " RAISE EXCEPTION 'finance of this programme has not confirmed an account'; END IF;"
                    " IF EXISTS (SELECT FROM payments_payment p JOIN payments_bankdetails d"
                    " ON d.person_id = p.person_id JOIN payments_namecheck said ON said.bank_details_id = d.id"
                    " AND said.recorded_at >= d.changed_at AND said.outcome = 'no_match'"
                    " WHERE p.run_id = NEW.id AND p.method = 'bank' AND p.amount_pence > 0"
                    " AND (SELECT COUNT(*) FROM payments_namecheckoverride o WHERE o.name_check_id = said.id) < 2"
                    " AND NOT EXISTS (SELECT FROM payments_namecheck later WHERE later.bank_details_id = d.id"
                    " AND later.outcome = 'match' AND later.id > said.id"
                    " AND later.recorded_by_id NOT IN (said.recorded_by_id, d.changed_by_id))) THEN"
                    " RAISE EXCEPTION 'the bank said that a name does not match'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="runs_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("payment_run", args=[self.pk])
