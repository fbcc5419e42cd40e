"""Tests of what each kind of expense is repaid: limits, receipts, and what is agreed before."""

import datetime as dt
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from payments.claims import queries as claim_queries
from payments.claims.actions import filling, receipts, sending
from payments.claims.transitions import ClaimError
from payments.models import ClaimLine, ExpenseRule, PolicyVersion, SubsistenceBand
from payments.pages import queries as page_queries
from payments.policy import actions as policy_actions
from payments.policy import queries as policy_queries
from payments.policy.actions import ExpenseTerms, PolicyError
from payments.policy.calculations import half_or_full_day
from payments.policy.models.expenses import COUNTED_BY, COVERED_BY_NEED
from payments.policy.models.kinds import ExpenseKind
from people.models import AccessNeed
from tests import factories
from tests.helpers.policies import TYPED_LIMITS, publish_at_once

EVERYTHING = (
    ExpenseTerms("public_transport"),
    ExpenseTerms("taxi", needs_prior_approval=True, need_is_enough=True),
    ExpenseTerms("parking", receipt_above_pence=500),
    ExpenseTerms("overnight", cap_pence=12000, cap_per="night"),
    ExpenseTerms("subsistence", cap_per="hours_away", bands=((Decimal(5), 1000), (Decimal(10), 2500))),
    ExpenseTerms("childcare", cap_pence=1500, cap_per="hour"),
    ExpenseTerms("replacement_carer", needs_prior_approval=True, agreed_by="finance"),
    ExpenseTerms("personal_assistant", needs_prior_approval=True, agreed_by="steering"),
    ExpenseTerms("interpreter", needs_prior_approval=True, need_is_enough=True),
    ExpenseTerms("printing", cap_pence=2000, receipt_needed=False),
    ExpenseTerms("other"),
)


@pytest.fixture
def version(scene):
    """A policy that covers everything, each kind in its own way."""
    return publish_at_once(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        fees=[policy_actions.ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))],
        pay_within_working_days=10,
        claim_window_months=3,
        expenses=EVERYTHING,
    )


@pytest.fixture
def claim(scene, version):
    """A draft claim under that policy."""
    return factories.a_claim(scene.programme, scene.person.person, policy=version)


def spend(claim, kind, pence, by=None, **told):
    told.setdefault("description", "")
    return filling.add_expense(claim=claim, by=by or claim.person.user, kind=kind, amount_pence=pence, **told)


def refused(claim, kind, pence, **told):
    with pytest.raises(ClaimError) as refusal:
        spend(claim, kind, pence, **told)
    return refusal.value.field, str(refusal.value)


def test_a_night_away_is_repaid_up_to_its_limit_for_each_night(claim):
    line = spend(claim, "overnight", 24000, nights=2)
    assert (line.nights, line.amount_pence, line.rate_note) == (2, 24000, "2 nights, up to £120.00 a night")
    field, words = refused(claim, "overnight", 24001, nights=2)
    assert (field, "£240.00" in words) == ("amount", True)
    assert refused(claim, "overnight", 100)[0] == "nights"


@pytest.mark.parametrize(
    ("hours", "pence", "allowed"),
    [("5", 1000, True), ("5", 1001, False), ("9.75", 1001, False), ("10", 2500, True), ("24", 2501, False)],
)
def test_meals_are_repaid_by_hours_away(claim, hours, pence, allowed):
    if allowed:
        line = spend(claim, "subsistence", pence, hours=Decimal(hours))
        assert (line.hours_spent, line.hours) == (Decimal(hours), None)
    else:
        assert refused(claim, "subsistence", pence, hours=Decimal(hours))[0] == "amount"


def test_meals_of_a_shorter_time_away_are_not_repaid_and_it_is_said_from_when(claim):
    assert refused(claim, "subsistence", 100, hours=Decimal("4.75")) == (
        "hours",
        "We pay for meals when you are away for 5 hours or more.",
    )
    assert refused(claim, "subsistence", 100)[0] == "hours"


def test_care_is_repaid_up_to_its_limit_for_each_hour(claim):
    line = spend(claim, "childcare", 5250, hours=Decimal("3.5"))
    assert line.rate_note == "3 hours 30 minutes, up to £15.00 an hour"
    assert refused(claim, "childcare", 5251, hours=Decimal("3.5"))[0] == "amount"


