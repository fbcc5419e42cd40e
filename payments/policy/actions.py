"""Draft and publish the next version of a programme's policy, keep offers, set the days the programme is closed."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Invitation
from payments.policy import calculations, queries, rules
from payments.policy.calculations import FeeTerms
from payments.policy.models.closed_days import ClosedDay
from payments.policy.models.expenses import ExpenseRule, SubsistenceBand
from payments.policy.models.fees import FeeRule
from payments.policy.models.kinds import Activity, CapPer, ExpenseKind
from payments.policy.models.offers import InvitationOffer
from payments.policy.models.versions import PolicyVersion
from payments.upload_paths import usual_reminders
from people.models import User
from programmes.models import Programme, Role
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import Pence


class PolicyError(ActionError):
    """A rule refused a version of the policy."""


@dataclass(frozen=True)
class ExpenseTerms:
    """One kind of expense that is covered: up to `cap_pence` (None for no limit), with what proof.

    `cap_per` (CapPer) says what the limit is counted by; by hours away it lies in `bands` instead, (from so many
    hours, pence) pairs. `agreed_by` (Role) may agree where it is to be agreed first; with `need_is_enough` an access
    need on record stands in for that.
    """

    kind: str
    cap_pence: Pence | None = None
    receipt_needed: bool = True
    receipt_above_pence: Pence = 0
    needs_prior_approval: bool = False
    cap_per: str = CapPer.EACH_TIME.value
    bands: tuple[tuple[Decimal, Pence], ...] = ()
    agreed_by: str = Role.STAFF.value
    need_is_enough: bool = False


# The expenses covered unless the programme says otherwise. Mileage is covered when a rate a mile is given.
USUAL_EXPENSES = (
    ExpenseTerms(ExpenseKind.PUBLIC_TRANSPORT),
    ExpenseTerms(ExpenseKind.TAXI, needs_prior_approval=True, need_is_enough=True),
    ExpenseTerms(ExpenseKind.PARKING),
    ExpenseTerms(ExpenseKind.CHILDCARE),
    ExpenseTerms(ExpenseKind.REPLACEMENT_CARER),
    ExpenseTerms(ExpenseKind.PERSONAL_ASSISTANT, needs_prior_approval=True, need_is_enough=True),
    ExpenseTerms(ExpenseKind.INTERPRETER, needs_prior_approval=True, need_is_enough=True),
)


@dataclass(frozen=True)
class ActivityFee:
    """The pay for time at one activity, to those with one role there or to everyone.

    A blank `activity` is for every activity without a fee of its own, a blank `role` (ActivityRole) for everyone.
    """

    terms: FeeTerms
    activity: str = ""
    role: str = ""


@dataclass(frozen=True)
class NoReceiptTerms:
    """The most that one expense is repaid with a reason in place of its receipt, and from when on two approve.

    Two members of staff approve a claim with more than `second_above_pence` of such in all (None: one is enough).
    """

    up_to_pence: Pence
    second_above_pence: Pence | None = None


@action
def save_draft(
    *,
    programme: Programme,
    by: User,
    effective_from: dt.date,
    fees: Collection[ActivityFee],
    pay_within_working_days: int,
    claim_window_months: int,
    pence_per_mile: Decimal | None = None,
    hmrc_rates: bool = False,
    preparation_included: bool = True,
    cancel_within_days: int | None = None,
    cancel_share_percent: int | None = None,
    remind_days_before: list[int] | None = None,
    expenses: Iterable[ExpenseTerms] = USUAL_EXPENSES,
    second_approval_above_pence: Pence | None = None,
    no_receipt: NoReceiptTerms | None = None,
) -> PolicyVersion:
    """Keep the draft of a programme's next version, in place of any draft there is. Returns the PolicyVersion.

    `fees` holds an ActivityFee for each activity and role with a fee of its own and one for the rest; an activity with
    neither is not paid for time. Mileage is repaid at HMRC's rates (`hmrc_rates`) or at `pence_per_mile`; with neither
    it is not covered. `expenses` holds an ExpenseTerms for each kind covered besides mileage; None in `no_receipt` is
    nothing without a receipt. What is cancelled `cancel_within_days` days before, or fewer, is paid
    `cancel_share_percent` per cent; nothing where both are None. `remind_days_before` lists when people are reminded of
    unsent claims, in days before the time to claim ends; the usual days unless told. Two members of staff approve what
    is above `second_approval_above_pence` (None: never). Raises PolicyError when it would hold from a day that has
    passed, when a full day is paid less than half a day, and when a fee, a limit or a share makes no sense.
    """
    # The programme's row stands for its list of versions: two people at once work on one draft, one after the other.
    programme = _locked(programme, by)
    _must_hold_later(programme, effective_from)
    _must_make_sense(fees, preparation_included)
    if (cancel_within_days is None) != (cancel_share_percent is None):
        raise PolicyError(_("Enter both the days and the share, or neither."), field="cancel_within_days")
    version = queries.draft_of(programme) or _next_version(programme)
    version.effective_from = effective_from
    version.changed_at = timezone.now()
    version.preparation_included = preparation_included
    version.pay_within_working_days = pay_within_working_days
    version.claim_window_months = claim_window_months
    version.cancel_within_days, version.cancel_share_percent = cancel_within_days, cancel_share_percent
    version.remind_days_before = usual_reminders() if remind_days_before is None else remind_days_before
    version.second_approval_above_pence = second_approval_above_pence
    _repay_without_receipt(version, no_receipt)
    version.save()
    _replace_rates(version, fees, expenses)
    if hmrc_rates or pence_per_mile is not None:
        _cover_mileage(version, None if hmrc_rates else pence_per_mile)
    return version


def _repay_without_receipt(version: PolicyVersion, terms: NoReceiptTerms | None) -> None:
    version.no_receipt_up_to_pence = terms.up_to_pence if terms else None
    version.no_receipt_second_above_pence = terms.second_above_pence if terms else None


def _next_version(programme: Programme) -> PolicyVersion:
    latest = PolicyVersion.objects.filter(programme=programme).order_by("-number").first()
    return PolicyVersion(programme=programme, number=latest.number + 1 if latest else 1)


def _replace_rates(version: PolicyVersion, fees: Iterable[ActivityFee], expenses: Iterable[ExpenseTerms]) -> None:
    version.fee_rules.all().delete()
    version.expense_rules.all().delete()
    for fee in fees:
        FeeRule.objects.create(version=version, activity=fee.activity, role=fee.role, **asdict(fee.terms))
    for terms in expenses:
        _cover(version, terms)


def _cover_mileage(version: PolicyVersion, pence_per_mile: Decimal | None) -> None:
    """Cover journeys by one's own vehicle at `pence_per_mile`, or at HMRC's rates where it is None."""
    ExpenseRule.objects.create(
        version=version,
        kind=ExpenseKind.MILEAGE,
        hmrc_rates=pence_per_mile is None,
        pence_per_mile=pence_per_mile,
        receipt_needed=False,
    )


@action
def publish_draft(*, programme: Programme, by: User, changed_at: dt.datetime | None = None) -> PolicyVersion:
    """Publish the draft of a programme's next version; it never changes afterwards. Returns the PolicyVersion.

    This is the bare step: `publishing.actions.publish` takes it, with the reason and what follows for people.

    `changed_at` is when the draft that was read was last changed: one that somebody changed since is not published
    unread. Raises PolicyError for that, where there is no draft, and where it would hold from a day that has passed.
    """
    programme = _locked(programme, by)
    version = queries.draft_of(programme)
    if version is None:
        raise PolicyError(_("There is no draft to publish. Somebody may have published it or thrown it away."))
    if changed_at is not None and version.changed_at != changed_at:
        raise PolicyError(_("Somebody changed the draft after you opened this page. Read it again, then publish it."))
    _must_hold_later(programme, version.effective_from)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    return version


@action
def keep_offers(*, event: Event, invitations: Iterable[Invitation], by: User | None) -> None:
    """Keep for each of `invitations` to `event` that its person was told of the version in force on its day.

    Who was told of a version before keeps that one; without a version nobody was told of any.
    """
    version = queries.policy_in_force(event.programme, event.day)
    ids = [invitation.pk for invitation in invitations]
    if version is None or not ids:
        return
    told = set(InvitationOffer.objects.filter(invitation__in=ids).values_list("invitation", flat=True))
    InvitationOffer.objects.bulk_create(
        [InvitationOffer(invitation_id=pk, version=version) for pk in ids if pk not in told],
        ignore_conflicts=True,
        batch_size=500,
    )


@action
def discard_draft(*, programme: Programme, by: User) -> None:
    """Throw the draft of a programme's next version away. Raises PolicyError where there is none."""
    programme = _locked(programme, by)
    version = queries.draft_of(programme)
    if version is None:
        raise PolicyError(_("There is no draft to throw away."))
    version.delete()


