"""Tests of agendas and minutes on paper."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from events.models import MeetingPaper
from events.papers import documents, queries
from events.papers.actions import meeting_papers as papers
from people.models import AccessNeed, Person
from tests.factories.meetings import a_meeting, an_item, held, with_agreed_minutes, with_minutes
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db
What = MeetingPaper.What


def text_of(paper):
    reader = PdfReader(io.BytesIO(documents.draw(paper)))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()), len(reader.pages)


def test_a_worker_makes_the_agenda_with_the_time_of_each_item(coming, lived, worker, data_dir, signed_in):
    an_item(coming, "The ramp at the door", 20, leader=lived.person)
    with worker():
        made = papers.ask_for_paper(meeting=coming, what=What.AGENDA, layout="18", by=lived)
    made.refresh_from_db()
    assert made.made_at
    text, _pages = text_of(made)
    assert "10am: The ramp at the door" in text
    assert "Lena Livedly leads it" in text
    answer = signed_in(lived).get(reverse("meeting_paper", args=[coming.pk, made.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    refused("UPDATE events_meetingpaper SET layout = 'standard' WHERE id = %s", made.pk)


def test_large_print_takes_more_pages_than_standard(coming, lived):
    for number in range(12):
        an_item(coming, f"Thing {number}", detail="Words to read before the meeting. " * 8)
    pages = []
    for layout in ("standard", "24"):
        paper = MeetingPaper.objects.create(meeting=coming, what=What.AGENDA, layout=layout, asked_by=lived.person)
        pages.append(text_of(paper)[1])
    assert pages[1] > pages[0]


def test_the_published_paper_leaves_out_what_is_for_members_only(last, chair, lived, programme):
    an_item(last, "For all", said="Everybody may read this.")
    an_item(last, "For us", said="Members alone.", members_only=True)
    held(last, lived.person)
    with_agreed_minutes(last, a_meeting(programme, days=0), chair.person)
    texts = {}
    for what in (What.MINUTES, What.PUBLISHED):
        paper = MeetingPaper.objects.create(meeting=last, what=what, layout="standard", asked_by=chair.person)
        texts[what], _pages = text_of(paper)
    assert "Members alone." in texts[What.MINUTES]
    for left_out in ("Members alone.", "For us", "Lena"):
        assert left_out not in texts[What.PUBLISHED]
    assert "Everybody may read this." in texts[What.PUBLISHED]


def test_a_draft_says_that_it_is_one(last, chair):
    an_item(last, said="Words.")
    paper = MeetingPaper.objects.create(
        meeting=with_minutes(last), what=What.MINUTES, layout="standard", asked_by=chair.person
    )
    assert "A draft: these minutes are not agreed yet." in text_of(paper)[0]


def test_others_have_only_what_is_published(last, member, lived):
    with pytest.raises(ActionError, match="Only members"):
        papers.ask_for_paper(meeting=last, what=What.MINUTES, layout="standard", by=member)
    with pytest.raises(ActionError, match="not published yet"):
        papers.ask_for_paper(meeting=last, what=What.PUBLISHED, layout="standard", by=lived)


def test_asking_twice_makes_one(coming, lived, chair):
    an_item(coming)
    first = papers.ask_for_paper(meeting=coming, what=What.AGENDA, layout="standard", by=lived)
    assert papers.ask_for_paper(meeting=coming, what=What.AGENDA, layout="standard", by=chair) == first


def test_staff_see_which_member_has_no_agenda_in_their_format_yet(coming, staff, chair, lived, partner, signed_in):
    Person.objects.filter(pk=lived.person.pk).update(letter_size="18")
    AccessNeed.objects.create(person=partner.person, kind=AccessNeed.Kind.BRAILLE)
    wanted = [(one.person, one.is_there) for one in queries.formats_wanted(coming)]
    assert wanted == [(lived.person, False), (partner.person, False)]
    url = reverse("meeting_papers", args=[coming.pk])
    assert "Braille" in signed_in(staff).get(url).content.decode()
    assert "Braille" not in signed_in(chair).get(url).content.decode()
