"""The pages of the budget: lists with their files, forms that keep what was typed, and the budget on a claim's page."""

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from payments import contributions
from payments.approval.actions import decisions
from payments.budgets import actions as budget_actions
from payments.budgets.views.budget import bar
from payments.models import BudgetLine, BudgetOverride, Claim
from programmes.models import Role
from tests import factories
from tests.helpers.budgets import a_line, a_sent_claim, amend_line
from tests.helpers.client import page_text
from tests.helpers.database import queries_of
from tests.helpers.documents import records_of

Status = Claim.Status


def fields(**others):
    today = timezone.localdate()
    values = {
        "name": "Time and travel",
        "cost_code": "WI-77",
        "funder": "The Invented Fund",
        "starts_on_day": today.day,
        "starts_on_month": today.month,
        "starts_on_year": today.year,
        "ends_on_day": today.day,
        "ends_on_month": today.month,
        "ends_on_year": today.year + 1,
        "amount": "1,250.50",
        "activities": ["else", "meeting"],
    }
    return {**values, **others}


@pytest.fixture
def budget(scene):
    return reverse("budget", args=[scene.programme.slug])


# The list


def test_the_budget_page_shows_every_figure_and_its_sum(scene, signed_in, claim_in, budget):
    line = a_line(scene, amount_pence=100_000)
    claim_in(Status.PAID, amount_pence=12_345, budget_line=line)
    claim_in(Status.APPROVED, amount_pence=2000, budget_line=line)
    claim_in(Status.SUBMITTED, amount_pence=300, budget_line=line)
    a_line(scene, cost_code="WI-02", activities=(), amount_pence=5000)
    page = page_text(signed_in(scene.staff).get(budget))
    for figure in ("£1,000.00", "£123.45", "£20.00", "£3.00", "£853.55", "£903.55", "£1,050.00"):
        assert figure in page, figure
    assert "Add a budget line" not in page
    assert "Add a budget line" in page_text(signed_in(scene.finance).get(budget))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_files_hold_what_the_page_shows(scene, signed_in, claim_in, budget, kind):
    line = a_line(scene, amount_pence=100_000)
    claim_in(Status.PAID, amount_pence=12_345, budget_line=line)
    amend_line(a_line(scene, cost_code="WI-02", activities=()), scene.finance, closed=True)
    response = signed_in(scene.staff).get(budget, {"export": kind, "closed": "no"})
    if kind == "csv":
        (row,) = records_of(response.streaming_content)
        assert (row["Cost code"], row["Budget"], row["Paid"], row["Left"]) == ("WI-01", "1000.00", "123.45", "876.55")
        assert row["First day"] == line.starts_on.isoformat()
        return
    sheet = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == 2
    assert b"<v>123.45</v>" in sheet


def test_the_budget_page_takes_the_same_queries_for_many_lines(scene, signed_in, budget):
    visitor = signed_in(scene.finance)

    def queries_for(lines):
        for number in range(lines):
            claim = factories.a_claim(scene.programme, scene.person.person, Status.SUBMITTED, policy=scene.policy)
            line = a_line(scene, cost_code=f"Q-{BudgetLine.objects.count()}-{number}", activities=())
            Claim.objects.filter(pk=claim.pk).update(budget_line=line)
        return len(queries_of(lambda: page_text(visitor.get(budget))))

    assert queries_for(3) == queries_for(27) <= 99


def test_the_page_of_a_line_takes_the_same_queries_for_many_claims(scene, signed_in):
    line = a_line(scene, amount_pence=1)
    visitor = signed_in(scene.finance)

    def queries_for(number):
        for _n in range(number):
            claim = a_sent_claim(scene)
            budget_actions.allow_over(claim=claim, by=scene.finance, reason="Agreed.", up_to_pence=100)
        return len(queries_of(lambda: page_text(visitor.get(line.get_absolute_url()))))

    assert queries_for(3) == queries_for(27) <= 99


def test_an_empty_budget_says_what_to_do_first(scene, signed_in, budget):
    assert "Finance adds budget lines here" in page_text(signed_in(scene.staff).get(budget))
    assert "approval keeps to its amount" in page_text(signed_in(scene.finance).get(budget))


