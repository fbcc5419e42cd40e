"""Tests of the pages about access at an event: arrangements, lists, how far needs were met, and answers to that."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from events.access import documents
from events.access.actions import arranging
from events.access.page import AccessList
from events.inviting.actions import invitations
from events.models import Arrangement, EventNeed
from people.consent import actions as consents
from programmes.models import Role
from tests import factories as make
from tests.factories.access import a_need, an_arrangement, coming, gathered, held, told
from tests.helpers.client import outcome, page_text
from tests.helpers.database import queries_of
from tests.helpers.documents import text_of
from tests.helpers.events import a_date
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db


def sent_of(event, **changed):
    return {"title": "Loop tested", "owner": "", "how": "", **a_date("due_on", event.day), **changed}


def test_the_page_of_an_event_says_that_it_is_not_ready(event, staff, signed_in):
    client = signed_in(staff)
    page = reverse("event", args=[event.pk])
    assert "Access: not ready" not in page_text(client.get(page))
    arrangement = an_arrangement(event)
    text = page_text(client.get(page))
    assert "Access: not ready" in text
    assert "1 arrangement that nobody sees to" in text
    arranging.mark_done(arrangement=arrangement, how="", by=staff)
    assert "Access: ready" in page_text(client.get(page))


def test_an_arrangement_is_added_changed_and_done_by_its_pages(event, staff, helper, signed_in):
    client = signed_in(staff)
    url = reverse("arrangement_new", args=[event.pk])
    wrong = client.post(url, sent_of(event, due_on_day="40", how="Before nine"))
    assert "Before nine" in page_text(wrong)
    assert not Arrangement.objects.exists()
    client.post(url, sent_of(event, owner=helper.person.pk, lists=["desk"]))
    made = Arrangement.objects.get()
    assert (made.owner, made.for_desk) == (helper.person, True)
    listed = page_text(client.get(reverse("event_access", args=[event.pk])))
    assert "Loop tested" in listed
    assert "Hettie Helpful" in listed
    client.post(reverse("arrangement_edit", args=[made.pk]), sent_of(event, title="Loop and microphone tested"))
    client.post(reverse("arrangement_done", args=[made.pk]), {"how": "With Ms Invented"})
    text = page_text(client.get(made.get_absolute_url()))
    assert "Loop and microphone tested" in text
    assert "With Ms Invented" in text
    assert "Done" in text


def test_who_sees_to_it_opens_it_and_nothing_else(event, staff, helper, signed_in):
    mine, other = an_arrangement(event, owner=helper.person), an_arrangement(event, "The ramp")
    client = signed_in(helper)
    assert "Loop tested" in page_text(client.get(mine.get_absolute_url()))
    assert outcome(client.post(reverse("arrangement_done", args=[mine.pk]), {"how": "Tested"})) == "302"
    assert outcome(client.get(reverse("arrangement_edit", args=[mine.pk]))) == "403"
    assert outcome(client.get(other.get_absolute_url())) == "404"
    assert outcome(client.get(reverse("event_access", args=[event.pk]))) == "403"
    arranging.take_out(arrangement=mine, by=staff)
    assert outcome(client.get(mine.get_absolute_url())) == "404"


def test_a_change_behind_an_arrangement_is_shown_until_somebody_has_looked(event, member, staff, signed_in):
    invitation = coming(event, member.person, said="Food and drink: no nuts")
    need = gathered(event)["diet"]
    invitations.reply(invitation=invitation, reply="coming", by=staff, access_needs="Food and drink: no milk")
    client = signed_in(staff)
    text = page_text(client.get(need.arrangement.get_absolute_url()))
    assert "Before: no nuts. Now: no milk" in text
    assert "Mina Member" in page_text(client.get(reverse("event_access", args=[event.pk]), {"todo": "changed"}))
    client.post(reverse("arrangement_seen", args=[need.arrangement_id]))
    assert "Before: no nuts" not in page_text(client.get(need.arrangement.get_absolute_url()))


def test_what_fell_away_is_found_by_its_status(event, staff, member, signed_in):
    invitation = coming(event, member.person, ("bsl", ""))
    gathered(event)
    invitations.reply(invitation=invitation, reply="not_coming", by=None)
    client, url = signed_in(staff), reverse("event_access", args=[event.pk])
    assert "British Sign Language" not in page_text(client.get(url))
    assert "British Sign Language" in page_text(client.get(url, {"status": "dropped"}))
    assert "British Sign Language" not in page_text(client.get(reverse("access_list", args=[event.pk, "desk"])))


def test_the_list_takes_as_many_questions_for_30_rows_as_for_3(event, staff, signed_in):
    client, url = signed_in(staff), reverse("event_access", args=[event.pk])

    def more(number):
        for _each in range(number):
            coming(event, None, ("bsl", ""))
        gathered(event)
        return len(queries_of(lambda: client.get(url)))

    assert more(3) == more(27)


@pytest.fixture
def planned(event, member, staff):
    """Two people who come and one who is not sure, with needs of every list; an interpreter is booked."""
    coming(
        event,
        member.person,
        ("bsl", ""),
        ("diet", "no nuts, says Mina"),
        ("supporter", "Cerys Invented"),
        said="Step-free way in: wheelchair",
    )
    coming(event, make.a_person("Nora Notsure"), ("hearing_loop", ""), ("quiet_room", ""), reply="not_sure")
    coming(event, make.a_person("Otto Other"), said="I faint when it is hot")
    needs = gathered(event)
    arranging.mark_done(arrangement=needs["bsl"].arrangement, how="Booked from nine", by=staff)
    an_arrangement(event, "Water on every table", for_caterer=True, for_facilitators=True)
    for invitation in event.invitations.select_related("person"):
        answers = {"sharing": True}
        consents.answer(person=invitation.person, answers=answers, by=make.an_administrator(), how="At the door")
    return event


def list_page(client, event, which):
    return page_text(client.get(reverse("access_list", args=[event.pk, which])))


def test_each_list_has_what_its_reader_needs_and_no_more(planned, staff, signed_in):
    client = signed_in(staff)
    caterer, venue = list_page(client, planned, "caterer"), list_page(client, planned, "venue")
    for text in (caterer, venue):
        for name in ("Mina", "Nora", "Cerys"):
            assert name not in text
    assert "no nuts, says [name]" in caterer
    assert "Supporter or personal assistant comes too" in caterer
    assert "2 people said that they come. 1 is not sure yet." in caterer
    assert "Water on every table" in caterer
    assert "Step-free way in" in venue
    assert "Hearing loop" in venue
    assert "no nuts" not in venue
    brief, desk = list_page(client, planned, "facilitators"), list_page(client, planned, "desk")
    assert "British Sign Language interpreter (Booked from nine)" in brief
    assert "Hearing loop (not arranged yet)" in brief
    assert "Not sure yet" in brief
    assert "Step-free" not in brief
    assert "Step-free way in: wheelchair (not arranged yet)" in desk
    assert "no nuts" not in brief + desk
    # Words written by hand are for staff alone until they say who has to know.
    assert "faint" not in caterer + venue + brief + desk


def test_what_staff_say_the_facilitators_have_to_know_is_in_their_brief(planned, staff, signed_in):
    other = EventNeed.objects.get(kind="other").arrangement
    arranging.edit(arrangement=other, by=staff, title=other.title, due_on=other.due_on, lists=["facilitators"])
    assert "I faint when it is hot" in list_page(signed_in(staff), planned, "facilitators")


def test_who_helps_to_run_it_reads_the_brief_alone(planned, programme, helper, signed_in):
    client = signed_in(helper)
    assert "Brief for facilitators" in page_text(client.get(planned.get_absolute_url()))
    assert "Nora Notsure" in list_page(client, planned, "facilitators")
    for which, expected in (("desk", "403"), ("caterer", "403"), ("venue", "403"), ("everything", "404")):
        assert outcome(client.get(reverse("access_list", args=[planned.pk, which]))) == expected
    helping = planned.invitations.get(person=helper.person)
    invitations.reply(invitation=helping, reply="not_coming", by=None)
    assert outcome(client.get(reverse("access_list", args=[planned.pk, "facilitators"]))) == "403"
    for role in (Role.FINANCE, Role.STEERING):
        reader = signed_in(make.with_role(programme, role, f"Reader {role}"))
        assert outcome(reader.get(reverse("access_list", args=[planned.pk, "facilitators"]))) == "403"


@pytest.mark.parametrize("which", ["caterer", "facilitators"])
def test_a_list_is_printed_in_standard_and_large_print(which, planned, staff, signed_in):
    sizes = []
    for layout in documents.LAYOUTS:
        answer = signed_in(staff).get(reverse("access_list_pdf", args=[planned.pk, which, layout]))
        assert answer.headers["Content-Type"] == "application/pdf"
        reader = PdfReader(io.BytesIO(answer.content))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        text = text_of(reader)
        assert ("Mina Member" in text) == (which == "facilitators")
        assert "Water on every table" in text
        sizes.append(documents.html_of(AccessList(planned, which), layout, today()))
    assert 'class="print-18"' not in sizes[0]
    assert 'class="print-18"' in sizes[1]
    wrong = reverse("access_list_pdf", args=[planned.pk, which, "tiny"])
    assert outcome(signed_in(staff).get(wrong)) == "404"


def test_an_empty_list_says_so(event, staff, signed_in):
    assert "Nobody who comes has said anything for this list." in list_page(signed_in(staff), event, "venue")


@pytest.fixture
def over(past, member):
    """An event that was held, with a need of a member that was partly met, of which they were told."""
    coming(past, member.person)
    need = a_need(past, member.person, result="partly", note="It whistled.")
    told(past, member.person)
    return held(need.event)


def test_how_far_needs_were_met_is_recorded_on_a_page_that_keeps_what_was_typed(over, member, staff, signed_in):
    client, url = signed_in(staff), reverse("access_record", args=[over.pk])
    need = a_need(over, make.a_person("Nora Notsure"), "diet")
    refused = client.post(url, {f"result-{need.pk}": "not_met", f"note-{need.pk}": ""})
    assert "Say how it went" in page_text(refused)
    need.refresh_from_db()
    assert need.result == ""
    done = client.post(url, {f"result-{need.pk}": "not_met", f"note-{need.pk}": "No lunch came."}, follow=True)
    need.refresh_from_db()
    assert (need.result, need.note) == ("not_met", "No lunch came.")
    assert "are being told" in page_text(done)


def test_two_colleagues_who_record_at_once_see_each_other(over, staff, signed_in):
    client, url = signed_in(staff), reverse("access_record", args=[over.pk])
    need = EventNeed.objects.get()
    page = page_text(client.get(url))
    seen = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen_at_first",) if name in page}
    assert seen
    EventNeed.objects.filter(pk=need.pk).update(recorded_at=over.starts_at)
    again = client.post(url, {f"result-{need.pk}": "met", f"note-{need.pk}": "", **seen})
    assert outcome(again) == "200"
    need.refresh_from_db()
    assert need.result == "partly"


def test_a_person_answers_by_their_link_without_signing_in(over, member, staff, client, signed_in):
    row, need = over.needs_told.get(), EventNeed.objects.get()
    url = reverse("needs_link", args=[row.link_key])
    answer = client.get(url)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    text = page_text(answer)
    assert "Partly met" in text
    assert "It whistled." in text
    refused = client.post(url, {f"reply-{need.pk}": "not_so", f"words-{need.pk}": " "})
    assert "Tell us in a few words what is not so" in page_text(refused)
    client.post(url, {f"reply-{need.pk}": "not_so", f"words-{need.pk}": "There was none."})
    assert "Thank you" in page_text(client.get(url))
    seen = page_text(signed_in(staff).get(reverse("access_record", args=[over.pk])))
    assert "There was none." in seen
    assert "To answer" in seen
    assert outcome(client.get(reverse("needs_link", args=["no-such-key"]))) == "404"


def test_the_link_of_the_invitation_does_not_open_it(over, member, client):
    key = over.invitations.get(person=member.person).link_key
    assert outcome(client.get(reverse("needs_link", args=[key]))) == "404"
    assert "whistled" not in client.get(reverse("reply", args=[key])).content.decode()


def test_a_person_answers_on_their_own_page_and_a_peer_does_not_see_it(over, programme, member, signed_in):
    need = EventNeed.objects.get()
    client, url = signed_in(member), reverse("your_needs", args=[over.pk])
    assert "Did you get what you needed?" in page_text(client.get(over.get_absolute_url()))
    client.post(url, {f"reply-{need.pk}": "so", f"words-{need.pk}": ""})
    need.refresh_from_db()
    assert need.reply == "so"
    peer = make.with_role(programme, Role.LIVED_EXPERIENCE, "Peer Person")
    coming(over, peer.person)
    assert outcome(signed_in(peer).get(url)) == "403"


def test_a_colleague_writes_down_an_answer(over, member, staff, signed_in):
    need = EventNeed.objects.get()
    url = reverse("needs_reply_for", args=[over.pk, member.person.pk])
    client = signed_in(staff)
    assert "What does Mina say?" in page_text(client.get(url))
    client.post(url, {f"reply-{need.pk}": "not_so", f"words-{need.pk}": "None at all."})
    need.refresh_from_db()
    assert (need.reply, need.reply_taken_by) == ("not_so", staff.person)


def test_the_list_behind_the_number_is_searched_and_as_quick_for_many(over, programme, staff, signed_in):
    client, url = signed_in(staff), reverse("access_results", args=[programme.slug])
    few = len(queries_of(lambda: client.get(url)))
    for _each in range(20):
        a_need(over, kind="diet", result="met")
    many = len(queries_of(lambda: client.get(url)))
    assert few == many
    text = page_text(client.get(url, {"result": "partly"}))
    assert "It whistled." in text
    assert "Food and drink" not in text