def _locked(programme: Programme, by: User) -> Programme:
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_set_policy(by, programme).insist(PolicyError)
    return programme


def _must_hold_later(programme: Programme, effective_from: dt.date) -> None:
    latest = (
        PolicyVersion.objects.filter(programme=programme, published_at__isnull=False)
        .order_by("-effective_from")
        .first()
    )
    if latest is None:
        return
    today = timezone.localdate()
    if effective_from < today:
        raise PolicyError(
            _("What was promised for a day that has passed stays. Choose %(day)s or later.")
            % {"day": long_date(max(today, latest.effective_from))},
            field="effective_from",
        )
    if effective_from < latest.effective_from:
        raise PolicyError(
            _("Version %(number)s is published and starts on %(day)s. Choose that day, to replace it, or a later one.")
            % {"number": latest.number, "day": long_date(latest.effective_from)},
            field="effective_from",
        )


def _cover(version: PolicyVersion, terms: ExpenseTerms) -> None:
    by_hours = terms.cap_per == CapPer.HOURS_AWAY
    if by_hours and not terms.bands:
        raise PolicyError(_("Enter from how many hours away you pay for meals, and up to what."))
    if terms.cap_per in {CapPer.NIGHT, CapPer.HOUR} and terms.cap_pence is None:
        raise PolicyError(_("Enter the most you pay for each night or hour."))
    rule = ExpenseRule.objects.create(
        version=version,
        kind=terms.kind,
        cap_pence=None if by_hours else terms.cap_pence,
        cap_per=terms.cap_per,
        receipt_needed=terms.receipt_needed,
        receipt_above_pence=terms.receipt_above_pence if terms.receipt_needed else 0,
        needs_prior_approval=terms.needs_prior_approval,
        agreed_by=terms.agreed_by,
        need_is_enough=terms.need_is_enough and terms.needs_prior_approval,
    )
    if by_hours:
        for from_hours, pence in terms.bands:
            SubsistenceBand.objects.create(rule=rule, from_hours=from_hours, cap_pence=pence)


