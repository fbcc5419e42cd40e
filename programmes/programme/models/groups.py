"""Groups of a programme and the terms people serve on them."""

import datetime as dt

import pghistory
from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import User


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, user: User) -> "GroupQuerySet":
        """Return groups of the programmes `user` can see."""
        programmes = apps.get_model("programmes", "Programme").objects
        return self.filter(programme__in=programmes.visible_to(user))


@pghistory.track()
class Group(models.Model):
    """A steering group, community of practice or working group."""

    class Kind(models.TextChoices):
        STEERING = "steering", _("Steering group")
        COMMUNITY = "community", _("Community of practice")
        WORKING = "working", _("Working group")

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="groups"
    )
    name = LineField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    purpose = LimitedTextField(_("what it is for"), max_length=4000, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["programme", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="one_group_per_name"),
        ]

    def __str__(self):
        return self.name


class TermQuerySet(models.QuerySet["Term"]):
    def effective_on(self, on: dt.date) -> "TermQuerySet":
        """Return terms being served on the day `on`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def with_a_voice(self) -> "TermQuerySet":
        """Return terms whose member counts by themselves: all but deputies."""
        return self.filter(deputy_for=None)


@pghistory.track()
class Term(models.Model):
    """A person's term of office on a group, and which kind of member they are there."""

    class Seat(models.TextChoices):
        LIVED_EXPERIENCE = "lived_experience", _("Lived experience")
        PARTNER = "partner", _("Partner charity")
        STAFF = "staff", _("Programme staff")
        FUNDER = "funder", _("Funder")

    class Office(models.TextChoices):
        MEMBER = "member", _("Member")
        CHAIR = "chair", _("Chair")
        CO_CHAIR = "co_chair", _("Co-chair")

    # The offices that lead a group.
    CHAIRS = (Office.CHAIR, Office.CO_CHAIR)

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="terms"
    )
    seat = models.CharField(_("kind of member"), max_length=20, choices=Seat)
    office = models.CharField(_("office"), max_length=10, choices=Office, default=Office.MEMBER)
    # A deputy speaks for this member where the member does not. They have no view of their own to be counted.
    deputy_for = models.ForeignKey(
        "people.Person",
        verbose_name=_("deputy for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputies",
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["group", "person__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ends_on=None), name="one_open_term_per_person"
            ),
            models.UniqueConstraint(fields=["group", "person", "starts_on"], name="one_term_per_start"),
            models.CheckConstraint(
                # A term given by mistake and taken back the same day ends the day before: it never held.
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - dt.timedelta(days=1)),
                name="term_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for=None) | (~Q(deputy_for=F("person")) & Q(office="member")),
                name="term_deputy_is_another_member",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.group}"

    @property
    def chairs(self) -> bool:
        """Return whether its person is chair or co-chair of the group."""
        return self.office in self.CHAIRS