def test_the_forecast_says_how_it_was_worked_out(scene, signed_in, budget):
    a_line(scene)
    past = factories.an_event(scene.programme, days=-9)
    coming = factories.an_event(scene.programme, days=9, title="Soon")
    factories.an_event(scene.programme, days=12, title="Later")
    for number in range(4):
        person = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person
        reply = "coming" if number else "not_coming"
        factories.an_invitation(past, person, reply=reply, replied_at=timezone.now())
        reply = "" if number < 3 else "coming"
        factories.an_invitation(coming, person, reply=reply, replied_at=timezone.now() if reply else None)
    page = page_text(signed_in(scene.staff).get(budget))
    assert "1 person said yes. 3 have not replied. Before, 3 of 4 said yes, so we count 2 of them." in page
    assert "£50.00 for time, and £0.00 for expenses, as at all past events." in page
    assert "Nobody who is paid is invited yet, so nothing is counted." in page
    assert "In all: £150.00" in page


def test_claims_on_no_line_are_listed_until_they_have_one(scene, signed_in, budget):
    claim = a_sent_claim(scene)
    line = a_line(scene, activities=())
    address = reverse("budget_no_line", args=[scene.programme.slug])
    visitor = signed_in(scene.staff)
    assert "1 claim has no budget line." in page_text(visitor.get(budget))
    assert claim.reference in page_text(visitor.get(address))
    budget_actions.choose_line(claim=claim, line=line, by=scene.staff)
    assert "has no budget line" not in page_text(visitor.get(budget))
    assert "Every claim is on a budget line" in page_text(visitor.get(address))


# One line


def test_the_page_of_a_line_shows_its_claims_amounts_and_what_went_over(scene, signed_in):
    line = a_line(scene, amount_pence=4000)
    claim = a_sent_claim(scene, 5000)
    budget_actions.allow_over(claim=claim, by=scene.finance, reason="The funder knows.", up_to_pence=1500)
    decisions.approve(claim=claim, by=scene.staff)
    amend_line(line, scene.finance_two, amount_pence=4500, reason="Five pounds found.")
    page = page_text(signed_in(scene.staff).get(line.get_absolute_url()))
    for words in (
        claim.reference,
        "Everything else",
        "The line went £10.00 over.",
        "“The funder knows.”",
        "Fay Finance",
        "Five pounds found.",
        "Femi Finance",
        "The first amount",
        "Claims ask for £5.00 more than there is.",
        "£5.00 over budget, of £45.00",
    ):
        assert words in page, words
    (row,) = records_of(signed_in(scene.staff).get(line.get_absolute_url(), {"export": "csv"}).streaming_content)
    assert (row["Reference"], row["Cost code"], row["Agreed"]) == (claim.reference, "WI-01", "50.00")


def test_a_line_of_another_programme_is_not_found(scene, signed_in):
    line = a_line(scene, programme=scene.other, by=scene.finance_elsewhere)
    for name in ("budget_line", "budget_line_change"):
        assert signed_in(scene.finance).get(reverse(name, args=[scene.programme.slug, line.pk])).status_code == 404


def test_finance_adds_a_line_by_form_and_a_faulty_one_keeps_what_was_typed(scene, signed_in):
    address = reverse("budget_line_new", args=[scene.programme.slug])
    visitor = signed_in(scene.finance)
    assert scene.programme.funder in page_text(visitor.get(address))
    response = visitor.post(address, fields(amount="lots", name="Kept name"))
    assert response.status_code == 200
    assert "Enter the amount in pounds and pence" in page_text(response)
    assert "Kept name" in page_text(response)
    line = BudgetLine.objects.get(pk=visitor.post(address, fields()).url.rstrip("/").rsplit("/", 1)[1])
    assert (line.amount_pence, line.cost_code) == (125_050, "WI-77")
    assert set(line.rules.values_list("activity", flat=True)) == {"", "meeting"}
    again = page_text(visitor.post(address, fields()))
    assert "The line “Time and travel” has this cost code in the same year." in again
    assert BudgetLine.objects.count() == 1


def test_finance_changes_a_line_by_form(scene, signed_in):
    line = a_line(scene, amount_pence=125_050, activities=("", "meeting"))
    address = reverse("budget_line_change", args=[scene.programme.slug, line.pk])
    visitor = signed_in(scene.finance)
    page = page_text(visitor.get(address))
    assert 'value="1250.50"' in page
    response = visitor.post(address, fields(amount="2000"))
    assert response.status_code == 200
    assert "Say why the amount changes." in page_text(response)
    assert visitor.post(address, fields(amount="2000", reason="More money.", closed="on")).status_code == 302
    line.refresh_from_db()
    assert (line.amount_pence, line.amount_reason, line.closed) == (200_000, "More money.", True)
    assert "This line is closed" in page_text(visitor.get(line.get_absolute_url()))


