"""Whom to ask about money and benefits, and the few facts worth knowing: dated, each with its source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import LimitedTextField, LineField


class SignpostQuerySet(models.QuerySet):
    def in_force(self, on):
        """The rows that hold on the date `on`, of each `key` the latest, in the order they are read."""
        latest = {}
        for row in self.filter(from_date__lte=on).order_by("from_date", "pk"):
            latest[row.key] = row
        return sorted(latest.values(), key=lambda row: (row.place, row.pk))


class Signpost(models.Model):
    """One place to ask, or one fact. A later row with the same key takes its place. Brought by migrations."""

    class Kind(models.TextChoices):
        WHO = "who", _("Whom to ask")
        FACT = "fact", _("Worth knowing")

    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    place = models.PositiveSmallIntegerField(_("place on the page"))
    from_date = models.DateField(_("holds from"))
    title = LineField(_("title"), max_length=150)
    text = LimitedTextField(_("words"), max_length=4000)
    url = models.URLField(_("address"), blank=True)
    source = LineField(_("where it is published"), max_length=200, blank=True)
    checked_on = models.DateField(_("last looked up"))

    objects = SignpostQuerySet.as_manager()

    class Meta:
        verbose_name = _("signpost")
        verbose_name_plural = _("signposts")
        ordering = ["place", "-from_date"]
        constraints = [
            models.UniqueConstraint(fields=["key", "from_date"], name="one_signpost_per_key_and_day"),
        ]

    def __str__(self):
        return self.title
