"""The steps that set a programme up: each is ticked by what is there, and leads to where it is done."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from payments.bank_files.actions import setup
from payments.bank_files.registry import USUAL
from payments.budgets import actions as budgets
from programmes.models import Role
from programmes.pages import queries
from tests import factories as make
from tests.helpers.client import page_text, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def programme():
    return make.a_programme("Invented Beginnings")


def done(programme, user):
    """Return the titles of the steps that are done."""
    return {str(step.title) for step in queries.setup_of(user, [programme])[programme.pk].steps if step.done}


def test_each_step_is_ticked_by_what_it_asks_for(programme):
    staff = make.with_role(programme, Role.STAFF)
    assert done(programme, staff) == set()
    make.with_role(programme, Role.LIVED_EXPERIENCE)
    one = make.with_role(programme, Role.FINANCE)
    assert done(programme, staff) == {"Add people with lived experience"}, "one of finance is not two"
    make.with_role(programme, Role.FINANCE)
    make.a_draft(programme)
    assert "Publish the payment policy" not in done(programme, staff), "a draft is not published"
    make.a_paying_account(programme, set_by=one.person)
    assert "Set the account the programme pays from" not in done(programme, staff), "nobody has confirmed it"
    make.an_event(programme)
    today = timezone.localdate()
    budgets.add_line(
        programme=programme,
        by=one,
        cost_code="A",
        name="Involvement",
        funder="Invented Fund",
        starts_on=today,
        ends_on=today + dt.timedelta(days=300),
        amount_pence=100_00,
    )
    setup.set_bank_layout(programme=programme, by=one, layout=USUAL)
    assert done(programme, staff) == {
        "Add people with lived experience",
        "Add two people of finance",
        "Add a budget line",
        "Choose the columns of the bank file",
        "Plan the first event",
    }


def test_home_and_the_programmes_page_lead_to_what_is_left(programme):
    staff = make.with_role(programme, Role.STAFF)
    home = page_text(signed_in(staff).get("/"))
    assert "Set up Invented Beginnings" in home
    assert "0 of 7 steps are done." in home
    page = page_text(signed_in(staff).get(programme.get_absolute_url()))
    assert reverse("policy_draft", args=[programme.slug]) in page
    assert "Done by: Finance." in page, "staff cannot add a budget line"
    assert reverse("budget_line_new", args=[programme.slug]) not in page


def test_people_who_take_part_see_nothing_of_it(programme):
    person = make.with_role(programme, Role.LIVED_EXPERIENCE)
    assert "Set up" not in page_text(signed_in(person).get("/"))
    assert "Set up this programme" not in page_text(signed_in(person).get(programme.get_absolute_url()))


def test_it_is_gone_when_everything_is_done(world):
    programme = world.a
    make.with_role(programme, Role.FINANCE)
    make.a_paying_account(programme, set_by=world.staff, confirmed_by=world.approver)
    setup.set_bank_layout(programme=programme, by=world.users["finance"], layout=USUAL)
    assert queries.setup_of(world.users["staff"], [programme])[programme.pk].is_done
    assert "Set up this programme" not in page_text(world.client_of("staff").get(programme.get_absolute_url()))
    assert f"Set up {programme}" not in page_text(world.client_of("staff").get("/"))


def test_many_programmes_cost_no_more_queries_than_one(django_assert_num_queries):
    programmes = [make.a_programme() for _number in range(5)]
    staff = make.with_role(programmes[0], Role.STAFF)
    queries.setup_of(staff, programmes[:1])
    with django_assert_num_queries(7):
        setups = queries.setup_of(staff, programmes)
    assert len(setups) == 5
