"""Bank details, encrypted, and their confirmations."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.claims.models.claim import Claim
from people.directory.fields import who_field
from programmes.models import Membership, Role
from wellbeing.lib.crypto import EncryptedTextField, blind_index
from wellbeing.lib.texts import LineField, WordsField

# Never copied into the history: it says who changed the details and when, not what they were.
SECRETS = ["account_name", "sort_code", "account_number", "account_index", "roll_number"]


def account_key(sort_code, account_number):
    """Write one account as one text, for its fingerprint."""
    return f"{sort_code}-{account_number}"


def masked(last_digits):
    """Hide an account but for its last digits, for everyone but finance: •••• 58."""
    return f"•••• {last_digits}"


def _hours(kind, at):
    """Write the SQL for the interval that a WaitingTime of `kind` says for the moment `at` (SQL)."""
    return (
        # Without a row they wait for good: a hundred years.
        "make_interval(hours => COALESCE((SELECT w.hours FROM people_waitingtime w"  # noqa: S608  (no value is put in here)
        f" WHERE w.kind = '{kind}' AND w.effective_from <= {at}::date ORDER BY w.effective_from DESC LIMIT 1),"
        " 876000)::int)"
    )


class BankDetailsQuerySet(models.QuerySet["BankDetails"]):
    def of_programme(self, programme):
        """Return the details of people with lived experience, or with a claim, in `programme` (or its id)."""
        members = Membership.objects.filter(programme=programme, role=Role.LIVED_EXPERIENCE)
        claims = Claim.objects.filter(programme=programme).exclude(status=Claim.Status.DRAFT)
        return self.filter(Q(person__in=members.values("person")) | Q(person__in=claims.values("person")))

    def owed_by(self, programme):
        """Return the details of people to whom `programme` (or its id) owes money: approved, and not paid yet.

        Only its finance has a reason to see and confirm them.
        """
        owed = Claim.objects.owed().filter(programme=programme)
        return self.filter(person__in=owed.values("person"))

    def confirmed_for(self, programme):
        """Return the details that finance of `programme` (or its id) has confirmed since they were last put on hold."""
        return self.filter(
            Exists(
                BankConfirmation.objects.filter(
                    bank_details=OuterRef("pk"), programme=programme, confirmed_at__gte=OuterRef("on_hold_since")
                )
            )
        )

    def on_hold_for(self, programme):
        """Return the details that finance of `programme` (or its id) has yet to confirm: it pays them nothing."""
        return self.exclude(pk__in=self.confirmed_for(programme).values("pk"))


@pghistory.track(exclude=SECRETS)
class BankDetails(models.Model):
    """The one account a person is paid into. Entered by the person, confirmed by finance after every change."""

    class Check(models.TextChoices):
        LOOKS_RIGHT = "looks_right", _("Looks right")
        CANNOT_CHECK = "cannot_check", _("Cannot check")
        LOOKS_WRONG = "looks_wrong", _("Looks wrong")

    fingerprints = {"account_index": lambda row: blind_index(account_key(row.sort_code, row.account_number))}

    person = models.OneToOneField(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="bank_details"
    )
    account_name = EncryptedTextField(_("name on the account"), max_length=100)
    sort_code = EncryptedTextField(_("sort code"), max_length=20, help_text=_("Six digits."))
    account_number = EncryptedTextField(_("account number"), max_length=20, help_text=_("Eight digits."))
    roll_number = EncryptedTextField(
        _("roll number"),
        max_length=18,
        blank=True,
        default="",
        help_text=_("Of a building society account: letters, figures and slashes."),
    )
    account_index = models.CharField(_("fingerprint of the account"), max_length=64, db_index=True)
    last_digits = models.CharField(_("last digits of the account number"), max_length=2)
    checked = models.CharField(
        _("what the numbers look like"),
        max_length=12,
        choices=Check,
        help_text=_("Says nothing about whose account it is."),
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        "people.Person", verbose_name=_("changed by"), on_delete=models.PROTECT, related_name="+"
    )
    told_how = models.CharField(
        _("how they told us"),
        max_length=10,
        choices=Claim.EnteredHow,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where finance wrote the details down. Empty: the person gave them themself."),
    )
    told_by = LineField(_("told by"), max_length=150, blank=True, default="", db_default="")
    told_on = models.DateField(_("when they told us"), null=True, blank=True)
    # Finance could not check them and asked the person to give them again; empty after each change.
    asked_again_at = models.DateTimeField(_("asked to give them again"), null=True, blank=True)
    asked_again_by = who_field(_("asked by"))
    # Confirmations from before this do not count: the details changed, or the bank sent money back.
    on_hold_since = models.DateTimeField(_("to be confirmed since"), default=timezone.now)
    # The latest confirmation, in whichever programme; each programme's own are `confirmations`.
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = who_field(_("confirmed by"))
    confirmed_how = WordsField(_("how it was checked"), max_length=300, blank=True)

    objects = BankDetailsQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank details")
        verbose_name_plural = _("bank details")
        ordering = ["changed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmed_how="")
                | (
                    # Named as not empty too: of an empty time Postgres can say neither yes nor no, and lets it pass.
                    Q(confirmed_at__isnull=False, confirmed_at__gte=F("changed_at"), confirmed_by__isnull=False)
                    & ~Q(confirmed_how="")
                ),
                name="bank_details_confirmed_has_who_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("changed_by")) & ~Q(confirmed_by=F("person"))),
                name="a_second_person_confirms_bank_details",
            ),
            models.CheckConstraint(condition=Q(last_digits__regex=r"^[0-9]{2}$"), name="bank_details_show_two_digits"),
            models.CheckConstraint(
                condition=Q(told_how="", told_by="", told_on__isnull=True, changed_by=F("person"))
                | (~Q(told_how="") & ~Q(told_by="") & Q(told_on__isnull=False) & ~Q(changed_by=F("person"))),
                name="bank_details_told_say_by_whom_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(asked_again_at=None, asked_again_by=None)
                | Q(asked_again_at__isnull=False, asked_again_by__isnull=False, confirmed_at__isnull=True),
                name="bank_details_asked_again_wait",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="changed_bank_details_are_confirmed_anew",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF NEW.person_id <> OLD.person_id THEN"
                    " RAISE EXCEPTION 'bank details stay with their person'; END IF;"
                    " IF NEW.confirmed_at IS NOT NULL AND (NEW.account_index <> OLD.account_index"
                    " OR NEW.last_digits <> OLD.last_digits OR NEW.changed_at <> OLD.changed_at"
                    " OR NEW.changed_by_id <> OLD.changed_by_id) THEN"
                    " RAISE EXCEPTION 'changed bank details are confirmed anew'; END IF;"
                    " IF NEW.changed_at <> OLD.changed_at AND NEW.on_hold_since < NEW.changed_at THEN"
                    " RAISE EXCEPTION 'changed bank details are on hold from their change on'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="bank_details_stay_after_a_changed_address",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF TG_OP = 'UPDATE' AND NEW.account_index = OLD.account_index AND NEW.changed_at = OLD.changed_at"
                    " THEN RETURN NEW; END IF;"
                    " IF EXISTS (SELECT FROM people_person p WHERE p.id = NEW.person_id AND NEW.changed_at"
                    f" < p.address_changed_at + {_hours('bank_after_address', 'p.address_changed_at')}) THEN"
                    " RAISE EXCEPTION 'bank details cannot change so soon after the address'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.masked}"

    @property
    def masked(self):
        """The account as everyone but finance sees it: •••• 58."""
        return masked(self.last_digits)

    @property
    def is_on_hold(self):
        """Whether nobody in any programme has confirmed these details. For one programme ask `on_hold_for`."""
        return self.confirmed_at is None


def _not_new_in_finance(who, programme, at):
    """Write the SQL that refuses when `who` is so new in finance of `programme` that at the moment `at` they wait."""
    ready = f"a.decided_at + {_hours('new_finance', 'a.decided_at')}"
    role = (
        " FROM programmes_membership m LEFT JOIN programmes_appointment a ON a.id = m.appointment_id"
        f" WHERE m.person_id = {who} AND m.programme_id = {programme} AND m.role = 'finance'"
    )
    return (
        f"IF EXISTS (SELECT 1{role} AND {at} < {ready}) AND NOT EXISTS (SELECT 1{role}"
        f" AND (m.ends_on IS NULL OR m.ends_on >= {at}::date) AND (a.id IS NULL OR {at} >= {ready})) THEN"
        " RAISE EXCEPTION 'somebody new in finance waits before they confirm, sign or download'; END IF;"
    )


def not_new_in_finance(*, name, who, programme, at, condition=None):
    """Make a trigger that refuses a row in which somebody new in finance confirms, signs or downloads.

    `who`, `programme` and `at` are SQL that gives the person's id, the programme's id and the moment.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update if condition else pgtrigger.Insert,
        condition=condition,
        func=f"{_not_new_in_finance(who, programme, at)} RETURN NEW;",
    )