def _must_make_sense(fees: Collection[ActivityFee], preparation_included: bool) -> None:
    for fee in fees:
        terms = fee.terms
        by_day = terms.method == calculations.HALF_OR_FULL_DAY
        if by_day and (terms.full_day_pence or 0) < (terms.half_day_pence or 0):
            raise PolicyError(
                _("A full day cannot be paid less than half a day."),
                field=None if fee.activity or fee.role else "full_day",
            )
        if fee.activity == Activity.PREPARATION and preparation_included:
            raise PolicyError(
                _(
                    "You say that the payment includes time to prepare, so preparation cannot have a rate of its own."
                    " Choose “No” here, or leave that rate out."
                ),
                field="preparation_included",
            )
    named = [(fee.activity, fee.role) for fee in fees]
    if len(set(named)) < len(named):
        raise PolicyError(_("An activity can have one rate only, and one for each role."))


# Days the programme is closed


@action
def add_closed_day(*, programme: Programme, by: User, day: dt.date, name: str) -> ClosedDay:
    """Say that the programme is closed on `day`, besides weekends and bank holidays. Returns the ClosedDay.

    Claims sent from now on are promised with it; promises already made stay. Raises PolicyError when the day is closed
    already or has no name.
    """
    _locked(programme, by)
    if not name.strip():
        raise PolicyError(_("Enter what day it is, such as “Office closed”."), field="name")
    try:
        with transaction.atomic():
            return ClosedDay.objects.create(programme=programme, day=day, name=name.strip()[:100])
    except IntegrityError:
        raise PolicyError(_("This day is on the list already."), field="day") from None


@action
def remove_closed_day(*, closed_day: ClosedDay, by: User) -> None:
    """Take a day off the list of days the programme is closed. Promises already made stay."""
    _locked(closed_day.programme, by)
    ClosedDay.objects.filter(pk=closed_day.pk).delete()
