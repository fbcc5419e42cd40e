"""Complain, with the clock of the law; open needs in an emergency; who looked is recorded and shown."""

import datetime as dt

import pytest
import time_machine
from django.db import InternalError, connection, transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from people.models import Complaint, EmergencyLook, Look, Notice
from people.privacy import contributions
from people.privacy.actions import complaints, emergencies, requests
from people.privacy.actions.complaints import ComplaintError
from people.privacy.actions.emergencies import EmergencyError
from tests import factories as make
from tests.helpers.client import page_text

pytestmark = pytest.mark.django_db


def test_a_complaint_is_acknowledged_by_its_day_and_answered_and_the_person_is_told(here, signed_in):
    browser = signed_in(here.member)
    assert browser.post(reverse("complain"), {"words": ""}).status_code == 200
    browser.post(reverse("complain"), {"words": "You wrote to my old address."})
    complaint = Complaint.objects.get()
    assert complaint.acknowledge_by == timezone.localdate() + dt.timedelta(days=30)
    tasks = contributions.complaints_to_answer(here.staff)
    assert (tasks[0].due, tasks[0].urgent) == (complaint.acknowledge_by, False)
    assert contributions.complaints_to_answer(here.elsewhere) == []
    assert contributions.complaints_to_answer(here.member) == []
    with pytest.raises(ComplaintError):
        complaints.acknowledge(complaint=complaint, by=here.elsewhere)
    signed_in(here.staff).post(reverse("complaint_acknowledge", args=[complaint.pk]))
    signed_in(here.staff).post(reverse("complaint", args=[complaint.pk]), {"answer": "We corrected it."})
    complaint.refresh_from_db()
    assert (complaint.status, complaint.answered_by) == ("answered", here.staff.person)
    assert "We corrected it." in page_text(browser.get(reverse("what_we_hold")))
    said = list(Notice.objects.filter(person=here.member.person).order_by("pk").values_list("subject", flat=True))
    assert said == ["We have your complaint", "Our answer to your complaint"]


def test_a_complaint_that_is_late_is_urgent(here):
    complaints.complain(person=here.member.person, words="Too many letters.", by=here.member)
    with time_machine.travel(timezone.now() + dt.timedelta(days=30), tick=False):
        assert contributions.complaints_to_answer(here.admin)[0].urgent


def test_the_page_of_a_complaint_names_who_decides_how_the_data_is_used(here, signed_in):
    page = page_text(signed_in(here.member).get(reverse("complain")))
    assert here.programme.name in page
    assert "30 days" in page
    assert "0303 123 1113" in page


def test_finance_opens_needs_in_an_emergency_with_a_reason_for_four_hours(here, signed_in):
    browser, address = signed_in(here.finance), reverse("needs_in_emergency", args=[here.member.person.pk])
    assert "A quiet room" not in page_text(browser.get(address))
    assert browser.post(address, {"reason": " "}).status_code == 200
    assert not EmergencyLook.objects.exists()
    browser.post(address, {"reason": "They fainted at the workshop."})
    assert "A quiet room" in page_text(browser.get(address))
    told = Notice.objects.get(person=here.member.person)
    assert "They fainted at the workshop." in told.text_body
    assert "They fainted" in str(contributions.emergencies_to_know(here.admin)[0].detail)
    assert Look.objects.get(person=here.member.person).role == "Finance"
    with time_machine.travel(timezone.now() + dt.timedelta(hours=4, minutes=1), tick=False):
        assert "A quiet room" not in page_text(signed_in(here.finance).get(address))


def test_administrators_are_told_of_an_emergency_also_once_it_is_over(here):
    emergencies.open_needs(person=here.member.person, reason="They fainted.", by=here.finance)
    told = Notice.objects.get(person=here.admin.person)
    assert told.subject == "Fiona Financer opened the access needs of Mabel Memberton in an emergency"
    assert "They fainted." in told.text_body


def test_a_stranger_opens_nothing_in_an_emergency(here):
    with pytest.raises(EmergencyError):
        emergencies.open_needs(person=here.member.person, reason="Curious", by=here.elsewhere)


def test_who_looked_is_one_row_a_day_and_shown_by_role_and_day_without_a_name(here, signed_in):
    staff, address = signed_in(here.staff), reverse("person", args=[here.member.person.pk])
    staff.get(address)
    staff.get(address)
    assert Look.objects.count() == 1
    page = page_text(signed_in(here.member).get(reverse("what_we_hold")))
    assert "Programme staff" in page
    assert "What you need to take part" in page
    assert "Stella" not in page


