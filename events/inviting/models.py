"""Invitations and replies."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.link_keys import new_link_key
from events.planning.models import Event
from people.directory.fields import who_field
from programmes.models import Role, programmes_where
from wellbeing.lib.dates import day_and_times
from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import User


class InvitationRulesQuerySet(models.QuerySet["InvitationRules"]):
    def in_force(self, on: dt.date) -> "InvitationRules":
        """Return the rules of the day `on`. Raises DoesNotExist for a day before the first."""
        return self.filter(effective_from__lte=on).latest("effective_from")


class InvitationRules(models.Model):
    """How long personal links work, and when people are told how to get there, from a day on.

    A row is never changed, so it is its own history.
    """

    effective_from = models.DateField(_("starts"), unique=True)
    link_days = models.PositiveSmallIntegerField(_("days after the event that a personal link still opens its page"))
    details_days = models.PositiveSmallIntegerField(_("days before the event that people are told how to get there"))

    objects = InvitationRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of invitations")
        verbose_name_plural = _("rules of invitations")
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(condition=Q(link_days__lte=365), name="invitation_links_end_within_a_year"),
            models.CheckConstraint(
                condition=Q(details_days__gte=1, details_days__lte=31), name="invitation_details_days_make_sense"
            ),
        ]
        triggers = [pgtrigger.Protect(name="invitation_rules_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.effective_from)


# They may come, and replied to a time that the event no longer has.
# Begins the line of what is needed on the day that is about whom the person brings.
FOR_WHO_COMES_TOO = _("For the person who comes with me:")
ASKED_AGAIN = Q(reply__in=["coming", "not_sure"], replied_for_start__isnull=False)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> "InvitationQuerySet":
        """Return invitations to `user`, and those of programmes where `user` is staff; all for an administrator."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(Q(person__user=user) | Q(event__programme__in=programmes_where(user, Role.STAFF)))

    def unsent(self) -> "InvitationQuerySet":
        """Return invitations whose notice has not been written yet."""
        return self.filter(notice=None)

    def told(self) -> "InvitationQuerySet":
        """Return invitations of people who know of the event, or will: their notice was written, or they replied."""
        return self.filter(Q(notice__isnull=False) | ~Q(reply=""))

    def asked_again(self) -> "InvitationQuerySet":
        """Return invitations of people who may come, and replied to a time that the event no longer has."""
        return self.filter(ASKED_AGAIN)

    def cannot_after_all(self) -> "InvitationQuerySet":
        """Return invitations of people who had said that they come, and cannot."""
        earlier = self.model._meta.apps.get_model("events", "InvitationEvent").objects.filter(pgh_obj=OuterRef("pk"))
        return self.filter(Exists(earlier.filter(reply=Invitation.Reply.COMING)), reply=Invitation.Reply.NOT_COMING)

    def for_the_day_it_has(self) -> "InvitationQuerySet":
        """Return invitations whose reply was given for the day the event has now, perhaps for other hours."""
        same_day = Q(replied_for_start__date=TruncDate("event__starts_at"))
        return self.filter(Q(replied_for_start=None) | same_day)

    def wanting_a_reply(self) -> "InvitationQuerySet":
        """Return invitations without a reply, and those of people who may come and are asked again."""
        return self.filter(Q(reply="") | ASKED_AGAIN)

    def with_a_place(self) -> "InvitationQuerySet":
        """Return invitations of people who take a place: they come, in person, and do not help to run the event."""
        return self.filter(reply="coming", facilitates=False).exclude(joins="online")

    def waiting_for_answer(self) -> "InvitationQuerySet":
        """Return invitations with a question nobody has answered."""
        return self.filter(answer="").exclude(question="")


