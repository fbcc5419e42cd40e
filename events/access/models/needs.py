"""Needs of people at one event, how far each was met, and whether its person says that it was so."""

from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.access.models.arrangements import Arrangement
from events.link_keys import new_link_key
from events.planning.models import Event
from people.directory.fields import who_field
from people.needs.models import AccessNeed, Whose, said_of
from wellbeing.lib.texts import LimitedTextField


class EventNeedQuerySet(models.QuerySet["EventNeed"]):
    def current(self) -> "EventNeedQuerySet":
        """Return the needs of people who may come."""
        return self.filter(gone_at=None)

    def counted(self) -> "EventNeedQuerySet":
        """Return the needs that count once the event is over: without those of people recorded as not there."""
        away = Q(event__attendances__person=F("person"), event__attendances__came=False)
        return self.current().exclude(pk__in=self.model.objects.filter(away).values("pk"))

    def disputed(self) -> "EventNeedQuerySet":
        """Return needs whose person said that what was recorded is not so, and nobody has recorded it again since."""
        return self.filter(reply=EventNeed.Reply.NOT_SO, replied_at__gt=F("recorded_at"))


@pghistory.track()
class EventNeed(models.Model):
    """A need of one person at one event, or of whom they bring: what is recorded, and what they said on their reply.

    Made and kept up by `events.access.actions.gathering`. `change` says what is new about it since staff last looked
    at its arrangement, `words_before` how it read then.
    """

    class Change(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        GONE = "gone", _("No longer needed")

    class Result(models.TextChoices):
        MET = "met", _("Met")
        PARTLY = "partly", _("Partly met")
        NOT_MET = "not_met", _("Not met")

    class Reply(models.TextChoices):
        SO = "so", _("That is so")
        NOT_SO = "not_so", _("That is not so")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="needs")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="event_needs"
    )
    arrangement = models.ForeignKey(
        Arrangement, verbose_name=_("arrangement"), on_delete=models.PROTECT, related_name="needs"
    )
    whose = models.CharField(
        _("whose need it is"), max_length=10, choices=Whose, default=Whose.PERSON, db_default=Whose.PERSON
    )
    kind = models.CharField(_("need"), max_length=20, choices=AccessNeed.Kind)
    words = LimitedTextField(_("in their words"), max_length=6000, blank=True)
    change = models.CharField(_("what is new"), max_length=10, choices=Change, blank=True)
    words_before = LimitedTextField(_("words before"), max_length=6000, blank=True)
    gone_at = models.DateTimeField(_("no longer needed since"), null=True, blank=True)
    result = models.CharField(_("how far it was met"), max_length=10, choices=Result, blank=True)
    note = LimitedTextField(_("how it went"), max_length=2000, blank=True)
    recorded_by = who_field(_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True)
    reply = models.CharField(_("what they say"), max_length=10, choices=Reply, blank=True)
    reply_words = LimitedTextField(_("in their own words, afterwards"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    reply_taken_by = who_field(_("reply written down by"))

    objects = EventNeedQuerySet.as_manager()

    if TYPE_CHECKING:
        history: Any

    class Meta:
        verbose_name = _("access need at an event")
        verbose_name_plural = _("access needs at events")
        ordering = ["person__sort_key", "whose", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person", "whose", "kind"], name="one_need_of_a_kind_at_an_event"),
            models.CheckConstraint(
                condition=Q(whose__in=["person", "supporter"]) & ~Q(whose="supporter", kind="supporter"),
                name="need_at_an_event_says_whose_it_is",
            ),
            models.CheckConstraint(
                condition=Q(result="", recorded_by=None, recorded_at=None)
                | (~Q(result="") & Q(recorded_by__isnull=False, recorded_at__isnull=False)),
                name="need_result_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(result="met") | ~Q(note="") | Q(result=""), name="need_not_met_says_how_it_went"
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None, reply_taken_by=None, reply_words="")
                | (~Q(reply="") & ~Q(result="") & Q(replied_at__isnull=False)),
                name="need_reply_is_about_a_result",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="event_needs_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="event_needs_stay_at_their_event",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF TG_OP = 'UPDATE' AND OLD.event_id <> NEW.event_id THEN"
                    " RAISE EXCEPTION 'a need stays at its event'; END IF;"
                    " IF NOT EXISTS (SELECT 1 FROM events_arrangement a"
                    " WHERE a.id = NEW.arrangement_id AND a.event_id = NEW.event_id) THEN"
                    " RAISE EXCEPTION 'a need is arranged for at its own event'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.words}" if self.words else self.label

    @property
    def label(self) -> str:
        """Return the kind of need, and whose it is where it is not the person's own."""
        return said_of(self.get_kind_display(), self.whose)

    @property
    def is_disputed(self) -> bool:
        """Return whether its person said that it is not so, and nobody has recorded it again since."""
        if self.reply != self.Reply.NOT_SO or self.replied_at is None or self.recorded_at is None:
            return False
        return self.replied_at > self.recorded_at


@pghistory.track(exclude=["link_key"])
class NeedsTold(models.Model):
    """That one person was told what was recorded of their needs at one event, and the key of their page to answer it.

    The page has a key of its own: an invitation is passed on to friends, and this page says what somebody needs.
    """

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="needs_told")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="needs_told"
    )
    link_key = models.CharField(
        _("key of the personal link"), max_length=40, unique=True, default=new_link_key, editable=False
    )
    times = models.PositiveSmallIntegerField(_("times told"), default=0)

    class Meta:
        verbose_name = _("told how needs were met")
        verbose_name_plural = _("told how needs were met")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="needs_told_once_a_person")]
        triggers = [pgtrigger.Protect(name="needs_told_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.person}, {self.event}"

    @property
    def link(self) -> str:
        """Return the full address of the person's page."""
        return settings.SITE_URL + reverse("needs_link", args=[self.link_key])