def test_nights_and_hours_are_kept_only_where_the_limit_is_counted_by_them(claim):
    line = spend(claim, "parking", 100, nights=3, hours=Decimal(4), prior_approval_by="Stan")
    assert (line.nights, line.hours_spent, line.prior_approval_by, line.rate_note) == (None, None, "", "")


def test_what_is_agreed_first_says_who_agreed_and_when(claim):
    field, words = refused(claim, "taxi", 1500)
    assert (field, words) == (
        "prior_approval_by",
        "This has to be agreed with us before. Say who agreed, and when. If nobody did, ask us first.",
    )
    assert "finance" in refused(claim, "replacement_carer", 1500)[1]
    assert "steering group" in refused(claim, "personal_assistant", 1500)[1]
    line = spend(claim, "taxi", 1500, prior_approval_by=" Stan, on 3 May ")
    assert line.prior_approval_by == "Stan, on 3 May"
    with pytest.raises(ClaimError):
        filling.change_expense(line=line, by=claim.person.user, description="", amount_pence=1600)


@pytest.mark.parametrize(
    ("kind", "need", "enough"),
    [
        ("taxi", "transport", True),
        ("taxi", "bsl", False),
        ("interpreter", "bsl", True),
        ("interpreter", "language", True),
        # This policy does not take a need for it.
        ("personal_assistant", "supporter", False),
    ],
)
def test_an_access_need_that_covers_it_makes_agreement_unnecessary(scene, claim, kind, need, enough):
    AccessNeed.objects.create(person=scene.person.person, kind=need)
    if enough:
        assert spend(claim, kind, 1500).prior_approval_by == ""
    else:
        assert refused(claim, kind, 1500)[0] == "prior_approval_by"


def test_an_expense_of_another_kind_needs_a_description(claim):
    assert refused(claim, "other", 1500, description="  ")[0] == "description"
    assert spend(claim, "other", 1500, description="Lanyard, to hang my hearing aid on").amount_pence == 1500


def test_a_receipt_is_asked_above_an_amount_or_never(scene, claim, signed_in):
    client = signed_in(scene.person)
    add = [reverse("claim_expense_cost", args=[claim.pk, kind]) for kind in ("parking", "parking", "printing")]
    assert client.post(add[0], {"amount": "5.00"}).url == claim.get_absolute_url()
    assert client.post(add[1], {"amount": "5.01"}).url.endswith("/receipt/")
    assert client.post(add[2], {"amount": "20"}).url == claim.get_absolute_url()
    missing = claim_queries.lines_without_receipt(page_queries.whole_claim(claim.pk))
    assert [line.amount_pence for line, _receipt in missing] == [501]


def test_the_page_asks_what_the_policy_needs_to_know_and_loses_nothing(scene, claim, signed_in):
    client = signed_in(scene.person)
    night = reverse("claim_expense_cost", args=[claim.pk, "overnight"])
    page = client.get(night).text
    assert "Up to £120.00 a night." in page
    assert "How many nights did you stay?" in page
    assert "Who said you could spend" not in page
    wrong = client.post(night, {"amount": "300", "nights": "2"})
    assert wrong.status_code == 200
    assert "The most we can pay back for this is £240.00." in wrong.text
    assert 'value="300"' in wrong.text
    assert "Answer the question “How many nights did you stay?”" in client.post(night, {"amount": "300"}).text
    assert client.post(night, {"amount": "200", "nights": "2"}).status_code == 302
    line = claim.lines.get(expense_kind="overnight")
    edit = client.get(reverse("claim_line_edit", args=[claim.pk, line.pk])).text
    assert 'name="nights" value="2"' in edit
    meals = client.get(reverse("claim_expense_cost", args=[claim.pk, "subsistence"])).text
    assert "How many hours were you away from home?" in meals
    assert "Away for 5 hours or more: up to £10.00. Away for 10 hours or more: up to £25.00." in meals


