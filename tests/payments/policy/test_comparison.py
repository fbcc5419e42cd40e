"""Two versions side by side, as they are put before a steering group."""

import datetime as dt
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from payments.policy import actions as policy_actions
from payments.policy import queries as policy_queries
from payments.policy.actions import ActivityFee, ExpenseTerms
from payments.policy.calculations import FIXED, PER_HOUR, FeeTerms, half_or_full_day
from payments.policy.comparison import compare

TODAY = dt.date(2026, 11, 23)


def draft(scene, fees=None, **more):
    more.setdefault("pay_within_working_days", 10)
    more.setdefault("claim_window_months", 3)
    policy_actions.save_draft(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        fees=[ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))] if fees is None else fees,
        **more,
    )
    return policy_queries.draft_of(scene.programme)


def lines(scene, version):
    return {line.what: line for line in compare(scene.policy, version, TODAY)}


def test_each_line_says_what_is_now_what_is_new_and_the_difference(scene):
    found = lines(
        scene,
        draft(
            scene,
            fees=[
                ActivityFee(half_or_full_day(6000, 9500, Decimal(4))),
                ActivityFee(FeeTerms(PER_HOUR, unit_pence=2000), "document_review"),
            ],
            expenses=[ExpenseTerms("parking", cap_pence=1500), ExpenseTerms("overnight", cap_pence=9000)],
            pence_per_mile=Decimal(45),
            pay_within_working_days=5,
            claim_window_months=4,
            cancel_within_days=2,
            cancel_share_percent=50,
            second_approval_above_pence=20000,
            remind_days_before=[],
        ),
    )
    assert {what: line.difference for what, line in found.items()} == {
        "Time: Reading and commenting on a document": "New",
        "Time: everything else": "Half a day: £10.00 more. A full day: £5.00 less",
        "Time to prepare": "No change",
        "Train, bus or tram fare": "No longer covered",
        "Parking": "A limit where there was none",
        "Childcare": "No longer covered",
        "Something else": "No longer covered",
        "Driving your own car": "5p a mile more",
        "Taxi": "No longer covered",
        "Overnight stay": "New",
        "When we pay": "5 working days sooner",
        "Time to send a claim": "1 month more",
        "If we cancel": "Changed",
        "Reminders of unsent claims": "Changed",
        "Without a receipt": "No change",
        "Two people approve": "Changed",
    }
    assert found["Parking"].now == "We need your receipt."
    assert found["Parking"].new == "Up to £15.00 each time. We need your receipt."
    assert not found["Time to prepare"].is_changed


def test_a_rate_that_is_worked_out_otherwise_or_gone_says_so(scene):
    found = lines(scene, draft(scene, fees=[ActivityFee(FeeTerms(FIXED, unit_pence=5000))]))
    assert found["Time"].difference == "Worked out in another way"
    found = lines(scene, draft(scene, fees=[]))
    assert (found["Time"].new, found["Time"].difference) == ("Not paid", "No longer")
    found = lines(scene, draft(scene, fees=[ActivityFee(half_or_full_day(5000, 10000, Decimal(3)))]))
    assert found["Time"].difference == "Half a day ends elsewhere"


def test_of_the_first_version_every_line_is_new(scene):
    assert {line.difference for line in compare(None, draft(scene), TODAY)} == {"New"}


def test_the_draft_page_shows_the_table(scene, signed_in):
    draft(scene, claim_window_months=2)
    page = signed_in(scene.staff).get(reverse("policy_preview", args=[scene.programme.slug])).text
    for words in ("What changes, line by line", "Version 1, from", "Version 2, from", "1 month less", "No change"):
        assert words in page
