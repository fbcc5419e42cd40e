"""Batches of letters: who is in them, what a killed worker leaves, posting, letters that come back, lost files."""

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.jobs import running
from people.messages import telling
from people.messages.actions import delivering as by_hand
from people.messages.actions import letters as actions
from people.messages.actions.letters import LetterError
from people.messages.letters import asking, batches, drawing
from people.models import AddressMark, BatchedLetter, Job, LetterBatch, LetterPart
from programmes.models import Role, message_audience
from tests.factories import a_programme, a_user, an_administrator, with_role
from tests.helpers.letters import a_reader, a_waiting_letter, codes_in, content, facts_of, run, text_in
from tests.helpers.messages import a_message
from tests.helpers.pdf_checks import faults

pytestmark = pytest.mark.django_db


def test_a_batch_has_every_waiting_letter_once_in_one_file(batch, letters, people, tmp_path):
    pages = text_in(content(batch))
    assert (batch.count, batch.pages) == (3, len(pages))
    for person in people:
        assert sum(f"Hello {person.full_name}," in page for page in pages) == 1
    assert faults(content(batch), tmp_path) == []
    with pikepdf.open(io.BytesIO(content(batch))) as whole, whole.open_outline() as outline:
        assert [item.title for item in outline.root] == [person.full_name for person in people]
    assert set(codes_in(content(batch))) == {"http://localhost:8000/r/secretkeysecretkey/"}
    assert not LetterPart.objects.exists()


def test_only_the_one_file_is_left_on_the_disk(batch, files):
    assert [path.name for path in files.rglob("*") if path.is_file()] == [Path(batch.file.name).name]


def test_a_letter_has_the_programmes_name_address_and_number_and_asks_for_its_reply(batch, programme):
    text = " ".join(text_in(content(batch)))
    for words in (programme.name, "2 Made Up Road, London, N1 1AA", "01632 960001", "Yes, I will come", "Send it to:"):
        assert words in text


def test_each_letter_is_in_the_print_its_person_asked_for(programme, staff, audience):
    a_waiting_letter(a_reader(programme, "Lars Large", letter_size="24"), audience)
    a_waiting_letter(a_reader(programme, "Stan Standard"), audience)
    batch = actions.make_batch(audience=audience, by=staff)
    run(batch)
    with pymupdf.open(stream=content(batch), filetype="pdf") as whole:
        sizes = {}
        for page in whole:
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", []):
                    for span in line["spans"]:
                        for name in ("Lars", "Stan"):
                            if span["text"].startswith(f"Hello {name}"):
                                sizes[name] = round(span["size"])
    assert sizes == {"Lars": 24, "Stan": 12}


def test_a_letter_through_a_supporter_goes_to_them_and_says_for_whom_it_is(programme, staff, audience):
    person = a_reader(programme, "Ann Able", letter_size="24")
    message = a_message(channel="letter", to="9 Helper Road\nLeeds", via="Hal Helper", person=person, audience=audience)
    letter = facts_of(message)
    assert (letter.name, letter.address, letter.size) == ("Hal Helper", "9 Helper Road\nLeeds", "standard")
    assert letter.text.startswith("Hal Helper, this is for Ann Able")
    assert letter.slip_name == "Ann Able"


def test_a_notice_without_a_personal_link_leads_to_its_own_page(programme, audience):
    message = a_waiting_letter(
        a_reader(programme, "Ann Able"), audience, kind="claim_received", link="http://x.example.org/claims/1/"
    )
    letter = facts_of(message)
    assert letter.link == message.notice.read_link
    assert letter.slip is None


def test_making_them_twice_prints_nobody_twice(batch, staff, audience):
    with pytest.raises(LetterError, match="No letters wait"):
        actions.make_batch(audience=audience, by=staff)
    assert LetterBatch.objects.count() == 1


