"""Publishing a new version of how a programme pays people."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import rules
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


@transaction.atomic
def publish(
    *,
    programme,
    by,
    holds_from,
    half_day_pence,
    full_day_pence,
    half_day_hours,
    pence_per_mile,
    pay_within_working_days,
    claim_window_months,
    preparation_included=True,
    limit_is_half_day=True,
    expenses=USUAL_EXPENSES,
):
    """Publish the next version of a programme's policy; it never changes afterwards. Returns the PolicyVersion.

    Amounts are pence, `half_day_hours` and `pence_per_mile` Decimal (None: mileage is not covered). `expenses` holds
    an ExpenseTerms for each kind covered besides mileage. Raises PolicyError when a later version would hold from a
    day that has passed: what was promised for a day stays.
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
    if full_day_pence < half_day_pence:
        raise PolicyError(_("A full day cannot be paid less than half a day."), field="full_day")
    version = PolicyVersion.objects.create(
        programme=programme,
        number=latest.number + 1 if latest else 1,
        holds_from=holds_from,
        preparation_included=preparation_included,
        pay_within_working_days=pay_within_working_days,
        claim_window_months=claim_window_months,
    )
    FeeRule.objects.create(
        version=version,
        method=FeeRule.Method.HALF_OR_FULL_DAY,
        half_day_pence=half_day_pence,
        full_day_pence=full_day_pence,
        half_day_hours=half_day_hours,
        limit_is_half_day=limit_is_half_day,
    )
    for terms in expenses:
        ExpenseRule.objects.create(
            version=version,
            kind=terms.kind,
            cap_pence=terms.cap_pence,
            receipt_needed=terms.receipt_needed,
            receipt_above_pence=terms.receipt_above_pence,
            agree_first=terms.agree_first,
        )
    if pence_per_mile is not None:
        ExpenseRule.objects.create(
            version=version, kind=ExpenseKind.MILEAGE, pence_per_mile=pence_per_mile, receipt_needed=False
        )
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    return version
