"""How many places an event has, who waits for one, and how long an offered place is held."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.inviting.models import Invitation
from events.planning.models import Event
from people.directory.fields import who_field
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField
from wellbeing.lib.types import User


@pghistory.track()
class Places(models.Model):
    """How many people an event has room for. Without a number, or without a row, there is no limit.

    `kept` of the places are for people with lived experience, until the day `open_from`; where there is no such day,
    always. While the list is closed nobody is put on it, and nothing is offered by itself.
    """

    event = models.OneToOneField(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="places")
    number = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    kept = models.PositiveSmallIntegerField(_("kept for people with lived experience"), default=0)
    open_from = models.DateField(_("day from which kept places are open to all"), null=True, blank=True)
    set_by = models.ForeignKey("people.Person", verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("waiting list closed"), null=True, blank=True)
    closed_by = who_field(_("waiting list closed by"))

    class Meta:
        verbose_name = _("places at an event")
        verbose_name_plural = _("places at events")
        ordering = ["event"]
        constraints = [
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=1), name="places_are_at_least_one"),
            models.CheckConstraint(
                condition=Q(kept=0) | Q(number__isnull=False, kept__lte=F("number")), name="kept_places_are_places"
            ),
            models.CheckConstraint(condition=Q(open_from=None) | Q(kept__gte=1), name="open_from_is_of_kept_places"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_waiting_list_says_by_whom",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="places_for_all_who_come",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("number"),
                func=(
                    "IF NEW.number IS NOT NULL AND (SELECT count(*) FROM events_invitation i"
                    " WHERE i.event_id = NEW.event_id AND i.reply = 'coming' AND NOT i.facilitates"
                    " AND i.joins <> 'online' AND NOT EXISTS (SELECT 1 FROM events_waitingplace w"
                    " WHERE w.invitation_id = i.id AND w.beyond AND w.status IN ('offered', 'taken')))"
                    " > NEW.number THEN RAISE EXCEPTION 'more people come than there would be places'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="places_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.number or '∞'}"

    def kept_on(self, day: dt.date) -> int:
        """Return how many places are kept for people with lived experience on `day`."""
        return 0 if self.open_from is not None and day >= self.open_from else self.kept


class OfferRulesQuerySet(models.QuerySet["OfferRules"]):
    def in_force(self, on: dt.date) -> "OfferRules | None":
        """Return the rules of the day `on`."""
        return self.filter(effective_from__lte=on).order_by("-effective_from").first()


class OfferRules(models.Model):
    """How many hours an offered place is held, from a day on. A row is never changed, so it is its own history.

    `by_hand_hours` is for people whom a colleague rings or writes a letter. From `near_within` hours before the start
    it is `near_hours` for everybody, and from `none_within` hours on nothing is offered by itself.
    """

    effective_from = models.DateField(_("starts"), unique=True)
    hours = models.PositiveSmallIntegerField(_("hours a place is held"))
    by_hand_hours = models.PositiveSmallIntegerField(_("hours for those who are rung or get a letter"))
    near_within = models.PositiveSmallIntegerField(_("hours before the start from which it is near"))
    near_hours = models.PositiveSmallIntegerField(_("hours a place is held near the start"))
    none_within = models.PositiveSmallIntegerField(_("hours before the start from which nothing is offered"))

    objects = OfferRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("how long offered places are held")
        verbose_name_plural = _("how long offered places are held")
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=1, by_hand_hours__gte=1, near_hours__gte=1), name="an_offer_is_held_for_a_while"
            ),
            models.CheckConstraint(
                condition=Q(near_hours__lte=F("hours"), none_within__lte=F("near_within")),
                name="near_the_start_offers_are_shorter",
            ),
        ]
        triggers = [pgtrigger.Protect(name="offer_rules_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.effective_from}: {self.hours}"


class WaitingStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("Has an offer")
    TAKEN = "taken", _("Took the place")
    LET_GO = "let_go", _("Let it go")
    PASSED = "passed", _("Did not answer in time")
    LEFT = "left", _("Left the list")


WAITING_STEPS = {
    WaitingStatus.WAITING: (WaitingStatus.OFFERED, WaitingStatus.LEFT),
    WaitingStatus.OFFERED: (WaitingStatus.TAKEN, WaitingStatus.LET_GO, WaitingStatus.PASSED, WaitingStatus.LEFT),
    WaitingStatus.TAKEN: (),
    WaitingStatus.LET_GO: (),
    WaitingStatus.PASSED: (),
    WaitingStatus.LEFT: (),
}
ON_THE_LIST = (WaitingStatus.WAITING, WaitingStatus.OFFERED)


class WaitingPlaceQuerySet(models.QuerySet["WaitingPlace"]):
    def visible_to(self, user: User) -> "WaitingPlaceQuerySet":
        """Return the rows of invitations that `user` may see."""
        return self.filter(invitation__in=Invitation.objects.visible_to(user).values("pk"))

    def on_the_list(self) -> "WaitingPlaceQuerySet":
        """Return rows of people who wait or have an offer."""
        return self.filter(status__in=ON_THE_LIST)


@pghistory.track()
class WaitingPlace(models.Model):
    """One time that somebody stood on the waiting list of an event, and the one place they were offered meanwhile.

    `until` is when the offer passes to the next person. An offer made by hand has `offered_by` and a reason; one that
    is `beyond` gives a place more than there are.
    """

    Status = WaitingStatus
    TRANSITIONS = WAITING_STEPS

    invitation = models.ForeignKey(
        Invitation, verbose_name=_("invitation"), on_delete=models.PROTECT, related_name="waiting_places"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    since = models.DateTimeField(_("on the list since"))
    offered_at = models.DateTimeField(_("offered"), null=True, blank=True)
    until = models.DateTimeField(_("offer held until"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours the offer is held"), null=True, blank=True)
    offered_by = who_field(_("offered by"), help_text=_("Empty where the place was offered by itself."))
    reason = LimitedTextField(_("why it was offered by hand"), max_length=1000, blank=True)
    beyond = models.BooleanField(_("one place more than there are"), default=False)
    notice = models.OneToOneField(
        "people.Notice",
        verbose_name=_("notice of the offer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offered_place",
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = WaitingPlaceQuerySet.as_manager()

    if TYPE_CHECKING:
        history: Any

    class Meta:
        verbose_name = _("place on a waiting list")
        verbose_name_plural = _("places on waiting lists")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(status__in=["waiting", "offered"]),
                name="on_a_waiting_list_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "left"], offered_at=None, until=None, hours=None)
                | (
                    ~Q(status="waiting")
                    & Q(offered_at__isnull=False, until__isnull=False, hours__isnull=False, until__gt=F("offered_at"))
                ),
                name="an_offer_has_its_deadline",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "offered"], ended_at=None)
                | (~Q(status__in=["waiting", "offered"]) & Q(ended_at__isnull=False)),
                name="waiting_ends_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(offered_by=None, reason="", beyond=False) | (Q(offered_by__isnull=False) & ~Q(reason="")),
                name="an_offer_by_hand_says_why",
            ),
        ]
        triggers = [
            steps_trigger("waiting_status", WAITING_STEPS),
            pgtrigger.Protect(name="waiting_places_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="waiting_places_stay_of_their_invitation",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("invitation"),
            ),
            pgtrigger.Trigger(
                name="offers_only_of_free_places",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(new__status="offered", new__beyond=False),
                declare=[("room", "integer"), ("event", "bigint")],
                func=(
                    "SELECT i.event_id INTO event FROM events_invitation i WHERE i.id = NEW.invitation_id;"
                    " SELECT p.number INTO room FROM events_places p WHERE p.event_id = event FOR UPDATE;"
                    " IF room IS NOT NULL AND (SELECT count(*) FROM events_invitation i WHERE i.event_id = event"
                    " AND i.reply = 'coming' AND NOT i.facilitates AND i.joins <> 'online')"
                    " + (SELECT count(*) FROM events_waitingplace o JOIN events_invitation j ON j.id = o.invitation_id"
                    " WHERE j.event_id = event AND o.id <> NEW.id AND o.status = 'offered' AND NOT o.beyond)"
                    " >= room THEN RAISE EXCEPTION 'no place is free to offer'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.invitation)

    @property
    def is_on_the_list(self) -> bool:
        return self.status in ON_THE_LIST