def test_the_database_keeps_a_letter_out_of_a_second_pile(batch, letters, staff, audience):
    other = LetterBatch.objects.create(audience=audience, day=batch.day, count=1, made_by=staff.person)
    with pytest.raises(IntegrityError, match="a_letter_in_one_live_batch"), transaction.atomic():
        BatchedLetter.objects.create(batch=other, message=letters[0], position=0)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE people_letterbatch SET status = 'made'", "Invalid transition"),
        ("DELETE FROM people_letterbatch", "Cannot delete"),
        ("DELETE FROM people_batchedletter", "Cannot delete"),
        ("UPDATE people_letterbatch SET ended_by_id = NULL", "letter_batch_ended_says_by_whom"),
        ("UPDATE people_letterbatch SET made_at = NULL", "letter_batch_made_has_its_file"),
        ("UPDATE people_batchedletter SET problem = 'x', is_live = true", "a_letter_not_drawn_is_in_no_pile"),
    ],
)
def test_the_database_keeps_batches_as_they_were(batch, staff, statement, refusal):
    actions.mark_posted(batch=batch, by=staff)
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_worker_killed_half_way_loses_nothing_and_the_next_prints_nobody_twice(
    letters, people, staff, audience, monkeypatch
):
    monkeypatch.setattr(batches, "LETTERS_IN_A_PART", 1)
    batch = actions.make_batch(audience=audience, by=staff)
    job = Job.objects.get(kind=batches.JOB_KIND, subject_id=batch.pk)
    lay_out, drawn = drawing.lay_out, []

    def noted(letter):
        drawn.append(letter.name)
        return letter

    def dies_at_the_third(letter):
        noted(letter)
        if len(drawn) == 3:
            raise KeyboardInterrupt
        return lay_out(letter)

    with monkeypatch.context() as patch:
        patch.setattr(drawing, "lay_out", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            running.run(job.pk)
    assert batch.parts.count() == 2
    assert not LetterBatch.objects.get(pk=batch.pk).is_made
    # As the sweep does with a job that fell silent.
    Job.objects.filter(pk=job.pk).update(status="waiting")
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "lay_out", lambda letter: lay_out(noted(letter)))
        assert run(batch).status == "done"
    assert drawn == ["Ann Able", "Bea Best", "Cy Clear", "Cy Clear"], "what was drawn is not drawn again"
    pages = text_in(content(batch))
    for person in people:
        assert sum(f"Hello {person.full_name}," in page for page in pages) == 1


def test_a_job_that_runs_twice_makes_one_file(batch):
    before = content(batch)
    job = Job.objects.get(kind=batches.JOB_KIND, subject_id=batch.pk)
    batches.make(job)
    batch.refresh_from_db()
    assert content(batch) == before


def test_a_letter_that_cannot_be_drawn_is_set_apart_with_its_reason_and_waits(
    programme, staff, audience, people, letters
):
    long = a_reader(programme, "Lola Long", postal_address="\n".join("W" * 48 for _n in range(9)))
    message = a_waiting_letter(long, audience)
    batch = actions.make_batch(audience=audience, by=staff)
    assert run(batch).status == "done"
    assert batch.count == 3
    assert "Lola Long" not in " ".join(text_in(content(batch)))
    (waiting,) = asking.waiting_letters(staff)
    assert waiting.pk == message.pk
    assert "Shorten the address" in waiting.problem
    actions.mark_posted(batch=batch, by=staff)
    message.refresh_from_db()
    assert message.status == "waiting"


def test_where_no_letter_can_be_drawn_the_job_says_so_and_the_batch_comes_apart(programme, staff, audience):
    a_waiting_letter(a_reader(programme, "Lola Long", postal_address="\n".join("W" * 48 for _n in range(9))), audience)
    batch = actions.make_batch(audience=audience, by=staff)
    job = run(batch)
    assert job.status == "failed"
    assert "None of these letters could be drawn" in job.problem
    actions.take_apart(batch=batch, by=staff)
    assert asking.waiting_letters(staff).count() == 1


def test_a_letter_not_needed_any_more_is_not_drawn(letters, staff, audience):
    batch = actions.make_batch(audience=audience, by=staff)
    telling.withdraw([letters[0].notice])
    run(batch)
    assert batch.count == 2
    assert "Ann Able" not in " ".join(text_in(content(batch)))


def test_posting_says_by_whom_and_when_and_the_messages_are_sent(batch, letters, staff):
    assert actions.mark_posted(batch=batch, by=staff) == []
    batch.refresh_from_db()
    assert (batch.status, batch.ended_by) == ("posted", staff.person)
    assert dt.timedelta() <= timezone.now() - batch.ended_at < dt.timedelta(minutes=1)
    for message in letters:
        message.refresh_from_db()
        assert (message.status, message.told_by, message.told_how) == ("sent", staff.person, "Posted")
        assert dt.timedelta() <= timezone.now() - message.sent_at < dt.timedelta(minutes=1)
    with pytest.raises(LetterError, match="nothing to post"):
        actions.mark_posted(batch=batch, by=staff)


def test_a_letter_whose_person_was_told_meanwhile_stays_as_it_is(batch, letters, staff):
    by_hand.record_told(message=letters[1], by=staff, how="They came by")
    telling.withdraw([letters[2].notice])
    left = actions.mark_posted(batch=batch, by=staff)
    assert [message.pk for message in left] == [letters[1].pk, letters[2].pk]
    for message, status in zip(letters, ("sent", "sent", "cancelled"), strict=True):
        message.refresh_from_db()
        assert message.status == status
    assert letters[1].told_how == "They came by"


def test_a_batch_that_is_not_made_cannot_be_posted(letters, staff, audience):
    batch = actions.make_batch(audience=audience, by=staff)
    with pytest.raises(LetterError, match="nothing to post"):
        actions.mark_posted(batch=batch, by=staff)


