"""The views of members on a proposal, in their own words. Dissent is kept."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.decisions.models.decisions import Decision, Version
from programmes.groups.models import Interest, Method, Nature
from programmes.programme.models.groups import Term
from wellbeing.lib.texts import LimitedTextField


class Stance(models.TextChoices):
    """The eight steps of a gradient of agreement, after Kaner's scale; the answers of consent and of a vote."""

    WHOLE_HEARTED = "whole_hearted", _("I agree whole-heartedly")
    MINOR = "minor", _("I agree, with one small change")
    RESERVATIONS = "reservations", _("I support it, with reservations")
    ABSTAIN = "abstain", _("I stand aside (I will not block it)")
    MORE_TALK = "more_talk", _("We need to talk more")
    DISLIKE = "dislike", _("I do not like it, but I will support it")
    SERIOUS = "serious", _("I seriously disagree")
    VETO = "veto", _("I cannot accept it")
    CONSENT = "consent", _("I have no objection")
    CONCERNS = "concerns", _("I have concerns, but it is safe enough to try")
    OBJECT = "object", _("I object")
    IN_FAVOUR = "in_favour", _("In favour")
    AGAINST = "against", _("Against")
    PASS = "pass", _("I pass")


STANCES = {
    Method.GRADIENT: (
        Stance.WHOLE_HEARTED,
        Stance.MINOR,
        Stance.RESERVATIONS,
        Stance.ABSTAIN,
        Stance.MORE_TALK,
        Stance.DISLIKE,
        Stance.SERIOUS,
        Stance.VETO,
        Stance.PASS,
    ),
    Method.CONSENT: (Stance.CONSENT, Stance.CONCERNS, Stance.ABSTAIN, Stance.OBJECT, Stance.PASS),
    Method.VOTE: (Stance.IN_FAVOUR, Stance.AGAINST, Stance.ABSTAIN, Stance.PASS),
}
DISSENT = (Stance.DISLIKE, Stance.SERIOUS, Stance.VETO, Stance.OBJECT, Stance.AGAINST)
# An objection is answered before anything is decided.
OBJECTS = (Stance.SERIOUS, Stance.VETO, Stance.OBJECT)
SUPPORTS = (
    Stance.WHOLE_HEARTED,
    Stance.MINOR,
    Stance.RESERVATIONS,
    Stance.DISLIKE,
    Stance.CONSENT,
    Stance.CONCERNS,
    Stance.IN_FAVOUR,
)
OPPOSES = (Stance.MORE_TALK, Stance.SERIOUS, Stance.VETO, Stance.OBJECT, Stance.AGAINST)


class Way(models.TextChoices):
    """How a view reached the group."""

    PAGE = "page", _("Online")
    PHONE = "phone", _("By phone")
    LETTER = "letter", _("By letter")
    MEETING = "meeting", _("At a meeting")


