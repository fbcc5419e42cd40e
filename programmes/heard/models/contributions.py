"""Contributions: what people said, how it reached us, who said it, and who sees to it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Role, programmes_where, roles_of
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField, WordsField
from wellbeing.lib.types import User

MAX_THEME, MAX_WORDS, MAX_PLACE = 200, 4000, 150


class Rung(models.TextChoices):
    """The seven rungs of the ladder of co-production (Think Local Act Personal), the lowest first."""

    COERCION = "coercion", _("Coercion")
    EDUCATING = "educating", _("Educating")
    INFORMING = "informing", _("Informing")
    CONSULTATION = "consultation", _("Consultation")
    ENGAGEMENT = "engagement", _("Engagement")
    CO_DESIGN = "co_design", _("Co-design")
    CO_PRODUCTION = "co_production", _("Co-production")


class ContributionStatus(models.TextChoices):
    OPEN = "open", _("Being looked at")
    ANSWERED = "answered", _("Answered")


CONTRIBUTION_STEPS = {
    ContributionStatus.OPEN: (ContributionStatus.ANSWERED,),
    ContributionStatus.ANSWERED: (ContributionStatus.OPEN,),
}


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, user: User) -> "ContributionQuerySet":
        """Return the contributions `user` may read: those of their programmes, and what they said themselves.

        Contributions that were taken off the page are left to those who said them, the staff of their programme, and
        administrators.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(
            Q(programme__in=list(roles_of(user)), hidden_at=None)
            | Q(programme__in=programmes_where(user, Role.STAFF))
            | Q(said_by(user))
        )

    def shown(self) -> "ContributionQuerySet":
        """Return those that nobody asked to have taken off the page."""
        return self.filter(hidden_at=None)


def said_by(user: User) -> Exists:
    """Return an expression: whether `user` is one of those who said a contribution."""
    return Exists(Contributor.objects.filter(contribution=OuterRef("pk"), person__user=user))


@pghistory.track()
class Contribution(models.Model):
    """Something that was said: a theme in plain words, and what became of it."""

    Status = ContributionStatus
    TRANSITIONS = CONTRIBUTION_STEPS

    class Way(models.TextChoices):
        MEETING = "meeting", _("At a meeting")
        EVENT = "event", _("At an event")
        SURVEY = "survey", _("In a survey")
        LETTER = "letter", _("By letter")
        PHONE = "phone", _("By phone")
        PAGE = "page", _("On this website")

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    theme = LineField(_("what it is about"), max_length=MAX_THEME)
    words = LimitedTextField(_("in their own words"), max_length=MAX_WORDS, blank=True)
    said_on = models.DateField(_("day"), default=timezone.localdate)
    said_at = LineField(_("where it was said"), max_length=MAX_PLACE, blank=True)
    group = models.ForeignKey(
        "programmes.Group",
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    way = models.CharField(_("how it reached us"), max_length=10, choices=Way)
    rung = models.CharField(_("rung of the ladder"), max_length=15, choices=Rung, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    outcome = models.ForeignKey(
        "programmes.ContributionOutcome",
        verbose_name=_("what became of it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The answer that counts now; earlier ones are kept."),
    )
    owner = who_field(_("who sees to it"))
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    corrected_by = who_field(_("corrected by"))
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    correction_reason = WordsField(_("why it was corrected"), max_length=300, blank=True)
    reopened_at = models.DateTimeField(_("opened again"), null=True, blank=True)
    reopened_reason = WordsField(_("why it was opened again"), max_length=1000, blank=True)
    hidden_at = models.DateTimeField(_("taken off the page"), null=True, blank=True)
    hidden_by = who_field(_("taken off the page by"))
    hidden_how = LineField(_("how they asked for it"), max_length=150, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-said_on", "-pk"]
        indexes = [models.Index(fields=["programme", "-said_on"], name="contributions_of_programme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", outcome__isnull=True) | Q(status="answered", outcome__isnull=False),
                name="contribution_answered_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True, due_on__isnull=True) | Q(owner__isnull=False, due_on__isnull=False),
                name="contribution_owner_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, corrected_by__isnull=True, correction_reason="")
                | (Q(corrected_at__isnull=False, corrected_by__isnull=False) & ~Q(correction_reason="")),
                name="contribution_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_reason="")
                | (Q(reopened_at__isnull=False) & ~Q(reopened_reason="")),
                name="contribution_reopened_says_why",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_by__isnull=True, hidden_how="")
                | Q(hidden_at__isnull=False, hidden_by__isnull=False),
                name="contribution_hidden_says_by_whom",
            ),
        ]
        triggers = [
            steps_trigger("contribution_status", CONTRIBUTION_STEPS),
            pgtrigger.Protect(name="contributions_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="contributions_stay_in_their_programme",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.programme_id <> NEW.programme_id"),
            ),
            pgtrigger.Trigger(
                name="words_are_corrected_with_a_reason",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("((OLD.theme, OLD.words) IS DISTINCT FROM (NEW.theme, NEW.words))"),
                func=(
                    "IF NEW.corrected_at IS NULL OR NEW.corrected_at IS NOT DISTINCT FROM OLD.corrected_at THEN"
                    " RAISE EXCEPTION 'what was said is corrected with a reason'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="outcome_is_its_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF NEW.outcome_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM programmes_contributionoutcome o"
                    " WHERE o.id = NEW.outcome_id AND o.contribution_id = NEW.id) THEN"
                    " RAISE EXCEPTION 'the answer is about another contribution'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        return reverse("contribution", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_hidden(self) -> bool:
        """Return whether it was taken off the page, as somebody who said it asked."""
        return self.hidden_at is not None


@pghistory.track()
class Contributor(models.Model):
    """One of those who said a contribution. Only they themselves and staff see who it is, unless they are named."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.PROTECT, related_name="contributors"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("who said it"), on_delete=models.PROTECT, related_name="contributions"
    )
    named = models.BooleanField(_("their name is shown"), default=False)
    wants_to_be_told = models.BooleanField(_("wants to be told what became of it"), default=True)
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["contribution", "person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "person"], name="one_contributor_per_person"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ContributionDraft(models.Model):
    """Words that somebody has begun to tell a programme, not sent yet. Nobody else reads it; gone once it is sent."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("typed by"), on_delete=models.CASCADE, related_name="contribution_drafts"
    )
    theme = LineField(_("what it is about"), max_length=MAX_THEME, blank=True)
    words = LimitedTextField(_("in their own words"), max_length=MAX_WORDS, blank=True)
    named = models.BooleanField(_("their name is shown"), default=False)
    wants_to_be_told = models.BooleanField(_("wants to be told what became of it"), default=True)
    saved_at = models.DateTimeField(_("kept"), default=timezone.now)

    class Meta:
        verbose_name = _("unsent contribution")
        verbose_name_plural = _("unsent contributions")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="one_contribution_draft_each"),
        ]

    def __str__(self) -> str:
        return self.theme
