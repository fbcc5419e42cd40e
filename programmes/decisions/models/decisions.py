"""A proposal put to a group: its words, its stages, its options, and its outcome."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.decisions.models.postgres import DECIDES_BY_ITS_RULES, OPENS_BY_ITS_RULES
from programmes.groups.models import GroupRules, Method
from programmes.programme.models.programmes import Role, programmes_where, roles_of
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import User


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """Return decisions that `user` may read: all for an administrator, staff and the steering group.

        Everybody else who has a role in the programme reads those of groups whose rules say so; of before there were
        rules, none: members spoke to their group alone.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        inside = Q(programme__in=programmes_where(user, Role.STAFF, Role.STEERING))
        reached = [GroupRules.Reach.PROGRAMME, GroupRules.Reach.PUBLIC]
        told = Q(rules__reach__in=reached, programme__in=list(roles_of(user)))
        return self.filter(inside | told)

    def open(self) -> "DecisionQuerySet":
        """Return proposals that nothing has become of yet."""
        return self.filter(status__in=OPEN_STAGES)


class DecisionStatus(models.TextChoices):
    """The stages of a proposal. One that is in force, and one looked at again, are decided ones."""

    GATHERING = "gathering", _("Gathering views")
    SHAPING = "shaping", _("Being shaped")
    DECIDING = "deciding", _("Open for views")
    DECIDED = "decided", _("Decided")
    NOT_AGREED = "not_agreed", _("Not agreed")
    DEFERRED = "deferred", _("Put off")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STAGES = (DecisionStatus.GATHERING, DecisionStatus.SHAPING, DecisionStatus.DECIDING)
# With an outcome that the group's rules made.
MADE_STAGES = (DecisionStatus.DECIDED, DecisionStatus.NOT_AGREED)
CLOSED_STAGES = (*MADE_STAGES, DecisionStatus.DEFERRED, DecisionStatus.WITHDRAWN)

DECISION_STEPS = {
    DecisionStatus.GATHERING: (
        DecisionStatus.SHAPING,
        DecisionStatus.DECIDING,
        DecisionStatus.DEFERRED,
        DecisionStatus.WITHDRAWN,
    ),
    DecisionStatus.SHAPING: (
        DecisionStatus.GATHERING,
        DecisionStatus.DECIDING,
        DecisionStatus.DEFERRED,
        DecisionStatus.WITHDRAWN,
    ),
    DecisionStatus.DECIDING: CLOSED_STAGES,
    DecisionStatus.DECIDED: (),
    DecisionStatus.NOT_AGREED: (),
    DecisionStatus.DEFERRED: (),
    DecisionStatus.WITHDRAWN: (),
}


