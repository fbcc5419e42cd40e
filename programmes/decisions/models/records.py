"""Rows that stay of a decision and follow from it: its seal, what is to be done, and looking at it again."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.decisions.models.decisions import Decision
from programmes.decisions.models.positions import Position
from programmes.programme.models.groups import Group, Term
from wellbeing.lib.texts import LimitedTextField, LineField


class CountedVoice(models.Model):
    """A member whose voice counted when a decision was made, the kind of seat they held, and the view that counted."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="counted_voices"
    )
    member = models.ForeignKey("people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(_("kind of member"), max_length=20, choices=Term.Seat)
    position = models.ForeignKey(
        Position, verbose_name=_("position"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("voice that counted")
        verbose_name_plural = _("voices that counted")
        ordering = ["decision", "member"]
        constraints = [models.UniqueConstraint(fields=["decision", "member"], name="one_voice_per_member")]
        triggers = [
            pgtrigger.Protect(name="counted_voices_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="counted_voices_come_with_the_seal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT 1 FROM programmes_seal s WHERE s.decision_id = NEW.decision_id) THEN"
                    " RAISE EXCEPTION 'the record of this decision is sealed'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_seat_display()}"


class Seal(models.Model):
    """The seal of a closed decision: a digest of its whole record and of the seal before it in its group.

    `content` is the record in one canonical form; it names people who chose not to be named, so no page shows it.
    """

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="seals")
    decision = models.OneToOneField(Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="seal")
    number = models.PositiveIntegerField(_("number"))
    previous = models.CharField(_("seal before it"), max_length=64, blank=True)
    content = LimitedTextField(_("record"), max_length=10_000_000)
    digest = models.CharField(_("seal"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["group", "number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_seal_per_number")]
        triggers = [
            pgtrigger.Protect(name="seals_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="seals_follow_each_other",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "programmes_seal%ROWTYPE"), ("state", "text"), ("of_group", "bigint")],
                func="""
                    SELECT status, group_id INTO state, of_group FROM programmes_decision WHERE id = NEW.decision_id;
                    IF state NOT IN ('decided', 'not_agreed', 'deferred') OR of_group <> NEW.group_id THEN
                        RAISE EXCEPTION 'a seal closes a decision of its group'; END IF;
                    SELECT * INTO last FROM programmes_seal WHERE group_id = NEW.group_id
                        ORDER BY number DESC LIMIT 1;
                    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.previous <> coalesce(last.digest, '') THEN
                        RAISE EXCEPTION 'a seal follows the one before it'; END IF;
                    IF NEW.digest <>
                        encode(sha256(convert_to(NEW.previous || E'\\n' || NEW.content, 'UTF8')), 'hex') THEN
                        RAISE EXCEPTION 'a seal is the digest of its record'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.number}: {self.digest[:12]}"


class Resealing(models.Model):
    """That a decision was sealed anew, because the law asked to remove somebody's words: the seal before.

    `changed_record` says whether its own record changed, or only a seal before it. The seal of before is kept, so that
    a copy of it on paper is still known.
    """

    seal = models.ForeignKey(Seal, verbose_name=_("seal"), on_delete=models.PROTECT, related_name="resealings")
    digest_before = models.CharField(_("seal before"), max_length=64)
    changed_record = models.BooleanField(_("its own record changed"))
    resealed_at = models.DateTimeField(_("sealed anew"), default=timezone.now)

    class Meta:
        verbose_name = _("new seal")
        verbose_name_plural = _("new seals")
        ordering = ["-resealed_at", "-pk"]
        triggers = [pgtrigger.Protect(name="resealings_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.seal_id}: {self.digest_before[:12]}"


@pghistory.track()
class ActionPoint(models.Model):
    """Something to be done because of a decision or a meeting: by whom, by when, how far it is."""

    class Status(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Will not be done")

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="action_points")
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="action_points",
    )
    title = LineField(_("what is to be done"), max_length=200)
    owner = models.ForeignKey(
        "people.Person", verbose_name=_("who does it"), on_delete=models.PROTECT, related_name="action_points"
    )
    due_on = models.DateField(_("by when"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    progress = LimitedTextField(_("how far it is"), max_length=4000, blank=True)
    progress_on = models.DateField(_("said on"), null=True, blank=True)
    created_by = models.ForeignKey(
        "people.Person", verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+"
    )
    created_on = models.DateField(_("agreed"), default=timezone.localdate)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_on=None) | (~Q(status="open") & Q(closed_on__isnull=False)),
                name="action_point_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(progress=""), name="action_point_dropped_says_why"
            ),
        ]
        triggers = [pgtrigger.Protect(name="action_points_are_kept", operation=pgtrigger.Delete)]

    def __str__(self):
        return self.title


@pghistory.track()
class DecisionReview(models.Model):
    """The group looked at a decision again: what happened since, and whether it stays."""

    class Result(models.TextChoices):
        KEEP = "keep", _("It stays as it is")
        CHANGE = "change", _("It should change: a new proposal is made")
        STOP = "stop", _("It should stop: a new proposal is made")

    decision = models.ForeignKey(Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("looked at on"), default=timezone.localdate)
    happened = LimitedTextField(_("what happened because of it, good and bad"), max_length=8000)
    result = models.CharField(_("what follows"), max_length=10, choices=Result)
    next_on = models.DateField(_("look at it again"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("review of a decision")
        verbose_name_plural = _("reviews of decisions")
        ordering = ["reviewed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(happened=""), name="decision_review_says_what_happened"),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=models.F("reviewed_on")), name="decision_review_next_is_later"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_reviews_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.decision}, {self.reviewed_on}"