class BankConfirmation(models.Model):
    """One programme's confirmation of somebody's bank details, by a contact known before. Kept for good."""

    bank_details = models.ForeignKey(
        BankDetails, verbose_name=_("bank details"), on_delete=models.PROTECT, related_name="confirmations"
    )
    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        "people.Person", verbose_name=_("confirmed by"), on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), default=timezone.now)
    how = WordsField(_("how it was checked"), max_length=300)

    class Meta:
        verbose_name = _("confirmation of bank details")
        verbose_name_plural = _("confirmations of bank details")
        ordering = ["bank_details", "confirmed_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(how=""), name="bank_confirmation_says_how")]
        indexes = [models.Index(fields=["programme", "bank_details", "-confirmed_at"], name="bank_confirmed_latest")]
        triggers = [
            pgtrigger.Protect(name="bank_confirmations_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="nobody_confirms_their_own_bank_details",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT 1 FROM payments_bankdetails WHERE id = NEW.bank_details_id"
                    " AND NEW.confirmed_by_id IN (person_id, changed_by_id)) THEN"
                    " RAISE EXCEPTION 'a second person confirms bank details'; END IF; RETURN NEW;"
                ),
            ),
            not_new_in_finance(
                name="somebody_new_confirms_no_bank_details",
                who="NEW.confirmed_by_id",
                programme="NEW.programme_id",
                at="NEW.confirmed_at",
            ),
        ]

    def __str__(self):
        return f"{self.bank_details_id}, {self.programme_id}"
