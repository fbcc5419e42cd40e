"""Tests of papers that come with a meeting: their formats, versions, and formats made elsewhere."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from events.meetings.actions import agenda
from events.models import AttachedPaper, Invitation, Meeting, MeetingRules, PaperCopy, PaperMade
from events.papers import queries
from events.papers.actions import attached
from events.papers.contributions import home_tasks
from events.papers.shown import EventPapers
from events.papers.tasks import clean_paper, sweep_papers
from people.models import AccessNeed, Notice, Person
from programmes.models import DeclaredInterest
from tests import factories as make
from tests.factories.decisions import a_decision
from tests.factories.meetings import a_copy, a_format_made, a_meeting, a_paper, an_item, with_agreed_minutes
from tests.helpers.client import page_text
from tests.helpers.database import queries_of, refused
from tests.helpers.samples import pdf
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def sent(content=None, name="budget.pdf"):
    return SimpleUploadedFile(name, pdf() if content is None else content)


def added(meeting, by, **changed):
    values = {"title": "The budget", "purpose": "decide", "words": "We have £2,000.", **changed}
    return attached.add(event=meeting.event, by=by, **values)


def reads(person, kind):
    AccessNeed.objects.create(person=person, kind=kind)


def lacking(meeting):
    return [(lack.title, lack.key, [str(person) for person in lack.people]) for lack in queries.lacks_of(meeting.event)]


def titles(user):
    return [str(task.title) for task in home_tasks(user) if "Papers of" in str(task.title)]


# Adding


def test_a_file_is_checked_by_a_worker_before_members_read_it(coming, chair, lived, worker, data_dir, signed_in):
    url = reverse("attached_new", args=[coming.event_id])
    item = an_item(coming, "Money")
    values = {"title": "The budget", "purpose": "decide", "item": item.pk, "format": "standard", "file": sent()}
    done = signed_in(chair).post(url, values, follow=True)
    assert "It can be read once it has been checked." in page_text(done)
    copy = PaperCopy.objects.get()
    address = reverse("paper_copy", args=[coming.event_id, copy.paper_id, copy.pk])
    client = signed_in(lived)
    assert client.get(address).status_code == 404
    assert "Not there yet: Standard." in page_text(client.get(coming.get_absolute_url()))
    clean_paper(copy.pk)
    answer = client.get(address)
    assert b"".join(answer).startswith(b"%PDF")
    assert "the-budget-standard.pdf" in answer["Content-Disposition"]
    shown = page_text(client.get(coming.get_absolute_url()))
    assert "The budget" in shown
    assert "Belongs to “Money”." in shown


def test_what_is_no_document_is_refused_beside_its_box_and_what_was_typed_stays(coming, chair, signed_in):
    values = {"title": "The budget", "purpose": "note", "format": "standard", "file": sent(b"MZ program", "plan.exe")}
    answer = signed_in(chair).post(reverse("attached_new", args=[coming.event_id]), values)
    assert "This is not a photo or a PDF" in page_text(answer)
    assert "The budget" in answer.content.decode()
    assert not AttachedPaper.objects.exists()


def test_a_file_nobody_checked_is_handed_out_again(coming, chair, data_dir):
    paper = added(coming, chair, words="", file=sent())
    PaperCopy.objects.update(added_at=timezone.now() - dt.timedelta(hours=1))
    sweep_papers()
    clean_paper(paper.copies.get().pk)
    assert paper.copies.get().is_ready


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"words": ""}, "Choose a file, or type the words"),
        ({"file": sent()}, "not both"),
        ({"format": "large_print"}, "not read on a page"),
        ({"format": "braille"}, "made elsewhere"),
        ({"format": "language"}, "Choose the language"),
        ({"format": "language", "language": "en"}, "Choose the language"),
    ],
)
def test_a_format_is_a_file_or_words_and_says_its_language(coming, chair, values, why):
    with pytest.raises(ActionError, match=why):
        added(coming, chair, **values)
    assert not AttachedPaper.objects.exists()


def test_a_paper_belongs_to_an_item_of_its_own_meeting(coming, last, chair):
    other = an_item(last)
    with pytest.raises(ActionError, match="on the agenda of this meeting"):
        added(coming, chair, item=other)
    paper = added(coming, chair)
    assert "an item of its own meeting" in refused(
        "UPDATE events_attachedpaper SET item_id = %s WHERE id = %s", other.pk, paper.pk
    )


def test_members_who_do_not_lead_add_no_papers(coming, lived):
    with pytest.raises(ActionError, match="Only the chair"):
        added(coming, lived)


def test_no_paper_comes_once_the_minutes_are_agreed_and_one_can_still_be_withdrawn(programme, last, chair):
    paper = added(last, chair)
    with_agreed_minutes(last, a_meeting(programme, days=0), chair.person)
    with pytest.raises(ActionError, match="no more papers"):
        added(last, chair)
    assert "once the minutes are agreed" in refused(
        "INSERT INTO events_attachedpaper (event_id, title, purpose, added_by_id, added_at, withdrawn_why)"
        " VALUES (%s, 'x', 'note', %s, now(), '')",
        last.event_id,
        chair.person.pk,
    )
    assert attached.withdraw(paper=paper, why="It named somebody.", by=chair).is_withdrawn


def test_a_paper_is_renamed_and_moved(coming, chair, signed_in):
    paper, item = added(coming, chair), an_item(coming)
    values = {"title": "The budget for spring", "purpose": "discuss", "item": item.pk}
    signed_in(chair).post(reverse("attached_edit", args=[coming.event_id, paper.pk]), values)
    paper.refresh_from_db()
    assert (paper.title, paper.purpose, paper.item) == ("The budget for spring", "discuss", item)


# Reading


def test_readers_see_their_own_format_first_and_the_others_below(coming, chair, lived):
    reads(lived.person, AccessNeed.Kind.EASY_READ)
    paper = a_paper(coming)
    standard, easy = a_copy(paper), a_copy(paper, "easy_read")
    (shown,) = EventPapers(coming.event, lived).papers
    assert (shown.mine, shown.others, shown.not_there) == ([easy], [standard], [])
    (shown,) = EventPapers(coming.event, chair).papers
    assert (shown.mine, shown.others) == ([standard], [easy])


@pytest.mark.parametrize(
    ("fields", "needs", "keys"),
    [
        ({}, [], [("standard", "")]),
        ({"letter_size": "20"}, ["large_print"], [("large_print", "")]),
        ({"letter_size": "easy_read"}, [], [("easy_read", "")]),
        ({"language": "pl"}, ["audio"], [("audio", ""), ("language", "pl")]),
    ],
)
def test_how_somebody_reads_is_what_is_kept_of_their_letters_needs_and_language(fields, needs, keys):
    person = make.a_person(**fields)
    for kind in needs:
        reads(person, kind)
    assert queries.formats_of(person) == keys


def test_a_new_version_takes_the_place_of_the_old_one_which_stays_readable(coming, chair, lived, signed_in):
    paper = added(coming, chair)
    attached.add_copy(paper=paper, format="standard", words="We have £3,000.", by=chair)
    shown = EventPapers(coming.event, lived).papers[0]
    assert [copy.words for copy in shown.mine] == ["We have £3,000."]
    (older,) = shown.older
    client = signed_in(lived)
    assert "Older versions" in page_text(client.get(reverse("attached_paper", args=[coming.event_id, paper.pk])))
    assert "We have £2,000." in page_text(client.get(reverse("paper_copy", args=[coming.event_id, paper.pk, older.pk])))


def test_words_in_another_language_say_so_to_screen_readers(coming, chair, lived, signed_in):
    paper = added(coming, chair, format="language", language="pl", words="Budżet.")
    copy = paper.copies.get()
    page = signed_in(lived).get(reverse("paper_copy", args=[coming.event_id, paper.pk, copy.pk])).content.decode()
    assert 'lang="pl"' in page
    assert "Polish" in page


def test_somebody_invited_who_is_no_member_reads_the_papers_and_no_more(coming, chair, member, signed_in):
    paper = added(coming, chair)
    client = signed_in(member)
    address = reverse("attached_papers", args=[coming.event_id])
    assert client.get(address).status_code == 403
    make.an_invitation(coming.event, member.person)
    assert "The budget" in page_text(client.get(address))
    assert "Papers for this event" in page_text(client.get(coming.event.get_absolute_url()))
    assert client.get(reverse("paper_copy", args=[coming.event_id, paper.pk, paper.copies.get().pk])).status_code == 200
    assert client.get(coming.get_absolute_url()).status_code == 403
    other = a_paper(a_meeting(make.a_programme()))
    assert client.get(reverse("attached_paper", args=[other.event_id, other.pk])).status_code == 404


def test_a_paper_of_another_meeting_is_not_found_through_this_one(coming, last, chair, signed_in):
    other = added(last, chair)
    assert signed_in(chair).get(reverse("attached_paper", args=[coming.event_id, other.pk])).status_code == 404


def test_a_member_with_an_interest_reads_on_and_is_reminded_of_it(programme, coming, chair, lived, signed_in):
    decision = a_decision(programme)
    added(coming, chair, item=an_item(coming, decision=decision, kind="views", source=f"views:{decision.pk}"))
    words = "You declared an interest in this proposal, so you take no part in it."
    client = signed_in(lived)
    assert words not in page_text(client.get(coming.get_absolute_url()))
    interest = {"nature": "direct", "outline": "My brother.", "in_advance": True, "recorded_by": lived.person}
    DeclaredInterest.objects.create(decision=decision, person=lived.person, **interest)
    shown = page_text(client.get(coming.get_absolute_url()))
    assert words in shown
    assert "The budget" in shown


def test_members_read_in_the_agenda_they_are_sent_which_papers_there_are(coming, chair, lived):
    an_item(coming)
    added(coming, chair)
    attached.withdraw(paper=added(coming, chair, title="The wrong one"), why="Old.", by=chair)
    agenda.send(meeting=coming, by=chair)
    words = Notice.objects.get(kind="meeting_agenda", person=lived.person).text_body
    assert "Papers, on the page of the meeting: The budget." in words
    assert "The wrong one" not in words


# Withdrawing


def test_a_withdrawn_paper_gives_its_reason_and_is_read_by_those_who_lead_alone(coming, chair, lived, signed_in):
    paper = added(coming, chair)
    copy = paper.copies.get()
    signed_in(chair).post(reverse("attached_withdraw", args=[coming.event_id, paper.pk]), {"why": "It named somebody."})
    client = signed_in(lived)
    assert "It named somebody." in page_text(client.get(coming.get_absolute_url()))
    address = reverse("paper_copy", args=[coming.event_id, paper.pk, copy.pk])
    assert client.get(address).status_code == 403
    assert signed_in(chair).get(address).status_code == 200
    with pytest.raises(ActionError, match="was withdrawn"):
        attached.add_copy(paper=paper, format="standard", words="Again.", by=chair)
    with pytest.raises(ActionError, match="withdrawn already"):
        attached.withdraw(paper=paper, why="Twice.", by=chair)


def test_withdrawing_needs_a_reason(coming, chair):
    with pytest.raises(ActionError, match="Say why"):
        attached.withdraw(paper=added(coming, chair), why=" ", by=chair)


def test_a_withdrawn_version_lets_the_one_before_take_its_place(coming, chair, lived, signed_in):
    paper = added(coming, chair)
    wrong = attached.add_copy(paper=paper, format="standard", words="Wrong.", by=chair)
    url = reverse("paper_copy_withdraw", args=[coming.event_id, paper.pk, wrong.pk])
    signed_in(chair).post(url, {"why": "The sums were wrong."})
    (shown,) = EventPapers(coming.event, lived).papers
    assert [copy.words for copy in shown.mine] == ["We have £2,000."]
    page = page_text(signed_in(lived).get(reverse("attached_paper", args=[coming.event_id, paper.pk])))
    assert "The sums were wrong." in page
    assert signed_in(lived).get(reverse("paper_copy", args=[coming.event_id, paper.pk, wrong.pk])).status_code == 403


def test_the_database_keeps_papers_as_they_were(coming, chair):
    paper = added(coming, chair)
    copy = paper.copies.get()
    refused("DELETE FROM events_attachedpaper WHERE id = %s", paper.pk)
    refused("DELETE FROM events_papercopy WHERE id = %s", copy.pk)
    refused("UPDATE events_papercopy SET words = 'Other words.' WHERE id = %s", copy.pk)
    refused("UPDATE events_papercopy SET format = 'language' WHERE id = %s", copy.pk)
    refused("UPDATE events_attachedpaper SET withdrawn_on = now() WHERE id = %s", paper.pk)
    attached.withdraw(paper=paper, why="Old.", by=chair)
    refused("UPDATE events_attachedpaper SET withdrawn_why = '', withdrawn_on = NULL WHERE id = %s", paper.pk)
    assert "the paper was withdrawn" in refused(
        "INSERT INTO events_papercopy (paper_id, format, language, words, file, original_name, content_type, size,"
        " sha256, status, problem, tries, added_by_id, added_at, withdrawn_why) VALUES"
        " (%s, 'standard', '', 'x', '', '', '', 0, '', 'ready', '', 0, %s, now(), '')",
        paper.pk,
        chair.person.pk,
    )


# Formats made elsewhere


def test_braille_that_was_posted_is_noted_and_members_read_by_whom_and_when(coming, chair, lived, signed_in):
    reads(lived.person, AccessNeed.Kind.BRAILLE)
    paper = added(coming, chair)
    url = reverse("attached_made", args=[coming.event_id, paper.pk])
    day = {"made_on_day": 20, "made_on_month": 11, "made_on_year": 2026}
    signed_in(chair).post(url, {"format": "braille", "made_by": "Dot Punctual", "how": "posted", **day})
    shown = page_text(signed_in(lived).get(coming.get_absolute_url()))
    assert "Braille: made by Dot Punctual on Friday 20 November 2026, posted." in shown
    assert "Not there yet" not in shown


def test_the_agenda_is_noted_as_made_the_same_way_and_a_mistake_is_removed(coming, staff, partner, signed_in):
    reads(partner.person, AccessNeed.Kind.AUDIO)
    client = signed_in(staff)
    page = reverse("meeting_papers", args=[coming.pk])
    assert "The agenda is not there yet." in page_text(client.get(page))
    day = {"made_on_day": 23, "made_on_month": 11, "made_on_year": 2026}
    values = {"what": "agenda", "format": "audio", "made_by": "Stella Staff", **day}
    client.post(reverse("meeting_made", args=[coming.pk]), values)
    shown = page_text(client.get(page))
    assert "Agenda, Audio: made by Stella Staff on Monday 23 November 2026." in shown
    assert "The agenda is there." in shown
    client.post(reverse("made_remove", args=[coming.event_id, PaperMade.objects.get().pk]))
    assert "The agenda is not there yet." in page_text(client.get(page))


def test_a_format_is_noted_once_it_is_made_and_by_those_who_lead(coming, chair, lived):
    values = {"event": coming.event, "what": "agenda", "format": "braille", "made_by": "Dot Punctual"}
    with pytest.raises(ActionError, match="once it is made"):
        attached.note_made(**values, made_on=today() + dt.timedelta(days=1), by=chair)
    with pytest.raises(ActionError, match="Only the chair"):
        attached.note_made(**values, made_on=today(), by=lived)
    made = a_format_made(coming, a_paper(coming))
    refused("UPDATE events_papermade SET what = 'agenda' WHERE id = %s", made.pk)
    other = a_paper(a_meeting(coming.group.programme, days=30))
    assert "of its own event" in refused("UPDATE events_papermade SET paper_id = %s WHERE id = %s", other.pk, made.pk)


# Formats that are not there yet


def test_formats_that_members_who_may_come_read_are_work_until_they_are_made(coming, chair, lived, partner):
    reads(lived.person, AccessNeed.Kind.BRAILLE)
    reads(partner.person, AccessNeed.Kind.BRAILLE)
    paper = added(coming, chair)
    both = [str(partner.person), str(lived.person)]
    assert lacking(coming) == [("The budget", ("braille", ""), sorted(both))]
    make.an_invitation(coming.event, partner.person, reply=Invitation.Reply.NOT_COMING, replied_at=timezone.now())
    assert lacking(coming) == [("The budget", ("braille", ""), [str(lived.person)])]
    a_format_made(coming, paper)
    assert lacking(coming) == []


def test_the_agenda_counts_once_members_were_told_of_it(coming, chair, lived):
    Person.objects.filter(pk=lived.person.pk).update(letter_size="18")
    assert lacking(coming) == []
    Meeting.objects.update(agenda_sent_at=timezone.now())
    coming.refresh_from_db()
    assert lacking(coming) == [("Agenda", ("large_print", ""), [str(lived.person)])]


def test_staff_read_names_and_the_chair_reads_how_many(coming, staff, chair, lived, partner, signed_in):
    reads(lived.person, AccessNeed.Kind.BRAILLE)
    added(coming, chair)
    words = "Braille is not there yet: 1 person needs it"
    for user, named in ((staff, True), (chair, False)):
        shown = page_text(signed_in(user).get(coming.get_absolute_url()))
        assert words in shown
        assert ("(Lena Livedly)" in shown) is named
    assert words not in page_text(signed_in(partner).get(coming.get_absolute_url()))


def test_a_missing_format_is_a_task_of_staff_from_the_day_the_rules_say(programme, group, staff, chair, lived):
    reads(lived.person, AccessNeed.Kind.BRAILLE)
    near, far = a_meeting(programme, days=10), a_meeting(programme, days=20, title="Far away")
    paper, _later = added(near, chair), added(far, chair)
    assert titles(staff) == ["Papers of Steering group are not there yet in a format people need"]
    assert titles(chair) == []
    rules = {"longest_stretch": 90, "break_minutes": 10, "item_minutes": 15, "days_before": 7, "format_days": 21}
    MeetingRules.objects.create(group=group, starts_on=today(), **rules)
    assert len(titles(staff)) == 2
    a_format_made(near, paper)
    assert titles(staff) == ["Papers of Far away are not there yet in a format people need"]


def test_the_page_asks_as_often_for_thirty_papers_as_for_three(coming, chair, lived, staff, signed_in):
    reads(lived.person, AccessNeed.Kind.BRAILLE)
    client = signed_in(staff)

    def fill(start, number):
        for n in range(start, start + number):
            paper = a_paper(coming, f"Paper {n}", item=an_item(coming, f"Item {n}"))
            a_copy(paper)
            a_copy(paper, "easy_read")
            a_format_made(coming, paper, "audio")

    fill(0, 3)
    client.get(coming.get_absolute_url())
    few = queries_of(lambda: client.get(coming.get_absolute_url()))
    fill(3, 27)
    many = queries_of(lambda: client.get(coming.get_absolute_url()))
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))
