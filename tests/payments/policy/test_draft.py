"""The next version as a draft: seen by staff alone, compared with the last quarter, published in one step."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from payments.claims.actions import sending
from payments.models import Claim, ClaimLine, PolicyVersion
from payments.policy import actions as policy_actions
from payments.policy import queries as policy_queries
from payments.policy.actions import ActivityFee, ExpenseTerms, PolicyError
from payments.policy.calculations import FIXED, PER_HOUR, FeeTerms, half_or_full_day, last_quarter
from payments.reports.preview import preview
from programmes.models import Term
from tests import factories

TODAY = dt.date(2026, 11, 23)
IN_THE_QUARTER = dt.date(2026, 8, 14)


def draft(scene, *, by=None, fees=None, **more):
    more.setdefault("effective_from", timezone.localdate() + dt.timedelta(days=30))
    more.setdefault("expenses", [ExpenseTerms("parking")])
    return policy_actions.save_draft(
        programme=scene.programme,
        by=by or scene.staff,
        fees=[ActivityFee(half_or_full_day(6000, 12000, Decimal(4)))] if fees is None else fees,
        pay_within_working_days=10,
        claim_window_months=3,
        **more,
    )


# The draft itself


def test_there_is_one_draft_and_saving_again_replaces_it(scene):
    first = draft(scene)
    again = draft(scene, fees=[], by=scene.staff_two)
    assert again == first
    assert (first.number, list(again.fee_rules.all())) == (2, [])
    assert again.expense_rules.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.a_draft(scene.programme)
    factories.a_draft(scene.other)


def test_a_draft_changes_nothing_for_anyone(scene, signed_in):
    version = draft(scene, effective_from=timezone.localdate())
    assert policy_queries.policy_in_force(scene.programme, timezone.localdate()) == scene.policy
    for user in (None, scene.person, scene.finance):
        page = signed_in(user).get(reverse("policy", args=[scene.programme.slug])).text
        assert "£60.00" not in page
        assert "draft" not in page
    page = signed_in(scene.staff).get(reverse("policy", args=[scene.programme.slug])).text
    assert "There is a draft of how you pay people" in page
    assert "£60.00" not in page
    assert version.published_at is None


def test_publishing_is_one_step_and_final(scene):
    draft(scene)
    version = policy_actions.publish_draft(programme=scene.programme, by=scene.staff)
    assert version.published_at
    assert policy_queries.draft_of(scene.programme) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE payments_policyversion SET published_at = NULL WHERE id = %s", [version.pk])
    with pytest.raises(PolicyError, match="no draft"):
        policy_actions.publish_draft(programme=scene.programme, by=scene.staff)


def test_a_draft_that_somebody_changed_since_is_not_published_unread(scene):
    read = draft(scene).changed_at
    draft(scene, fees=[])
    with pytest.raises(PolicyError, match="Somebody changed the draft"):
        policy_actions.publish_draft(programme=scene.programme, by=scene.staff, changed_at=read)


def test_a_draft_whose_day_has_gone_by_is_not_published(scene):
    version = draft(scene)
    PolicyVersion.objects.filter(pk=version.pk).update(effective_from=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(PolicyError, match="What was promised") as refusal:
        policy_actions.publish_draft(programme=scene.programme, by=scene.staff)
    assert refusal.value.field == "effective_from"


@pytest.mark.parametrize("who", ["person", "finance", "steering", "elsewhere", "stranger"])
def test_only_staff_draft_publish_and_throw_away(scene, who):
    user = getattr(scene, who)
    with pytest.raises(PolicyError, match="Only programme staff"):
        draft(scene, by=user)
    draft(scene)
    for act in (policy_actions.publish_draft, policy_actions.discard_draft):
        with pytest.raises(PolicyError, match="Only programme staff"):
            act(programme=scene.programme, by=user)
    assert policy_queries.draft_of(scene.programme)


def test_a_draft_thrown_away_leaves_everything_as_it_was(scene):
    draft(scene)
    policy_actions.discard_draft(programme=scene.programme, by=scene.staff)
    assert policy_queries.draft_of(scene.programme) is None
    assert list(policy_queries.policies(scene.programme)) == [scene.policy]
    with pytest.raises(PolicyError, match="no draft"):
        policy_actions.discard_draft(programme=scene.programme, by=scene.staff)


# The pages

ANSWERS = {
    "effective_from_day": "1",
    "effective_from_month": "1",
    "effective_from_year": "2099",
    "method": "fixed",
    "unit": "77",
    "mileage": "none",
    "preparation_included": "yes",
    "pay_within_working_days": "10",
    "claim_window_months": "3",
    "rates": "0",
}


def at(name, scene):
    return reverse(name, args=[scene.programme.slug])


def test_staff_go_from_draft_to_comparison_to_publishing(scene, signed_in):
    client = signed_in(scene.staff)
    response = client.post(at("policy_draft", scene), ANSWERS, follow=True)
    assert response.redirect_chain == [(at("policy_preview", scene), 302)]
    assert "We pay £77.00, however long it takes." in response.text
    assert "Only staff can see it." in response.text
    assert 'value="77.00"' in client.get(at("policy_draft", scene)).text, "the draft is what one goes on with"
    page = client.get(at("policy_publish", scene))
    assert "It applies to activities on Thursday 1 January 2099 and later." in page.text
    assert "it never changes" in page.text
    done = client.post(
        at("policy_publish", scene), {**page.context["form"].initial, "reason": "As agreed."}, follow=True
    )
    assert "Version 2 is published" in done.text
    assert "We pay £77.00" in signed_in(None).get(at("policy", scene)).text


def test_publishing_what_one_has_not_read_is_refused_on_the_page(scene, signed_in):
    draft(scene)
    client = signed_in(scene.staff)
    page = client.get(at("policy_publish", scene))
    draft(scene, fees=[], by=scene.staff_two)
    for sent in (page.context["form"].initial, {}, {"changed_at": "yesterday"}):
        answer = client.post(at("policy_publish", scene), {**sent, "reason": "As agreed."})
        assert answer.status_code == 200
        assert "Read it again, then publish it." in answer.text or "Read the draft again" in answer.text
        assert "As agreed." in answer.text, "nothing typed is lost"
    assert policy_queries.draft_of(scene.programme)
    again = {"changed_at": answer.context["form"]["changed_at"].value(), "reason": "As agreed."}
    assert client.post(at("policy_publish", scene), again).status_code == 302


def test_throwing_the_draft_away_is_asked_once_more(scene, signed_in):
    draft(scene)
    client = signed_in(scene.staff)
    assert "Throw the draft away?" in client.get(at("policy_discard", scene)).text
    assert policy_queries.draft_of(scene.programme)
    assert client.post(at("policy_discard", scene)).url == at("policy", scene)
    assert policy_queries.draft_of(scene.programme) is None
    for name in ("policy_preview", "policy_publish", "policy_discard"):
        assert client.get(at(name, scene)).url == at("policy", scene), "there is nothing to look at"


# The cost of a draft


def a_claim(
    scene, *, day=IN_THE_QUARTER, status="submitted", activity="meeting", hours=3, pence=5000, expenses=(), **more
):
    """A sent claim of that day with a line of time (none when `pence` is None) and `expenses`, fields of lines each."""
    claim = factories.a_claim(
        scene.programme, more.pop("person", scene.person.person), activity_date=day, policy=scene.policy, **more
    )
    Claim.objects.filter(pk=claim.pk).update(activity=activity)
    if pence is None:
        claim.lines.all().delete()
    else:
        claim.lines.update(hours=hours, amount_pence=pence)
    for fields in expenses:
        ClaimLine.objects.create(claim=claim, category="expense", on=day, description="x", **fields)
    claim.refresh_from_db()
    if status != "draft":
        claim.status = status
        if status == "submitted":
            claim.submitted_at, claim.submitted_by, claim.pay_by = timezone.now(), claim.person, day
        claim.save()
    return claim


def rows(found):
    return [(row.label, row.claims, row.was, row.would) for row in (*found.time, *found.expenses, found.total)]


def test_the_last_quarter_is_the_last_whole_one():
    assert last_quarter(TODAY) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert last_quarter(dt.date(2026, 1, 1)) == (dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    assert last_quarter(dt.date(2026, 3, 31)) == (dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    assert last_quarter(dt.date(2026, 4, 1)) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))


def test_claims_of_the_quarter_are_worked_out_again_by_activity_and_expense(scene):
    a_claim(scene, expenses=[{"expense_kind": "parking", "amount_pence": 900}])
    a_claim(scene, hours=5, pence=10000, expenses=[{"expense_kind": "childcare", "amount_pence": 3000}])
    a_claim(scene, activity="document_review", hours=2)
    found = preview(
        draft(
            scene,
            fees=[
                ActivityFee(half_or_full_day(6000, 12000, Decimal(4))),
                ActivityFee(FeeTerms(FIXED, unit_pence=2500), "document_review"),
            ],
            expenses=[ExpenseTerms("parking", cap_pence=500)],
        ),
        on=TODAY,
    )
    assert (found.first, found.last) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert rows(found) == [
        ("Meeting", 2, 15000, 18000),
        ("Reading and commenting on a document", 1, 5000, 2500),
        ("Parking", 1, 900, 500),
        ("Childcare", 1, 3000, 0),
        ("In all", 3, 23900, 21000),
    ]
    assert (found.total.difference, found.total.less) == (-2900, 2900)


def test_only_claims_that_were_sent_and_not_taken_back_count_and_only_of_the_quarter(scene):
    a_claim(scene, status="draft")
    a_claim(scene, status="withdrawn")
    nothing = preview(draft(scene), on=TODAY)
    assert (rows(nothing), nothing.span) == ([("In all", 0, 0, 0)], "all")
    for day in (dt.date(2026, 6, 30), dt.date(2026, 10, 1)):
        a_claim(scene, day=day)
    a_claim(scene, day=dt.date(2026, 7, 1))
    a_claim(scene, day=dt.date(2026, 9, 30))
    assert preview(policy_queries.draft_of(scene.programme), on=TODAY).total.claims == 2


def test_what_was_decided_for_a_line_stands(scene):
    claim = a_claim(scene, expenses=[{"expense_kind": "parking", "amount_pence": 900}])
    line = claim.lines.get(category="expense")
    # As an approver leaves it.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_claimline SET approved_pence = 400, decision_reason = 'Half of it.' WHERE id = %s",
            [line.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    found = preview(draft(scene), on=TODAY)
    assert rows(found)[1] == ("Parking", 1, 400, 400)


def test_time_that_was_not_paid_then_is_worked_out_from_its_event(scene):
    event = factories.an_event(scene.programme, hours=6)
    a_claim(scene, pence=None, event=event, expenses=[{"expense_kind": "parking", "amount_pence": 100}])
    assert rows(preview(draft(scene), on=TODAY))[0] == ("Meeting", 1, 0, 12000)


def test_roles_held_that_day_count(scene):
    a_claim(scene)
    other = factories.a_person()
    group = factories.a_steering_group(scene.programme)
    Term.objects.create(group=group, person=other, seat="lived_experience", starts_on=dt.date(2026, 1, 1))
    a_claim(scene, person=other)
    fees = [
        ActivityFee(FeeTerms(FIXED, unit_pence=5000)),
        ActivityFee(FeeTerms(FIXED, unit_pence=8000), role="steering"),
    ]
    assert rows(preview(draft(scene, fees=fees), on=TODAY))[0] == ("Meeting", 2, 10000, 13000)


def test_a_cancelled_day_is_worked_out_by_its_share_and_when_it_was_cancelled(scene):
    event = factories.an_event(scene.programme, status="cancelled")
    claim = a_claim(scene, event=event, pence=2500)
    Claim.objects.filter(pk=claim.pk).update(
        created_at=dt.datetime(2026, 8, 12, 9, tzinfo=timezone.get_current_timezone())  # two days before
    )
    for within, would in ((2, 6000), (1, 0)):
        version = draft(scene, cancel_within_days=within, cancel_share_percent=100)
        assert rows(preview(version, on=TODAY))[-1] == ("In all", 1, 2500, would)


def test_mileage_is_worked_out_by_hmrcs_rates_and_the_miles_of_the_year_so_far(scene):
    drive = {"expense_kind": "mileage", "amount_pence": 0}
    a_claim(scene, day=dt.date(2026, 5, 1), expenses=[{**drive, "miles": Decimal(9990), "vehicle": "car"}])
    a_claim(scene, day=dt.date(2026, 4, 5), expenses=[{**drive, "miles": Decimal(500), "vehicle": "car"}])
    a_claim(
        scene,
        expenses=[
            {**drive, "miles": Decimal(20), "vehicle": "car", "passengers": 1},
            {**drive, "miles": Decimal(10), "vehicle": "bicycle"},
            {**drive, "miles": Decimal(10), "amount_pence": 400},
        ],
    )
    found = preview(draft(scene, hmrc_rates=True), on=TODAY)
    pence = 10 * 55 + 10 * 25 + 20 * 5 + 10 * 20 + 10 * 25
    assert rows(found)[1] == ("Driving your own car", 1, 400, pence)
    assert any("1 journey does not say what was driven" in note for note in found.notes)
    own = preview(draft(scene, pence_per_mile=Decimal(50)), on=TODAY)
    assert rows(own)[1] == ("Driving your own car", 1, 400, 2000)


def test_what_cannot_be_worked_out_again_is_said_plainly(scene):
    hotel = {"expense_kind": "overnight", "amount_pence": 20000}
    a_claim(scene, expenses=[hotel, {**hotel, "nights": 1}])
    version = draft(
        scene,
        expenses=[
            ExpenseTerms("overnight", cap_pence=12000, cap_per="night"),
            ExpenseTerms("taxi", needs_prior_approval=True),
        ],
        cancel_within_days=2,
        cancel_share_percent=50,
    )
    found = preview(version, on=TODAY)
    assert rows(found)[1] == ("Overnight stay", 1, 40000, 32000)
    assert found.notes == (
        "Only what people did claim is counted. What they would have claimed under the draft is not known.",
        "1 expense does not say how many nights or hours it was for, so it counts as it was.",
        "We count costs that need agreement first as if they had been agreed.",
        "We count cancelled events only where people were paid for them.",
    )


def test_the_page_shows_the_sums_and_differences(scene, signed_in, monkeypatch):
    monkeypatch.setattr("payments.policy.views.timezone.localdate", lambda *args: TODAY)
    a_claim(scene, expenses=[{"expense_kind": "parking", "amount_pence": 900}])
    draft(scene, effective_from=dt.date(2030, 1, 1))
    page = signed_in(scene.staff).get(at("policy_preview", scene)).text
    for words in (
        "1 claim for activities from Wednesday 1 July 2026 to Wednesday 30 September 2026",
        "£10.00 more",
        "The same",
        "£69.00",
        "What these figures leave out",
    ):
        assert words in page


def test_without_claims_in_the_quarter_the_last_three_months_count_then_all(scene, signed_in):
    draft(scene)
    client = signed_in(scene.staff)
    assert "Nobody has sent a claim yet, so there is nothing" in client.get(at("policy_preview", scene)).text
    a_claim(scene, day=dt.date(2026, 3, 2))
    a_claim(scene, day=dt.date(2026, 4, 2))
    page = client.get(at("policy_preview", scene))
    assert page.context["preview"].span == "all"
    assert "All 2 claims so far, for activities from Monday 2 March 2026 to Thursday 2 April 2026" in page.text
    a_claim(scene, day=dt.date(2026, 11, 2))
    page = client.get(at("policy_preview", scene))
    assert (page.context["preview"].span, page.context["preview"].total.claims) == ("months", 1)
    assert "the last three months, worked out again under the draft. The last whole quarter has no claims." in page.text
    a_claim(scene)
    assert client.get(at("policy_preview", scene)).context["preview"].span == "quarter"


def test_many_claims_are_compared_in_as_many_queries_as_few(scene, django_assert_num_queries):
    draft(scene, hmrc_rates=True, fees=[ActivityFee(FeeTerms(PER_HOUR, unit_pence=1000), role="steering")])

    def add(number):
        for _n in range(number):
            event = factories.an_event(scene.programme)
            person = factories.a_person()
            factories.an_invitation(event, person, facilitates=True)
            drive = {"expense_kind": "mileage", "miles": Decimal(5), "vehicle": "car", "amount_pence": 1}
            a_claim(scene, person=person, event=event, expenses=[drive])

    for more in (3, 27):
        add(more)
        version = policy_queries.draft_of(scene.programme)
        with django_assert_num_queries(7):
            found = preview(version, on=TODAY)
    assert found.total.claims == 30


def test_what_a_claim_was_priced_with_stays_when_another_version_is_published(scene, claim_in):
    claim = claim_in("draft")
    draft(scene, effective_from=timezone.localdate())
    policy_actions.publish_draft(programme=scene.programme, by=scene.staff)
    sending.submit(claim=claim, by=scene.person)
    claim.refresh_from_db()
    assert claim.policy == scene.policy
    assert claim.lines.get().amount_pence == 5000
