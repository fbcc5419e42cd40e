"""The outcome of a contribution, who was told, and whether they say that it is true."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.heard.models.contributions import Contribution, Contributor
from wellbeing.lib.texts import LimitedTextField, LineField


class ContributionOutcome(models.Model):
    """One answer to a contribution. It never changes: a contribution that is opened again gets another one."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Changed")
        PARTLY = "partly", _("Partly changed")
        NOT_CHANGED = "not_changed", _("Not changed")

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.PROTECT, related_name="outcomes"
    )
    number = models.PositiveSmallIntegerField(_("which answer it is"))
    kind = models.CharField(_("what became of it"), max_length=12, choices=Kind)
    what_changed = LimitedTextField(_("what changed"), max_length=4000, blank=True)
    reason = LimitedTextField(_("why not, or not all of it"), max_length=4000, blank=True)
    evidence = LimitedTextField(_("how we can tell"), max_length=4000, blank=True)
    evidence_url = LineField(_("link to the evidence"), max_length=500, blank=True)
    answered_on = models.DateField(_("answered"), default=timezone.localdate)
    answered_by = models.ForeignKey(
        "people.Person", verbose_name=_("answered by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("answer to a contribution")
        verbose_name_plural = _("answers to contributions")
        ordering = ["contribution", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="one_outcome_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="outcomes_are_counted_from_one"),
            models.CheckConstraint(
                condition=Q(kind="changed") | (Q(kind__in=["partly", "not_changed"]) & ~Q(reason="")),
                name="outcome_not_changed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="not_changed") | ~Q(what_changed=""), name="outcome_changed_says_what"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="contribution_outcomes_are_kept", operation=pgtrigger.Delete),
            # Who answered is not among them: two records of one person can be put together.
            pgtrigger.Protect(
                name="contribution_outcomes_never_change",
                operation=pgtrigger.UpdateOf(
                    "contribution_id",
                    "number",
                    "kind",
                    "what_changed",
                    "reason",
                    "evidence",
                    "evidence_url",
                    "answered_on",
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@pghistory.track()
class ToldBack(models.Model):
    """One answer and one of those who said what it answers: how they were told, and whether they say it is true."""

    class Reply(models.TextChoices):
        TRUE = "true", _("That is true")
        NOT_TRUE = "not_true", _("That is not true")

    class How(models.TextChoices):
        PAGE = "page", _("On this website")
        PHONE = "phone", _("By phone")
        LETTER = "letter", _("By letter")
        IN_PERSON = "in_person", _("In person")

    outcome = models.ForeignKey(
        ContributionOutcome, verbose_name=_("answer"), on_delete=models.PROTECT, related_name="told_back"
    )
    contributor = models.ForeignKey(
        Contributor, verbose_name=_("who said it"), on_delete=models.PROTECT, related_name="told_back"
    )
    notice = models.ForeignKey(
        "people.Notice",
        verbose_name=_("notice"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty for somebody who did not want to be told."),
    )
    reply = models.CharField(_("what they say"), max_length=10, choices=Reply, blank=True)
    reply_words = LimitedTextField(_("in their own words"), max_length=4000, blank=True)
    reply_named = models.BooleanField(_("their name is shown with it"), default=False)
    replied_at = models.DateTimeField(_("said"), null=True, blank=True)
    reply_how = models.CharField(_("how they said it"), max_length=10, choices=How, blank=True)
    reply_by = who_field(_("written down by"))
    response = LimitedTextField(_("our response"), max_length=4000, blank=True)
    responded_at = models.DateTimeField(_("responded"), null=True, blank=True)
    responded_by = who_field(_("responded by"))

    class Meta:
        verbose_name = _("telling back")
        verbose_name_plural = _("tellings back")
        ordering = ["outcome", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "contributor"], name="told_back_once_of_an_outcome"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True, reply_by__isnull=True, reply_how="", reply_words="")
                | (
                    Q(reply__in=["true", "not_true"], replied_at__isnull=False, reply_by__isnull=False)
                    & ~Q(reply_how="")
                ),
                name="reply_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(response="", responded_at__isnull=True, responded_by__isnull=True)
                | (Q(reply="not_true", responded_at__isnull=False, responded_by__isnull=False) & ~Q(response="")),
                name="response_answers_a_not_true",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="tellings_back_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="told_back_to_who_said_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("outcome_id", "contributor_id"),
                func=(
                    "IF NOT EXISTS (SELECT 1 FROM programmes_contributor c"
                    " JOIN programmes_contributionoutcome o ON o.contribution_id = c.contribution_id"
                    " WHERE c.id = NEW.contributor_id AND o.id = NEW.outcome_id) THEN"
                    " RAISE EXCEPTION 'they did not say what this answers'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="replies_that_were_answered_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(OLD.response <> '' AND (OLD.reply, OLD.reply_words, OLD.response)"
                    " IS DISTINCT FROM (NEW.reply, NEW.reply_words, NEW.response))"
                ),
                func="RAISE EXCEPTION 'what was said and answered stays as it is';",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reply_display())

    @property
    def is_not_true(self) -> bool:
        return self.reply == self.Reply.NOT_TRUE

    @property
    def waits_for_response(self) -> bool:
        """Return whether somebody said that it is not true, and nobody has answered them."""
        return self.is_not_true and not self.response
