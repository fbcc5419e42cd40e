"""Lists of people that staff saved to invite again, and how often somebody wishes to be asked."""

from collections.abc import Mapping

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import LimitedTextField, LineField

# A year is as far back as a wish reaches.
MOST_MONTHS, MOST_INVITATIONS = 24, 99


@pghistory.track()
class InvitationLimit(models.Model):
    """The wish of a person to be invited at most `number` times in `months` months. None at all is a rest from asking.

    Without a row there is no limit.
    """

    person = models.OneToOneField(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="invitation_limit"
    )
    number = models.PositiveSmallIntegerField(_("invitations at most"))
    months = models.PositiveSmallIntegerField(_("in so many months"))
    set_by = models.ForeignKey("people.Person", verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set"), default=timezone.now)

    class Meta:
        verbose_name = _("wish how often to be invited")
        verbose_name_plural = _("wishes how often to be invited")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(number__lte=MOST_INVITATIONS), name="invitation_limit_is_a_number"),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=MOST_MONTHS), name="invitation_limit_has_its_months"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.number}/{self.months}"


@pghistory.track()
class SavedList(models.Model):
    """People that staff of a programme saved under a name: those they chose, or with `query` those a filter finds."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="saved_lists"
    )
    name = LineField(_("name"), max_length=100)
    query = LimitedTextField(_("filters, as in an address"), max_length=1000, blank=True)
    made_by = models.ForeignKey("people.Person", verbose_name=_("saved by"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("programme", Lower("name"), name="one_saved_list_of_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_list_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filters(self) -> Mapping[str, str]:
        """Return the filters of a list that is found anew each time."""
        return QueryDict(self.query).dict()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SavedListPerson(models.Model):
    """That somebody is on a saved list."""

    saved_list = models.ForeignKey(
        SavedList, verbose_name=_("saved list"), on_delete=models.CASCADE, related_name="entries"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="saved_list_entries"
    )
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("person on a saved list")
        verbose_name_plural = _("people on saved lists")
        ordering = ["person__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["saved_list", "person"], name="on_a_saved_list_once")]
        triggers = [
            pgtrigger.Trigger(
                name="filters_have_no_people_of_their_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF EXISTS (SELECT 1 FROM events_savedlist s WHERE s.id = NEW.saved_list_id AND s.query <> '')"
                    " THEN RAISE EXCEPTION 'a saved filter has no people of its own'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.saved_list}: {self.person}"