@pghistory.track()
class Position(models.Model):
    """The view of one member on one wording of a proposal, in their own words.

    It is theirs to change until the decision closes or the wording changes; nobody can take it away, and after that
    nobody can change it. A deputy gives one for their member, who may still give their own.
    """

    Stance = Stance
    Way = Way
    DISSENT = DISSENT

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="positions"
    )
    version = models.ForeignKey(Version, verbose_name=_("wording"), on_delete=models.PROTECT, related_name="positions")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("said by"), on_delete=models.PROTECT, related_name="positions"
    )
    member = models.ForeignKey("people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(_("kind of member"), max_length=20, choices=Term.Seat)
    stance = models.CharField(_("position"), max_length=15, choices=Stance)
    reason = LimitedTextField(_("in your own words"), max_length=4000, blank=True)
    matters = LimitedTextField(_("what matters to you about it"), max_length=2000, blank=True)
    named = models.BooleanField(_("show my name with my words"), default=True)
    way = models.CharField(_("given"), max_length=10, choices=Way, default=Way.PAGE)
    # Somebody else wrote down what the member said.
    recorded_by = who_field(_("written down by"))
    given_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="one_position_per_member"),
            models.CheckConstraint(
                condition=Q(way="page", recorded_by=None) | (~Q(way="page") & Q(recorded_by__isnull=False)),
                name="position_says_who_wrote_it_down",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="positions_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="positions_close_with_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("state", "text"), ("newest", "bigint"), ("of_group", "bigint"), ("on_day", "date")],
                # Moving it to another proposal that is still open would take it from the one that is closed.
                func="""
                    IF TG_OP = 'UPDATE' AND (OLD.decision_id, OLD.version_id, OLD.person_id, OLD.member_id)
                        IS DISTINCT FROM (NEW.decision_id, NEW.version_id, NEW.person_id, NEW.member_id) THEN
                        RAISE EXCEPTION 'a position stays with its proposal and its member'; END IF;
                    SELECT status, version_id, group_id INTO state, newest, of_group
                        FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE;
                    IF state <> 'deciding' THEN
                        RAISE EXCEPTION 'a position cannot change once the decision is %', state; END IF;
                    IF newest IS DISTINCT FROM NEW.version_id THEN
                        RAISE EXCEPTION 'a position is on the newest wording'; END IF;
                    on_day := (NEW.given_at AT TIME ZONE 'Europe/London')::date;
                    IF NOT EXISTS (
                        SELECT 1 FROM programmes_term t WHERE t.group_id = of_group AND t.person_id = NEW.person_id
                        AND t.starts_on <= on_day AND (t.ends_on IS NULL OR t.ends_on >= on_day)
                        AND coalesce(t.deputy_for_id, t.person_id) = NEW.member_id
                    ) THEN
                        RAISE EXCEPTION 'only members in office give a position'; END IF;
                    IF EXISTS (SELECT 1 FROM programmes_declaredinterest i WHERE i.decision_id = NEW.decision_id
                        AND i.person_id IN (NEW.person_id, NEW.member_id) AND i.taken_back_on IS NULL) THEN
                        RAISE EXCEPTION 'a member with an interest in it gives no position'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_stance_display()}"

    @property
    def is_dissent(self) -> bool:
        return self.stance in DISSENT

    @property
    def by_deputy(self) -> bool:
        return self.person_id != self.member_id


@pghistory.track()
class LateView(models.Model):
    """Words of a member that were said after the decision. They stand beside it, and count for nothing in it."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="late_views"
    )
    person = models.ForeignKey("people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("position"), max_length=15, choices=Stance)
    reason = LimitedTextField(_("in your own words"), max_length=4000, blank=True)
    named = models.BooleanField(_("show my name with my words"), default=True)
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("view said after the decision")
        verbose_name_plural = _("views said after the decision")
        ordering = ["said_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="one_late_view_per_member")]
        triggers = [
            pgtrigger.Protect(name="late_views_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="late_views_come_after",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("state", "text")],
                func=(
                    "SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE;"
                    " IF state NOT IN ('decided', 'not_agreed', 'deferred') THEN"
                    " RAISE EXCEPTION 'a view is late once the decision is made'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_stance_display()}"


@pghistory.track()
class DeclaredInterest(models.Model):
    """A member's interest in one decision. It takes them out of quorum and position by itself.

    Holds what conflict minutes name: the nature, the person, whether it was declared before, an outline, that the
    member withdrew. How a quorate decision was made without them stands in the record of the decision.
    """

    Nature = Nature

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="declared_interests"
    )
    person = models.ForeignKey("people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="+")
    interest = models.ForeignKey(
        Interest,
        verbose_name=_("in the register as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="declared_in",
    )
    nature = models.CharField(_("kind of interest"), max_length=10, choices=Nature)
    outline = LimitedTextField(_("in a few words"), max_length=1000)
    in_advance = models.BooleanField(_("declared before it was discussed"))
    declared_on = models.DateField(_("declared"), default=timezone.localdate)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+"
    )
    taken_back_on = models.DateField(_("taken back"), null=True, blank=True)
    taken_back_why = LimitedTextField(_("why it was taken back"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("interest in a decision")
        verbose_name_plural = _("interests in decisions")
        ordering = ["declared_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"], condition=Q(taken_back_on=None), name="one_interest_per_decision"
            ),
            models.CheckConstraint(condition=~Q(outline=""), name="declared_interest_says_what"),
            models.CheckConstraint(
                condition=Q(taken_back_on=None, taken_back_why="")
                | (Q(taken_back_on__gte=F("declared_on")) & ~Q(taken_back_why="")),
                name="declared_interest_taken_back_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="declared_interests_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="declared_interests_are_only_taken_back", exclude=["taken_back_on", "taken_back_why"]
            ),
            pgtrigger.Trigger(
                name="interests_close_with_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("state", "text")],
                func=(
                    "SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE;"
                    " IF state NOT IN ('gathering', 'shaping', 'deciding') THEN"
                    " RAISE EXCEPTION 'an interest is declared before the decision'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_nature_display()}"
