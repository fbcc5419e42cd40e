"""The claims that the numbers of reports are worked out from by hand."""

import datetime as dt

from payments.models import Claim
from tests.helpers.reporting import a_settled_claim

D = dt.date


def paid_in_october(programme, ann, bo, cy):
    """Return three claims: one paid in time, one a day late, one whose fee goes to a charity."""
    return [
        # In time: Thursday 1 October to Thursday 8 October is 5 working days, 7 days.
        a_settled_claim(
            programme,
            ann,
            activity_on=D(2026, 10, 1),
            sent_on=D(2026, 10, 2),
            approved_on=D(2026, 10, 5),
            paid_on=D(2026, 10, 8),
            pay_by=D(2026, 10, 16),
            fee=5000,
            expenses=[("public_transport", 1250), ("parking", 300)],
        ),
        # Late by a day: Friday 2 October to Monday 19 October, 11 working days, 17 days.
        a_settled_claim(
            programme,
            bo,
            activity_on=D(2026, 10, 2),
            sent_on=D(2026, 10, 2),
            approved_on=D(2026, 10, 6),
            paid_on=D(2026, 10, 19),
            pay_by=D(2026, 10, 18),
            fee=10000,
            expenses=[("public_transport", 999)],
            recognition="part",
            waived=4000,
            activity="workshop",
        ),
        a_settled_claim(
            programme,
            cy,
            activity_on=D(2026, 10, 5),
            sent_on=D(2026, 10, 6),
            approved_on=D(2026, 10, 7),
            paid_on=D(2026, 10, 8),
            pay_by=D(2026, 10, 20),
            fee=5000,
            expenses=[("childcare", 4001)],
            recognition="charity",
            donation=5000,
            activity="workshop",
        ),
    ]


def paid_in_november(programme, ann):
    """Return two claims of Ann's: one by voucher, one through payroll with an advance taken off."""
    return [
        a_settled_claim(
            programme,
            ann,
            activity_on=D(2026, 11, 2),
            sent_on=D(2026, 11, 3),
            approved_on=D(2026, 11, 4),
            paid_on=D(2026, 11, 5),
            pay_by=D(2026, 11, 17),
            fee=5000,
            recognition="voucher",
            voucher=5000,
        ),
        a_settled_claim(
            programme,
            ann,
            activity_on=D(2026, 11, 3),
            sent_on=D(2026, 11, 3),
            approved_on=D(2026, 11, 4),
            paid_on=D(2026, 11, 6),
            pay_by=D(2026, 11, 17),
            fee=7000,
            expenses=[("public_transport", 2000)],
            payroll=7000,
            netted=500,
        ),
    ]


def add_claims_that_count_otherwise(scene, people):
    """Make one claim sent back by the bank, one of nothing, and one of another programme."""
    ann, bo, _cy = people
    returned = a_settled_claim(
        scene.programme,
        bo,
        activity_on=D(2026, 10, 7),
        sent_on=D(2026, 10, 7),
        approved_on=D(2026, 10, 8),
        paid_on=D(2026, 10, 9),
        fee=8800,
    )
    returned.status, returned.paid_on = Claim.Status.PAYMENT_FAILED, None
    returned.save()
    # Nothing is left to give: all declined.
    a_settled_claim(
        scene.programme,
        bo,
        activity_on=D(2026, 10, 20),
        sent_on=D(2026, 10, 20),
        approved_on=D(2026, 10, 21),
        fee=3000,
        recognition="none",
        waived=3000,
    )
    a_settled_claim(
        scene.other,
        ann,
        activity_on=D(2026, 10, 1),
        sent_on=D(2026, 10, 1),
        approved_on=D(2026, 10, 2),
        paid_on=D(2026, 10, 3),
        fee=99900,
        expenses=[("parking", 77)],
    )
