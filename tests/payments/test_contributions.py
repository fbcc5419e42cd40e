"""Tests of what payments adds to events, home, people's pages and the header."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events import registry as events_registry
from events.day import actions as day_actions
from payments import contributions
from payments.claims import contributions as claim_contributions
from payments.models import Claim
from payments.runs import documents as run_documents
from payments.runs.actions import runs
from people import registry
from programmes.models import Role
from tests import factories
from tests.helpers.runs import a_running_job, pay_all


def titles(user):
    return [task.title for task in contributions.tasks(user)]


def fresh(user):
    """The user as the next request reads them: roles are kept on the object."""
    return type(user).objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (3, "£50.00 for this session (half a day), including preparation"),
        (6, "£100.00 for this session (a full day), including preparation"),
    ],
)
def test_an_event_says_what_it_pays_before_anyone_says_yes(scene, hours, words):
    offer = events_registry.offer_for(factories.an_event(scene.programme, days=10, hours=hours))
    assert offer.time == words
    assert "Driving your own car. We pay 40p a mile. You do not need a receipt." in offer.expenses
    assert offer.when_paid == "We aim to pay you within 10 working days after you send your claim."


def test_an_event_on_a_day_without_a_policy_offers_nothing(scene):
    assert events_registry.offer_for(factories.an_event(scene.other)) is None


def test_recording_attendance_opens_claims_and_correcting_it_closes_them(scene):
    event = factories.an_event(scene.programme, organiser=scene.staff.person)
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    for user in (scene.person, second):
        factories.an_invitation(event, user.person)
    people = {scene.person.person.pk, second.person.pk}
    day_actions.record(event=event, came=people, by=scene.staff)
    day_actions.record(event=event, came=people, by=scene.staff)
    assert Claim.objects.filter(event=event, status="draft").count() == 2
    day_actions.record(event=event, came={scene.person.person.pk}, by=scene.staff)
    assert Claim.objects.get(event=event, person=second.person).status == "withdrawn"


def test_home_tells_a_person_what_waits_for_them(scene, claim_in):
    claim_in("draft", description="Curry day")
    claim_in("returned")
    assert titles(scene.person) == ["Send your claim: Curry day", "Answer a question about your claim"]
    panel = claim_contributions.money_panel(scene.person)[0]
    assert len(panel.context["cards"]) == 2
    assert claim_contributions.money_panel(scene.stranger) == []


def test_home_tells_staff_how_many_claims_to_check_and_by_when(scene, claim_in):
    claim_in("submitted")
    late = claim_in("submitted")
    Claim.objects.filter(pk=late.pk).update(pay_by=timezone.localdate() - dt.timedelta(days=3))
    task = contributions.tasks(scene.staff)[0]
    assert task.title == "2 claims to check"
    assert task.urgent
    assert task.due == timezone.localdate() - dt.timedelta(days=3)
    assert not titles(scene.elsewhere)


def test_home_leads_finance_through_a_run(scene, claim_in):
    claim = claim_in("approved")
    assert titles(scene.finance) == ["1 approved claim to pay: £50.00"]
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    assert titles(scene.finance) == []
    assert titles(scene.finance_two) == [f"Sign off payment run {run.reference}: £50.00"]
    (task,) = contributions.tasks(scene.finance_two)
    assert (task.due, task.urgent) == (claim.pay_by, False), "by the day its claims were promised for"
    Claim.objects.filter(pk=claim.pk).update(pay_by=timezone.localdate() - dt.timedelta(days=1))
    (task,) = contributions.tasks(scene.finance_two)
    assert task.urgent, "one thing is counted once"
    assert [task.title for task in contributions.tasks(scene.finance)] == ["1 late claim is waiting for somebody else"]
    Claim.objects.filter(pk=claim.pk).update(pay_by=timezone.localdate())
    runs.sign_off(run=run, by=scene.finance_two)
    assert titles(scene.finance) == [f"Make the documents of payment run {run.reference}"]
    run_documents.make_for_run(a_running_job(run))
    assert titles(scene.finance) == [f"Pay run {run.reference}, £50.00, and record what was paid: by another way"]
    pay_all(run=run, by=scene.finance, on=timezone.localdate())
    assert titles(scene.finance) == [f"Check payment run {run.reference} against the bank statement, and close it"]
    runs.close(run=run, by=scene.finance, statement_pence=0)
    assert titles(scene.finance) == []


def test_the_header_leads_each_role_to_its_pages(scene):
    def labels(user, programme=scene.programme):
        return [str(link.label) for link in contributions.navigation(user, programme)]

    assert labels(scene.person) == ["Your claims", "How we pay you"]
    assert labels(scene.staff) == ["Claims", "Reports", "Budget", "Payment policy"]
    assert labels(scene.finance) == ["Claims", "Payments", "Reports", "Budget", "Payment policy"]
    assert labels(scene.stranger) == []
    assert labels(scene.elsewhere) == []


def test_pages_that_lie_beside_a_link_of_the_header_belong_to_it(scene):
    slug = scene.programme.slug
    links = {str(link.label): link for link in contributions.navigation(scene.finance, scene.programme)}
    beside = {
        "Claims": [reverse(name, args=[slug]) for name in ("advances", "bookings", "recognition_offer")],
        "Payments": [reverse(name, args=[slug]) for name in ("bank_details", "file_settings", "tax_treatments")],
        "Payment policy": [reverse("closed_days", args=[slug])],
    }
    beside["Payments"].append(reverse("payment_returned", args=[1]))
    for label, addresses in beside.items():
        for address in addresses:
            assert [name for name, link in links.items() if address.startswith((link.url, *link.sections))] == [label]


def test_an_event_page_shows_staff_how_its_claims_stand(scene):
    event = factories.an_event(scene.programme, organiser=scene.staff.person)
    factories.an_invitation(event, scene.person.person)
    day_actions.record(event=event, came={scene.person.person.pk}, by=scene.staff)
    panel = claim_contributions.event_panel(scene.staff, event)
    assert [(each["label"], each["n"]) for each in panel.context["counts"]] == [("Not sent yet", 1)]
    own = claim_contributions.event_panel(scene.person, event)
    assert own.context["card"]["tag"]["status"] == Claim.Status.DRAFT
    assert claim_contributions.event_panel(scene.stranger, event) is None
    assert claim_contributions.event_panel(scene.elsewhere, factories.an_event(scene.other)).context["no_policy"]


def test_a_persons_page_shows_their_claims_to_those_who_check_them(scene, claim_in):
    claim_in("draft")
    sent = claim_in("submitted")
    panel = claim_contributions.person_panel(scene.staff, scene.person.person)
    assert list(panel.context["claims"]) == [sent]
    assert claim_contributions.person_panel(scene.elsewhere, scene.person.person) is None


def test_home_is_drawn_with_our_parts_for_each_role(scene, claim_in, signed_in):
    claim_in("draft")
    claim_in("submitted")
    claim_in("approved")
    for who, words in (
        ("person", "Where your money is"),
        ("staff", "1 claim to check"),
        ("finance", "1 approved claim to pay"),
    ):
        assert words in signed_in(getattr(scene, who)).get(reverse("home")).content.decode()


def test_home_asks_the_same_questions_for_3_and_30_claims(scene, claim_in):
    counts = []
    for extra in (3, 27):
        for _n in range(extra):
            factories.a_claim(scene.programme, factories.a_person(), "submitted", policy=scene.policy)
            factories.a_claim(scene.programme, factories.a_person(), "approved", policy=scene.policy)
        for user in (scene.staff, scene.finance):
            with CaptureQueriesContext(connection) as queries:
                contributions.tasks(fresh(user))
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_only_finance_of_the_programme_watches_the_papers_being_made(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    job, kind = a_running_job(run), registry.job_kinds[run_documents.JOB_KIND]
    assert kind.can_see(scene.finance_two, job)
    for user in (scene.staff, scene.person, scene.finance_elsewhere, scene.administrator, scene.stranger):
        assert not kind.can_see(user, job)
    assert kind.url(job) == run.get_absolute_url()


def test_finance_needs_a_second_factor(scene):
    assert contributions.reaches_other_people(scene.finance)
    assert not contributions.reaches_other_people(scene.person)
