"""The methods by which people are paid, and the one each person chose for money."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.claims.models.claim import Claim
from people.directory.fields import who_field
from wellbeing.lib.texts import LineField


class PaymentMethod(models.TextChoices):
    """The ways in which a part of a payment reaches somebody."""

    BANK = "bank", _("Bank account")
    CHEQUE = "cheque", _("Cheque")
    CASH = "cash", _("Cash")
    VOUCHER = "voucher", _("Voucher")
    CHARITY = "charity", _("Gift to charity")
    PAYROLL = "payroll", _("Payroll")
    OTHER = "other", _("Other")


# Money reaches a person by one of these; the other three follow from what they chose for their time, and from tax.
MONEY_METHODS = (PaymentMethod.BANK, PaymentMethod.CHEQUE, PaymentMethod.CASH, PaymentMethod.OTHER)
MONEY_CHOICES = [(method.value, method.label) for method in MONEY_METHODS]


@pghistory.track()
class MethodChoice(models.Model):
    """The method by which a person wants their money. Without a row it is their bank account."""

    person = models.OneToOneField(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="method_choice"
    )
    method = models.CharField(_("how they are paid"), max_length=10, choices=MONEY_CHOICES)
    said_how = LineField(
        _("how, in words"), max_length=150, blank=True, help_text=_("For another way: which one was agreed.")
    )
    told_how = models.CharField(
        _("how they told us"),
        max_length=10,
        choices=Claim.EnteredHow,
        blank=True,
        help_text=_("Empty: the person chose it themself."),
    )
    told_on = models.DateField(_("when they told us"), null=True, blank=True)
    changed_by = who_field(_("changed by"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("choice of payment method")
        verbose_name_plural = _("choices of payment methods")
        ordering = ["person"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(method="other") & ~Q(said_how="")) | (~Q(method="other") & Q(said_how="")),
                name="another_method_says_how",
            ),
            models.CheckConstraint(
                condition=Q(told_how="", told_on__isnull=True) | (~Q(told_how="") & Q(told_on__isnull=False)),
                name="method_told_says_how_and_when",
            ),
        ]

    def __str__(self):
        return self.said_how or self.get_method_display()
