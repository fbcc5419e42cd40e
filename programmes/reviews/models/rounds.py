"""Rounds of review, and who is asked in each."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme, Role, programmes_where, roles_of
from programmes.reviews.models.statements import ReviewRule, Side
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import User


class Status(models.TextChoices):
    """How far a round is."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Shared with everyone")


# Nothing leads back to "open": whoever had read the results could tell the next answer by what changes.
STEPS = {
    Status.PLANNED: (Status.OPEN,),
    Status.OPEN: (Status.CLOSED,),
    Status.CLOSED: (Status.PUBLISHED,),
}


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def last_closed(self) -> "ReviewRound | None":
        """Return the round that was closed last, or None."""
        return self.filter(status__in=[Status.CLOSED, Status.PUBLISHED]).order_by("closed_on", "pk").last()

    def visible_to(self, user: User) -> "ReviewRoundQuerySet":
        """Return the rounds of programmes where `user` is staff or steers, and published ones where they have a role.

        All for an administrator.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        inside = programmes_where(user, Role.STAFF, Role.STEERING)
        return self.filter(
            Q(programme__in=inside) | Q(programme__in=list(roles_of(user)), status=ReviewRound.Status.PUBLISHED)
        )

    def past_their_day(self, on: dt.date) -> "ReviewRoundQuerySet":
        """Return open rounds whose last day has gone."""
        return self.filter(status=ReviewRound.Status.OPEN, closes_on__lt=on)


@pghistory.track()
class ReviewRound(models.Model):
    """One round of review of a programme: what it is about, from when to when, who is asked."""

    Status = Status

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="review_rounds"
    )
    title = LineField(_("name"), max_length=150)
    about = LimitedTextField(_("what it is about"), max_length=2000, blank=True)
    opens_on = models.DateField(_("asked from"))
    closes_on = models.DateField(_("last day to answer"))
    asks_lived_experience = models.BooleanField(_("people with lived experience are asked"), default=True)
    asks_staff = models.BooleanField(_("staff are asked"), default=True)
    asks_steering = models.BooleanField(_("the steering group is asked"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    rule = models.ForeignKey(
        ReviewRule,
        verbose_name=_("rule for what is shown"),
        help_text=_("The one of the day it was opened: people answer because of what it promises."),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rounds",
    )
    made_by = models.ForeignKey("people.Person", verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    published_on = models.DateField(_("shared"), null=True, blank=True)

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("4Pi review")
        verbose_name_plural = _("4Pi reviews")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="review_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(asks_lived_experience=True) | Q(asks_staff=True) | Q(asks_steering=True),
                name="review_asks_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="planned", rule=None) | (~Q(status="planned") & Q(rule__isnull=False)),
                name="review_is_opened_under_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "open"], closed_on=None)
                | (Q(status__in=["closed", "published"]) & Q(closed_on__isnull=False)),
                name="review_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(status="published") & Q(published_on__isnull=False))
                | (~Q(status="published") & Q(published_on=None)),
                name="review_published_on_a_day",
            ),
        ]
        triggers = [
            steps_trigger("review_steps", STEPS),
            pgtrigger.Protect(name="reviews_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="review_rule_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__rule__isnull=False, old__rule__df=pgtrigger.F("new__rule")),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    @property
    def is_over(self) -> bool:
        """Return whether nobody answers any more, so that there may be results."""
        return self.status in {Status.CLOSED, Status.PUBLISHED}

    @property
    def fewest(self) -> int:
        """Return from how many answers on a group is shown. Raises ValueError before it is opened."""
        if self.rule is None:
            raise ValueError("A review has its rule once it is opened.")
        return self.rule.fewest


class Way(models.TextChoices):
    """How somebody gave their answers."""

    PAGE = "page", _("Online")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("On paper")


class ReviewAskedQuerySet(models.QuerySet["ReviewAsked"]):
    def silent(self) -> "ReviewAskedQuerySet":
        """Return those of open rounds who have not answered."""
        return self.filter(answered_on=None, round__status=Status.OPEN)


# That somebody answered leaves no trace in the history, which keeps moments and who was signed in.
@pghistory.track(exclude=["link_key", "answered_on", "way", "taken_by"])
class ReviewAsked(models.Model):
    """One person who is asked in a round, and the day on which they answered. Nothing here leads to what they said."""

    Way = Way

    round = models.ForeignKey(ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="reviews_asked"
    )
    side = models.CharField(_("group"), max_length=20, choices=Side)
    link_key = models.CharField(_("key of the personal link"), max_length=40, unique=True, editable=False)
    asked_on = models.DateField(_("asked"))
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way, blank=True)
    taken_by = who_field(
        _("answers entered by"), help_text=_("Who entered the answers for them. Empty when they answered themselves.")
    )

    objects = ReviewAskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("person asked in a review")
        verbose_name_plural = _("people asked in reviews")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="asked_once_in_a_review"),
            models.CheckConstraint(
                condition=Q(answered_on=None, way="") | (Q(answered_on__isnull=False) & ~Q(way="")),
                name="review_answered_some_way",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", "page"], taken_by=None)
                | (Q(way__in=["phone", "paper"]) & Q(taken_by__isnull=False)),
                name="review_answers_entered_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="asked_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="asked_only_answer", exclude=["answered_on", "way", "taken_by"]),
            pgtrigger.Trigger(
                name="asked_answer_once_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("state", "text")],
                func=(
                    "IF TG_OP = 'UPDATE' AND OLD.answered_on IS NOT NULL THEN"
                    " RAISE EXCEPTION 'somebody answers a review once'; END IF;"
                    " SELECT status INTO state FROM programmes_reviewround WHERE id = NEW.round_id FOR SHARE;"
                    " IF state IS DISTINCT FROM 'open' THEN"
                    " RAISE EXCEPTION 'people are asked and answer while a review is open'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.round}"

    @property
    def link(self) -> str:
        """Return the full address of the personal link, which can do nothing but answer."""
        return settings.SITE_URL + reverse("review_answer", args=[self.link_key])
