"""Pages about papers: forms that come back, files that got lost, and what was withdrawn."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from events.models import MeetingPaper
from events.papers import contributions, documents
from events.papers.actions import attached
from people.models import Job
from tests.factories.meetings import a_copy, a_meeting, a_paper, with_agreed_minutes
from tests.helpers.client import page_text, words_of
from tests.helpers.samples import pdf, upload
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(coming):
    row = a_paper(coming)
    a_copy(row)
    return row


def address(name, paper, *more):
    return reverse(name, args=[paper.event_id, paper.pk, *more])


def test_each_form_about_a_paper_comes_back_with_what_was_typed(paper, chair, signed_in):
    client, copy = signed_in(chair), paper.copies.get()
    for name, more, title in (
        ("attached_edit", (), "Change this paper"),
        ("attached_withdraw", (), ""),
        ("paper_copy_withdraw", (copy.pk,), ""),
        ("attached_made", (), "Note a format that was made"),
    ):
        page = page_text(client.post(address(name, paper, *more), {}))
        assert title in page
        assert "There is a problem" in page
    paper.refresh_from_db()
    assert not paper.is_withdrawn


def test_a_paper_comes_in_another_language_once_it_says_which(paper, chair, lived, signed_in):
    client, place = signed_in(chair), address("paper_copy_new", paper)
    assert page_text(client.get(place))
    page = page_text(client.post(place, {"format": "language", "words": "Słowa."}))
    assert "Choose the language." in page
    assert "Słowa." in page
    client.post(place, {"format": "language", "language": "pl", "words": "Słowa."})
    assert paper.copies.get(format="language").words == "Słowa."


def test_a_file_that_got_lost_is_not_found(coming, chair, lived, worker, data_dir, signed_in):
    with worker():
        row = attached.add(
            event=coming.event, title="The budget", purpose="note", file=upload(pdf(), "budget.pdf"), by=chair
        )
    copy = row.copies.get()
    place, client = address("paper_copy", row, copy.pk), signed_in(lived)
    assert client.get(place).status_code == 200
    default_storage.delete(copy.file.name)
    assert client.get(place).status_code == 404


def test_a_format_of_a_withdrawn_paper_is_not_noted_any_more(paper, coming, chair):
    attached.withdraw(paper=paper, why="It was wrong.", by=chair)
    with pytest.raises(ActionError, match="This paper was withdrawn"):
        attached.note_made(
            event=coming.event,
            paper=paper,
            format="braille",
            language="",
            made_by="Dot Punctual",
            made_on=timezone.localdate(),
            by=chair,
        )


def test_a_paper_of_the_meeting_is_asked_for_and_read_by_those_who_may_until_it_is_lost(
    coming, lived, partner, member, worker, data_dir, signed_in
):
    client, place = signed_in(lived), reverse("meeting_papers", args=[coming.pk])
    with worker():
        page = words_of(client.post(place, {"what": "agenda", "layout": "standard"}, follow=True))
    assert "The paper is being made. It will be on this page soon." in page
    made = MeetingPaper.objects.get()
    job = Job.objects.get(subject_id=made.pk, kind=documents.JOB_KIND)
    assert [contributions.PAPER.can_see(user, job) for user in (partner, member)] == [True, False]
    assert contributions.PAPER.url(job) == place
    file = reverse("meeting_paper", args=[coming.pk, made.pk])
    assert client.get(file).status_code == 200
    default_storage.delete(made.file.name)
    assert client.get(file).status_code == 404


def test_minutes_for_members_are_no_paper_of_others_once_a_part_is_published(last, chair, member, programme, signed_in):
    later = with_agreed_minutes(last, a_meeting(programme, days=0, group=last.group), chair.person)
    made = MeetingPaper.objects.create(meeting=later, what="minutes", layout="standard", asked_by=chair.person)
    MeetingPaper.objects.filter(pk=made.pk).update(made_at=timezone.now(), file="meetings/x.pdf", sha256="0", size=1)
    assert signed_in(member).get(reverse("meeting_paper", args=[later.pk, made.pk])).status_code == 403


def test_the_note_of_a_format_of_the_agenda_comes_back_with_what_was_typed(coming, chair, signed_in):
    place = reverse("meeting_made", args=[coming.pk])
    page = page_text(signed_in(chair).post(place, {"what": "agenda", "made_by": "Dot Punctual"}))
    assert 'value="Dot Punctual"' in page
