"""Ask for a copy or to be removed: who may, what they get, and what the database refuses."""

import io
import json
import zipfile

import pikepdf
import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from events.models import AttachedPaper, PaperCopy
from people.jobs import running
from people.models import CopyFile, Erasure, Job, Look, Notice, Person, PrivacyRequest, User
from people.privacy import erasing, export
from people.privacy.actions import complaints, requests
from people.privacy.actions.requests import RequestError
from people.privacy.contributions import one_request_and_one_look
from tests import factories as make
from tests.factories import access
from tests.helpers.client import page_text
from tests.helpers.documents import text_of
from tests.helpers.messages import a_message

pytestmark = pytest.mark.django_db
HOW = {"how": "On the phone, with me."}


def test_a_member_downloads_a_copy_that_a_worker_made(here, signed_in, worker):
    browser = signed_in(here.member)
    with worker():
        browser.post(reverse("copy_ask"))
    request = PrivacyRequest.objects.get()
    assert (request.status, request.person) == ("done", here.member.person)
    page = page_text(browser.get(reverse("what_we_hold")))
    assert "To read and to print (PDF)" in page
    files = {
        kind: b"".join(browser.get(reverse("copy_file", args=[request.pk, kind])).streaming_content)
        for kind in ("json", "pdf", "zip")
    }
    held = {one["kind"]: one for one in json.loads(files["json"])["held"]}
    assert held["people.AccessNeed"]["rows"][0]["detail"] == "A quiet room to rest in"
    assert held["people.User"]["rows"][0]["email"] == here.member.email
    assert "password" not in held["people.User"]["rows"][0]
    assert "A quiet room to rest in" in text_of(files["pdf"])
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        assert document.Root.MarkInfo.Marked
    assert zipfile.ZipFile(io.BytesIO(files["zip"])).testzip() is None
    assert Notice.objects.filter(kind="privacy", person=here.member.person).count() == 1


def test_a_second_press_makes_no_second_copy_while_the_first_is_made(here):
    first = requests.ask(person=here.member.person, kind="copy", by=here.member)
    assert requests.ask(person=here.member.person, kind="copy", by=here.member) == first
    assert Job.objects.filter(kind="privacy_copy").count() == 1


def test_staff_ask_by_phone_and_the_person_is_told_and_sees_who_handed_it_over(here, signed_in, worker):
    with pytest.raises(RequestError, match="how they asked"):
        requests.ask(person=here.member.person, kind="copy", by=here.staff)
    with pytest.raises(RequestError):
        requests.ask(person=here.member.person, kind="copy", by=here.elsewhere, **HOW)
    request = requests.ask(person=here.member.person, kind="copy", by=here.staff, **HOW)
    assert request.status == "asked"
    assert "Stella Stafford" in Notice.objects.get(person=here.member.person, kind="privacy").text_body
    with worker():
        requests.confirm(request=request, by=here.admin, proof="They named their last day with us.")
    assert signed_in(here.staff).get(reverse("copy_file", args=[request.pk, "pdf"])).status_code == 404
    signed_in(here.admin).get(reverse("copy_file", args=[request.pk, "pdf"]))
    look = Look.objects.get(person=here.member.person)
    assert (look.kind, look.reader) == ("copy", here.admin.person)


def test_an_erasure_is_confirmed_by_an_administrator_with_proof_and_by_nobody_else(here):
    request = requests.ask(person=here.member.person, kind="erasure", by=here.member)
    with pytest.raises(RequestError, match="administrator"):
        requests.confirm(request=request, by=here.staff, proof="I know them.")
    with pytest.raises(RequestError, match="how you made sure"):
        requests.confirm(request=request, by=here.admin, proof=" ")
    assert not Erasure.objects.exists()


def test_staff_are_removed_once_their_role_has_ended(here):
    request = requests.ask(person=here.staff.person, kind="erasure", by=here.staff)
    with pytest.raises(RequestError, match="End this role first"):
        requests.confirm(request=request, by=here.admin, proof="In person.")


