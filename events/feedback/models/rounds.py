"""The feedback on an event: until when it can be given, and who is asked for it."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.day.models import Attendance
from events.feedback.models.questions import Side
from events.link_keys import new_link_key
from events.planning.models import Event
from people.directory.fields import who_field
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField


class Status(models.TextChoices):
    """Whether answers are taken."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


# Nothing leads back to "open": whoever had read the results could tell the next answer by what changes.
STEPS = {Status.OPEN: (Status.CLOSED,), Status.CLOSED: ()}


class FeedbackRoundQuerySet(models.QuerySet["FeedbackRound"]):
    def past_their_day(self, on: dt.date) -> "FeedbackRoundQuerySet":
        """Return open rounds whose last day has gone."""
        return self.filter(status=Status.OPEN, closes_on__lt=on)


@pghistory.track()
class FeedbackRound(models.Model):
    """The feedback on one event: who came is thanked and asked from `asked_on`, and can answer until `closes_on`."""

    Status = Status

    event = models.OneToOneField(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="feedback")
    asked_on = models.DateField(_("asked from"))
    closes_on = models.DateField(_("last day to answer"))
    fewest = models.PositiveSmallIntegerField(
        _("answers of a group that are shown, at least"),
        help_text=_("The number of the day people were asked: they answer because of what it promises."),
    )
    next_words = LimitedTextField(_("what happens next"), max_length=1000, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    started_by = who_field(_("started by"), help_text=_("Empty where it began by itself, as the rule says."))
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    objects = FeedbackRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback on an event")
        verbose_name_plural = _("feedback on events")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("asked_on")), name="feedback_closes_after_it_opens"
            ),
            # Of two answers each giver knows the other's.
            models.CheckConstraint(condition=Q(fewest__gte=3), name="feedback_hides_the_few"),
            models.CheckConstraint(
                condition=Q(status="open", closed_on=None) | Q(status="closed", closed_on__isnull=False),
                name="feedback_closed_on_a_day",
            ),
        ]
        triggers = [
            steps_trigger("feedback_steps", STEPS),
            pgtrigger.Protect(name="feedback_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="feedback_keeps_its_promise", fields=["event", "fewest"]),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    @property
    def is_over(self) -> bool:
        """Return whether nobody answers any more, so that there may be results."""
        return self.status == Status.CLOSED


class Way(models.TextChoices):
    """How somebody gave their answers."""

    PAGE = "page", _("Online")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("On paper")


class FeedbackAskedQuerySet(models.QuerySet["FeedbackAsked"]):
    def who_came(self) -> "FeedbackAskedQuerySet":
        """Return those who came, as it is recorded now."""
        came = Attendance.objects.filter(event=OuterRef("round__event"), person=OuterRef("person"), came=True)
        return self.filter(Exists(came))

    def silent(self) -> "FeedbackAskedQuerySet":
        """Return those who came, of feedback that is open, and have not answered."""
        return self.who_came().filter(answered_on=None, round__status=Status.OPEN)


# That somebody answered leaves no trace in the history, which keeps moments and who was signed in.
@pghistory.track(exclude=["link_key", "answered_on", "way", "taken_by"])
class FeedbackAsked(models.Model):
    """A person who was thanked and asked, and the day on which they answered. Nothing here leads to what they said."""

    Way = Way

    round = models.ForeignKey(FeedbackRound, verbose_name=_("feedback"), on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="feedback_asked"
    )
    side = models.CharField(_("group"), max_length=20, choices=Side)
    link_key = models.CharField(
        _("key of the personal link"), max_length=40, unique=True, default=new_link_key, editable=False
    )
    asked_on = models.DateField(_("thanked and asked"))
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way, blank=True)
    taken_by = who_field(
        _("answers entered by"), help_text=_("Who entered the answers for them. Empty when they answered themselves.")
    )

    objects = FeedbackAskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("person asked about an event")
        verbose_name_plural = _("people asked about events")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="thanked_once_for_an_event"),
            models.CheckConstraint(
                condition=Q(answered_on=None, way="") | (Q(answered_on__isnull=False) & ~Q(way="")),
                name="feedback_answered_some_way",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", "page"], taken_by=None)
                | (Q(way__in=["phone", "paper"]) & Q(taken_by__isnull=False)),
                name="feedback_entered_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="thanked_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="thanked_only_answer", fields=["round", "side", "link_key", "asked_on"]),
            pgtrigger.Trigger(
                name="thanked_answer_once_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("round_id", "side", "link_key", "asked_on", "answered_on", "way", "taken_by_id"),
                declare=[("state", "text")],
                func=(
                    "IF TG_OP = 'UPDATE' AND OLD.answered_on IS NOT NULL THEN"
                    " IF (OLD.answered_on, OLD.way) IS DISTINCT FROM (NEW.answered_on, NEW.way) THEN"
                    " RAISE EXCEPTION 'somebody answers about an event once'; END IF; RETURN NEW; END IF;"
                    " SELECT status INTO state FROM events_feedbackround WHERE id = NEW.round_id FOR SHARE;"
                    " IF state IS DISTINCT FROM 'open' THEN"
                    " RAISE EXCEPTION 'people are asked and answer while feedback is open'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.round}"

    @property
    def link(self) -> str:
        """Return the full address of the personal link, which can do nothing but answer."""
        return settings.SITE_URL + reverse("feedback_answer", args=[self.link_key])
