"""Consents of people, purpose by purpose, with the words they read. An answer is added, and none is changed."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.directory.models import Person
from wellbeing.lib.texts import LimitedTextField, LineField

KEPT = pgtrigger.Update | pgtrigger.Delete


class Purpose(models.TextChoices):
    """A purpose that somebody can agree to, or not."""

    SHARING = "sharing", _("Needs told, with the name, to those who run an event")
    PHOTO = "photo", _("Photos and recordings")
    QUOTES = "quotes", _("Name shown beside words")
    CONTACT = "contact", _("News and new chances after leaving")


class ConsentWordingQuerySet(models.QuerySet["ConsentWording"]):
    def in_force_on(self, on: dt.date) -> dict[str, ConsentWording]:
        """Return the words of each purpose on the day `on`, by purpose."""
        rows = self.filter(effective_from__lte=on).order_by("purpose", "-effective_from").distinct("purpose")
        return {row.purpose: row for row in rows}


class ConsentWording(models.Model):
    """The words people agree to, for one purpose from a day on."""

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    effective_from = models.DateField(_("applies from"))
    words = LimitedTextField(_("words"), max_length=1000)

    objects = ConsentWordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a consent")
        verbose_name_plural = _("words of consents")
        ordering = ["purpose", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "effective_from"], name="one_consent_wording_a_day"),
            models.CheckConstraint(condition=~Q(words=""), name="a_consent_has_words"),
        ]
        triggers = [pgtrigger.Protect(name="consent_wordings_are_kept", operation=KEPT)]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.effective_from}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def last_answers(self) -> ConsentQuerySet:
        """Return the answer of each person that counts for each purpose: the last one."""
        return self.order_by("person_id", "purpose", "-pk").distinct("person_id", "purpose")


class Consent(models.Model):
    """An answer of a person for one purpose: yes or no, when, and how it is known where a colleague noted it."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    wording = models.ForeignKey(
        ConsentWording, verbose_name=_("words they read or heard"), on_delete=models.PROTECT, related_name="+"
    )
    agreed = models.BooleanField(_("agreed"))
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    noted_by = who_field(_("noted by"), help_text=_("Empty: they said it themselves."))
    how = LineField(_("how they told us"), max_length=200, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "purpose", "-id"], name="consents_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(noted_by=None, how="") | (Q(noted_by__isnull=False) & ~Q(how="")),
                name="a_noted_consent_says_how",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="consents_are_kept", operation=KEPT),
            pgtrigger.Trigger(
                name="a_consent_is_to_words_of_its_purpose",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF NOT EXISTS (SELECT FROM people_consentwording w WHERE w.id = NEW.wording_id"
                    " AND w.purpose = NEW.purpose) THEN"
                    " RAISE EXCEPTION 'a consent is to the words of its own purpose'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_purpose_display()}"