def test_letters_of_a_batch_taken_apart_are_made_again(batch, letters, staff, audience):
    actions.take_apart(batch=batch, by=staff)
    assert asking.waiting_letters(staff).count() == 3
    again = actions.make_batch(audience=audience, by=staff)
    assert run(again).status == "done"
    assert again.count == 3
    with pytest.raises(LetterError):
        actions.take_apart(batch=batch, by=staff)
    with pytest.raises(LetterError):
        actions.mark_posted(batch=batch, by=staff)


def test_a_letter_that_came_back_marks_the_address_and_the_next_choice_is_tried(programme, staff, audience):
    person = a_reader(programme, "Ann Able", second_channel="phone", phone="+441632960002")
    message = a_waiting_letter(person, audience)
    batch = actions.make_batch(audience=audience, by=staff)
    run(batch)
    with pytest.raises(LetterError, match="Only a letter that was posted"):
        actions.came_back(message=message, by=staff, reason="Gone away")
    actions.mark_posted(batch=batch, by=staff)
    with pytest.raises(LetterError, match="written on the envelope"):
        actions.came_back(message=message, by=staff, reason=" ")
    following = actions.came_back(message=message, by=staff, reason="Gone away")
    message.refresh_from_db()
    assert message.status == "failed"
    assert message.last_error == "The letter came back: Gone away"
    assert (following.channel, following.to, following.status) == ("phone", "+441632960002", "waiting")
    mark = AddressMark.objects.get()
    assert (mark.channel, mark.reason, mark.said) == ("letter", "returned", "Gone away")
    notice = telling.tell(
        person, "invitation", key="next", subject="More", text="More", audience=audience, voice=audience
    )
    assert notice.messages.get().channel == "phone", "nothing is posted there any more"


def test_without_another_way_a_letter_that_came_back_is_a_task(programme, staff, audience):
    message = a_waiting_letter(a_reader(programme, "Ann Able"), audience)
    batch = actions.make_batch(audience=audience, by=staff)
    run(batch)
    actions.mark_posted(batch=batch, by=staff)
    assert actions.came_back(message=message, by=staff, reason="Gone away").channel == "colleague"


def test_a_letter_tried_again_after_it_came_back_is_in_a_new_batch(batch, letters, staff, audience):
    actions.mark_posted(batch=batch, by=staff)
    actions.came_back(message=letters[0], by=staff, reason="Postage not paid")
    letters[0].refresh_from_db()
    by_hand.try_again(message=letters[0], by=staff)
    again = actions.make_batch(audience=audience, by=staff)
    assert run(again).status == "done"
    assert again.count == 1


def test_a_lost_file_is_made_again_with_the_same_letters(batch, letters, staff):
    with pytest.raises(LetterError, match="as we made it"):
        actions.make_again(batch=batch, by=staff)
    before = text_in(content(batch))
    actions.mark_posted(batch=batch, by=staff)
    batch.refresh_from_db()
    batch.file.storage.delete(batch.file.name)
    assert not asking.is_intact(batch)
    actions.make_again(batch=batch, by=staff)
    with pytest.raises(LetterError, match="worker is making"):
        actions.make_again(batch=batch, by=staff)
    assert run(batch).status == "done"
    assert text_in(content(batch)) == before
    assert batch.status == "posted"


def test_a_changed_file_is_noticed(batch):
    assert asking.is_intact(batch)
    path = Path(batch.file.path)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not asking.is_intact(batch)


def test_strangers_and_other_programmes_make_and_post_nothing(batch, letters, audience):
    elsewhere = with_role(a_programme(), Role.STAFF)
    for user in (elsewhere, a_user()):
        for act in (
            lambda user=user: actions.make_batch(audience=audience, by=user),
            lambda user=user: actions.mark_posted(batch=batch, by=user),
            lambda user=user: actions.take_apart(batch=batch, by=user),
            lambda user=user: actions.make_again(batch=batch, by=user),
            lambda user=user: actions.came_back(message=letters[0], by=user, reason="x"),
        ):
            with pytest.raises(LetterError):
                act()
        assert not asking.waiting_letters(user).exists()
        assert asking.to_post(user) == []
    assert asking.to_post(an_administrator()) == [batch]


def test_each_programme_prints_its_own(programme, staff, audience, letters):
    other = a_programme()
    a_waiting_letter(a_reader(other, "Otto Other"), message_audience(other.pk))
    batch = actions.make_batch(audience=audience, by=staff)
    run(batch)
    assert batch.count == 3
    assert "Otto Other" not in " ".join(text_in(content(batch)))


def test_making_letters_asks_the_database_no_more_for_many_than_for_few(programme, staff, audience):
    counts = []
    for number in (1, 3, 30):
        for each in range(number):
            a_waiting_letter(a_reader(programme, f"Reader {number} {each}"), audience)
        with CaptureQueriesContext(connection) as queries:
            actions.make_batch(audience=audience, by=staff)
        counts.append(len(queries))
    assert counts[1] == counts[2], "the first one also reads what is kept for the others"
