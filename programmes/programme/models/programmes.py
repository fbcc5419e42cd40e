"""Programmes, the organisations in them and the roles people hold."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.queries import waiting_time
from people.models import WaitingTime
from people.registry import Voice
from programmes.programme.models.groups import Group, Term
from wellbeing.lib.phones import PhoneField
from wellbeing.lib.texts import EmailField, LimitedTextField, LineField
from wellbeing.lib.types import ProgrammeId, User


class Role(models.TextChoices):
    """The part a person has in one programme.

    `STEERING` comes from a term on a steering group, others from memberships.
    """

    LIVED_EXPERIENCE = "lived_experience", _("Person with lived experience")
    STAFF = "staff", _("Programme staff")
    FINANCE = "finance", _("Finance")
    STEERING = "steering", _("Steering group member")


def message_audience(programme_id: ProgrammeId) -> str:
    """Return the audience and voice (`people.models.Notice`) of what a programme says: its staff read it."""
    return f"programme:{programme_id}"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> "ProgrammeQuerySet":
        """Return programmes `user` holds any role in today; every programme for an administrator."""

        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(pk__in=roles_of(user))


@pghistory.track()
class Programme(models.Model):
    """A co-produced programme with its own people, money and rules."""

    name = LineField(_("name"), max_length=150)
    slug = models.SlugField(_("name in addresses"), max_length=60, unique=True)
    short_code = LineField(
        _("short code"),
        max_length=6,
        help_text=_("Two to six letters. Starts the reference of each claim and payment, such as WOW."),
    )
    purpose = LimitedTextField(_("what it is for"), max_length=4000, blank=True)
    host = LineField(_("who runs it"), max_length=150, blank=True)
    host_address = LimitedTextField(_("postal address of who runs it"), max_length=500, max_lines=10, blank=True)
    host_number = LineField(_("charity or company number of who runs it"), max_length=80, blank=True)
    letters_signed_by = LineField(_("who signs letters"), max_length=150, blank=True)
    letters_signed_as = LineField(_("the job of who signs letters"), max_length=150, blank=True)
    financial_year_starts = models.PositiveSmallIntegerField(
        _("first month of the financial year of who runs it"), default=4, help_text=_("1 for January to 12.")
    )
    funder = LineField(_("funder"), max_length=150)
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    cost_code = LineField(_("cost code"), max_length=40)
    contact_name = LineField(_("who to ask"), max_length=150)
    contact_email = EmailField(_("their email address"))
    contact_phone = PhoneField(_("their phone number"), max_length=40, blank=True)
    policy_needs_two_people = models.BooleanField(
        _("two people publish a payment policy"),
        default=False,
        db_default=False,
        help_text=_("One asks for it, another member of staff publishes it or sends it back."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_programme_per_name"),
            models.UniqueConstraint("short_code", name="one_programme_per_short_code"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programme_ends_after_start"),
            models.CheckConstraint(
                condition=Q(financial_year_starts__range=(1, 12)), name="programme_financial_year_starts_in_a_month"
            ),
            models.CheckConstraint(condition=Q(short_code__regex=r"^[A-Z]{2,6}$"), name="programme_short_code_letters"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme", args=[self.slug])

    @property
    def voice(self) -> str:
        """Return the key of the voice in which it speaks."""
        return message_audience(self.pk)

    @property
    def speaker(self) -> Voice:
        """Return in whose name it tells people things, and how they reach it."""
        return Voice(
            self.name,
            contact=self.contact_name,
            email=self.contact_email,
            phone=self.contact_phone,
            address=self.host_address,
        )

    @property
    def host_address_on_a_line(self) -> str:
        """Return the postal address of its host with commas for line ends."""
        return ", ".join(line.strip(" ,") for line in self.host_address.splitlines() if line.strip(" ,"))

    @property
    def missing_on_letters(self) -> list[str]:
        """List what its letters and statements cannot say yet of who pays and who signs, in words."""
        needed = {"host", "host_address", "host_number", "letters_signed_by"}
        missing = [
            field for field in self._meta.concrete_fields if field.name in needed and not getattr(self, field.name)
        ]
        return [str(field.verbose_name) for field in missing]

    @property
    def year_number(self) -> int:
        """Return the year of its funding the programme is in today: 1 for the first, never beyond the last."""
        return min(max(self._year_of(timezone.localdate()), 1), self.years_in_all)

    @property
    def years_in_all(self) -> int:
        """Return how many years of funding there are; a year begun counts."""
        return self._year_of(self.ends_on)

    def _year_of(self, day: dt.date) -> int:
        years = day.year - self.starts_on.year
        if (day.month, day.day) < (self.starts_on.month, self.starts_on.day):
            years -= 1
        return years + 1


@pghistory.track()
class Partnership(models.Model):
    """An organisation taking part in a programme."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="partnerships"
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="partnerships",
    )

    class Meta:
        verbose_name = _("partner charity")
        verbose_name_plural = _("partner charities")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="one_partnership_each"),
        ]

    def __str__(self):
        return f"{self.organisation} in {self.programme}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def effective_on(self, on: dt.date) -> "MembershipQuerySet":
        """Return memberships that hold on the day `on`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


@pghistory.track()
class Membership(models.Model):
    """A person's role in a programme, with the days on which it holds. Ended, never deleted."""

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships"
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[choice for choice in Role.choices if choice[0] != Role.STEERING]
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    appointment = models.OneToOneField(
        "programmes.Appointment",
        verbose_name=_("appointment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="membership",
        help_text=_("For staff and finance: who proposed and who confirmed it. Empty for roles from before 2026-11."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("role in a programme")
        verbose_name_plural = _("roles in programmes")
        ordering = ["person__sort_key", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme", "role"],
                condition=Q(ends_on=None),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                # A role given by mistake and taken back the same day ends the day before: it never held.
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - dt.timedelta(days=1)),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["lived_experience", "staff", "finance"]), name="membership_role_known"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="staff_and_finance_are_appointed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF TG_OP = 'UPDATE' AND NEW.ends_on IS NULL AND OLD.ends_on IS NOT NULL THEN"
                    " RAISE EXCEPTION 'a role that has an end is not opened again'; END IF;"
                    " IF TG_OP = 'UPDATE' AND ROW(NEW.role, NEW.programme_id, NEW.person_id, NEW.appointment_id)"
                    " IS NOT DISTINCT FROM ROW(OLD.role, OLD.programme_id, OLD.person_id, OLD.appointment_id) THEN"
                    " RETURN NEW; END IF;"
                    " IF NEW.role IN ('staff', 'finance') AND NOT EXISTS (SELECT 1 FROM programmes_appointment a"
                    " WHERE a.id = NEW.appointment_id AND a.status = 'confirmed' AND a.person_id = NEW.person_id"
                    " AND a.programme_id = NEW.programme_id AND a.role = NEW.role) THEN"
                    " RAISE EXCEPTION 'staff and finance need a confirmed appointment'; END IF; RETURN NEW;"
                ),
            ),
            # An import that is undone takes its people out again, those alone who have not answered.
            pgtrigger.Trigger(
                name="roles_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=(
                    "IF EXISTS (SELECT FROM programmes_importrow r"
                    " JOIN programmes_peopleimport i ON i.id = r.people_import_id"
                    " JOIN people_person p ON p.id = r.person_id"
                    " WHERE r.person_id = OLD.person_id AND r.status = 'added' AND i.status = 'undoing'"
                    " AND i.programme_id = OLD.programme_id AND p.user_id IS NULL AND p.joined_at IS NULL) THEN"
                    " RETURN OLD; END IF;"
                    " RAISE EXCEPTION 'Cannot delete rows from programmes_membership table'; RETURN OLD;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}, {self.programme}"


def roles_of(user: User) -> dict[ProgrammeId, set[Role]]:
    """Return the roles `user` holds today, by programme. One query the first time, none after.

    An administrator holds only the roles they were given: seeing everything is not the same as being finance.
    """
    if not user.is_authenticated or not user.is_active:
        return {}
    if not hasattr(user, "_programme_roles"):
        today = timezone.localdate()
        roles: dict[ProgrammeId, set[Role]] = {}
        held = Membership.objects.effective_on(today).filter(person__user=user).order_by()
        seats = Term.objects.effective_on(today).filter(person__user=user, group__kind=Group.Kind.STEERING).order_by()
        steering = seats.values_list("group__programme_id", models.Value(Role.STEERING.value))
        for programme_id, role in held.values_list("programme_id", "role").union(steering, all=True):
            roles.setdefault(programme_id, set()).add(Role(role))
        user._programme_roles = roles  # type: ignore[attr-defined]  # for the rest of the request
    return user._programme_roles  # type: ignore[attr-defined]


def has_role(user: User, programme: Programme | ProgrammeId, *roles: Role) -> bool:
    """Return whether `user` holds any of `roles` in `programme` today."""
    held = roles_of(user).get(_pk_of(programme), set())
    return bool(held & set(roles))


def programmes_where(user: User, *roles: Role) -> list[ProgrammeId]:
    """Return the programmes where `user` holds any of `roles` today."""
    return [programme_id for programme_id, held in roles_of(user).items() if held & set(roles)]


def only_programme(user: User) -> Programme | None:
    """Return the programme `user` has a role in, when there is exactly one; else None. One query the first time."""
    held = roles_of(user)
    if len(held) != 1:
        return None
    if not hasattr(user, "_only_programme"):
        user._only_programme = Programme.objects.filter(pk__in=held).first()  # type: ignore[attr-defined]  # as above
    return user._only_programme  # type: ignore[attr-defined]


def new_in_finance_until(user: User, programme: Programme | ProgrammeId) -> dt.datetime | None:
    """Return until when `user`, new in finance of `programme`, confirms, signs and downloads nothing.

    None when that time is over or they are not in finance. Asked once a request.
    """
    pk = _pk_of(programme)
    answers: dict[ProgrammeId, dt.datetime | None] = user.__dict__.setdefault("_new_in_finance", {})
    if pk not in answers:
        answers[pk] = _new_in_finance_until(user, pk)
    return answers[pk]


def _pk_of(programme: Programme | ProgrammeId) -> ProgrammeId:
    return programme.pk if isinstance(programme, Programme) else programme


def _new_in_finance_until(user: User, programme: ProgrammeId) -> dt.datetime | None:
    today = timezone.localdate()
    confirmed = (
        Membership.objects.effective_on(today)
        .filter(person__user=user, programme=programme, role=Role.FINANCE)
        .values_list("appointment__decided_at", flat=True)
    )
    ends = [at + waiting_time(WaitingTime.Kind.NEW_FINANCE, at) for at in confirmed if at is not None]
    # Of several such roles the one whose time is over counts; a role of before appointments has none to wait for.
    if not ends or len(ends) < len(confirmed) or min(ends) <= timezone.now():
        return None
    return min(ends)