def test_the_person_says_who_agreed_and_the_approver_reads_it(scene, claim, signed_in):
    taxi = reverse("claim_expense_cost", args=[claim.pk, "taxi"])
    client = signed_in(scene.person)
    assert "Who said you could spend this, and when?" in client.get(taxi).text
    assert "Say who agreed to it, and when." in client.post(taxi, {"amount": "15"}).text
    assert client.post(taxi, {"amount": "15", "prior_approval_by": "Stan, on 3 May"}).status_code == 302
    assert "Agreed before: Stan, on 3 May" in client.get(claim.get_absolute_url()).text
    claims_line = claim.lines.get(expense_kind="taxi")
    receipts.add_receipt(line=claims_line, by=scene.person, file=_receipt())
    sending.submit(claim=claim, by=scene.person)
    assert "Agreed before: Stan, on 3 May" in signed_in(scene.staff).get(claim.get_absolute_url()).text


def test_a_need_that_was_enough_is_told_to_staff_and_not_to_finance(scene, claim, signed_in):
    AccessNeed.objects.create(person=scene.person.person, kind="transport")
    client = signed_in(scene.person)
    taxi = reverse("claim_expense_cost", args=[claim.pk, "taxi"])
    assert "Who said you could spend" not in client.get(taxi).text
    client.post(taxi, {"amount": "15"})
    receipts.add_receipt(line=claim.lines.get(expense_kind="taxi"), by=scene.person, file=_receipt())
    sending.submit(claim=claim, by=scene.person)
    words = "they need it to take part"
    assert words in signed_in(scene.staff).get(claim.get_absolute_url()).text
    assert words not in signed_in(scene.finance).get(claim.get_absolute_url()).text


def _receipt():
    from tests.helpers import samples as helpers_samples

    return helpers_samples.upload(helpers_samples.png(), "receipt.png")


def test_staff_set_every_limit_on_the_page_and_the_next_version_starts_from_it(scene, signed_in, publish_on_pages):
    client = signed_in(scene.staff)
    made = publish_on_pages(client, scene.programme, TYPED_LIMITS)
    rules = {rule.kind: rule for rule in made.expense_rules.all()}
    assert set(rules) == {"overnight", "subsistence", "childcare", "taxi", "interpreter", "printing", "other"}
    assert (rules["overnight"].cap_per, rules["overnight"].cap_pence) == ("night", 12000)
    assert rules["subsistence"].cap.bands == ((Decimal(5), 1000), (Decimal(10), 2500))
    assert rules["subsistence"].receipt_above_pence == 500
    assert (rules["taxi"].agreed_by, rules["taxi"].need_is_enough) == ("finance", True)
    page = signed_in(None).get(reverse("policy", args=[scene.programme.slug])).text
    for words in (
        "Up to £120.00 a night. We need your receipt.",
        "Away for 5 hours or more: up to £10.00. Away for 10 hours or more: up to £25.00."
        " We need your receipt if you spent more than £5.00.",
        "Up to £15.00 an hour.",
        "Ask finance before you pay for this. You do not have to ask if you have told us about this need.",
    ):
        assert words in page
    again = signed_in(scene.staff).get(reverse("policy_draft", args=[scene.programme.slug])).text
    assert 'name="subsistence-from2" value="10"' in again
    assert 'name="overnight-cap" value="120.00"' in again


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"overnight-cap": ""}, "Enter the most you pay"),
        ({"subsistence-upto1": ""}, "Enter both the hours and the amount, or neither"),
        ({"subsistence-from2": "10"}, "These hours have a limit already"),
        (
            {f"subsistence-{name}{n}": "" for n in (1, 2) for name in ("from", "upto")},
            "Enter from how many hours away you pay, and up to what",
        ),
        ({"taxi-agreed_by": "nobody"}, "Choose one of the answers in the list"),
    ],
)
def test_a_limit_that_makes_no_sense_is_said_beside_it_and_nothing_is_saved(scene, signed_in, wrong, words):
    page = signed_in(scene.staff).post(reverse("policy_draft", args=[scene.programme.slug]), {**TYPED_LIMITS, **wrong})
    assert page.status_code == 200
    assert words in page.text
    assert '<details class="govuk-details" open>' in page.text
    assert policy_queries.draft_of(scene.programme) is None


def test_food_and_drink_is_offered_only_where_a_version_has_it(scene, signed_in):
    address = reverse("policy_draft", args=[scene.programme.slug])
    assert "food-covered" not in signed_in(scene.staff).get(address).text
    policy_actions.save_draft(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        fees=[],
        pay_within_working_days=10,
        claim_window_months=3,
        expenses=[ExpenseTerms("food")],
    )
    assert "food-covered" in signed_in(scene.staff).get(address).text