def test_the_history_of_a_record_says_what_somebody_needs_and_is_a_look(here, signed_in):
    signed_in(here.staff).get(reverse("person_history", args=[here.member.person.pk]))
    assert Look.objects.get().person == here.member.person


def test_looking_at_oneself_and_without_needs_is_no_look(here, signed_in):
    signed_in(here.member).get(reverse("person", args=[here.member.person.pk]))
    signed_in(here.staff).get(reverse("person", args=[here.finance.person.pk]))
    assert not Look.objects.exists()


def test_a_look_costs_a_page_one_statement(here, signed_in, django_assert_num_queries):
    from people.privacy.looking import note_looks

    here.staff._programme_roles = {}
    with django_assert_num_queries(1):
        note_looks(here.staff, [here.member.person.pk, here.finance.person.pk], Look.Kind.NEEDS)


def test_nobody_changes_who_looked(here):
    Look.objects.create(reader=here.staff.person, person=here.member.person, kind="needs")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_look")


def views_that_show():
    """Return {name of the address: kinds} of the views that are marked as showing what is sensitive."""
    found = {}

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns)
            elif kinds := _marked(pattern.callback):
                found[pattern.name] = sorted(str(kind) for kind in kinds)

    walk(get_resolver().url_patterns)
    return found


def _marked(view):
    while view is not None:
        if kinds := getattr(view, "shows_sensitive", None):
            return kinds
        view = getattr(view, "__wrapped__", None)
    return None


def test_the_pages_that_show_what_is_sensitive_are_these():
    assert views_that_show() == {
        "access_list": ["needs"],
        "access_list_pdf": ["needs"],
        "access_record": ["needs"],
        "arrangement": ["needs"],
        "bank_details_confirm": ["bank"],
        "claim": ["notes"],
        "event": ["needs"],
        "event_access": ["needs"],
        "event_invite": ["needs"],
        "invitation_reply_for": ["needs"],
        "needs_in_emergency": ["needs"],
        "person": ["needs", "notes"],
        "person_history": ["needs"],
        "person_access_needs": ["needs"],
        "person_needs_review": ["needs"],
        "programme_people": ["needs"],
    }


def test_the_rights_of_staff_end_with_their_role_at_midnight_in_london(here, signed_in):
    membership = here.staff.person.memberships.get()
    today = timezone.localdate()
    membership.ends_on = today
    membership.save(update_fields=["ends_on"])
    browser = signed_in(here.staff)
    address = reverse("person", args=[here.member.person.pk])
    end_of_day = timezone.make_aware(dt.datetime.combine(today, dt.time(23, 59)))
    with time_machine.travel(end_of_day, tick=False):
        browser = signed_in(here.staff)
        assert "A quiet room" in page_text(browser.get(address))
    with time_machine.travel(end_of_day + dt.timedelta(minutes=2), tick=False):
        # The same session goes on, without the right.
        page = browser.get(address)
        assert page.status_code == 404 or "A quiet room" not in page_text(page)
        assert browser.get(reverse("privacy_ask_for", args=[here.member.person.pk])).status_code in {403, 404}
        assert browser.get(reverse("programme_people", args=[here.programme.slug])).status_code in {403, 404}


def test_staff_of_another_programme_read_nothing_that_a_colleague_here_wrote_down(here, signed_in):
    make.a_membership(here.elsewhere.person.memberships.get().programme, here.member.person, "lived_experience")
    complaint = complaints.complain(person=here.member.person, words="Ask Stella.", how="By phone", by=here.staff)
    asked = requests.ask(person=here.member.person, kind="erasure", words="Stella knows.", how="Phone", by=here.staff)
    other = signed_in(here.elsewhere)
    assert other.get(reverse("complaint", args=[complaint.pk])).status_code == 404
    assert contributions.complaints_to_answer(here.elsewhere) == []
    assert len(contributions.complaints_to_answer(here.staff)) == 1
    assert "Stella" not in page_text(other.get(reverse("privacy_request", args=[asked.pk])))
    again = {"kind": "erasure", "how": "By letter"}
    page = other.post(reverse("privacy_ask_for", args=[here.member.person.pk]), again, follow=True)
    assert "This was asked for before" in page_text(page)
