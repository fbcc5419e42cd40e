"""The rules a group works by, its seats, and the interests its members have declared."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.groups import Group, Term
from wellbeing.lib.texts import LimitedTextField


class Method(models.TextChoices):
    """Ways in which a group decides."""

    CONSENT = "consent", _("By consent: it is agreed when nobody objects")
    GRADIENT = "gradient", _("By how far each member agrees, in eight steps")
    VOTE = "vote", _("By vote")


class GroupRulesQuerySet(models.QuerySet["GroupRules"]):
    def in_force_on(self, group: Group, on: dt.date) -> "GroupRules | None":
        """Return the rules of `group` on the day `on`, or None where it has none by then."""
        return self.filter(group=group, starts_on__lte=on).order_by("starts_on", "pk").last()

    def newest_on(self, on: dt.date) -> "GroupRulesQuerySet":
        """Return the rules in force on the day `on`: for each group one version."""
        return self.filter(starts_on__lte=on).order_by("group_id", "-starts_on", "-pk").distinct("group_id")


@pghistory.track()
class GroupRules(models.Model):
    """The terms of reference of a group and the rules it decides by, from a day on. A version is never changed.

    The numbers of days, people and per cent are the group's own. The lived-experience minimum is a practice of UK
    co-production groups; few means few enough to find a person by (suppression of small numbers).
    """

    Method = Method

    class Proposers(models.TextChoices):
        ALL = "all", _("Members, and programme staff")
        MEMBERS = "members", _("Members of the group only")
        CHAIRS = "chairs", _("The chairs, and programme staff")

    class Reach(models.TextChoices):
        GROUP = "group", _("The group and programme staff")
        PROGRAMME = "programme", _("Everyone in the programme")
        PUBLIC = "public", _("Everyone: there is a public page")

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="rules")
    starts_on = models.DateField(_("from"))
    terms_of_reference = LimitedTextField(_("terms of reference"), max_length=20000, blank=True)
    quorum = models.PositiveSmallIntegerField(_("members who must take part"))
    lived_experience_minimum = models.PositiveSmallIntegerField(_("of them with lived experience"))
    methods = ArrayField(
        models.CharField(max_length=10, choices=Method.choices), verbose_name=_("how the group may decide")
    )
    support_percent = models.PositiveSmallIntegerField(_("support needed, more than this per cent"))
    proposers = models.CharField(_("who may put a proposal"), max_length=10, choices=Proposers, default=Proposers.ALL)
    open_days = models.PositiveSmallIntegerField(_("days a proposal is open at least"))
    amended_days = models.PositiveSmallIntegerField(_("days it stays open after its words change"))
    answer_days = models.PositiveSmallIntegerField(_("days to say if an answer is enough"))
    urgency_rule = LimitedTextField(_("when it may decide sooner"), max_length=2000, blank=True)
    ratify_days = models.PositiveSmallIntegerField(_("days in which an urgent decision is looked at again"))
    interest_days = models.PositiveSmallIntegerField(_("days between two looks at declared interests"))
    reach = models.CharField(_("who sees what was decided"), max_length=10, choices=Reach, default=Reach.PROGRAMME)
    tells_programme = models.BooleanField(_("everyone in the programme is told what was decided"), default=False)
    fewest_inside = models.PositiveSmallIntegerField(_("few people, for members and the programme"))
    fewest_public = models.PositiveSmallIntegerField(_("few people, for the public"))
    agreed_by = models.OneToOneField(
        "programmes.Decision",
        verbose_name=_("decision that agreed them"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rules_agreed",
    )
    # Nobody: they were given to the group when rules began to be kept.
    set_by = who_field(_("set by"))
    set_at = models.DateTimeField(_("set"), default=timezone.now)

    objects = GroupRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of a group")
        verbose_name_plural = _("rules of groups")
        ordering = ["group", "-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "starts_on"], name="group_rules_once_a_day"),
            models.CheckConstraint(
                condition=Q(quorum__gte=1, lived_experience_minimum__lte=F("quorum")), name="group_rules_quorum"
            ),
            models.CheckConstraint(
                condition=Q(support_percent__gte=50, support_percent__lte=99), name="group_rules_support"
            ),
            models.CheckConstraint(condition=~Q(methods=[]), name="group_rules_have_a_method"),
            models.CheckConstraint(condition=Q(fewest_inside__gte=2, fewest_public__gte=2), name="group_rules_few"),
        ]
        triggers = [
            pgtrigger.Protect(name="group_rules_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="group_rules_change_by_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("fits", "boolean")],
                # Rules nobody set, and those of a group that has decided nothing by rules, may be set without one.
                func=(
                    "IF NEW.agreed_by_id IS NOT NULL THEN"
                    " SELECT d.group_id = NEW.group_id AND d.status = 'decided' INTO fits"
                    " FROM programmes_decision d WHERE d.id = NEW.agreed_by_id;"
                    " IF fits IS NOT TRUE THEN"
                    " RAISE EXCEPTION 'rules change by a decision that the group itself agreed'; END IF;"
                    " ELSIF EXISTS (SELECT 1 FROM programmes_grouprules r"
                    " JOIN programmes_decision d ON d.rules_id = r.id"
                    " WHERE r.group_id = NEW.group_id AND r.set_by_id IS NOT NULL) THEN"
                    " RAISE EXCEPTION 'rules change by a decision of the group'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.group}, {self.starts_on}"


@pghistory.track()
class SeatNumber(models.Model):
    """How many seats a group has for one kind of member, by one version of its rules."""

    rules = models.ForeignKey(GroupRules, verbose_name=_("rules"), on_delete=models.PROTECT, related_name="seats")
    seat = models.CharField(_("kind of member"), max_length=20, choices=Term.Seat)
    number = models.PositiveSmallIntegerField(_("seats"))

    class Meta:
        verbose_name = _("number of seats")
        verbose_name_plural = _("numbers of seats")
        ordering = ["rules", "pk"]
        constraints = [models.UniqueConstraint(fields=["rules", "seat"], name="one_number_per_seat")]
        triggers = [pgtrigger.Protect(name="seat_numbers_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.get_seat_display()}: {self.number}"


class Nature(models.TextChoices):
    """Kinds of interests. Lived experience is none; a say in one's own fee is."""

    MONEY = "money", _("Money: payment, a contract, a grant, shares")
    WORK = "work", _("Work: for, or on the board of, an organisation it concerns")
    FAMILY = "family", _("Family or a close friend")
    OTHER = "other", _("Something else that could sway you, or seem to")


class InterestQuerySet(models.QuerySet["Interest"]):
    def held_on(self, on: dt.date) -> "InterestQuerySet":
        """Return interests that last on the day `on`."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), declared_on__lte=on)


@pghistory.track()
class Interest(models.Model):
    """An interest of a member, in the register of the group."""

    Nature = Nature

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="interests"
    )
    nature = models.CharField(_("kind of interest"), max_length=10, choices=Nature)
    outline = LimitedTextField(_("in a few words"), max_length=1000)
    declared_on = models.DateField(_("declared"), default=timezone.localdate)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["person__sort_key", "declared_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(outline=""), name="interest_says_what"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("declared_on")), name="interest_ends_after_start"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="interests_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="interests_only_end", exclude=["ended_on"]),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_nature_display()}"


@pghistory.track()
class InterestReview(models.Model):
    """A member looked at their interests in the register of a group and said that they are right."""

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="interest_reviews")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="interest_reviews"
    )
    reviewed_on = models.DateField(_("said on"), default=timezone.localdate)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("look at interests")
        verbose_name_plural = _("looks at interests")
        ordering = ["-reviewed_on", "-pk"]
        triggers = [pgtrigger.Protect(name="interest_reviews_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.person}, {self.reviewed_on}"