def test_a_bar_never_runs_out_of_its_frame_and_marks_the_limit(scene):
    line = a_line(scene, amount_pence=10_000)
    line.paid_pence, line.committed_pence, line.pending_pence, line.left_pence = 8000, 1, 11_999, -10_000
    drawn = bar(line, 0)
    assert drawn["limit"] == 500
    assert [part["tone"] for part in drawn["parts"]] == ["paid", "approved", "committed"]
    assert all(part["width"] >= 4 for part in drawn["parts"])
    last = drawn["parts"][-1]
    assert last["x"] + last["width"] <= 1000
    line.amount_pence = line.paid_pence = line.committed_pence = line.pending_pence = 0
    assert bar(line, 0)["parts"] == []


# On a claim


def test_the_page_of_a_claim_shows_its_budget_line_and_warns_before_it_goes_over(scene, signed_in):
    line = a_line(scene, amount_pence=4000)
    claim = a_sent_claim(scene, 5000)
    page = page_text(signed_in(scene.staff).get(claim.get_absolute_url()))
    assert str(line) in page
    assert "takes Line WI-01 (WI-01) £10.00 over budget" in page
    over = reverse("claim_over_budget", args=[claim.pk])
    assert over not in page
    assert over in page_text(signed_in(scene.finance).get(claim.get_absolute_url()))
    response = signed_in(scene.staff).post(reverse("claim_approve", args=[claim.pk]), follow=True)
    assert "£10.00 over its £40.00" in page_text(response)
    visitor = signed_in(scene.finance)
    assert 'value="10.00"' in page_text(visitor.get(over))
    assert "Say why this claim may go over budget" in page_text(visitor.post(over, {"up_to": "10.00", "reason": ""}))
    assert visitor.post(over, {"up_to": "10.00", "reason": "Agreed by the funder."}).status_code == 302
    page = page_text(signed_in(scene.staff).get(claim.get_absolute_url()))
    assert "Agreed by the funder." in page
    assert "over budget. Finance has to allow" not in page
    decisions.approve(claim=claim, by=scene.staff)
    assert BudgetOverride.objects.get().over_by_pence == 1000
    assert "The line went £10.00 over." in page_text(signed_in(scene.staff).get(claim.get_absolute_url()))


def test_a_claim_that_fits_needs_no_leave_to_go_over(scene, signed_in):
    a_line(scene, amount_pence=5000)
    claim = a_sent_claim(scene, 5000)
    response = signed_in(scene.finance).get(reverse("claim_over_budget", args=[claim.pk]), follow=True)
    assert "This claim fits its budget line, which has £50.00 left for it." in page_text(response)


def test_staff_choose_the_line_of_a_claim_by_form(scene, signed_in):
    claim = a_sent_claim(scene)
    visitor = signed_in(scene.staff)
    assert "Budget line" not in page_text(visitor.get(claim.get_absolute_url()))
    line = a_line(scene, activities=(), amount_pence=12_300)
    page = page_text(visitor.get(claim.get_absolute_url()))
    assert "Choose the budget line this claim is paid from before you approve it." in page
    address = reverse("claim_budget", args=[claim.pk])
    assert "£123.00 left" in page_text(visitor.get(address))
    assert "Choose a budget line" in page_text(visitor.post(address, {}))
    assert visitor.post(address, {"budget_line": line.pk}).status_code == 302
    claim.refresh_from_db()
    assert claim.budget_line == line
    amend_line(line, scene.finance, closed=True)
    response = visitor.post(address, {"budget_line": line.pk})
    assert response.status_code == 200
    assert "No open budget line" in page_text(response)


def test_the_person_never_sees_the_budget_on_their_claim(scene, signed_in):
    a_line(scene, amount_pence=1)
    claim = a_sent_claim(scene)
    assert "udget" not in page_text(signed_in(scene.person).get(claim.get_absolute_url()))


# Home


def test_finance_hears_when_more_is_asked_for_than_is_left(scene):
    line = a_line(scene, amount_pence=6000)
    a_sent_claim(scene, 5000)
    assert not [task for task in contributions.tasks(scene.finance) if "asked" in str(task.title)]
    a_sent_claim(scene, 5000)
    (task,) = [task for task in contributions.tasks(scene.finance) if "asked" in str(task.title)]
    assert (task.url, str(line) in str(task.title), "£40.00 over" in task.detail) == (
        line.get_absolute_url(),
        True,
        True,
    )
    assert not [task for task in contributions.tasks(scene.finance_elsewhere) if "asked" in str(task.title)]
