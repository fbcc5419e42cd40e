"""Activities of people together, reported by GRIPP2, and what changed because of it: the good and the harm."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.heard.models import Contribution, Rung
from programmes.impact.models.aims import Aim
from programmes.programme.models.programmes import Programme
from wellbeing.lib.texts import LimitedTextField, LineField

MAX_ANSWER = 4000


@pghistory.track()
class Activity(models.Model):
    """Something people do together, by the five questions of the GRIPP2 short form, with its rung of the ladder."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="activities"
    )
    name = LineField(_("name"), max_length=150)
    serves = models.ForeignKey(
        Aim,
        verbose_name=_("aim it serves"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
    )
    rung = models.CharField(_("rung of the ladder"), max_length=15, choices=Rung)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    aim = LimitedTextField(_("why people were involved"), max_length=MAX_ANSWER)
    methods = LimitedTextField(_("how people were involved"), max_length=MAX_ANSWER)
    went_well = LimitedTextField(_("what came of it that was good"), max_length=MAX_ANSWER)
    went_badly = LimitedTextField(_("what came of it that was not good"), max_length=MAX_ANSWER)
    influence = LimitedTextField(_("how far people had influence"), max_length=MAX_ANSWER)
    reflection = LimitedTextField(_("what we would do in another way"), max_length=MAX_ANSWER)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="one_activity_per_name"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="activity_ends_after_start"
            ),
            # The results that are not good are asked for and never left out.
            models.CheckConstraint(
                condition=~Q(aim="")
                & ~Q(methods="")
                & ~Q(went_well="")
                & ~Q(went_badly="")
                & ~Q(influence="")
                & ~Q(reflection=""),
                name="activity_answers_every_question",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Change(models.Model):
    """Something that changed: for whom, how one can tell, and what harm came of it."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="changes"
    )
    title = LineField(_("what changed"), max_length=200)
    for_whom = LineField(_("for whom"), max_length=200)
    happened_on = models.DateField(_("since"), default=timezone.localdate)
    detail = LimitedTextField(_("more about it"), max_length=MAX_ANSWER, blank=True)
    evidence = LimitedTextField(_("how people can tell"), max_length=MAX_ANSWER)
    evidence_url = LineField(_("link to the evidence"), max_length=500, blank=True)
    harm = LimitedTextField(
        _("who was worse off, or what went wrong"),
        max_length=MAX_ANSWER,
        help_text=_("“None that we know of” where nobody was."),
    )
    aim = models.ForeignKey(
        Aim, verbose_name=_("aim"), null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    contributions = models.ManyToManyField(
        Contribution, verbose_name=_("what was said"), blank=True, related_name="changes"
    )
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="change_says_how_one_can_tell"),
            models.CheckConstraint(condition=~Q(harm=""), name="change_says_what_harm_came_of_it"),
        ]

    def __str__(self) -> str:
        return self.title
