"""Notes that staff of a programme write about a person."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme, Role, programmes_where
from wellbeing.lib.texts import LimitedTextField
from wellbeing.lib.types import User


class NoteReaders(models.TextChoices):
    """Who of a programme's staff and finance may read a note."""

    STAFF = "staff", _("All staff of the programme")
    NAMED = "named", _("Only the colleagues I name, and me")
    FINANCE = "finance", _("Only finance of the programme, and me")
    WRITER = "writer", _("Only me")


class PersonNoteQuerySet(models.QuerySet["PersonNote"]):
    def readable_by(self, user: User) -> "PersonNoteQuerySet":
        """Return the notes `user` may read: of programmes whose staff or finance they are, as each note says.

        Finance reads those for finance alone. An administrator reads those for all staff, and no others.
        """
        if not user.is_authenticated:
            return self.none()
        for_all = Q(readers=NoteReaders.STAFF)
        named = Q(Exists(NoteReader.objects.filter(note=OuterRef("pk"), person__user=user)))
        mine = Q(written_by__user=user)
        of_staff = Q(programme__in=programmes_where(user, Role.STAFF))
        finance = Q(readers=NoteReaders.FINANCE, programme__in=programmes_where(user, Role.FINANCE))
        of_administrator = for_all if user.is_administrator else Q(pk=None)
        return self.filter(of_administrator | finance | of_staff & (for_all | named | mine))

    def kept(self) -> "PersonNoteQuerySet":
        """Return notes that nobody has taken away."""
        return self.filter(taken_at=None)


@pghistory.track()
class PersonNote(models.Model):
    """A note about somebody, of one programme. Other programmes never read it; the person may on request."""

    Readers = NoteReaders

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="person_notes"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="notes"
    )
    words = LimitedTextField(_("note"), max_length=4000)
    readers = models.CharField(_("who may read it"), max_length=7, choices=Readers)
    written_by = models.ForeignKey(
        "people.Person", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    taken_by = who_field(_("taken away by"))
    taken_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    objects = PersonNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note about a person")
        verbose_name_plural = _("notes about people")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="person_note_has_words"),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="person_note_taken_away_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_person_note_stays_with_its_person",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__programme__df=pgtrigger.F("new__programme"))
                | pgtrigger.Q(old__written_by__df=pgtrigger.F("new__written_by")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.written_at:%Y-%m-%d}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class NoteReader(models.Model):
    """A colleague named to read a note."""

    note = models.ForeignKey(PersonNote, verbose_name=_("note"), on_delete=models.CASCADE, related_name="named")
    person = models.ForeignKey("people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reader of a note")
        verbose_name_plural = _("readers of notes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="reads_a_note_once")]

    def __str__(self) -> str:
        return str(self.person)