@pghistory.track(exclude=["link_key", "invited_sequence"])
class Invitation(models.Model):
    """One person asked to one event, and their reply. The personal link can do nothing but this reply."""

    class Reply(models.TextChoices):
        COMING = "coming", _("I will come")
        NOT_COMING = "not_coming", _("I cannot come")
        NOT_SURE = "not_sure", _("I am not sure yet")
        # Given by nobody: an event that is full makes it of "I will come".
        WAITING = "waiting", _("I will come if a place is free")

    # What somebody can say.
    GIVEN = (Reply.COMING, Reply.NOT_COMING, Reply.NOT_SURE)

    class Joins(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="invitations"
    )
    link_key = models.CharField(
        _("key of the personal link"), max_length=40, unique=True, default=new_link_key, editable=False
    )
    link_made_at = models.DateTimeField(_("personal link made"), default=timezone.now, editable=False)
    notice = models.OneToOneField(
        "people.Notice",
        verbose_name=_("notice"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitation",
    )
    # A later message about a change says what they knew before.
    invited_sequence = models.PositiveIntegerField(
        _("changes of the event when its notice was written"), null=True, blank=True, editable=False
    )
    invited_by = models.ForeignKey(
        "people.Person", verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    reply = models.CharField(_("reply"), max_length=10, choices=Reply, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    # Set when the event moves after the reply: it says nothing about a time that came later, so they are asked again.
    replied_for_start = models.DateTimeField(
        _("start of the event when they replied, where it has moved"), null=True, blank=True, editable=False
    )
    replied_for_end = models.DateTimeField(
        _("end of the event when they replied, where it has moved"), null=True, blank=True, editable=False
    )
    reply_taken_by = who_field(
        _("reply written down by"),
        help_text=_("Who wrote the reply down for them. Empty when they replied themselves."),
    )
    joins = models.CharField(
        _("in person or online"), max_length=10, choices=Joins, blank=True, default="", db_default=""
    )
    part_of_day = LineField(_("which part they come for"), max_length=150, blank=True, default="", db_default="")
    facilitates = models.BooleanField(_("helps to run the day"), default=False, db_default=False)
    access_needs = LimitedTextField(_("what they need on the day"), max_length=4000, blank=True)
    question = LimitedTextField(_("question to the organiser"), max_length=4000, blank=True)
    answer = LimitedTextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = who_field(_("answered by"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_invitation_per_person"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="invitation_reply_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(replied_for_start=None, replied_for_end=None)
                | (~Q(reply="") & Q(replied_for_start__isnull=False, replied_for_end__isnull=False)),
                name="invitation_earlier_time_is_of_a_reply",
            ),
            models.CheckConstraint(
                condition=Q(reply_taken_by=None) | ~Q(reply=""), name="invitation_taken_by_needs_a_reply"
            ),
            models.CheckConstraint(
                condition=Q(joins="", part_of_day="") | Q(reply__in=["coming", "not_sure", "waiting"]),
                name="invitation_how_they_come_is_of_those_who_may",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="invitation_answer_has_its_author",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="invitation_answer_has_its_time",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="nobody_is_invited_to_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT FROM events_event e WHERE e.id = NEW.event_id AND e.status = 'draft') THEN"
                    " RAISE EXCEPTION 'nobody is invited to a draft'; END IF; RETURN NEW;"
                ),
            ),
            # Two replies at the same moment wait for each other at the row of the places, and are counted after it.
            pgtrigger.Trigger(
                name="no_more_come_than_places",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("reply", "facilitates", "joins"),
                condition=pgtrigger.Q(new__reply="coming", new__facilitates=False) & ~pgtrigger.Q(new__joins="online"),
                declare=[("room", "integer")],
                func=(
                    "IF TG_OP = 'UPDATE' THEN IF OLD.reply = 'coming' AND NOT OLD.facilitates AND OLD.joins <> 'online'"
                    " THEN RETURN NEW; END IF; END IF;"
                    " SELECT p.number INTO room FROM events_places p WHERE p.event_id = NEW.event_id FOR UPDATE;"
                    " IF room IS NOT NULL AND (SELECT count(*) FROM events_invitation i"
                    " WHERE i.event_id = NEW.event_id AND i.id <> NEW.id AND i.reply = 'coming' AND NOT i.facilitates"
                    " AND i.joins <> 'online') >= room AND NOT EXISTS (SELECT 1 FROM events_waitingplace w"
                    " WHERE w.invitation_id = NEW.id AND w.beyond AND w.status IN ('offered', 'taken'))"
                    " THEN RAISE EXCEPTION 'every place is taken'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.event}"

    @property
    def is_asked_again(self) -> bool:
        """Return whether they replied to a day or time that the event no longer has."""
        return self.replied_for_start is not None

    @property
    def replied_for(self) -> str:
        """Return in words the day and time they replied to, where the event has moved since; "" where it has not."""
        if self.replied_for_start is None or self.replied_for_end is None:
            return ""
        return day_and_times(self.replied_for_start, self.replied_for_end)

    @property
    def may_join(self) -> bool:
        """Return whether the link to join online is shown to them: to those who said they come."""
        return self.reply == self.Reply.COMING

    @property
    def how_they_come(self) -> str:
        """Return in words whether they come in person or online, and for which part; "" where they said neither.

        An event that can be joined one way only has changed since they said which.
        """
        joins = str(self.get_joins_display()) if self.event.can_be_joined_both_ways else ""
        part = _("for part of it: %(part)s") % {"part": self.part_of_day} if self.part_of_day else ""
        return ", ".join(filter(None, [joins, str(part)]))

    @property
    def takes_a_place(self) -> bool:
        """Return whether they come, in person, and do not help to run the event."""
        return self.reply == self.Reply.COMING and not self.facilitates and self.joins != self.Joins.ONLINE

    @property
    def waits_for_answer(self) -> bool:
        """Return whether the person asked something nobody has answered."""
        return bool(self.question) and not self.answer


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def in_use(self) -> "CalendarFeedQuerySet":
        """Return the addresses of people who can still sign in."""
        return self.filter(person__user__is_active=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["key"])
class CalendarFeed(models.Model):
    """The secret address from which a calendar program of one person reads their events. It can do nothing else."""

    person = models.OneToOneField(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key = models.CharField(_("key of the address"), max_length=40, unique=True, default=new_link_key, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def link(self) -> str:
        """Return the full address."""
        return settings.SITE_URL + reverse("calendar_feed", args=[self.key])
