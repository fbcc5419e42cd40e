"""A meeting of a group: the event it is, how far its minutes are, and the rules by which meetings are planned."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.planning.models import Event
from people.directory.fields import who_field
from programmes.models import Group, Role, Term, programmes_where, roles_of
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.types import User


class MeetingRulesQuerySet(models.QuerySet["MeetingRules"]):
    def in_force_on(self, group: Group | None, on: dt.date) -> "MeetingRules":
        """Return the rules of `group` on the day `on`; without a group or rules of its own, those all begin with."""
        rules = self.filter(Q(group=group) | Q(group=None), starts_on__lte=on)
        return rules.order_by(F("group").asc(nulls_last=True), "-starts_on", "-pk")[0]


class MeetingRules(models.Model):
    """How a group plans its meetings, from a day on. Rows without a group are for all that have set none.

    A version is never changed, so it is its own history.
    """

    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meeting_rules",
    )
    starts_on = models.DateField(_("from"))
    longest_stretch = models.PositiveSmallIntegerField(_("minutes without a break, at most"))
    break_minutes = models.PositiveSmallIntegerField(_("minutes of a break"))
    item_minutes = models.PositiveSmallIntegerField(_("minutes for an item, to begin with"))
    days_before = models.PositiveSmallIntegerField(_("days before the meeting that the agenda is sent"))
    format_days = models.PositiveSmallIntegerField(
        _("days before the meeting from which staff have missing formats of papers as a task"),
        default=14,
        db_default=14,
    )
    set_by = who_field(_("set by"))

    objects = MeetingRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules for meetings")
        verbose_name_plural = _("rules for meetings")
        ordering = ["group", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "starts_on"], nulls_distinct=False, name="meeting_rules_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(longest_stretch__gte=1, break_minutes__gte=1, item_minutes__gte=1),
                name="meeting_rules_take_time",
            ),
        ]
        triggers = [pgtrigger.Protect(name="meeting_rules_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.group}, {self.starts_on}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> "MeetingQuerySet":
        """Return meetings `user` may read something of.

        Members read those of their group, staff those of their programmes; everybody who has a role in the programme
        reads those whose minutes are published.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        member = Q(group__in=Term.objects.effective_on(timezone.localdate()).filter(person__user=user).values("group"))
        staff = Q(group__programme__in=programmes_where(user, Role.STAFF))
        published = Q(published_on__isnull=False, group__programme__in=roles_of(user))
        return self.filter(member | staff | published)


class MinutesStatus(models.TextChoices):
    NONE = "none", _("Not begun")
    DRAFT = "draft", _("Being written")
    TO_CORRECT = "to_correct", _("To correct")
    AGREED = "agreed", _("Agreed")


MINUTES_STEPS = {
    MinutesStatus.NONE: (MinutesStatus.DRAFT,),
    MinutesStatus.DRAFT: (MinutesStatus.TO_CORRECT,),
    MinutesStatus.TO_CORRECT: (MinutesStatus.AGREED,),
    MinutesStatus.AGREED: (),
}


@pghistory.track()
class Meeting(models.Model):
    """A meeting of a group, which is one of its programme's events. Agreed minutes never change."""

    Minutes = MinutesStatus

    TRANSITIONS = MINUTES_STEPS

    event = models.OneToOneField(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="meeting")
    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="meetings")
    made_by = models.ForeignKey("people.Person", verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    agenda_sent_at = models.DateTimeField(_("members told of the agenda"), null=True, blank=True)
    minutes = models.CharField(_("minutes"), max_length=10, choices=MinutesStatus, default=MinutesStatus.NONE)
    agreed_at_meeting = models.ForeignKey(
        "self",
        verbose_name=_("agreed at the meeting"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="minutes_agreed",
    )
    agreed_on = models.DateField(_("agreed"), null=True, blank=True)
    agreed_by = who_field(_("agreement recorded by"))
    published_on = models.DateField(_("published"), null=True, blank=True)
    published_by = who_field(_("published by"))

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-event__starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    minutes="agreed",
                    agreed_at_meeting__isnull=False,
                    agreed_on__isnull=False,
                    agreed_by__isnull=False,
                )
                | (
                    ~Q(minutes="agreed")
                    & Q(agreed_at_meeting__isnull=True, agreed_on__isnull=True, agreed_by__isnull=True)
                ),
                name="meeting_agreed_says_where_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_by__isnull=True)
                | Q(published_on__isnull=False, published_by__isnull=False, minutes="agreed"),
                name="meeting_publishes_agreed_minutes",
            ),
        ]
        triggers = [
            steps_trigger("meeting_minutes", MINUTES_STEPS, field="minutes"),
            pgtrigger.Protect(name="meetings_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="meetings_stay_of_their_event", fields=["event", "group", "made_by", "made_at"]),
            pgtrigger.Trigger(
                name="meetings_are_events_of_their_group",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF NEW.minutes <> 'none' THEN RAISE EXCEPTION 'minutes are written after the meeting is made';"
                    " END IF;"
                    " IF NOT EXISTS (SELECT 1 FROM events_event e WHERE e.id = NEW.event_id"
                    " AND e.group_id = NEW.group_id) THEN"
                    " RAISE EXCEPTION 'a meeting is an event of its group'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="minutes_are_agreed_at_a_later_meeting",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("held", "timestamptz"), ("later", "timestamptz")],
                func=(
                    "IF OLD.minutes = 'agreed' THEN"
                    " IF (OLD.agreed_at_meeting_id, OLD.agreed_on, OLD.agreed_by_id, OLD.agenda_sent_at)"
                    " IS DISTINCT FROM (NEW.agreed_at_meeting_id, NEW.agreed_on, NEW.agreed_by_id, NEW.agenda_sent_at)"
                    " OR (OLD.published_on IS NOT NULL AND (OLD.published_on, OLD.published_by_id)"
                    " IS DISTINCT FROM (NEW.published_on, NEW.published_by_id)) THEN"
                    " RAISE EXCEPTION 'agreed minutes never change'; END IF;"
                    " ELSIF NEW.minutes = 'agreed' THEN"
                    " SELECT starts_at INTO held FROM events_event WHERE id = NEW.event_id;"
                    " SELECT e.starts_at INTO later FROM events_meeting m JOIN events_event e ON e.id = m.event_id"
                    " WHERE m.id = NEW.agreed_at_meeting_id AND m.group_id = NEW.group_id"
                    " AND e.status <> 'cancelled';"
                    " IF later IS NULL OR later <= held"
                    " OR NEW.agreed_on < (later AT TIME ZONE 'Europe/London')::date THEN"
                    " RAISE EXCEPTION 'minutes are agreed at a later meeting of the group'; END IF;"
                    " IF NOT EXISTS (SELECT 1 FROM events_agreedrecord r WHERE r.meeting_id = NEW.id) THEN"
                    " RAISE EXCEPTION 'the record of a meeting is kept when its minutes are agreed'; END IF;"
                    " IF EXISTS (SELECT 1 FROM events_correction c"
                    " WHERE c.meeting_id = NEW.id AND c.settled_as = '') THEN"
                    " RAISE EXCEPTION 'a correction has no answer'; END IF;"
                    " END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.event.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def is_agreed(self) -> bool:
        return self.minutes == MinutesStatus.AGREED

    @property
    def is_published(self) -> bool:
        return self.published_on is not None