@pghistory.track()
class Decision(models.Model):
    """A proposal put to a group, and its outcome. A closed one never changes: a mistake is put right by a new one."""

    Status = DecisionStatus
    Method = Method

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        AGREED_WITH_CHANGES = "agreed_with_changes", _("Agreed with changes")
        NOT_AGREED = "not_agreed", _("Not agreed")
        COME_BACK = "come_back", _("Come back to it later")

    class Relation(models.TextChoices):
        """How a proposal is linked to an earlier decision."""

        FOLLOWS = "follows", _("Follows")
        CORRECTS = "corrects", _("Puts right")
        RATIFIES = "ratifies", _("Confirms or reverses")

    TRANSITIONS = DECISION_STEPS
    OPEN = OPEN_STAGES
    MADE = MADE_STAGES
    CLOSED = CLOSED_STAGES

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    group = models.ForeignKey(
        "programmes.Group", verbose_name=_("group"), on_delete=models.PROTECT, related_name="decisions"
    )
    # None: put forward before groups had rules.
    rules = models.ForeignKey(
        GroupRules,
        verbose_name=_("rules it is decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    method = models.CharField(_("how it is decided"), max_length=10, choices=Method, default=Method.GRADIENT)
    title = LineField(_("in a few words"), max_length=150)
    # Postgres keeps it at the newest of its versions.
    version = models.ForeignKey(
        "programmes.Version",
        verbose_name=_("the proposal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    background = LimitedTextField(_("why it is put forward now"), max_length=8000, blank=True)
    affected = LimitedTextField(_("who it affects, and how"), max_length=4000, blank=True)
    cost = LimitedTextField(_("what it costs"), max_length=2000, blank=True)
    easy_read = LimitedTextField(_("in short, easy sentences"), max_length=4000, blank=True)
    contributions = models.ManyToManyField(
        "programmes.Contribution", verbose_name=_("what we heard about it"), blank=True, related_name="decisions"
    )
    hides_views = models.BooleanField(_("members see each other's views once they have given theirs"), default=False)
    status = models.CharField(_("stage"), max_length=10, choices=Status, default=Status.DECIDING)
    opened_on = models.DateField(_("opened"), default=timezone.localdate)
    deciding_from = models.DateField(_("views asked for from"), null=True, blank=True)
    closes_on = models.DateField(_("views wanted by"))
    proposed_by = models.ForeignKey(
        "people.Person", verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    earlier = models.ForeignKey(
        "self",
        verbose_name=_("earlier decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="later",
    )
    relation = models.CharField(_("link to it"), max_length=10, choices=Relation, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    # For a withdrawn proposal: why it was withdrawn.
    outcome_reason = LimitedTextField(_("why"), max_length=8000, blank=True)
    what_changes = LimitedTextField(_("what changes because of it"), max_length=4000, blank=True)
    urgency_reason = LimitedTextField(_("why it was decided sooner"), max_length=2000, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    recorded_by = who_field(_("recorded by"))
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    review_on = models.DateField(_("look at it again"), null=True, blank=True)
    safe_to_try = models.BooleanField(_("safe enough to try"), default=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(status__in=MADE_STAGES, decided_on__isnull=False, recorded_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(outcome_reason="")
                )
                | (
                    Q(status="deferred", outcome="come_back", decided_on__isnull=False, recorded_by__isnull=False)
                    & ~Q(outcome_reason="")
                )
                | (~Q(status__in=(*MADE_STAGES, "deferred")) & Q(outcome="", decided_on__isnull=True)),
                name="decision_decided_has_outcome",
            ),
            models.CheckConstraint(
                condition=(Q(status="decided") & Q(outcome__in=["agreed", "agreed_with_changes"]))
                | (Q(status="not_agreed") & Q(outcome="not_agreed"))
                | ~Q(status__in=MADE_STAGES),
                name="decision_outcome_fits_stage",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_on__isnull=False, recorded_by__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="decision_withdrawn_has_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("deciding", *MADE_STAGES)) | Q(deciding_from__isnull=False),
                name="decision_asks_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(earlier=None, relation="") | (Q(earlier__isnull=False) & ~Q(relation="")),
                name="decision_says_how_it_is_linked",
            ),
            models.UniqueConstraint(
                fields=["earlier"], condition=Q(relation="ratifies"), name="one_ratification_per_decision"
            ),
        ]
        triggers = [
            steps_trigger("decision_status", DECISION_STEPS),
            pgtrigger.Protect(name="decisions_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_decisions_are_sealed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=list(CLOSED_STAGES)),
            ),
            OPENS_BY_ITS_RULES,
            DECIDES_BY_ITS_RULES,
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STAGES

    @property
    def takes_views(self) -> bool:
        return self.status == DecisionStatus.DECIDING

    @property
    def is_made(self) -> bool:
        return self.status in MADE_STAGES

    @property
    def wording(self) -> str:
        return self.version.wording if self.version else ""

    @property
    def was_urgent(self) -> bool:
        return bool(self.urgency_reason)

    @property
    def closed_on(self) -> dt.date | None:
        return self.decided_on or self.withdrawn_on


@pghistory.track()
class Version(models.Model):
    """The words of a proposal, and why they became so. A change is a new version; an earlier one stays as it was."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    wording = LimitedTextField(
        _("the proposal"), max_length=4000, help_text=_("The exact words people are asked about.")
    )
    why = LimitedTextField(_("why the words changed"), max_length=2000, blank=True)
    written_by = models.ForeignKey(
        "people.Person", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(_("asked from"), default=timezone.localdate)

    class Meta:
        verbose_name = _("wording of a proposal")
        verbose_name_plural = _("wordings of proposals")
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_wording_per_number"),
            models.CheckConstraint(condition=~Q(wording=""), name="wording_says_something"),
        ]
        triggers = [
            pgtrigger.Protect(name="wordings_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="wording_follows_the_last",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("state", "text"), ("last", "integer")],
                func=(
                    "SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR UPDATE;"
                    " IF state NOT IN ('gathering', 'shaping', 'deciding') THEN"
                    " RAISE EXCEPTION 'the wording cannot change once the decision is %', state; END IF;"
                    " SELECT coalesce(max(number), 0) INTO last FROM programmes_version"
                    " WHERE decision_id = NEW.decision_id;"
                    " IF NEW.number <> last + 1 THEN"
                    " RAISE EXCEPTION 'wordings of a proposal are numbered one after the other'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="newest_wording_is_asked",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="UPDATE programmes_decision SET version_id = NEW.id WHERE id = NEW.decision_id; RETURN NULL;",
            ),
        ]

    def __str__(self):
        return f"{self.decision}, {self.number}"


@pghistory.track()
class Option(models.Model):
    """One of the ways a proposal could go, side by side with others; one may be made from two others."""

    decision = models.ForeignKey(Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField(_("number"))
    title = LineField(_("in a few words"), max_length=150)
    for_it = LimitedTextField(_("what speaks for it"), max_length=4000, blank=True)
    against_it = LimitedTextField(_("what speaks against it"), max_length=4000, blank=True)
    cost = LineField(_("what it costs"), max_length=150, blank=True)
    made_from = models.ManyToManyField(
        "self", verbose_name=_("made from"), symmetrical=False, blank=True, related_name="+"
    )
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["decision", "number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="one_option_per_number")]

    def __str__(self):
        return self.title
