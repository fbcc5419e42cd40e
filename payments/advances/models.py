"""Money a person had before they claimed it, and things the programme booked and paid for them itself."""

from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.policy.models.kinds import ExpenseKind
from people.directory.fields import who_field
from programmes.models import Role, programmes_where
from wellbeing.lib.texts import LineField, WordsField

_Row = TypeVar("_Row", bound=models.Model)


class _SeenByProgramme(models.QuerySet[_Row]):
    def visible_to(self, user):
        """Return the rows of `user`, and those of programmes where they are staff or finance; all to administrators."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(Q(person__user=user) | Q(programme__in=programmes_where(user, Role.STAFF, Role.FINANCE)))


class AdvanceQuerySet(_SeenByProgramme["Advance"]):
    def with_used(self):
        """Add `used_pence`, taken off claims so far, and `left_pence`, still to be taken off (0 once closed)."""
        used = Coalesce(Sum("uses__pence"), 0)
        return self.annotate(
            used_pence=used,
            left_pence=models.Case(models.When(closed_at=None, then=F("amount_pence") - used), default=0),
        )


def _kept_but_for(name, closing):
    """Make a trigger that keeps a row as it is but for the fields in `closing`, which are filled in once."""
    rest = "".join(f" - '{field}'" for field in closing)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=(
            "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'what was paid before is kept'; END IF;"
            f" IF OLD.{closing[0]} IS NOT NULL OR to_jsonb(NEW){rest} <> to_jsonb(OLD){rest} THEN"
            " RAISE EXCEPTION 'what was paid before never changes'; END IF; RETURN NEW;"
        ),
    )


@pghistory.track()
class Advance(models.Model):
    """Money handed to a person before they claimed it. It comes off what they are paid until nothing of it is left."""

    class How(models.TextChoices):
        CASH = "cash", _("Cash")
        BANK = "bank", _("Bank transfer")
        CARD = "card", _("Prepaid card")
        OTHER = "other", _("Another way")

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="advances"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="advances"
    )
    event = models.ForeignKey(
        "events.Event",
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="advances",
        help_text=_("It is not deducted from claims for earlier dates."),
    )
    amount_pence = models.PositiveIntegerField(_("amount, in pence"))
    paid_on = models.DateField(_("paid"))
    how = models.CharField(_("how"), max_length=10, choices=How)
    note = WordsField(_("what it is for"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = who_field(_("closed by"))
    closed_reason = WordsField(_("why it was closed"), max_length=300, blank=True)

    objects = AdvanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("advance")
        verbose_name_plural = _("advances")
        ordering = ["-paid_on", "-pk"]
        indexes = [
            models.Index(
                fields=["person", "programme"], condition=Q(closed_at__isnull=True), name="advances_not_closed"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="advance_is_more_than_nothing"),
            models.CheckConstraint(
                condition=~Q(recorded_by=F("person")) & (Q(closed_by=None) | ~Q(closed_by=F("person"))),
                name="nobody_records_their_own_advance",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closed_reason="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_reason="")),
                name="advance_closed_has_who_and_why",
            ),
        ]
        triggers = [_kept_but_for("advances_are_kept", ["closed_at", "closed_by_id", "closed_reason"])]

    def __str__(self):
        return f"{self.person}, {self.paid_on}"


class AdvanceUse(models.Model):
    """The part of an advance that came off one claim. The uses of an advance are never more than it."""

    advance = models.ForeignKey(Advance, verbose_name=_("advance"), on_delete=models.PROTECT, related_name="uses")
    claim = models.ForeignKey(
        "payments.Claim", verbose_name=_("claim"), on_delete=models.PROTECT, related_name="advance_uses"
    )
    pence = models.PositiveIntegerField(_("taken off, in pence"))

    class Meta:
        verbose_name = _("advance taken off a claim")
        verbose_name_plural = _("advances taken off claims")
        ordering = ["advance", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["advance", "claim"], name="an_advance_comes_off_a_claim_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="advance_use_is_more_than_nothing"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_more_than_the_advance_is_used",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("paid", "payments_advance%ROWTYPE"),
                    ("asked", "payments_claim%ROWTYPE"),
                    ("used", "bigint"),
                    ("netted", "bigint"),
                ],
                func=(
                    # Locked, so that two approvals at once count each other's part.
                    "SELECT * INTO paid FROM payments_advance WHERE id = NEW.advance_id FOR UPDATE;"
                    " SELECT * INTO asked FROM payments_claim WHERE id = NEW.claim_id;"
                    " IF paid.person_id <> asked.person_id OR paid.programme_id <> asked.programme_id THEN"
                    " RAISE EXCEPTION 'an advance comes off claims of its own person and programme only'; END IF;"
                    " SELECT COALESCE(SUM(pence), 0) INTO used FROM payments_advanceuse"
                    " WHERE advance_id = NEW.advance_id;"
                    " IF paid.closed_at IS NOT NULL OR used + NEW.pence > paid.amount_pence THEN"
                    " RAISE EXCEPTION 'more than the advance cannot be taken off'; END IF;"
                    " SELECT COALESCE(SUM(pence), 0) INTO netted FROM payments_advanceuse"
                    " WHERE claim_id = NEW.claim_id;"
                    " IF netted + NEW.pence > COALESCE(asked.advance_recovered_pence, 0) THEN"
                    " RAISE EXCEPTION 'no more comes off a claim than was settled when it was approved'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="advance_uses_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.advance}: {self.claim.reference}"


class BookingQuerySet(_SeenByProgramme["Booking"]):
    def not_removed(self):
        """Return the bookings that nobody has taken off the list again."""
        return self.filter(removed_at=None)


@pghistory.track()
class Booking(models.Model):
    """Something booked for a person and paid direct, such as a train ticket. The person claims nothing for it."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="bookings"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="bookings"
    )
    event = models.ForeignKey(
        "events.Event",
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bookings",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ExpenseKind)
    description = LineField(_("what it was"), max_length=200, blank=True)
    cost_pence = models.PositiveIntegerField(_("cost, in pence"))
    on = models.DateField(_("day it is for"))
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    removed_at = models.DateTimeField(_("taken off the list"), null=True, blank=True)
    removed_by = who_field(_("taken off by"))
    removed_reason = WordsField(_("why it was taken off"), max_length=300, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing booked and paid direct")
        verbose_name_plural = _("things booked and paid direct")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["person", "programme"], name="bookings_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(cost_pence__gt=0), name="booking_costs_something"),
            models.CheckConstraint(
                condition=~Q(recorded_by=F("person")) & (Q(removed_by=None) | ~Q(removed_by=F("person"))),
                name="nobody_records_their_own_booking",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
                name="booking_removed_has_who_and_why",
            ),
        ]
        triggers = [_kept_but_for("bookings_are_kept", ["removed_at", "removed_by_id", "removed_reason"])]

    def __str__(self):
        return self.description or self.get_kind_display()


class AskedBefore(models.Model):
    """A wish of a person before an event they are invited to: travel booked for them, or money in advance.

    They say so with their reply, and may take it back. It is done once a booking or an advance for the event stands in
    the record of that person, so nothing here has to be ticked off.
    """

    class What(models.TextChoices):
        BOOKING = "booking", _("Travel booked")
        ADVANCE = "advance", _("Money in advance")

    person = models.ForeignKey("people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(
        "events.Event", verbose_name=_("event"), on_delete=models.PROTECT, related_name="asked_before"
    )
    what = models.CharField(_("what"), max_length=10, choices=What)
    wants = models.BooleanField(_("would like it"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    taken_by = who_field(_("written down by"))

    class Meta:
        verbose_name = _("thing asked for before an event")
        verbose_name_plural = _("things asked for before events")
        ordering = ["event", "what", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person", "what"], name="asked_before_once_of_each_kind"),
            models.CheckConstraint(
                condition=Q(taken_by=None) | ~Q(taken_by=F("person")), name="asked_before_taken_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_what_display()}"
