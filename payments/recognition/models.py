"""The recognition people choose for their time, and what a programme offers besides money."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from wellbeing.lib.texts import LineField
from wellbeing.lib.types import ProgrammeId


class PaymentChoice(models.TextChoices):
    """The ways in which a person can be paid for their time. Nobody is asked why; expenses are never touched."""

    ALL = "all", _("All of the payment")
    PART = "part", _("Part of the payment")
    NONE = "none", _("No payment")
    CHARITY = "charity", _("Give it to charity")
    VOUCHER = "voucher", _("A voucher")


class RecognitionOfferQuerySet(models.QuerySet["RecognitionOffer"]):
    def effective_on(self, programme: Programme | ProgrammeId, on: dt.date) -> "RecognitionOffer | None":
        """Return the offer of `programme` on the day `on`, or None. Of two for one day the later one holds."""
        return self.filter(programme=programme, effective_from__lte=on).order_by("-effective_from", "-pk").first()


@pghistory.track()
class RecognitionOffer(models.Model):
    """An offer of a programme besides a bank payment, until a later one is effective. Rows are added, never changed."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="recognition_offers"
    )
    effective_from = models.DateField(_("holds from"))
    charity_name = LineField(_("charity"), max_length=150, blank=True)
    charity_number = LineField(_("charity number"), max_length=20, blank=True)
    vouchers = models.BooleanField(_("vouchers offered"), default=False)
    cheques = models.BooleanField(_("cheques offered"), default=True, db_default=True)
    cash = models.BooleanField(_("cash offered"), default=False, db_default=False)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    objects = RecognitionOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer besides money")
        verbose_name_plural = _("offers besides money")
        ordering = ["programme", "-effective_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(charity_name="", charity_number="") | ~Q(charity_name=""),
                name="recognition_offer_number_has_its_charity",
            ),
        ]
        triggers = [
            # People choose by what it says, so it stays what they read.
            pgtrigger.Protect(name="recognition_offers_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.programme}, {self.effective_from}"

    def same_as(self, other, recognition):
        """Whether `other` (a RecognitionOffer or None) still offers what someone chose here by `recognition`."""
        if other is None:
            return False
        if recognition == PaymentChoice.CHARITY:
            return bool(self.charity_name) and self.charity_name == other.charity_name
        return other.vouchers


@pghistory.track()
class RecognitionChoice(models.Model):
    """The payment one person chose for all they do in one programme. Copied onto each new claim."""

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="recognition_choices"
    )
    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.CASCADE, related_name="+"
    )
    recognition = models.CharField(_("payment for the time"), max_length=10, choices=PaymentChoice)
    recognition_pence = models.PositiveIntegerField(
        _("how much of each payment they take, in pence"), null=True, blank=True
    )
    offer = models.ForeignKey(
        RecognitionOffer,
        verbose_name=_("the offer they chose from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("chosen"), default=timezone.now)

    class Meta:
        verbose_name = _("wish for recognition")
        verbose_name_plural = _("wishes for recognition")
        ordering = ["person", "programme"]
        constraints = [
            models.UniqueConstraint(fields=["person", "programme"], name="one_recognition_choice_per_programme"),
            models.CheckConstraint(
                condition=Q(recognition="part", recognition_pence__isnull=False, recognition_pence__gt=0)
                | (~Q(recognition="part") & Q(recognition_pence__isnull=True)),
                name="recognition_choice_part_says_how_much",
            ),
            models.CheckConstraint(
                condition=Q(recognition__in=["charity", "voucher"], offer__isnull=False)
                | (~Q(recognition__in=["charity", "voucher"]) & Q(offer__isnull=True)),
                name="recognition_choice_gift_has_its_offer",
            ),
        ]

    def __str__(self):
        return self.get_recognition_display()
