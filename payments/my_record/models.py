"""A person's own limit, involvement letters, and signposts to advice."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.upload_paths import letter_path
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE, FileToMake
from wellbeing.lib.texts import LimitedTextField, LineField


class EarningsLimit(models.Model):
    """The most a person wishes to earn in a week or a month. Encrypted, and without a history."""

    person = models.OneToOneField(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="own_limit"
    )
    label = EncryptedTextField(_("what it is for"), max_length=100, blank=True, default="")
    week = EncryptedTextField(_("most in a week, in pence"), max_length=20, null=True, blank=True)
    month = EncryptedTextField(_("most in a month, in pence"), max_length=20, null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("limit of one's own")
        verbose_name_plural = _("limits of one's own")

    def __str__(self):
        return str(_("limit of one's own"))

    @property
    def week_pence(self):
        """The most in a week, Monday to Sunday, in whole pence; None for no limit."""
        return None if self.week is None else int(self.week)

    @property
    def month_pence(self):
        """The most in a calendar month, in whole pence; None for no limit."""
        return None if self.month is None else int(self.month)


class InvolvementLetter(FileToMake):
    """A letter about a person's involvement, for them to show to anybody they choose. Only they read it here."""

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="involvement_letters"
    )
    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="+"
    )
    with_choice = models.BooleanField(_("says how they wish to be recognised"), default=False)
    with_days = models.BooleanField(_("lists the days and what was offered"), default=False)
    file = models.FileField(_("file"), upload_to=letter_path, max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter about involvement")
        verbose_name_plural = _("letters about involvement")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="involvement_letter_made_has_its_file"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="involvement_letters_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__made_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.programme}, {self.asked_at:%Y-%m-%d}"


class SignpostQuerySet(models.QuerySet["Signpost"]):
    def effective_on(self, on):
        """Return the signposts of the day `on`, the latest of each `key`, in the order of the page."""
        latest = {}
        for row in self.filter(effective_from__lte=on).order_by("effective_from", "pk"):
            latest[row.key] = row
        return sorted(latest.values(), key=lambda row: (row.place, row.pk))


class Signpost(models.Model):
    """One place to ask, or one fact. A later row with the same key takes its place. See `payments.reference_data`."""

    class Kind(models.TextChoices):
        WHO = "who", _("Whom to ask")
        FACT = "fact", _("Worth knowing")

    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    place = models.PositiveSmallIntegerField(_("place on the page"))
    effective_from = models.DateField(_("holds from"))
    title = LineField(_("title"), max_length=150)
    text = LimitedTextField(_("words"), max_length=4000)
    url = models.URLField(_("address"), blank=True)
    source = LineField(_("where it is published"), max_length=200, blank=True)
    checked_on = models.DateField(_("last looked up"))

    objects = SignpostQuerySet.as_manager()

    class Meta:
        verbose_name = _("signpost")
        verbose_name_plural = _("signposts")
        ordering = ["place", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "effective_from"], name="one_signpost_per_key_and_day"),
        ]

    def __str__(self):
        return self.title
