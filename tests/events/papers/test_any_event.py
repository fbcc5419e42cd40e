"""Tests of papers that come with an event that is no meeting: who reads and adds them, and formats as work."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events.inviting import emails
from events.models import AttachedPaper, Event, Invitation, PaperMade
from events.papers import queries
from events.papers.actions import attached
from events.papers.contributions import home_tasks
from events.registry import panels_beside_reply
from people.models import AccessNeed
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import queries_of, refused
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(event, member):
    return make.an_invitation(event, member.person)


@pytest.fixture
def paper(event, staff):
    return attached.add(event=event, title="What a world café is", purpose="note", words="Tables.", by=staff)


def reads(person, kind):
    AccessNeed.objects.create(person=person, kind=kind)


def lacking(event):
    return [(lack.title, lack.key, [str(one) for one in lack.people]) for lack in queries.lacks_of(event)]


def test_staff_add_a_paper_to_a_workshop_and_those_invited_read_it(event, staff, invited, member, signed_in):
    client = signed_in(staff)
    assert reverse("attached_papers", args=[event.pk]) in client.get(event.get_absolute_url()).content.decode()
    page = client.get(reverse("attached_new", args=[event.pk]))
    assert "Everybody invited can read it." in page_text(page)
    assert "item of the agenda" not in page_text(page)
    values = {"title": "What we know", "purpose": "discuss", "format": "easy_read", "words": "We know a lot."}
    client.post(reverse("attached_new", args=[event.pk]), values)
    copy = AttachedPaper.objects.get(event=event).copies.get()
    reader = signed_in(member)
    assert "Papers for this event" in page_text(reader.get(event.get_absolute_url()))
    assert "What we know" in page_text(reader.get(reverse("attached_papers", args=[event.pk])))
    address = reverse("paper_copy", args=[event.pk, copy.paper_id, copy.pk])
    assert "We know a lot." in page_text(reader.get(address))


def test_only_staff_of_the_programme_add_papers_where_no_group_meets(event, invited, member):
    with pytest.raises(ActionError, match="Only staff of this programme"):
        attached.add(event=event, title="Mine", purpose="note", words="Words.", by=member)


def test_papers_of_a_draft_are_for_staff_alone(programme, group, lived, staff, signed_in):
    draft = make.an_event(programme, organiser=staff.person, days=10, status=Event.Status.DRAFT, group=group)
    address = reverse("attached_papers", args=[draft.pk])
    assert signed_in(lived).get(address).status_code == 403
    assert signed_in(staff).get(address).status_code == 200
    Event.objects.filter(pk=draft.pk).update(status=Event.Status.PLANNED)
    assert signed_in(lived).get(address).status_code == 200


def test_no_paper_comes_with_an_event_that_was_cancelled(event, staff):
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED, cancel_reason="Snow.")
    with pytest.raises(ActionError, match="was cancelled"):
        attached.add(event=event, title="Late", purpose="note", words="Words.", by=staff)


def test_a_format_that_those_invited_read_is_a_task_of_staff_until_it_is_there(event, staff, paper, invited, member):
    reads(member.person, AccessNeed.Kind.EASY_READ)
    assert lacking(event) == [("What a world café is", ("easy_read", ""), [str(member.person)])]
    (task,) = home_tasks(staff)
    assert task.url == reverse("attached_papers", args=[event.pk])
    assert "What a world café is: Easy Read" in task.detail
    attached.add_copy(paper=paper, format="easy_read", words="We sit at tables.", by=staff)
    assert home_tasks(staff) == []


def test_nothing_is_lacking_for_who_said_that_they_cannot_come(event, paper, invited, member):
    reads(member.person, AccessNeed.Kind.BRAILLE)
    Invitation.objects.update(reply=Invitation.Reply.NOT_COMING, replied_at=timezone.now())
    assert lacking(event) == []


def test_a_workshop_has_no_agenda_of_which_a_format_could_be_noted(event, staff, paper):
    with pytest.raises(ActionError, match="no agenda"):
        attached.note_made(
            event=event, what="agenda", format="braille", made_by="Dot Punctual", made_on=event.day, by=staff
        )
    made = attached.note_made(
        event=event, paper=paper, format="braille", made_by="Dot Punctual", made_on=timezone.localdate(), by=staff
    )
    assert "has an agenda and minutes" in refused(
        "UPDATE events_papermade SET paper_id = NULL, what = 'agenda' WHERE id = %s", made.pk
    )
    assert PaperMade.objects.get() == made


def test_the_page_of_a_reply_names_the_papers_without_a_word_about_the_reader(event, paper, invited, member):
    reads(member.person, AccessNeed.Kind.BRAILLE)
    panels = [one for one in panels_beside_reply(invited) if one.template.startswith("events/papers")]
    (panel,) = panels
    assert panel.context["titles"] == ["What a world café is"]
    assert set(panel.context) == {"titles", "url"}


def test_joining_details_name_the_papers(event, paper, invited):
    with_papers = emails.joining_details(invited, ["What a world café is"])["text"]
    assert "What a world café is" in with_papers
    assert reverse("attached_papers", args=[event.pk]) in with_papers
    assert "PAPERS" not in emails.joining_details(invited)["text"]


def test_the_list_of_tasks_asks_nothing_of_events_without_papers(programme, staff, event, paper, invited):
    home_tasks(staff)
    few = queries_of(lambda: home_tasks(staff))
    for number in range(10):
        make.an_event(programme, organiser=staff.person, days=5, title=f"Event {number}")
    assert len(queries_of(lambda: home_tasks(staff))) == len(few)
