"""A programme's own words for its people: areas and tags, and who has them."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme
from wellbeing.lib.texts import LineField


class TagKind(models.TextChoices):
    AREA = "area", _("Area")
    TAG = "tag", _("Tag")


@pghistory.track()
class Tag(models.Model):
    """A word of a programme's own for people: an area, of which a person has one at most, or a tag.

    Ended ones stay where they were given, and are given to nobody else.
    """

    Kind = TagKind

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="tags")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    name = LineField(_("name"), max_length=60)
    made_by = models.ForeignKey("people.Person", verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("programme", "kind", Lower("name"), name="one_tag_of_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PersonTag(models.Model):
    """That somebody has a tag or is of an area: since when and who gave it, until when and who took it away."""

    tag = models.ForeignKey(Tag, verbose_name=_("tag"), on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey("people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="tags")
    given_by = models.ForeignKey(
        "people.Person", verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    taken_by = who_field(_("taken away by"))
    taken_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("tag of a person")
        verbose_name_plural = _("tags of people")
        ordering = ["tag", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tag", "person"], condition=Q(taken_at=None), name="has_a_tag_once"),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="tag_taken_away_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="one_area_in_a_programme",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__taken_at=None),
                func=(
                    "IF EXISTS (SELECT FROM programmes_tag t JOIN programmes_tag o ON o.programme_id = t.programme_id"
                    " AND o.kind = 'area' JOIN programmes_persontag p ON p.tag_id = o.id"
                    " WHERE t.id = NEW.tag_id AND t.kind = 'area' AND p.person_id = NEW.person_id"
                    " AND p.taken_at IS NULL AND p.id <> NEW.id)"
                    " THEN RAISE EXCEPTION 'a person is of one area in a programme'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.tag}"
