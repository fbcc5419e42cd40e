"""Tests of what people agree to: said by them or noted for them, taken back in one step, and held to in use."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import escape

from events.access.page import AccessList
from events.day import documents
from people.consent import actions, queries
from people.consent.models import Purpose
from people.models import Consent, ConsentWording, Notice
from programmes.heard.page import PREFETCH, Card
from programmes.members.contributions import people_to_write_to
from programmes.models import Contribution, Membership, Role
from tests import factories as make
from tests.factories import access, heard
from tests.helpers.client import page_text
from tests.helpers.database import refused
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    return make.a_programme("Wellbeing Invented", slug="wow")


@pytest.fixture
def staff(programme):
    return make.with_role(programme, Role.STAFF, "Stella Staffordly")


@pytest.fixture
def lena(programme):
    return make.with_role(programme, Role.LIVED_EXPERIENCE, "Lena Lived")


def says(user, purpose, agreed=True):
    return actions.answer(person=user.person, answers={purpose: agreed}, by=user)


def have_refused(people, purpose):
    """Return those of `people` whose last answer for `purpose` is no."""
    rows = Consent.objects.filter(person__in=people, purpose=purpose).last_answers()
    return {row.person_id for row in rows if not row.agreed}


# Said, noted and taken back


def test_nothing_is_agreed_until_somebody_says_so(lena):
    people = [lena.person.pk]
    for purpose in Purpose:
        assert queries.have_agreed(people, purpose) == set()
        assert have_refused(people, purpose) == set()
    says(lena, "photo")
    assert queries.have_agreed(people, Purpose.PHOTO) == {lena.person.pk}
    assert queries.have_agreed(people, Purpose.SHARING) == set()


def test_a_yes_is_taken_back_in_one_step_and_both_answers_stay(lena, signed_in):
    client, url = signed_in(lena), reverse("your_consents")
    page = page_text(client.post(url, {"photo": "yes"}, follow=True))
    assert "Your answers are saved." in page
    page = page_text(client.post(url, {"photo": "no"}, follow=True))
    assert "No: Photos and recordings" in page
    assert "Yes: Photos and recordings" in page
    assert have_refused([lena.person.pk], Purpose.PHOTO) == {lena.person.pk}
    assert list(Consent.objects.values_list("agreed", flat=True)) == [False, True]


def test_the_page_asks_one_question_for_each_purpose_in_its_words(lena, signed_in):
    says(lena, "photo")
    page = page_text(signed_in(lena).get(reverse("your_consents")))
    for words in ConsentWording.objects.values_list("words", flat=True):
        assert escape(words) in page
    assert 'name="photo" value="yes"' in page
    assert "Answers until now" in page


def test_the_same_answer_again_adds_nothing_and_new_words_are_asked_anew(lena):
    assert len(says(lena, "photo")) == 1
    assert says(lena, "photo") == []
    ConsentWording.objects.create(purpose="photo", effective_from=today(), words="You may take photos of me.")
    (new,) = says(lena, "photo")
    assert new.wording.words == "You may take photos of me."


def test_an_answer_that_is_only_shown_is_not_given_again(lena, signed_in):
    says(lena, "photo")
    form = signed_in(lena).get(reverse("your_consents")).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    says(lena, "photo", agreed=False)
    signed_in(lena).post(reverse("your_consents"), shown | {"quotes": "yes"})
    assert have_refused([lena.person.pk], Purpose.PHOTO) == {lena.person.pk}
    assert queries.have_agreed([lena.person.pk], Purpose.QUOTES) == {lena.person.pk}


def test_staff_note_it_with_how_it_was_said_and_the_person_is_told(lena, staff, signed_in, with_second_factor):
    client, url = with_second_factor(staff), reverse("person_consents", args=[lena.person.pk])
    page = page_text(client.post(url, {"photo": "yes", "how": ""}))
    assert "Say how they told you." in page
    assert not Consent.objects.exists()
    page = page_text(client.post(url, {"photo": "yes", "sharing": "no", "how": "On the phone"}, follow=True))
    assert "The answers of Lena Lived are saved." in page
    # Colleagues of another programme would learn from it where else the person is.
    assert "On the phone" not in page
    notice = Notice.objects.get(kind="consents-noted")
    assert notice.person == lena.person
    for words in (
        "Stella Staffordly has noted this for you: On the phone",
        "Yes: Photos",
        "No: Needs told, with the name",
    ):
        assert words in notice.text_body
    page = page_text(signed_in(lena).get(reverse("your_details")))
    assert "What you agree to" in page
    page = page_text(signed_in(lena).get(reverse("your_consents")))
    assert "Noted by Stella Staffordly: On the phone" in page


def test_an_answer_needs_a_person_a_purpose_and_a_way_it_is_known(lena, staff):
    stranger = make.a_user("Sam Stranger")
    with pytest.raises(ActionError, match="cannot note"):
        actions.answer(person=lena.person, answers={"photo": True}, by=stranger)
    with pytest.raises(ActionError, match="how they told you"):
        actions.answer(person=lena.person, answers={"photo": True}, by=staff)
    with pytest.raises(ActionError, match="nothing that people are asked about"):
        actions.answer(person=lena.person, answers={"everything": True}, by=lena)


def test_the_database_keeps_answers_as_they_were_given(lena):
    (row,) = says(lena, "photo")
    assert "Cannot update or delete" in refused("UPDATE people_consent SET agreed = false WHERE id = %s", row.pk)
    assert "Cannot update or delete" in refused("DELETE FROM people_consent WHERE id = %s", row.pk)
    other = ConsentWording.objects.get(purpose="quotes")
    said = refused(
        "INSERT INTO people_consent (person_id, purpose, wording_id, agreed, answered_at, how)"
        " VALUES (%s, 'photo', %s, true, now(), '')",
        lena.person.pk,
        other.pk,
    )
    assert "the words of its own purpose" in said
    assert "a_noted_consent_says_how" in refused(
        "INSERT INTO people_consent (person_id, purpose, wording_id, agreed, answered_at, how)"
        " VALUES (%s, 'photo', %s, true, now(), 'By phone')",
        lena.person.pk,
        row.wording_id,
    )
    assert "Cannot update or delete" in refused("UPDATE people_consentwording SET words = 'x'")


# No consent, no use


def test_those_who_run_an_event_read_a_name_beside_a_need_only_with_consent(programme, lena):
    event = make.an_event(programme, days=10)
    make.an_invitation(event, lena.person, reply="coming", replied_at=event.starts_at)
    other = make.with_role(programme, Role.LIVED_EXPERIENCE, "Otto Other")
    for user in (lena, other):
        need = access.a_need(event, user.person, kind="breaks")
        need.arrangement.for_facilitators = True
        need.arrangement.save()
    says(lena, "sharing")
    brief = str(AccessList(event, "facilitators").rows)
    assert "Lena Lived" in brief
    assert "Otto Other" not in brief
    assert "Somebody" in brief
    says(lena, "sharing", agreed=False)
    assert "Lena" not in str(AccessList(event, "facilitators").rows)


def test_who_sees_to_an_arrangement_reads_a_name_only_with_consent(
    programme, staff, lena, signed_in, with_second_factor
):
    event = make.an_event(programme, organiser=staff.person, days=10)
    make.an_invitation(event, lena.person, reply="coming", replied_at=event.starts_at)
    helper = make.with_role(programme, Role.LIVED_EXPERIENCE, "Hetty Helpful")
    make.an_invitation(event, helper.person, facilitates=True)
    arrangement = access.a_need(event, lena.person, kind="transport", words="A taxi for Lena").arrangement
    arrangement.owner = helper.person
    arrangement.save()
    address = reverse("arrangement", args=[arrangement.pk])
    page = page_text(signed_in(helper).get(address))
    assert "Somebody" in page
    assert "Lena" not in page
    assert "Lena Lived" in page_text(with_second_factor(staff).get(address))
    says(lena, "sharing")
    assert "Lena Lived" in page_text(signed_in(helper).get(address))


def test_staff_of_a_programme_somebody_left_take_a_yes_back_for_them_and_note_no_new_one(
    programme, staff, lena, with_second_factor
):
    says(lena, "contact")
    Membership.objects.filter(person=lena.person).update(
        starts_on=today() - dt.timedelta(9), ends_on=today() - dt.timedelta(1)
    )
    address, browser = reverse("person_consents", args=[lena.person.pk]), with_second_factor(staff)
    assert "They have left your programme" in page_text(browser.get(address))
    answer = {"shown_contact": "yes", "contact": "no", "how": "By phone"}
    browser.post(address, {**answer, "photo": "yes"})
    assert queries.have_agreed([lena.person.pk], Purpose.CONTACT) == {lena.person.pk}, "both or none"
    browser.post(address, answer)
    assert queries.have_agreed([lena.person.pk], Purpose.CONTACT) == set()
    elsewhere = make.with_role(make.a_programme(), Role.STAFF)
    with pytest.raises(ActionError):
        actions.answer(person=lena.person, answers={"contact": False}, by=elsewhere, how="By phone")


def test_papers_of_the_day_say_of_whom_no_photos_are_taken(programme, lena):
    event = make.an_event(programme, days=10)
    make.an_invitation(event, lena.person)
    assert "No photos" in documents.badges_html(event, documents.expected(event), "standard", 0)
    assert "No photos" in documents.sign_in_html(event, documents.expected(event), "standard", 0)
    says(lena, "photo")
    assert "No photos" not in documents.badges_html(event, documents.expected(event), "standard", 0)
    says(lena, "photo", agreed=False)
    assert "No photos" in documents.sign_in_html(event, documents.expected(event), "standard", 0)


def test_a_name_is_not_shown_beside_words_once_its_person_refuses(programme, lena):
    said = heard.a_contribution(programme, lena.person, named=True)

    def named():
        return Card(Contribution.objects.prefetch_related(*PREFETCH).get(pk=said.pk), fewest=5).named

    assert named() == ["Lena Lived"]
    says(lena, "quotes", agreed=False)
    assert named() == []
    says(lena, "quotes")
    assert named() == ["Lena Lived"]


def test_who_has_left_is_written_to_only_with_consent(programme, lena, staff):
    Membership.objects.filter(person=lena.person).update(ends_on=today() - dt.timedelta(days=1))
    recipients = people_to_write_to(staff, "wow")
    assert lena.person not in recipients.people
    says(lena, "contact")
    assert lena.person in people_to_write_to(staff, "wow").people
    says(lena, "contact", agreed=False)
    assert lena.person not in people_to_write_to(staff, "wow").people
