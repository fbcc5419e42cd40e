"""Decisions of a steering group: the wording, every position with its reason, the outcome. Dissent is kept."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Role, programmes_where
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import User


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """Return decisions of programmes where `user` is staff or on the steering group; all for an administrator."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(programme__in=programmes_where(user, Role.STAFF, Role.STEERING))


class DecisionStatus(models.TextChoices):
    OPEN = "open", _("Open for comment")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DECISION_STEPS = {
    DecisionStatus.OPEN: (DecisionStatus.DECIDED, DecisionStatus.WITHDRAWN),
    DecisionStatus.DECIDED: (),
    DecisionStatus.WITHDRAWN: (),
}


@pghistory.track()
class Decision(models.Model):
    """A proposal put to a group, and its outcome."""

    Status = DecisionStatus

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        AGREED_WITH_CHANGES = "agreed_with_changes", _("Agreed with changes")
        NOT_AGREED = "not_agreed", _("Not agreed")
        COME_BACK = "come_back", _("Come back to it later")

    TRANSITIONS = DECISION_STEPS

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    group = models.ForeignKey(
        "programmes.Group", verbose_name=_("group"), on_delete=models.PROTECT, related_name="decisions"
    )
    title = LineField(_("in a few words"), max_length=150)
    wording = LimitedTextField(
        _("the proposal"), max_length=4000, help_text=_("The exact words people are asked about.")
    )
    background = LimitedTextField(_("why it is put forward"), max_length=8000, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    opened_on = models.DateField(_("opened"), default=timezone.localdate)
    closes_on = models.DateField(_("views wanted by"))
    proposed_by = models.ForeignKey(
        "people.Person", verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    # For a withdrawn proposal: why it was withdrawn.
    outcome_reason = LimitedTextField(_("why, and how each objection was answered"), max_length=8000, blank=True)
    what_changes = LimitedTextField(_("what changes because of it"), max_length=4000, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    review_on = models.DateField(_("look at it again"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(status="decided", decided_on__isnull=False, recorded_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(outcome_reason="")
                )
                | (~Q(status="decided") & Q(outcome="", decided_on__isnull=True)),
                name="decision_decided_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_on__isnull=False, recorded_by__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="decision_withdrawn_has_its_date",
            ),
        ]
        triggers = [
            steps_trigger("decision_status", DECISION_STEPS),
            pgtrigger.Protect(name="decisions_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_decisions_are_sealed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["decided", "withdrawn"]),
            ),
            pgtrigger.Trigger(
                name="wording_stays_once_someone_spoke",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.title, OLD.wording, OLD.group_id) IS DISTINCT FROM (NEW.title, NEW.wording, NEW.group_id))"
                ),
                func=(
                    "IF EXISTS (SELECT 1 FROM programmes_position WHERE decision_id = OLD.id) THEN"
                    " RAISE EXCEPTION 'the wording cannot change once a member has given a position'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self):
        return self.status == self.Status.OPEN


@pghistory.track()
class Position(models.Model):
    """The position of one member on a proposal, in their own words.

    It is theirs to change until the decision closes; nobody can take it away, and after that nobody can change it.
    """

    class Stance(models.TextChoices):
        """The eight steps of a gradient of agreement, after Kaner's scale."""

        WHOLE_HEARTED = "whole_hearted", _("I agree whole-heartedly")
        MINOR = "minor", _("I agree, with one small change")
        RESERVATIONS = "reservations", _("I support it, with reservations")
        ABSTAIN = "abstain", _("I stand aside (I will not block it)")
        MORE_TALK = "more_talk", _("We need to talk more")
        DISLIKE = "dislike", _("I do not like it, but I will support it")
        SERIOUS = "serious", _("I seriously disagree")
        VETO = "veto", _("I cannot accept it")

    DISSENT = (Stance.DISLIKE, Stance.SERIOUS, Stance.VETO)

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="positions"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="positions"
    )
    seat = models.CharField(_("kind of member"), max_length=20, choices=Term.Seat)
    stance = models.CharField(_("position"), max_length=15, choices=Stance)
    reason = LimitedTextField(_("in your own words"), max_length=4000, blank=True)
    named = models.BooleanField(_("show my name with my words"), default=True)
    given_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="one_position_per_member"),
        ]
        triggers = [
            pgtrigger.Protect(name="positions_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="positions_close_with_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("state", "text")],
                # Moving it to another proposal that is still open would take it from the one that is closed.
                func=(
                    "IF TG_OP = 'UPDATE' AND"
                    " (OLD.decision_id, OLD.person_id) IS DISTINCT FROM (NEW.decision_id, NEW.person_id) THEN"
                    " RAISE EXCEPTION 'a position stays with its proposal and its member'; END IF;"
                    " SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id;"
                    " IF state <> 'open' THEN"
                    " RAISE EXCEPTION 'a position cannot change once the decision is %', state; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_stance_display()}"

    @property
    def is_dissent(self):
        return self.stance in self.DISSENT
