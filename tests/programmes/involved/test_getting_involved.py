"""Tests of the open form to get involved, and of welcoming those who wrote."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.models import Message, Notice, Person
from people.privacy import hooks
from people.privacy.models import PrivacyRule
from people.privacy.rules import time_for
from programmes.involved import actions, queries
from programmes.involved.contributions import _forget, _kept_long_enough, interests_to_answer
from programmes.models import InvolvementInterest, Membership, OpenForm
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db
ADDRESS = "/get-involved/wow/"


@pytest.fixture
def form(scene):
    return actions.set_form(
        programme=scene.programme, is_open=True, words="Come and shape how we work.", by=scene.staff
    )


def interest(scene, **fields):
    values = {"full_name": "Ida Interested", "email": "ida@example.org", **fields}
    return InvolvementInterest.objects.create(programme=scene.programme, **values)


def filled(client, seconds=10, **values):
    """Open the form, fill it in for so many seconds, and send it."""
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        opened = client.get(ADDRESS).context["form"]["opened"].value()
    with time_machine.travel(now + dt.timedelta(seconds=seconds), tick=False):
        sent = {"full_name": "Ida Interested", "email": "Ida@example.org", "opened": opened, **values}
        return client.post(ADDRESS, sent, follow=True)


# The form


def test_anybody_writes_without_signing_in_and_nothing_is_sent(scene, form, client):
    page = page_text(client.get(ADDRESS))
    assert "Come and shape how we work." in page
    assert f"it is deleted after {time_for(PrivacyRule.Kind.UNANSWERED).length}" in page
    told = Notice.objects.count()
    answer = page_text(filled(client, words="I cared for my dad.", needs="Please ring me."))
    assert "Somebody reads it and answers you." in answer
    row = InvolvementInterest.objects.get()
    assert (row.full_name, row.email, row.words, row.needs) == (
        "Ida Interested",
        "ida@example.org",
        "I cared for my dad.",
        "Please ring me.",
    )
    assert Notice.objects.count() == told


def test_a_phone_number_is_enough_and_neither_is_not(scene, form, client):
    page = filled(client, email="", words="Hello.")
    assert "Enter an email address or a phone number" in page_text(page)
    assert "Hello." in page.content.decode()
    filled(client, email="", phone="01632 960123")
    assert InvolvementInterest.objects.get().phone == "+441632960123"


def test_the_same_again_is_kept_once(scene, form, client):
    filled(client)
    filled(client)
    assert InvolvementInterest.objects.count() == 1


def test_a_program_that_fills_every_field_is_thanked_and_nothing_is_kept(scene, form, client):
    assert "Thank you" in page_text(filled(client, website="https://www.example.org/"))
    assert not InvolvementInterest.objects.exists()


@pytest.mark.parametrize("opened", ["", "made-up", None])
def test_what_comes_faster_than_a_person_writes_is_asked_for_once_more(scene, form, client, opened):
    page = filled(client, seconds=1) if opened is None else filled(client, opened=opened)
    assert "send it once more" in page_text(page)
    assert "Ida Interested" in page.content.decode()
    assert not InvolvementInterest.objects.exists()


def test_a_visitor_who_sends_too_often_is_told_to_wait(scene, form, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "get_involved": "2/m/ip"}
    answers = [client.post(ADDRESS, {"full_name": "x"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_a_closed_form_says_so_and_takes_nothing(scene, form, client):
    actions.set_form(programme=scene.programme, is_open=False, words="Come later.", by=scene.staff)
    answer = client.get(ADDRESS)
    assert answer.status_code == 410
    assert "closed at present" in answer.content.decode()
    client.post(ADDRESS, {"full_name": "Ida", "email": "ida@example.org"})
    with pytest.raises(ActionError, match="closed"):
        actions.write(
            programme=scene.programme, full_name="I", email="i@example.org", phone="", words="", needs="", by=None
        )
    assert client.get("/get-involved/elsewhere/").status_code == 404


def test_the_form_takes_no_more_once_many_wait(scene, form, client, monkeypatch):
    monkeypatch.setattr(queries, "takes_more", lambda programme, on: False)
    page = filled(client)
    assert "takes no more today" in page_text(page)
    assert not InvolvementInterest.objects.exists()


def test_it_takes_no_longer_and_says_no_more_where_somebody_is_known(scene, form, client):
    known = filled(client, email=scene.lived.person.email, full_name=scene.lived.person.full_name)
    assert "Somebody reads it and answers you." in page_text(known)
    assert not mail.outbox


# Staff


def test_staff_make_the_form_and_read_its_link(scene, signed_in):
    client = signed_in(scene.staff)
    assert "There is no form yet" in page_text(client.get(reverse("interests", args=["wow"])))
    page = client.post(
        reverse("open_form_edit", args=["wow"]), {"words": "Come and join us.", "is_open": "yes"}, follow=True
    )
    assert "http://testserver/get-involved/wow/" in page_text(page)
    assert OpenForm.objects.get().is_open


def test_who_wrote_is_a_task_and_is_welcomed_as_anybody_is(scene, form, signed_in, today):
    row = interest(scene, phone="+441632960123")
    (task,) = interests_to_answer(scene.staff)
    assert "1 person would like to get involved in Wellbeing Our Way" in task.title
    assert interests_to_answer(scene.finance) == []
    client = signed_in(scene.staff)
    assert "Ida Interested" in page_text(client.get(task.url))
    client.post(reverse("interest", args=[row.pk]), {"what": "new"})
    row.refresh_from_db()
    ida = Person.objects.get(full_name="Ida Interested")
    assert (row.status, row.person, row.answered_by) == ("welcomed", ida, scene.staff.person)
    assert Membership.objects.effective_on(today).filter(person=ida, role="lived_experience").exists()
    # They are asked at their address whether this is them, as everybody is whom a programme adds.
    assert ida.joining.address == "ida@example.org"
    assert interests_to_answer(scene.staff) == []
    with pytest.raises(ActionError, match="has been answered"):
        actions.welcome(interest=row, by=scene.staff)


def test_staff_see_whom_of_the_programme_it_may_be_and_nobody_of_another(scene, form, signed_in):
    elsewhere = make.with_role(scene.other, "lived_experience", "Ida Interested").person
    lived = scene.lived.person
    Person.objects.filter(pk=lived.pk).update(full_name="Ida Interested", phone="+441632960123")
    row = interest(scene, email="", phone="+441632960123")
    assert [like.who.person for like in queries.who_it_may_be(row)] == [lived.pk]
    client = signed_in(scene.staff)
    page = page_text(client.get(reverse("interest", args=[row.pk])))
    assert "They are Ida Interested (name, phone number): welcome them" in page
    assert client.post(reverse("interest", args=[row.pk]), {"what": f"person-{elsewhere.pk}"}).status_code == 200
    client.post(reverse("interest", args=[row.pk]), {"what": f"person-{lived.pk}"})
    row.refresh_from_db()
    assert row.person == lived
    assert Person.objects.filter(full_name="Ida Interested").count() == 2


def test_a_no_goes_to_their_address_in_our_words(scene, form, signed_in):
    row = interest(scene)
    client = signed_in(scene.staff)
    url = reverse("interest", args=[row.pk])
    assert "Write what they are told." in page_text(client.post(url, {"what": "no"}))
    page = client.post(url, {"what": "no", "answer": "The group is full until May."}, follow=True)
    assert "your words go to their email address" in page_text(page)
    message = Message.objects.get(to="ida@example.org")
    assert "The group is full until May." in message.notice.text_body
    assert message.notice.person is None


def test_who_left_a_phone_number_alone_is_rung(scene, form, signed_in):
    row = interest(scene, email="", phone="+441632960123")
    page = signed_in(scene.staff).post(
        reverse("interest", args=[row.pk]), {"what": "no", "answer": "Not now."}, follow=True
    )
    assert "please ring them" in page_text(page)
    assert not Message.objects.filter(notice__kind=actions.ANSWER).exists()


# Keeping


def test_what_did_not_lead_to_joining_is_deleted_in_time_with_its_history(scene, form, today):
    old, new = interest(scene), interest(scene, full_name="Nina New")
    rule = time_for(PrivacyRule.Kind.UNANSWERED)
    long_ago = timezone.now() - rule.delta - dt.timedelta(days=2)
    InvolvementInterest.objects.filter(pk=old.pk).update(sent_at=long_ago)
    assert [pk for pk, _since in _kept_long_enough(rule, today, None)] == [old.pk]
    _forget(old.pk)
    assert list(InvolvementInterest.objects.all()) == [new]
    assert not old.history.model.objects.filter(pgh_obj=old.pk).exists()


def test_postgres_keeps_an_interest_whole(scene, form):
    row = interest(scene)
    refused("UPDATE programmes_involvementinterest SET email = '', phone = '' WHERE id = %s", row.pk)
    refused("UPDATE programmes_involvementinterest SET status = 'welcomed' WHERE id = %s", row.pk)
    actions.decline(interest=row, answer="Not now.", by=scene.staff)
    refused("UPDATE programmes_involvementinterest SET status = 'waiting' WHERE id = %s", row.pk)


# What is refused


def test_the_form_is_shown_to_staff_and_needs_words(scene, signed_in):
    client, place = signed_in(scene.staff), "/programmes/wow/people/interests/form/"
    assert client.get(place).status_code == 200
    assert client.post(place, {"is_open": "yes", "words": ""}).status_code == 200
    assert not OpenForm.objects.exists()
    with pytest.raises(ActionError, match="Write what people read above the form"):
        actions.set_form(programme=scene.programme, is_open=True, words=" ", by=scene.staff)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"full_name": " "}, "Enter your name"),
        ({"email": "", "phone": ""}, "Enter an email address or a phone number"),
    ],
)
def test_an_interest_has_a_name_and_a_way_to_answer(scene, form, values, sentence):
    sent = {"full_name": "Ida Interested", "email": "ida@example.org", "phone": "", "words": "", "needs": ""}
    with pytest.raises(ActionError, match=sentence):
        actions.write(programme=scene.programme, by=None, **{**sent, **values})
    assert not InvolvementInterest.objects.exists()


def test_a_no_needs_words(scene, form):
    row = interest(scene)
    with pytest.raises(ActionError, match="Write what they are told"):
        actions.decline(interest=row, answer=" ", by=scene.staff)


def test_somebody_of_the_programme_who_wrote_gets_the_role_they_lack_and_not_twice(scene, form, today):
    for person in (scene.member.person, scene.lived.person):
        actions.welcome(interest=interest(scene, email=f"{person.pk}@example.org"), person=person, by=scene.staff)
        held = Membership.objects.effective_on(today).filter(person=person, role="lived_experience")
        assert held.count() == 1


def test_what_is_due_to_be_deleted_is_listed_by_name(scene, form):
    row = interest(scene)
    (kind,) = [kind for kind in hooks.retention_kinds.values() if kind.remove is _forget]
    assert kind.describe([row.pk]) == {row.pk: "Ida Interested"}
