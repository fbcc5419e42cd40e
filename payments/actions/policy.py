"""Publishing a new version of how a programme pays people."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import calculations, rules
from payments.calculations import FeeTerms
from payments.models import ExpenseRule, FeeRule, PolicyVersion
from payments.models.policy import ExpenseKind
from programmes.models import Programme
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError


class PolicyError(ActionError):
    """A rule refused a version of the policy."""


@dataclass(frozen=True)
class ExpenseTerms:
    """One kind of expense that is covered: up to `cap_pence` (None for no limit), with what proof."""

    kind: str
    cap_pence: int | None = None
    receipt_needed: bool = True
    receipt_above_pence: int = 0
    agree_first: bool = False


# What a programme covers unless it says otherwise. Mileage is covered when a rate a mile is given.
USUAL_EXPENSES = (
    ExpenseTerms(ExpenseKind.PUBLIC_TRANSPORT),
    ExpenseTerms(ExpenseKind.TAXI, agree_first=True),
    ExpenseTerms(ExpenseKind.PARKING),
    ExpenseTerms(ExpenseKind.CHILDCARE),
    ExpenseTerms(ExpenseKind.REPLACEMENT_CARER),
    ExpenseTerms(ExpenseKind.PERSONAL_ASSISTANT, agree_first=True),
)


@dataclass(frozen=True)
class ActivityFee:
    """What time at one activity is paid. A blank `activity` is for every activity without a fee of its own."""

    terms: FeeTerms
    activity: str = ""


@transaction.atomic
def publish(
    *,
    programme,
    by,
    holds_from,
    fees,
    pay_within_working_days,
    claim_window_months,
    pence_per_mile=None,
    hmrc_rates=False,
    preparation_included=True,
    expenses=USUAL_EXPENSES,
    second_approval_above_pence=None,
):
    """Publish the next version of a programme's policy; it never changes afterwards. Returns the PolicyVersion.

    `fees` holds an ActivityFee for each activity with a fee of its own and one for the rest; an activity with neither
    is not paid for time. Mileage is repaid at HMRC's rates (`hmrc_rates`) or at `pence_per_mile` (Decimal); with
    neither it is not covered. `expenses` holds an ExpenseTerms for each kind covered besides mileage. Two members of
    staff approve what is above `second_approval_above_pence` (None: never). Raises
    PolicyError when a later version would hold from a day that has passed, as what was promised for a day stays; when
    a full day is paid less than half a day; when an activity has two fees.
    """
    # The programme's row stands for its list of versions: two people publishing at once get two numbers.
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    ruling = rules.can_set_policy(by, programme)
    if not ruling:
        raise PolicyError(ruling.why_not)
    latest = PolicyVersion.objects.filter(programme=programme).order_by("-number").first()
    earliest = max(timezone.localdate(), latest.holds_from) if latest else None
    if earliest and holds_from < earliest:
        raise PolicyError(
            _("What was promised for a day that has passed stays. Choose %(day)s or later.")
            % {"day": long_date(earliest)},
            field="holds_from",
        )
    _must_make_sense(fees)
    version = PolicyVersion.objects.create(
        programme=programme,
        number=latest.number + 1 if latest else 1,
        holds_from=holds_from,
        preparation_included=preparation_included,
        pay_within_working_days=pay_within_working_days,
        claim_window_months=claim_window_months,
        second_approval_above_pence=second_approval_above_pence,
    )
    for fee in fees:
        FeeRule.objects.create(version=version, activity=fee.activity, **asdict(fee.terms))
    for terms in expenses:
        ExpenseRule.objects.create(
            version=version,
            kind=terms.kind,
            cap_pence=terms.cap_pence,
            receipt_needed=terms.receipt_needed,
            receipt_above_pence=terms.receipt_above_pence,
            agree_first=terms.agree_first,
        )
    if hmrc_rates or pence_per_mile is not None:
        ExpenseRule.objects.create(
            version=version,
            kind=ExpenseKind.MILEAGE,
            hmrc_rates=hmrc_rates,
            pence_per_mile=None if hmrc_rates else pence_per_mile,
            receipt_needed=False,
        )
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    return version


def _must_make_sense(fees):
    for fee in fees:
        terms = fee.terms
        if terms.method == calculations.HALF_OR_FULL_DAY and terms.full_day_pence < terms.half_day_pence:
            raise PolicyError(
                _("A full day cannot be paid less than half a day."), field=None if fee.activity else "full_day"
            )
    activities = [fee.activity for fee in fees]
    if len(set(activities)) < len(activities):
        raise PolicyError(_("An activity can have one rate only."))
