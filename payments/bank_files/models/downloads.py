"""The record of files of a run that were downloaded."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.payees.models.bank import not_new_in_finance


class RunFileDownload(models.Model):
    """The record that a file of a run was downloaded: by whom, which kind, and exactly which file."""

    class Kind(models.TextChoices):
        BANK_FILE = "bank_file", _("Bank file (CSV)")
        STANDARD_18 = "standard_18", _("Bank file (Standard 18)")
        JOURNAL = "journal", _("Journal for the accounts")
        VOUCHERS = "vouchers", _("Vouchers")
        DONATIONS = "donations", _("Donations")
        PAYROLL = "payroll", _("Payroll")

    # Sent to the bank twice, these pay everyone twice.
    PAYING = (Kind.BANK_FILE, Kind.STANDARD_18)

    run = models.ForeignKey(
        "payments.PaymentRun", verbose_name=_("payment run"), on_delete=models.PROTECT, related_name="bank_downloads"
    )
    kind = models.CharField(_("kind of file"), max_length=12, choices=Kind, default=Kind.BANK_FILE)
    made_with = models.JSONField(
        _("made with"), default=dict, blank=True, help_text=_("The columns, codes, account and day it was made with.")
    )
    by = models.ForeignKey("people.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("downloaded"), default=timezone.now)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    payments_count = models.PositiveIntegerField(_("entries in the file"))
    total_pence = models.PositiveBigIntegerField(_("total of the file, in pence"))

    class Meta:
        verbose_name = _("download of a file of a run")
        verbose_name_plural = _("downloads of files of runs")
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="bank_downloads_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            not_new_in_finance(
                name="somebody_new_downloads_nothing",
                who="NEW.by_id",
                programme="(SELECT programme_id FROM payments_paymentrun WHERE id = NEW.run_id)",
                at="NEW.at",
            ),
        ]

    def __str__(self):
        return f"{self.run}, {self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
