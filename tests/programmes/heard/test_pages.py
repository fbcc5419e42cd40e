"""Pages of what we heard: told, answered, said to be true or not, and never who said it."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.directory import actions as person_actions
from people.directory.actions import PersonError
from people.models import Notice
from programmes.heard.actions import answering, saying, wishes
from programmes.models import Contribution, ContributionDraft, ContributionOutcome, Contributor, ToldBack
from tests import factories as make
from tests.factories.heard import a_contribution, a_reply, an_outcome
from tests.helpers.client import page_text


def at(name, *args):
    return reverse(name, args=args)


def test_somebody_tells_their_programme_something_and_what_they_typed_is_kept(scene, signed_in, ann):
    client, url = signed_in(ann), at("contribution_new", "wow")
    assert "Tell us something" in page_text(client.get(at("programme", "wow")))
    kept = client.post(at("contribution_draft", "wow"), {"theme": "The bus", "words": "It goes", "page": url})
    assert kept.status_code == 204
    assert "Finish what you began to tell us" in page_text(client.get(at("you_said", "wow")))
    page = page_text(client.get(url))
    assert "We kept what you typed" in page
    assert 'value="The bus"' in page and "It goes" in page
    refused = page_text(client.post(url, {"theme": " ", "words": "It goes at six."}))
    assert "Say in a few words what it is about" in refused and "It goes at six." in refused
    sent = client.post(url, {"theme": "The bus", "words": "It goes at six.", "wants_to_be_told": "on"}, follow=True)
    assert "We will tell you what becomes of it." in page_text(sent)
    assert not ContributionDraft.objects.exists()
    assert Contribution.objects.get().contributors.get().person == ann.person


def test_a_draft_that_is_too_long_is_not_kept_and_one_can_start_again(scene, signed_in, ann):
    client = signed_in(ann)
    assert client.post(at("contribution_draft", "wow"), {"theme": "x" * 201}).status_code == 413
    client.post(at("contribution_draft", "wow"), {"words": "Only this"})
    client.post(at("contribution_draft_discard", "wow"))
    assert "Only this" not in page_text(client.get(at("contribution_new", "wow")))


def test_staff_record_what_somebody_said_and_a_refusal_loses_nothing(scene, signed_in, ann, day):
    client, url = signed_in(scene.staff), at("contribution_record", "wow")
    values = {"theme": "The bus", "words": "At six.", "way": "phone", "person": ann.person.pk, **day("said_on", 3)}
    page = page_text(client.post(url, values))
    assert "At six." in page and 'value="The bus"' in page
    assert not Contribution.objects.exists()
    values |= day("said_on", -3) | {"owner": scene.staff.person.pk}
    assert "Enter the day by which it is answered." in page_text(client.post(url, values))
    saved = page_text(client.post(url, values | day("due_on", 9), follow=True))
    assert "we confirm it to Ann Invented" in saved
    assert Notice.objects.get(kind="contribution").person == ann.person


def test_the_notes_of_a_meeting_are_recorded_at_once(scene, signed_in, day):
    client, url = signed_in(scene.staff), at("contributions_record", "wow")
    values = {"way": "meeting", **day("said_on")}
    page = page_text(client.post(url, {**values, "themes": "One\n" + "x" * 201}))
    assert "Line 2 is too long" in page
    page = page_text(client.post(url, {**values, "themes": "One\n\nTwo\n"}, follow=True))
    assert "2 things are written down." in page
    assert sorted(Contribution.objects.values_list("theme", flat=True)) == ["One", "Two"]


def test_an_answer_is_given_told_disputed_responded_to_and_given_again(scene, signed_in, said, ann, today):
    staff, page_of = signed_in(scene.staff), at("contribution", said.pk)
    answer = at("contribution_answer", said.pk)
    refused = page_text(staff.post(answer, {"kind": "not_changed", "evidence": "See there."}))
    assert "Say why nothing was changed." in refused and "See there." in refused
    saved = page_text(staff.post(answer, {"kind": "not_changed", "reason": "There is no money."}, follow=True))
    assert "2 people who said it will be told." in saved
    client = signed_in(ann)
    assert "Is this true? You said:" in page_text(client.get(at("home")))
    assert "Say whether it is true" in page_text(client.get(page_of))
    reply = {"reply": "not_true", "words": "There was money in May."}
    thanks = page_text(client.post(at("contribution_reply", said.pk), reply, follow=True))
    assert "What you said now stands beside our answer." in thanks
    told = ToldBack.objects.get(contributor__person=ann.person)
    assert "Respond to “that is not true”" in page_text(staff.get(at("home")))
    respond = at("contribution_respond", said.pk, told.pk)
    assert "There was money in May." in page_text(staff.get(respond))
    saved = page_text(staff.post(respond, {"response": "It was for the hall."}, follow=True))
    assert "Ann Invented will be told what you say." in saved
    everybody = page_text(signed_in(scene.lived).get(page_of))
    for words in ("That is not true", "There was money in May.", "It was for the hall.", "Somebody who said it"):
        assert words in everybody
    assert "Ann Invented" not in everybody
    opened = page_text(staff.post(at("contribution_reopen", said.pk), {"reason": "They counted."}, follow=True))
    assert "It is open again." in opened and "Earlier answers, which no longer count" in opened
    assert "We are looking at this again: They counted." in page_text(client.get(page_of))


def test_staff_write_down_a_reply_for_somebody(scene, signed_in, answered, ann):
    contributor = answered.contributors.get(person=ann.person)
    url = at("contribution_reply_for", answered.pk, contributor.pk)
    client = signed_in(scene.staff)
    assert "What does Ann Invented say?" in page_text(client.get(url))
    assert "Choose how they told you" in page_text(client.post(url, {"reply": "true"}))
    saved = page_text(client.post(url, {"reply": "true", "how": "phone", "words": "Yes."}, follow=True))
    assert "we confirm it to Ann Invented" in saved
    assert ToldBack.objects.get(contributor=contributor).reply_how == "phone"


def test_what_somebody_replied_stands_in_the_form_and_no_longer_changes_once_answered(scene, signed_in, answered, ann):
    row = a_reply(answered.outcome, ann.person, words="I counted.")
    client, url = signed_in(ann), at("contribution_reply", answered.pk)
    assert "I counted." in page_text(client.get(url))
    answering.respond(told_back=row, response="We count again.", by=scene.staff)
    assert client.get(url).status_code == 403
    assert "We count again." in page_text(client.get(at("contribution", answered.pk)))


def test_a_correction_shows_earlier_words_to_staff_and_those_who_said_it_alone(scene, signed_in, said, ann, day):
    values = {"theme": "The driver leaves early", "way": "meeting", **day("said_on")}
    client, url = signed_in(scene.staff), at("contribution_correct", said.pk)
    page = page_text(client.post(url, values))
    assert "Say why the words are corrected." in page and "The driver leaves early" in page
    client.post(url, values | {"reason": "We misheard."})
    earlier = "The last bus leaves before we finish"
    for user, sees in ((scene.staff, True), (ann, True), (scene.lived, False), (scene.member, False)):
        page = page_text(signed_in(user).get(at("contribution", said.pk)))
        assert "The words were corrected on" in page
        assert (earlier in page) == sees
        assert ("We misheard." in page) == sees


def test_it_is_off_the_page_as_its_author_asks_and_still_counted(scene, signed_in, said, ann):
    client = signed_in(ann)
    page = page_text(client.post(at("contribution_take_off", said.pk), follow=True))
    assert "It is no longer on the page" in page
    shown = page_text(signed_in(scene.lived).get(at("you_said", "wow")))
    assert said.theme not in shown and "1 more thing was said." in shown
    assert signed_in(scene.lived).get(at("contribution", said.pk)).status_code == 404
    assert "Taken off the page" in page_text(signed_in(scene.staff).get(at("contributions", "wow")))
    client.post(at("contribution_put_back", said.pk))
    assert said.theme in page_text(signed_in(scene.lived).get(at("you_said", "wow")))
    staff = signed_in(scene.staff)
    assert "Say who asked for it, and how" in page_text(staff.post(at("contribution_take_off", said.pk)))
    staff.post(at("contribution_take_off", said.pk), {"how": "Ann, by phone"})
    assert "Ann, by phone" in page_text(staff.get(at("contribution", said.pk)))


def test_staff_say_who_sees_to_it_and_who_said_it(scene, signed_in, said, day):
    staff, page_of = signed_in(scene.staff), at("contribution", said.pk)
    staff.post(at("contribution_owner", said.pk), {"owner": scene.staff.person.pk, **day("due_on", -2)})
    assert "Late" in page_text(staff.get(at("contributions", "wow")))
    assert "Say what became of it:" in page_text(staff.get(at("home")))
    assert "Choose who said it" in page_text(staff.post(at("contribution_person_new", said.pk)))
    staff.post(at("contribution_person_new", said.pk), {"person": scene.lived.person.pk, "wants_to_be_told": "on"})
    assert "Lena Lived" in page_text(staff.get(page_of))
    row = said.contributors.get(person=scene.lived.person)
    staff.post(at("contribution_person_remove", said.pk, row.pk))
    assert "Lena Lived is no longer on the list." in page_text(staff.get(page_of))
    assert not said.contributors.filter(person=scene.lived.person).exists()


def test_one_changes_whether_ones_name_is_shown(scene, signed_in, said, ann):
    url = at("contribution_wants", said.pk)
    client = signed_in(ann)
    assert "Show my name with what I said" in page_text(client.get(url))
    client.post(url, {"named": "on"})
    assert "Ann Invented" in page_text(signed_in(scene.lived).get(at("contribution", said.pk)))
    row = said.contributors.get(person=ann.person)
    assert (row.named, row.wants_to_be_told) == (True, False)


# Lists


def rows_of(client, name, **query):
    response = client.get(at(name, "wow"), {"export": "csv", **query})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_lists_are_searched_filtered_and_exported_without_names(scene, signed_in, ann, today):
    late = a_contribution(scene.programme, ann.person, theme="Late", owner=scene.staff.person, due_on=today)
    Contribution.objects.filter(pk=late.pk).update(due_on=today.replace(day=1))
    an_outcome(a_contribution(scene.programme, ann.person, theme="Changed"))
    disputed = a_contribution(scene.programme, ann.person, theme="Disputed")
    a_reply(an_outcome(disputed, "not_changed"), ann.person)
    client = signed_in(scene.staff)

    def themes(name, **query):
        return {row.get("What was said") or row["You said"] for row in rows_of(client, name, **query)}

    assert themes("contributions") == themes("you_said") == {"Late", "Changed", "Disputed"}
    assert themes("contributions", state="open") == themes("you_said", state="open") == {"Late"}
    assert themes("contributions", state="changed") == themes("you_said", state="changed") == {"Changed"}
    assert themes("contributions", todo="late") == themes("contributions", todo="mine") == {"Late"}
    assert themes("contributions", todo="not_true") == {"Disputed"}
    assert themes("contributions", todo="nobody") == set()
    assert themes("you_said", q="no later bus") == {"Disputed"}
    for name in ("contributions", "you_said"):
        assert "Ann Invented" not in str(rows_of(client, name))
    assert "Nothing matches" in page_text(client.get(at("you_said", "wow"), {"q": "nowhere"}))


def test_empty_pages_say_so(scene, signed_in):
    assert "Nothing has been written down yet" in page_text(signed_in(scene.lived).get(at("you_said", "wow")))
    assert "Write down what people say" in page_text(signed_in(scene.staff).get(at("contributions", "wow")))


def many(scene, number):
    """Contributions, each of four people who answered, told and disputed."""
    for _each in range(number):
        people = [make.a_person() for _person in range(2)]
        said = a_contribution(
            scene.programme, *people, owner=scene.staff.person, due_on=scene.programme.ends_on, group=scene.group
        )
        outcome = an_outcome(said)
        for person in people:
            a_reply(outcome, person, named=True)


@pytest.mark.parametrize("name", ["you_said", "contributions", "home"])
def test_a_list_takes_the_same_number_of_queries_with_3_and_300_rows(scene, signed_in, name):
    url = at(name) if name == "home" else at(name, "wow")
    client = signed_in(scene.staff)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    many(scene, 3)
    queries()
    few = queries()
    many_at_once(scene, 297)
    assert queries() == few


def many_at_once(scene, number):
    """The same in a few statements."""
    staff = scene.staff.person
    person = make.a_person("Paula Patient")
    said = Contribution.objects.bulk_create(
        [
            Contribution(programme=scene.programme, theme=f"Thing {each}", way="meeting", recorded_by=staff)
            for each in range(number)
        ]
    )
    rows = Contributor.objects.bulk_create(
        [Contributor(contribution=one, person=person, added_by=staff, named=True) for one in said]
    )
    outcomes = ContributionOutcome.objects.bulk_create(
        [
            ContributionOutcome(contribution=one, number=1, kind="changed", what_changed="x", answered_by=staff)
            for one in said
        ]
    )
    for one, outcome in zip(said, outcomes, strict=True):
        one.status, one.outcome = "answered", outcome
    Contribution.objects.bulk_update(said, ["status", "outcome"])
    ToldBack.objects.bulk_create(
        [ToldBack(outcome=outcome, contributor=row) for outcome, row in zip(outcomes, rows, strict=True)]
    )
    assert Contribution.objects.count() == number + 3


def test_one_contribution_takes_the_same_number_of_queries_with_3_and_30_people(scene, signed_in):
    def queries(number):
        said = a_contribution(scene.programme, *[make.a_person() for _each in range(number)])
        outcome = answering.answer(contribution=said, kind="changed", what_changed="x", by=scene.staff)
        for row in outcome.told_back.select_related("contributor__person"):
            a_reply(outcome, row.contributor.person)
        client = signed_in(scene.staff)
        client.get(at("contribution", said.pk))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("contribution", said.pk)).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)


def test_records_of_one_person_who_said_something_are_put_together(scene, ann):
    """A record that a programme made of somebody said something; so had they themselves."""
    record = make.a_person("Ann Invented")
    mine = a_contribution(scene.programme, record)
    both = a_contribution(scene.programme, record, ann.person)
    person_actions.take_over(record=record, person=ann.person, by=ann)
    for said in (mine, both):
        assert [row.person for row in said.contributors.all()] == [ann.person]


def test_records_of_one_person_who_both_replied_are_not_put_together(scene, ann):
    record = make.a_person("Ann Invented")
    said = a_contribution(scene.programme, record, ann.person)
    a_reply(an_outcome(said), record)
    with pytest.raises(PersonError):
        person_actions.take_over(record=record, person=ann.person, by=ann)
    assert said.contributors.count() == 2


def test_what_was_sent_and_taken_off_is_found_by_those_who_may_read_it(scene, signed_in, ann):
    said = saying.send(programme=scene.programme, theme="An unusual kettle", by=ann)
    wishes.take_off(contribution=said, by=ann)
    assert "An unusual kettle" in page_text(signed_in(scene.staff).get(at("find"), {"q": "kettle"}))
    assert "An unusual kettle" not in page_text(signed_in(scene.member).get(at("find"), {"q": "kettle"}))