def test_who_is_the_contact_of_a_programme_is_replaced_first_however_it_is_written(here):
    here.programme.contact_email = here.member.email.title()
    here.programme.save()
    request = requests.ask(person=here.member.person, kind="erasure", by=here.member)
    with pytest.raises(RequestError, match="Name somebody else there first"):
        requests.confirm(request=request, by=here.admin, proof="In person.")


def test_a_confirmed_erasure_removes_the_person_and_sends_the_certificate(here, signed_in, worker):
    address, key = here.member.email, here.member.person.pk
    browser = signed_in(here.member)
    request = requests.ask(person=here.member.person, kind="erasure", by=here.member, words="I am moving away.")
    with worker():
        requests.confirm(request=request, by=here.admin, proof="I rang the number we have.")
    person = Person.objects.get(pk=key)
    assert (person.full_name, person.email, person.user) == ("Somebody who asked to be removed", "", None)
    assert not User.objects.filter(email=address).exists()
    assert browser.get(reverse("what_we_hold")).status_code == 302
    letter = mail.outbox[-1]
    assert letter.to == [address]
    name, content, _type = letter.attachments[0]
    erasure = Erasure.objects.get()
    assert name == f"{erasure.reference}.pdf"
    assert "Certificate of removal" in text_of(content)
    assert erasure.told_at
    request.refresh_from_db()
    assert (request.status, request.words) == ("done", "[removed]")
    page = signed_in(here.admin).get(reverse("privacy_request", args=[request.pk]))
    assert "The certificate (PDF)" in page_text(page)
    assert person.memberships.get().ends_on


def test_a_refusal_says_why_in_law_and_the_person_is_told(here, signed_in):
    request = requests.ask(person=here.member.person, kind="erasure", by=here.member)
    browser = signed_in(here.admin)
    data = {"refuse": "yes", "refuse-ground": "identity", "refuse-refused_why": ""}
    page = browser.post(reverse("privacy_request", args=[request.pk]), data)
    assert page.status_code == 200
    browser.post(reverse("privacy_request", args=[request.pk]), {**data, "refuse-refused_why": "Nobody answered."})
    request.refresh_from_db()
    assert request.status == "refused"
    assert "Nobody answered." in Notice.objects.get(person=here.member.person).text_body
    assert "Nobody answered." in page_text(signed_in(here.member).get(reverse("what_we_hold")))


def test_what_was_asked_can_be_taken_back_until_it_is_confirmed(here):
    request = requests.ask(person=here.member.person, kind="erasure", by=here.member)
    with pytest.raises(RequestError):
        requests.take_back(request=request, by=here.staff)
    assert requests.take_back(request=request, by=here.member).status == "withdrawn"
    with pytest.raises(RequestError, match="too late"):
        requests.take_back(request=request, by=here.member)


@pytest.mark.parametrize(
    "change",
    [
        "status = 'done', proof = 'x'",
        "status = 'confirmed', proof = ''",
        "status = 'confirmed', proof = 'x', decided_by_id = person_id",
        "status = 'refused'",
        "asked_how = 'Phone'",
    ],
)
def test_the_database_refuses_a_request_that_skips_a_step(here, change):
    request = requests.ask(person=here.member.person, kind="erasure", by=here.member)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_privacyrequest SET {change} WHERE id = %s", [request.pk])


def test_nobody_changes_or_deletes_the_record_of_an_erasure(here):
    Erasure.objects.create(person=here.member.person, reference="E-1", counts={}, kept=[])
    for sql in ("UPDATE people_erasure SET reference = 'E-2'", "DELETE FROM people_erasure"):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_stranger_gets_no_file_of_a_copy(here, signed_in, worker):
    with worker():
        request = requests.ask(person=here.member.person, kind="copy", by=here.member)
    for user in (here.staff, here.admin, here.elsewhere):
        assert signed_in(user).get(reverse("copy_file", args=[request.pk, "json"])).status_code == 404
    assert CopyFile.objects.count() == 3


