"""The settings of a programme's files for bank and accounts: the account that pays, columns, account codes.

Rows never change. A new setting is a new row, so a file of last year can still be explained.
"""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.bank_files import columns as bank_file_columns
from payments.payees.models.bank import masked
from people.directory.fields import who_field
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.texts import LineField


def kept(name):
    """Make the trigger of rows that are never changed or deleted."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class PayingAccountQuerySet(models.QuerySet["PayingAccount"]):
    def effective_on(self, programme, on):
        """Return the confirmed account `programme` pays from on the day `on`, or None."""
        return (
            self.filter(programme=programme, confirmed_at__isnull=False, effective_from__lte=on)
            .order_by("-effective_from", "-pk")
            .first()
        )

    def waiting(self):
        """Return the accounts that no second person has confirmed yet."""
        return self.filter(confirmed_at=None)


@pghistory.track(exclude=["account_name", "sort_code", "account_number"])
class PayingAccount(models.Model):
    """The account a programme pays from, from a date on. Set by one person of finance, confirmed by another."""

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="paying_accounts",
    )
    effective_from = models.DateField(_("holds from"))
    account_name = EncryptedTextField(_("name on the account"), max_length=100)
    sort_code = EncryptedTextField(_("sort code"), max_length=20, help_text=_("Six digits."))
    account_number = EncryptedTextField(_("account number"), max_length=20, help_text=_("Eight digits."))
    last_digits = models.CharField(_("last digits of the account number"), max_length=2)
    service_user_number = LineField(
        _("Service User Number"),
        max_length=6,
        blank=True,
        help_text=_("Six digits, given by your bank to those who send files to Bacs."),
    )
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    set_by = models.ForeignKey("people.Person", verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = who_field(_("confirmed by"))

    objects = PayingAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("paying account")
        verbose_name_plural = _("paying accounts")
        ordering = ["programme", "-effective_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("set_by"))),
                name="a_second_person_confirms_the_paying_account",
            ),
            models.CheckConstraint(condition=Q(last_digits__regex=r"^[0-9]{2}$"), name="paying_account_two_digits"),
            models.CheckConstraint(
                condition=Q(service_user_number="") | Q(service_user_number__regex=r"^[0-9]{6}$"),
                name="service_user_number_is_six_digits",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="paying_accounts_are_only_confirmed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF OLD.confirmed_at IS NOT NULL OR NEW.programme_id <> OLD.programme_id"
                    " OR NEW.effective_from <> OLD.effective_from OR NEW.account_name <> OLD.account_name"
                    " OR NEW.sort_code <> OLD.sort_code OR NEW.account_number <> OLD.account_number"
                    " OR NEW.last_digits <> OLD.last_digits"
                    " OR NEW.service_user_number <> OLD.service_user_number"
                    " OR NEW.set_at <> OLD.set_at OR NEW.set_by_id <> OLD.set_by_id THEN"
                    " RAISE EXCEPTION 'a paying account is set anew, never changed'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="paying_accounts_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.programme}, {self.masked}"

    @property
    def masked(self):
        """The account as everyone but finance sees it: •••• 58."""
        return masked(self.last_digits)


class LatestQuerySet(models.QuerySet):
    def latest_of(self, programme):
        """Return the row of `programme` that was set last, or None."""
        return self.filter(programme=programme).order_by("-set_at", "-pk").first()


class BankFileFormat(models.Model):
    """The columns of a programme's bank file (CSV), as its bank wants them. The one set last is used."""

    class Amount(models.TextChoices):
        POUNDS = bank_file_columns.POUNDS, _("Pounds, like 12.50")
        PENCE = bank_file_columns.PENCE, _("Pence, like 1250")

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="bank_layouts"
    )
    columns = models.JSONField(_("columns"), help_text=_("In order: what each holds, its fixed text, its heading."))
    headings = models.BooleanField(_("a first line with headings"), default=False)
    amount = models.CharField(_("amounts in"), max_length=6, choices=Amount, default=Amount.POUNDS)
    date_format = models.CharField(
        _("dates written as"), max_length=10, choices=bank_file_columns.DATE_FORMATS, default=bank_file_columns.YYDDD
    )
    capitals = models.BooleanField(_("all in capitals"), default=True)
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    set_by = models.ForeignKey("people.Person", verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")

    objects = LatestQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank file layout")
        verbose_name_plural = _("bank file layouts")
        ordering = ["programme", "-set_at", "-pk"]
        triggers = [kept("bank_layouts_are_kept")]

    def __str__(self):
        return f"{self.programme}, {self.set_at:%Y-%m-%d}"

    @property
    def terms(self):
        """The layout in the form `bank_files.columns` takes."""
        return bank_file_columns.Layout(
            columns=tuple(bank_file_columns.BankFileColumn(**column) for column in self.columns),
            headings=self.headings,
            amount=self.amount,
            date_format=self.date_format,
            capitals=self.capitals,
        )


class Purpose(models.TextChoices):
    """The purposes of account codes, besides the single kinds of expense."""

    FEES = "fees", _("Payments for time")
    EXPENSES = "expenses", _("Expenses of any other kind")
    BANK = "bank", _("Bank")
    OTHER_WAY = "other_way", _("Money paid another way")
    PAYROLL = "payroll", _("Through payroll")
    VOUCHERS = "vouchers", _("Vouchers")
    DONATIONS = "donations", _("Donations")
    ADVANCES = "advances", _("Paid in advance or direct")
    RETURNED = "returned", _("Returned by the bank, paid again")


class JournalFormat(models.Model):
    """The format of a programme's journals: which package, which account codes. The one set last is used."""

    class Package(models.TextChoices):
        GENERIC = "generic", _("Other: debit and credit in two columns")
        XERO = "xero", _("Xero: manual journals")
        SAGE = "sage", _("Sage 50: audit trail transactions")

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="journal_layouts"
    )
    package = models.CharField(_("accounts package"), max_length=10, choices=Package, default=Package.GENERIC)
    by_claim = models.BooleanField(_("a line for each claim"), default=False)
    tax_code = LineField(_("tax rate or code"), max_length=50, blank=True)
    tracking = LineField(_("tracking category for the cost code"), max_length=50, blank=True)
    codes = models.JSONField(_("account codes"), help_text=_("For each purpose and kind of expense its account code."))
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    set_by = models.ForeignKey("people.Person", verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")

    objects = LatestQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal layout")
        verbose_name_plural = _("journal layouts")
        ordering = ["programme", "-set_at", "-pk"]
        triggers = [kept("journal_layouts_are_kept")]

    def __str__(self):
        return f"{self.programme}, {self.get_package_display()}, {self.set_at:%Y-%m-%d}"

    def code_for(self, purpose):
        """Return the account code for a Purpose or a kind of expense, or "". Kinds without their own share one."""
        fallback = "" if purpose in Purpose.values else self.codes.get(Purpose.EXPENSES, "")
        return self.codes.get(purpose) or fallback
