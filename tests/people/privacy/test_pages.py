"""The pages by which people ask and complain, and by which colleagues write down, answer and hold."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people.models import Complaint, DueForRetention, EmergencyLook, Erasure, Job, Notice, Person, PrivacyRequest
from people.privacy import contributions, erasing, hooks, timed
from people.privacy.actions import complaints, emergencies, requests, retention
from people.privacy.actions.complaints import ComplaintError
from people.privacy.actions.emergencies import EmergencyError
from people.privacy.actions.requests import RequestError
from people.privacy.actions.retention import RetentionError
from tests import factories as make
from tests.helpers.client import page_text, words_of
from tests.helpers.documents import text_of
from wellbeing.local.processes import free_port

pytestmark = pytest.mark.django_db
HOW = "On the phone, with me."


@pytest.fixture
def due(here):
    """Somebody who was added and never answered, who is listed to be removed today."""
    person = make.a_person("Una Answered")
    Person.objects.filter(pk=person.pk).update(created_at=timezone.now() - dt.timedelta(days=800))
    today = timezone.localdate()
    return DueForRetention.objects.create(kind="unanswered", subject_id=person.pk, since=today, removed_on=today)


def test_who_asks_to_be_removed_says_that_they_have_read_what_it_means_and_can_take_it_back(here, signed_in):
    browser, address = signed_in(here.member), reverse("erasure_ask")
    assert "Tick the box to say that you have read it." in page_text(browser.post(address, {"words": "I move away."}))
    assert not PrivacyRequest.objects.exists()
    page = words_of(browser.post(address, {"words": "I move away.", "sure": "on"}, follow=True))
    assert "You asked to be removed. We will make sure that it is you, and then do it." in page
    request = PrivacyRequest.objects.get()
    assert (request.kind, request.words, request.asked_by) == ("erasure", "I move away.", None)
    take_back = reverse("request_take_back", args=[request.pk])
    assert signed_in(here.staff).post(take_back).status_code == 404
    assert "You have taken it back." in words_of(browser.post(take_back, follow=True))
    request.refresh_from_db()
    assert request.status == "withdrawn"


def test_an_administrator_reads_first_that_somebody_else_has_to_take_over(here, signed_in):
    page = page_text(signed_in(here.admin).get(reverse("erasure_ask")))
    assert "They are an administrator of this installation. Somebody else has to take this over." in page


def test_what_somebody_asks_by_phone_is_written_down_once(here, signed_in):
    browser, address = signed_in(here.staff), reverse("privacy_ask_for", args=[here.member.person.pk])
    assert "We will tell them that you did." in page_text(browser.get(address))
    assert browser.post(address, {"kind": "copy"}).status_code == 200
    assert not PrivacyRequest.objects.exists()
    told = words_of(browser.post(address, {"kind": "copy", "how": HOW, "words": "All of it."}, follow=True))
    assert "Written down. We are telling them." in told
    assert "All of it." in told
    again = words_of(browser.post(address, {"kind": "copy", "how": HOW}, follow=True))
    assert "This was asked for before, and is being answered." in again
    assert PrivacyRequest.objects.count() == 1


def test_a_complaint_by_phone_is_written_down_and_answered_once(here, signed_in):
    browser, address = signed_in(here.staff), reverse("complain_for", args=[here.member.person.pk])
    assert browser.post(address, {"words": "Too many letters."}).status_code == 200
    assert not Complaint.objects.exists()
    page = words_of(browser.post(address, {"words": "Too many letters.", "how": HOW}, follow=True))
    assert "Written down. We are telling them." in page
    complaint = Complaint.objects.get()
    assert (complaint.made_by, complaint.made_how) == (here.staff.person, HOW)
    assert "wrote down your complaint" in Notice.objects.get(person=here.member.person).text_body
    place = reverse("complaint", args=[complaint.pk])
    assert "Too many letters." in page_text(browser.post(place, {"answer": ""}))
    browser.post(place, {"answer": "We write less often."})
    late = words_of(browser.post(place, {"answer": "We write no more."}))
    assert "This complaint has been answered." in late
    complaint.refresh_from_db()
    assert complaint.answer == "We write less often."


def test_a_complaint_needs_words_a_way_in_which_it_came_and_an_answer(here):
    person = here.member.person
    with pytest.raises(ComplaintError, match="Say how they complained"):
        complaints.complain(person=person, words="Too many letters.", how=" ", by=here.staff)
    with pytest.raises(ComplaintError, match="Say what it is about"):
        complaints.complain(person=person, words=" ", by=here.member)
    complaint = complaints.complain(person=person, words="Too many letters.", by=here.member)
    with pytest.raises(ComplaintError, match="Write your answer"):
        complaints.answer(complaint=complaint, answer=" ", by=here.staff)
    acknowledged = complaints.acknowledge(complaint=complaint, by=here.staff)
    with time_machine.travel(timezone.now() + dt.timedelta(days=3), tick=False):
        again = complaints.acknowledge(complaint=complaint, by=here.admin)
    assert (again.acknowledged_at, again.acknowledged_by) == (acknowledged.acknowledged_at, here.staff.person)


def test_an_emergency_needs_a_reason_and_is_opened_once(here):
    with pytest.raises(EmergencyError, match="Say what has happened"):
        emergencies.open_needs(person=here.member.person, reason=" ", by=here.finance)
    first = emergencies.open_needs(person=here.member.person, reason="They fainted.", by=here.finance)
    assert emergencies.open_needs(person=here.member.person, reason="Still.", by=here.finance) == first
    assert EmergencyLook.objects.get().reason == "They fainted."


def test_who_wrote_down_that_somebody_asks_to_be_removed_does_not_confirm_it(here):
    request = requests.ask(person=here.member.person, kind="erasure", by=here.admin, how=HOW)
    with pytest.raises(RequestError, match="a second colleague has to confirm it"):
        requests.confirm(request=request, by=here.admin, proof="In person.")
    with pytest.raises(RequestError, match="Say why, in words the person understands"):
        requests.refuse(request=request, by=make.an_administrator(), ground="identity", refused_why=" ")


def test_nobody_is_removed_unless_it_was_confirmed_nor_twice(here):
    person = here.member.person
    request = requests.ask(person=person, kind="erasure", by=here.member)
    with pytest.raises(RequestError, match="This request is not confirmed"):
        requests.carry_out(request=request, by=here.admin)
    requests.confirm(request=request, by=here.admin, proof="In person.")
    erasure, address = requests.carry_out(request=request, by=here.admin)
    assert address
    assert requests.carry_out(request=request, by=here.admin) == (erasure, "")
    with pytest.raises(RequestError, match="They have been removed already"):
        requests.ask(person=Person.objects.get(pk=person.pk), kind="erasure", by=here.admin, how=HOW)


def test_a_removal_waits_at_work_too_until_what_is_open_is_settled(here):
    complaints.complain(person=here.member.person, words="Too many letters.", by=here.member)
    with pytest.raises(erasing.ErasureError, match="Answer the complaint first"):
        erasing.remove(here.member.person, by=here.admin)


def test_a_certificate_that_cannot_be_sent_is_there_to_be_handed_over(here, signed_in, worker, settings):
    request = requests.ask(person=here.member.person, kind="erasure", by=here.member)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with worker():
        requests.confirm(request=request, by=here.admin, proof="In person.")
    erasure = Erasure.objects.get()
    assert erasure.told_at is None
    browser = signed_in(here.admin)
    assert "It has not been sent. Print it and give it to them." in words_of(
        browser.get(reverse("privacy_request", args=[request.pk]))
    )
    address = reverse("erasure_certificate", args=[erasure.pk])
    paper = browser.get(address)
    assert erasure.reference in text_of(b"".join(paper) if paper.streaming else paper.content)
    assert signed_in(here.staff).get(address).status_code == 404


def test_who_waits_for_the_work_are_its_person_and_those_who_handle_it(here):
    own = requests.ask(person=here.member.person, kind="copy", by=here.member)
    job = Job.objects.get(kind="privacy_copy", subject_id=own.pk)
    seen = {name: contributions.can_see_job(getattr(here, name), job) for name in ("member", "staff", "elsewhere")}
    assert seen == {"member": True, "staff": True, "elsewhere": False}
    assert contributions.page_of_job(job) == reverse("what_we_hold")
    asked = requests.ask(person=here.finance.person, kind="copy", by=here.admin, how=HOW)
    requests.confirm(request=asked, by=here.admin, proof="In person.")
    written = Job.objects.get(kind="privacy_copy", subject_id=asked.pk)
    assert contributions.page_of_job(written) == reverse("privacy_request", args=[asked.pk])


def test_the_home_page_of_an_administrator_says_what_is_asked_and_what_goes(here, due, signed_in):
    requests.ask(person=here.member.person, kind="erasure", by=here.member)
    page = words_of(signed_in(here.admin).get(reverse("home")))
    assert "Mabel Memberton asks: To be removed" in page
    assert "1 thing is due to be removed" in page
    with time_machine.travel(timezone.now() + dt.timedelta(days=40), tick=False):
        assert contributions.requests_to_answer(here.admin)[0].urgent
    assert contributions.due_to_be_removed(here.staff) == []
    retention.hold(line=due, why="A legal claim is open.", by=here.admin)
    assert contributions.due_to_be_removed(here.admin) == []


def test_what_is_held_stays_until_an_administrator_lets_it_go_again(here, due, signed_in):
    browser, place = signed_in(here.admin), reverse("retention_line", args=[due.pk])
    assert "Una Answered" in page_text(browser.post(place, {"why": ""}))
    browser.post(place, {"why": "A legal claim is open."})
    assert not retention.remove_due(line=due, by=None)
    assert "It stays." in words_of(browser.get(place))
    page = words_of(browser.post(reverse("retention_let_go", args=[due.pk]), follow=True))
    assert "It is due to be removed again." in page
    due.refresh_from_db()
    assert (due.held_at, due.held_why, due.removed_on) == (None, "", timezone.localdate() + dt.timedelta(days=14))
    with pytest.raises(RetentionError, match="Only administrators do this"):
        retention.let_go(line=due, by=here.staff)


def test_what_is_removed_cannot_be_held_and_a_reason_is_needed(here, due):
    with pytest.raises(RetentionError, match="Say why it has to stay"):
        retention.hold(line=due, why=" ", by=here.admin)
    assert retention.remove_due(line=due, by=None)
    assert Person.objects.get(pk=due.subject_id).full_name == "Somebody who left"
    with pytest.raises(RetentionError, match="It is removed already"):
        retention.hold(line=due, why="A legal claim is open.", by=here.admin)


def test_what_cannot_be_removed_is_listed_with_the_reason_and_goes_once_it_is_settled(here, due, signed_in):
    person = Person.objects.get(pk=due.subject_id)
    complaint = complaints.complain(person=person, words="Who are you?", how=HOW, by=here.admin)
    timed.keep_no_longer()
    file = signed_in(here.admin).get(reverse("due_for_retention"), {"export": "csv"})
    rows = b"".join(file).decode() if file.streaming else file.content.decode()
    assert "Una Answered" in rows
    assert "Answer the complaint first" in rows
    complaints.answer(complaint=complaint, answer="We are Wellbeing.", by=here.admin)
    timed.keep_no_longer()
    due.refresh_from_db()
    assert (bool(due.done_at), due.problem) == (True, "")


def test_a_copy_that_was_handed_over_goes_in_time_and_the_request_stays(here, worker, data_dir):
    with worker():
        request = requests.ask(person=here.member.person, kind="copy", by=here.member)
    with time_machine.travel(timezone.now() + dt.timedelta(days=400), tick=False):
        timed.keep_no_longer()
        (line,) = DueForRetention.objects.filter(kind="copies")
        described = hooks.retention_kinds["copies"].describe([request.pk])
        assert described[request.pk].startswith("Mabel Memberton, ")
    with time_machine.travel(timezone.now() + dt.timedelta(days=414), tick=False):
        timed.keep_no_longer()
    assert not request.files.exists()
    line.refresh_from_db()
    assert line.done_at
    assert PrivacyRequest.objects.get(pk=request.pk).status == "done"
