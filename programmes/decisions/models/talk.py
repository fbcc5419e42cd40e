"""The talk under a proposal: questions and answers, first thoughts, objections and how each was answered."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.decisions.models.decisions import Decision, Version
from programmes.decisions.models.positions import Position
from programmes.decisions.models.postgres import while_open
from programmes.programme.models.groups import Term
from wellbeing.lib.texts import LimitedTextField


@pghistory.track()
class Question(models.Model):
    """A question about a proposal, and its answer."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="questions"
    )
    person = models.ForeignKey("people.Person", verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    named = models.BooleanField(_("show my name"), default=True)
    words = LimitedTextField(_("question"), max_length=2000)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer = LimitedTextField(_("answer"), max_length=4000, blank=True)
    answered_by = who_field(_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="question_answer_is_whole",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="questions_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="questions_stay", exclude=["answer", "answered_by", "answered_at"]),
            while_open("questions_close_with_decision"),
        ]

    def __str__(self):
        return self.words[:60]


@pghistory.track()
class Thought(models.Model):
    """A member's first thoughts while views are gathered and the proposal is shaped: words, or passing.

    In a round everyone speaks or passes.
    """

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="thoughts"
    )
    version = models.ForeignKey(Version, verbose_name=_("wording"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", verbose_name=_("said by"), on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(_("kind of member"), max_length=20, choices=Term.Seat)
    words = LimitedTextField(_("first thoughts"), max_length=4000, blank=True)
    matters = LimitedTextField(_("what matters to you about it"), max_length=2000, blank=True)
    passes = models.BooleanField(_("I pass for now"), default=False)
    named = models.BooleanField(_("show my name with my words"), default=True)
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("first thoughts")
        verbose_name_plural = _("first thoughts")
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="one_thought_per_wording"),
            models.CheckConstraint(condition=Q(passes=True) | ~Q(words=""), name="thought_speaks_or_passes"),
        ]
        triggers = [
            pgtrigger.Protect(name="thoughts_are_kept", operation=pgtrigger.Delete),
            while_open("thoughts_close_with_decision"),
        ]

    def __str__(self):
        return f"{self.person}: {self.words[:60]}"


class Close(models.TextChoices):
    """How an objection is closed, by the member who raised it."""

    ENOUGH = "enough", _("That is enough for me")
    STANDS = "stands", _("My objection still stands")


@pghistory.track()
class Objection(models.Model):
    """An objection to a proposal in its member's own words, or a reservation that asks for an answer.

    Each is answered by changed words or with reasons. Only the member who raised it says whether that is enough.
    """

    Close = Close

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="objections"
    )
    version = models.ForeignKey(Version, verbose_name=_("wording"), on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.PROTECT, related_name="objections"
    )
    person = models.ForeignKey("people.Person", verbose_name=_("raised by"), on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="+")
    is_objection = models.BooleanField(_("an objection, and no reservation"), default=True)
    words = LimitedTextField(_("in their own words"), max_length=4000)
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    closed_as = models.CharField(_("after the answer"), max_length=10, choices=Close, blank=True)
    closed_at = models.DateTimeField(_("said"), null=True, blank=True)
    closed_by = who_field(_("said by"))
    # Somebody else wrote down what the member said.
    closing_recorded_by = who_field(_("written down by"))

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["position"], name="one_objection_per_position"),
            models.CheckConstraint(condition=~Q(words=""), name="objection_says_something"),
            models.CheckConstraint(
                condition=Q(closed_as="", closed_at=None, closed_by=None)
                | (~Q(closed_as="") & Q(closed_at__isnull=False, closed_by=models.F("person"))),
                name="objection_closed_by_its_member",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="objections_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="objections_stay",
                exclude=["is_objection", "words", "closed_as", "closed_at", "closed_by", "closing_recorded_by"],
            ),
            while_open("objections_close_with_decision"),
        ]

    def __str__(self):
        return self.words[:60]


@pghistory.track()
class ObjectionReply(models.Model):
    """An answer to one objection: reasons, or the wording that was changed because of it."""

    objection = models.ForeignKey(
        Objection, verbose_name=_("objection"), on_delete=models.PROTECT, related_name="replies"
    )
    words = LimitedTextField(_("answer"), max_length=4000)
    version = models.ForeignKey(
        Version,
        verbose_name=_("changed words"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("answered by"), on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(_("answered"), default=timezone.localdate)

    class Meta:
        verbose_name = _("answer to an objection")
        verbose_name_plural = _("answers to objections")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="objection_reply_says_something")]
        triggers = [
            pgtrigger.Protect(name="objection_replies_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            while_open(
                "objection_replies_close_with_decision",
                "(SELECT o.decision_id FROM programmes_objection o WHERE o.id = NEW.objection_id)",
            ),
        ]

    def __str__(self):
        return self.words[:60]
