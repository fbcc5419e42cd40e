"""Answers of banks whether name and account belong together, agreements to pay all the same, and looks at accounts."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.payees.models.bank import BankDetails
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.texts import LineField, WordsField


class NameCheckQuerySet(models.QuerySet["NameCheck"]):
    def current(self):
        """Return the checks of the accounts people have given now, the newest last."""
        return self.filter(recorded_at__gte=F("bank_details__changed_at")).order_by("recorded_at", "pk")


class NameCheck(models.Model):
    """A bank's answer whether name and account belong together: Confirmation of Payee.

    The check itself is made in the bank's own pages; this is finance's record of it, kept for good.
    """

    class Outcome(models.TextChoices):
        MATCH = "match", _("Match")
        CLOSE_MATCH = "close_match", _("Close match")
        NO_MATCH = "no_match", _("No match")
        UNAVAILABLE = "unavailable", _("Not available")

    # A second person looks at these before money goes out.
    WORTH_A_LOOK = (Outcome.NO_MATCH, Outcome.CLOSE_MATCH)

    bank_details = models.ForeignKey(
        BankDetails, verbose_name=_("bank details"), on_delete=models.PROTECT, related_name="name_checks"
    )
    outcome = models.CharField(_("what the bank said"), max_length=12, choices=Outcome)
    name_returned = EncryptedTextField(_("name the bank gave"), max_length=140, blank=True, default="")
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    objects = NameCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of the name")
        verbose_name_plural = _("checks of the name")
        ordering = ["bank_details", "recorded_at", "pk"]
        triggers = [
            pgtrigger.Protect(name="name_checks_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="nobody_records_their_own_name_check",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT 1 FROM payments_bankdetails WHERE id = NEW.bank_details_id"
                    " AND NEW.recorded_by_id IN (person_id, changed_by_id)) THEN"
                    " RAISE EXCEPTION 'nobody records what the bank said about their own name'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.bank_details_id}, {self.get_outcome_display()}"


class NameCheckOverride(models.Model):
    """One person's agreement to pay an account although the bank said that the name does not match. Kept for good.

    It takes two people: see `payees.queries.refused_by_bank`. They may be finance of two programmes: a person has one
    account, the bank's answer is about that account and not about who pays, and each programme confirms it for itself.
    """

    name_check = models.ForeignKey(
        NameCheck, verbose_name=_("check of the name"), on_delete=models.PROTECT, related_name="overrides"
    )
    by = models.ForeignKey("people.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    reason = WordsField(_("why the account is right"), max_length=300)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("override of a name check")
        verbose_name_plural = _("overrides of name checks")
        ordering = ["name_check", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name_check", "by"], name="one_override_per_person_and_name_check"),
            models.CheckConstraint(condition=~Q(reason=""), name="name_check_override_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="name_check_overrides_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="nobody_overrides_their_own_name_check",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT FROM payments_namecheck c JOIN payments_bankdetails d"
                    " ON d.id = c.bank_details_id WHERE c.id = NEW.name_check_id"
                    " AND (c.outcome <> 'no_match' OR NEW.by_id IN (d.person_id, d.changed_by_id))) THEN"
                    " RAISE EXCEPTION 'two others override a name that does not match'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name_check_id}, {self.at:%Y-%m-%d %H:%M}"


class AccountLook(models.Model):
    """The record that somebody of finance saw the full numbers of an account, and where. Kept for good.

    It says whose account and how its number ended, so that it stays true when the account changes. In a signed run it
    is the account as it was paid, which `payment` keeps.
    """

    person = models.ForeignKey(
        "people.Person", verbose_name=_("whose account"), on_delete=models.PROTECT, related_name="+"
    )
    last_digits = models.CharField(_("last digits of the account number"), max_length=2)
    payment = models.ForeignKey(
        "payments.Payment",
        verbose_name=_("payment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="looks",
        help_text=_("In a signed run. Empty: the account the person had given then."),
    )
    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey("people.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)
    about = LineField(_("where"), max_length=40, help_text=_("The page, or the payment run, they were looking at."))

    class Meta:
        verbose_name = _("look at an account")
        verbose_name_plural = _("looks at accounts")
        ordering = ["-at", "-pk"]
        triggers = [
            pgtrigger.Trigger(
                name="looks_at_accounts_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                # Two records of one person come together: what was held for the one without an account goes along.
                func=(
                    "IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'person_id' = to_jsonb(OLD) - 'person_id'"
                    " AND EXISTS (SELECT FROM people_person WHERE id = OLD.person_id AND user_id IS NULL)"
                    " AND EXISTS (SELECT FROM people_person WHERE id = NEW.person_id AND user_id IS NOT NULL) THEN"
                    " RETURN NEW; END IF;"
                    " RAISE EXCEPTION 'a look at an account is kept as it was';"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person_id}, {self.at:%Y-%m-%d %H:%M}"
