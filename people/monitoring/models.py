"""Questions of equality monitoring, what people are promised about them, and answers, which are kept apart from people.

An answer has no key to a person, no history and no day: what there is to find it by is said in `keys`.
"""

import datetime as dt
from dataclasses import dataclass

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from people.monitoring.keys import every_key_of
from wellbeing.lib.crypto import UndatedTextField
from wellbeing.lib.texts import LimitedTextField, LineField

# Every question can be answered so.
PREFER_NOT = "prefer_not"


@dataclass(frozen=True)
class Option:
    """One answer that can be given to a question; `own` where there is room for own words beside it."""

    key: str
    words: str
    own: bool = False


class MonitoringQuestionQuerySet(models.QuerySet["MonitoringQuestion"]):
    def effective_on(self, on: dt.date) -> list["MonitoringQuestion"]:
        """Return the questions that are asked on the day `on`, each as it is worded then, in their order."""
        newest = self.filter(effective_from__lte=on).order_by("key", "-effective_from").distinct("key")
        return sorted((row for row in newest if row.is_asked), key=lambda row: (row.position, row.key))

    def known_keys(self) -> list[str]:
        """Return the keys of all questions that were ever asked."""
        return list(self.order_by("key").values_list("key", flat=True).distinct())


class MonitoringQuestion(models.Model):
    """A question of equality monitoring, as it is worded from a day on. Dated: other words are a new row."""

    key = models.SlugField(_("name of the question"), max_length=30)
    effective_from = models.DateField(_("applies from"))
    is_asked = models.BooleanField(
        _("it is asked"), default=True, help_text=_("No: it is asked no more from that day.")
    )
    position = models.PositiveSmallIntegerField(_("place in the order"))
    title = LineField(_("what it is about"), max_length=60)
    words = LineField(_("the question"), max_length=300)
    hint = LineField(_("what helps to answer it"), max_length=300, blank=True)
    options = models.JSONField(
        _("answers to choose from"), help_text=_("Each with its key, words, and own: true or false.")
    )
    source = LineField(_("where its words come from"), max_length=200)

    objects = MonitoringQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about fairness")
        verbose_name_plural = _("questions about fairness")
        ordering = ["position", "key", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "effective_from"], name="one_monitoring_question_a_day"),
            models.CheckConstraint(
                condition=Q(options__contains=[{"key": PREFER_NOT}]), name="monitoring_question_can_be_declined"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="monitoring_questions_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def choices(self) -> list[Option]:
        """Return the answers to choose from, in their order."""
        return [Option(one["key"], one["words"], one.get("own", False)) for one in self.options]

    def option(self, key: str) -> Option | None:
        """Return the answer called `key`, or None."""
        return next((one for one in self.choices if one.key == key), None)


class MonitoringPromiseQuerySet(models.QuerySet["MonitoringPromise"]):
    def effective_on(self, on: dt.date) -> "MonitoringPromise":
        """Return what people are told on the day `on` before they answer."""
        return self.filter(effective_from__lte=on).latest("effective_from")


class MonitoringPromise(models.Model):
    """The words people read before they answer: why we ask and who sees it. Who answers agrees to them."""

    effective_from = models.DateField(_("applies from"))
    words = LimitedTextField(_("why we ask, and who sees it"), max_length=2000)

    objects = MonitoringPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise about fairness")
        verbose_name_plural = _("promises about fairness")
        ordering = ["-effective_from"]
        constraints = [models.UniqueConstraint(fields=["effective_from"], name="one_monitoring_promise_a_day")]
        triggers = [
            pgtrigger.Protect(name="monitoring_promises_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.words


class MonitoringAnswerQuerySet(models.QuerySet["MonitoringAnswer"]):
    def of_person(self, person: Person) -> "MonitoringAnswerQuerySet":
        """Return the answers of `person`. Only for their own pages, the copy of their data and its removal."""
        return self.filter(pk__in=every_key_of(person.pk, MonitoringQuestion.objects.known_keys()))


class MonitoringAnswer(models.Model):
    """One answer of somebody to one question, apart from who they are. One that is taken back is gone."""

    key = models.CharField(_("key"), max_length=64, primary_key=True, editable=False)
    question = models.ForeignKey(
        MonitoringQuestion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+"
    )
    option = models.SlugField(_("answer"), max_length=40)
    own_words = UndatedTextField(_("in own words"), max_length=200, blank=True, default="")
    promise = models.ForeignKey(
        MonitoringPromise, verbose_name=_("what they agreed to"), on_delete=models.PROTECT, related_name="+"
    )
    # The day itself would lead to whoever was here on it.
    answered_in = models.DateField(_("month of the answer"), help_text=_("Its first day."))

    objects = MonitoringAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer about fairness")
        verbose_name_plural = _("answers about fairness")
        # By a key that says nothing: no order of answering.
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=Q(key__regex=r"^[0-9a-f]{64}$"), name="monitoring_answer_has_a_key"),
            models.CheckConstraint(condition=Q(answered_in__day=1), name="monitoring_answer_of_a_month"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="monitoring_answers_are_of_their_question",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF NOT EXISTS (SELECT FROM people_monitoringquestion q WHERE q.id = NEW.question_id"
                    " AND q.options @> jsonb_build_array(jsonb_build_object('key', NEW.option))) THEN"
                    " RAISE EXCEPTION 'the question has no such answer'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        # Never in a log: what somebody answered.
        return f"{self._meta.verbose_name}"

    @property
    def option_in_words(self) -> str:
        """Return the answer that was chosen, in words."""
        option = self.question.option(self.option)
        return option.words if option else self.option

    @property
    def said(self) -> str:
        """Return the answer in words, for its person."""
        return f"{self.option_in_words}: {self.own_words}" if self.own_words else self.option_in_words


class MonitoringClosed(models.Model):
    """Somebody is not asked about fairness on the home page any more: they answered, or said “not now”."""

    person = models.OneToOneField(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="monitoring_closed"
    )

    class Meta:
        verbose_name = _("asked about fairness")
        verbose_name_plural = _("asked about fairness")

    def __str__(self) -> str:
        return str(self.person)
