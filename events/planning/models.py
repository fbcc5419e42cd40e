"""Events of a programme."""

import datetime as dt

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.planning.calculations import EventDay, days_of
from events.planning.triggers import DAYS_FILL_THE_EVENT, EVENT_HOLDS_ITS_SESSIONS, VENUE_OF_THE_PROGRAMME
from events.venues.models import Venue
from people.directory.fields import who_field
from programmes.models import Role, programmes_where
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField, WordsField
from wellbeing.lib.types import User

# The fields people put in their calendars: when one changes, everyone who was told is told again.
WHEN_AND_WHERE = ("starts_at", "ends_at", "day_starts", "day_ends", "venue_name", "venue_address", "online_link")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> "EventQuerySet":
        """Return events `user` is invited to, and those of programmes where they are staff, finance or steering.

        Of drafts, those of programmes where they are staff; an administrator sees all.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        invited = apps.get_model("events", "Invitation").objects.filter(event=OuterRef("pk"), person__user=user)
        return self.filter(
            Q(programme__in=programmes_where(user, Role.STAFF))
            | ~Q(status=Event.Status.DRAFT)
            & (Q(programme__in=programmes_where(user, Role.FINANCE, Role.STEERING)) | Exists(invited))
        )

    def published(self) -> "EventQuerySet":
        """Return events that are no drafts."""
        return self.exclude(status=Event.Status.DRAFT)

    def still_to_come(self, now: dt.datetime) -> "EventQuerySet":
        """Return planned events that have not ended at `now`."""
        return self.filter(status=Event.Status.PLANNED, ends_at__gte=now)


class EventStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


EVENT_STEPS = {
    EventStatus.DRAFT: (EventStatus.PLANNED,),
    EventStatus.PLANNED: (EventStatus.HELD, EventStatus.CANCELLED),
    EventStatus.HELD: (),
    EventStatus.CANCELLED: (),
}


class EventSeries(models.Model):
    """Events that were planned together, such as a meeting every month. Each is changed by itself."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="event_series"
    )
    made_by = who_field(_("made by"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")

    def __str__(self) -> str:
        return str(_("Series %(number)s")) % {"number": self.pk}


@pghistory.track()
class Event(models.Model):
    """A day, workshop or meeting of a programme, or several days in a row."""

    class Kind(models.TextChoices):
        COPRODUCTION = "coproduction", _("Co-production day")
        WORKSHOP = "workshop", _("Workshop")
        COMMUNITY = "community", _("Community of practice")
        MEETING = "meeting", _("Meeting")
        ONLINE = "online", _("Online session")

    Status = EventStatus

    TRANSITIONS = EVENT_STEPS

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="events"
    )
    group = models.ForeignKey(
        "programmes.Group",
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    title = LineField(_("title"), max_length=150)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    purpose = LimitedTextField(_("what the day is for"), max_length=4000)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    # A day has a row of its own in neither: they stay with the event, its history and its copy in a calendar.
    day_starts = ArrayField(
        models.TimeField(),
        verbose_name=_("starts of its days"),
        blank=True,
        default=list,
        db_default=[],
        help_text=_("Of an event over several days: when each day but the first starts."),
    )
    day_ends = ArrayField(
        models.TimeField(),
        verbose_name=_("ends of its days"),
        blank=True,
        default=list,
        db_default=[],
        help_text=_("Of an event over several days: when each day but the last ends."),
    )
    can_change = WordsField(_("what can change as a result"), max_length=600, blank=True, default="", db_default="")
    cannot_change = WordsField(_("what cannot change"), max_length=600, blank=True, default="", db_default="")
    series = models.ForeignKey(
        EventSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue of the book"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text=_(
            "Empty: the place was typed. The name and address stand beside it, as they were when it was chosen."
        ),
    )
    venue_name = LineField(_("venue"), max_length=150, blank=True)
    venue_address = LimitedTextField(_("address of the venue"), max_length=500, max_lines=10, blank=True)
    # Links of meeting programs carry their whole invitation: some are longer than a thousand letters.
    online_link = models.URLField(_("link to join online"), max_length=2000, blank=True)
    reply_by = models.DateField(_("replies wanted by"))
    organiser = models.ForeignKey(
        "people.Person",
        verbose_name=_("organiser"),
        on_delete=models.PROTECT,
        related_name="organised_events",
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    cancel_reason = LimitedTextField(_("why it was cancelled"), max_length=2000, blank=True)
    # Counts changes of day, time or place: a calendar takes the entry with the highest number (RFC 5545 SEQUENCE).
    sequence = models.PositiveIntegerField(_("changes since it was planned"), default=0, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
            models.CheckConstraint(condition=~Q(venue_name="", online_link=""), name="event_has_a_place_or_a_link"),
            models.CheckConstraint(
                condition=Q(cancel_reason="") | Q(status="cancelled"), name="event_cancel_reason_only_when_cancelled"
            ),
        ]
        triggers = [
            steps_trigger("event_status", EVENT_STEPS),
            DAYS_FILL_THE_EVENT,
            VENUE_OF_THE_PROGRAMME,
            EVENT_HOLDS_ITS_SESSIONS,
            pgtrigger.Trigger(
                name="meetings_stay_of_their_group",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF EXISTS (SELECT 1 FROM events_meeting m WHERE m.event_id = NEW.id"
                    " AND m.group_id IS DISTINCT FROM NEW.group_id) THEN"
                    " RAISE EXCEPTION 'a meeting stays one of its group'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])

    @property
    def day(self) -> dt.date:
        """Return the date it starts on, in London."""
        return timezone.localdate(self.starts_at)

    @property
    def days(self) -> list[EventDay]:
        """Return its days in order: one, unless it runs over several."""
        return days_of(self.starts_at, self.ends_at, self.day_starts, self.day_ends)

    @property
    def has_several_days(self) -> bool:
        """Return whether it runs over several days, each with its own times."""
        return bool(self.day_starts)

    @property
    def last_day(self) -> dt.date:
        """Return the date of its last day, in London."""
        return self.days[-1].date

    @property
    def is_draft(self) -> bool:
        """Return whether it is not published yet: its staff alone know of it."""
        return self.status == self.Status.DRAFT

    @property
    def place_lines(self) -> list[str]:
        """Return the venue and its address, a line each; empty for an event that is only online."""
        lines = [self.venue_name, *self.venue_address.splitlines()]
        return [line.strip(" ,") for line in lines if line.strip(" ,")]

    @property
    def can_be_joined_both_ways(self) -> bool:
        """Return whether people may come to a place or join online, as they like."""
        return bool(self.venue_name and self.online_link)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_started(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def takes_replies(self) -> bool:
        """Return whether a reply may still be given or changed: until it starts, unless it was cancelled."""
        return self.status == self.Status.PLANNED and not self.has_started