def test_the_action_refuses_a_limit_without_its_numbers(scene):
    for terms, words in (
        (ExpenseTerms("overnight", cap_per="night"), "for each night or hour"),
        (ExpenseTerms("subsistence", cap_per="hours_away"), "how many hours away"),
    ):
        with pytest.raises(PolicyError, match=words):
            policy_actions.save_draft(
                programme=scene.programme,
                by=scene.staff,
                effective_from=timezone.localdate(),
                fees=[],
                pay_within_working_days=10,
                claim_window_months=3,
                expenses=[terms],
            )


# Refused by the database itself


def test_the_database_holds_each_limit_to_what_it_can_be_counted_by(scene):
    draft = factories.a_draft(scene.programme)
    for wrong in (
        {"kind": "parking", "cap_per": "night", "cap_pence": 100},
        {"kind": "overnight", "cap_per": "night"},
        {"kind": "overnight", "cap_per": "hour", "cap_pence": 100},
        {"kind": "subsistence", "cap_per": "hours_away", "cap_pence": 100},
        {"kind": "other", "need_is_enough": True, "needs_prior_approval": True},
        {"kind": "taxi", "need_is_enough": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExpenseRule.objects.create(version=draft, **wrong)
    for kind, per in COUNTED_BY.items():
        ExpenseRule.objects.create(
            version=draft, kind=kind, cap_per=per, cap_pence=None if per == "hours_away" else 100
        )
    for kind in COVERED_BY_NEED:
        ExpenseRule.objects.update_or_create(
            version=draft, kind=kind, defaults={"needs_prior_approval": True, "need_is_enough": True}
        )
    meals = draft.expense_rules.get(kind="subsistence")
    for hours, pence in ((0, 1), (1, 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SubsistenceBand.objects.create(rule=meals, from_hours=hours, cap_pence=pence)


def test_the_database_keeps_the_bands_of_a_published_policy(version):
    for statement in (
        "UPDATE payments_subsistenceband SET cap_pence = 9",
        "DELETE FROM payments_subsistenceband",
        "INSERT INTO payments_subsistenceband (rule_id, from_hours, cap_pence)"
        " SELECT rule_id, 1, 1 FROM payments_subsistenceband LIMIT 1",
    ):
        with pytest.raises(DatabaseError, match="publish a new version"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_database_keeps_nights_and_agreement_off_lines_of_time(claim):
    time = claim.lines.get()
    for wrong in ({"nights": 1}, {"hours_spent": 1}, {"prior_approval_by": "Stan"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClaimLine.objects.filter(pk=time.pk).update(**wrong)
    line = spend(claim, "parking", 100)
    for wrong in ({"nights": 0}, {"hours_spent": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClaimLine.objects.filter(pk=line.pk).update(**wrong)


def test_versions_that_spoke_of_assistants_and_interpreters_together_keep_what_they_promised(scene):
    old = PolicyVersion.objects.create(
        programme=scene.other,
        number=1,
        effective_from=dt.date(2024, 1, 1),
        pay_within_working_days=9,
        claim_window_months=3,
    )
    ExpenseRule.objects.create(version=old, kind="personal_assistant", cap_pence=7500, needs_prior_approval=True)
    old.published_at = timezone.now()
    old.save()
    migration = import_module("payments.migrations.0008_policy_in_full")
    # The migration knows the column by the name of its day; the triggers of today do not.
    with connection.schema_editor() as editor:
        editor.execute("SET LOCAL session_replication_role = replica")
        editor.execute("ALTER TABLE payments_expenserule RENAME needs_prior_approval TO agree_first")
        migration.name_interpreters(apps, editor)
        editor.execute("ALTER TABLE payments_expenserule RENAME agree_first TO needs_prior_approval")
        editor.execute("SET LOCAL session_replication_role = origin")
    added = old.expense_rules.get(kind="interpreter")
    assert (added.cap_pence, added.needs_prior_approval, added.receipt_needed) == (7500, True, True)
    assert str(ExpenseKind.PERSONAL_ASSISTANT.label) == "Your personal assistant (PA)"
    with pytest.raises(DatabaseError), transaction.atomic():
        added.delete()