def test_who_signs_in_gets_the_copy_that_a_colleague_wrote_down(here, signed_in, worker):
    written = requests.ask(person=here.member.person, kind="copy", by=here.staff, **HOW)
    with worker():
        signed_in(here.member).post(reverse("copy_ask"))
    written.refresh_from_db()
    own = PrivacyRequest.objects.exclude(pk=written.pk).get()
    assert (written.status, own.status, own.files.count()) == ("withdrawn", "done", 3)


def test_a_copy_that_is_made_while_its_person_is_removed_is_not_kept(here, monkeypatch):
    request = requests.ask(person=here.member.person, kind="copy", by=here.member)
    gather = export.gather

    def gather_before(person):
        held = gather(person)
        with transaction.atomic():
            erasing.remove(person, by=here.admin)
        return held

    monkeypatch.setattr(export, "gather", gather_before)
    running.run(Job.objects.get(kind="privacy_copy").pk)
    request.refresh_from_db()
    assert (request.status, CopyFile.objects.count()) == ("withdrawn", 0)
    assert not Notice.objects.filter(kind="privacy").exists()


@pytest.mark.parametrize("channel", ["email", "letter", "phone", "colleague"])
def test_what_has_not_gone_out_to_somebody_who_is_removed_is_cancelled(here, channel):
    message = a_message(to=here.member.email, person=here.member.person, channel=channel)
    with transaction.atomic():
        erasing.remove(here.member.person, by=here.admin)
    message.refresh_from_db()
    assert message.status == "cancelled"


def test_a_copy_leaves_out_what_is_arranged_for_several_and_files_put_here_for_others(here, tmp_path):
    event = make.an_event(here.programme, organiser=here.staff.person, days=10)
    both = access.an_arrangement(event, "Two lifts, for Mabel and Ada")
    own = access.an_arrangement(event, "A quiet room for Mabel")
    access.a_need(event, here.member.person, arrangement=both, kind="other", words="Lift")
    access.a_need(event, arrangement=both, kind="other", words="Lift")
    access.a_need(event, here.member.person, arrangement=own, kind="quiet_room")
    held = {one.label: one for one in export.gather(here.member.person)}["events.Arrangement"]
    assert {row["id"]: row.get("title") for row in held.rows} == {both.pk: None, own.pk: own.title}
    paper = AttachedPaper.objects.create(event=event, title="Plans", purpose="note", added_by=here.staff.person)
    copy = PaperCopy(paper=paper, format="standard", added_by=here.staff.person, status="ready", content_type="x")
    copy.file.save("plans.pdf", ContentFile(b"%PDF"), save=False)
    copy.size = 4
    copy.save()
    assert list(export.files_of(here.staff.person)) == []


def test_an_open_complaint_is_answered_before_its_person_is_removed(here):
    complaint = complaints.complain(person=here.member.person, words="Too many letters.", by=here.member)
    assert any("Answer the complaint first" in sentence for sentence in erasing.what_to_settle(here.member.person))
    complaints.answer(complaint=complaint, answer="We write less often.", by=here.admin)
    assert erasing.what_to_settle(here.member.person) == []


def test_a_record_that_is_being_removed_does_not_become_one_with_an_account(here):
    record = make.a_person("Mabel Memberton")
    asked = requests.ask(person=record, kind=PrivacyRequest.Kind.ERASURE, by=here.admin, how="On the phone.")
    one_request_and_one_look(record, here.member.person)
    PrivacyRequest.objects.filter(pk=asked.pk).update(
        status="confirmed", decided_by=here.admin.person, decided_at=timezone.now(), proof="I rang them."
    )
    with pytest.raises(IntegrityError, match="being removed"):
        one_request_and_one_look(record, here.member.person)
