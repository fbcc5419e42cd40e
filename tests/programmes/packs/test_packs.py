"""Welcome packs: put together, published, sent with welcomes and afterwards, posted, read by those who have them."""

import datetime as dt
import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.directory import actions as person_actions
from people.models import Message, Notice
from programmes.members.actions import memberships
from programmes.models import PackGiven, Role, WelcomeCopy, WelcomePackItem
from programmes.packs import queries
from programmes.packs.actions import giving, papers
from tests import factories as make
from tests.factories import packs
from tests.helpers.client import words_of
from wellbeing.lib.errors import ActionError


@pytest.fixture
def pack(scene):
    copies = [
        packs.a_copy(scene.programme, scene.staff.person, title) for title in ("How we pay you", "Our agreed language")
    ]
    return packs.a_pack(scene.programme, scene.staff.person, *copies)


def welcome(scene, **details):
    details = {"full_name": "Nadia Newcome", "email": "nadia@example.org", **details}
    return memberships.welcome(programme=scene.programme, roles=[Role.LIVED_EXPERIENCE], by=scene.staff, **details)


def test_staff_put_a_pack_together_and_publish_it_once_its_files_are_checked(scene, signed_in):
    client = signed_in(scene.staff)
    new = reverse("welcome_paper_new", args=["wow"])
    assert "Choose a file, or enter a link" in words_of(client.post(new, {"title": "Nothing", "format": "standard"}))
    client.post(new, {"title": "How we pay you", "format": "standard", "file": _a_pdf()})
    client.post(new, {"title": "Our page", "format": "standard", "url": "https://example.org/us"})
    page = words_of(client.post(reverse("welcome_pack_publish", args=["wow"]), follow=True))
    assert "“How we pay you” is still being checked" in page
    WelcomeCopy.objects.update(status=WelcomeCopy.Status.READY)
    page = words_of(client.post(reverse("welcome_pack_publish", args=["wow"]), follow=True))
    assert "Version 1 goes with every welcome" in page
    pack = queries.current(scene.programme)
    assert [one.paper.title for one in queries.papers_in(pack)] == ["How we pay you", "Our page"]
    with pytest.raises(ActionError, match="Nothing has changed"):
        papers.publish(programme=scene.programme, by=scene.staff)
    for one in queries.papers_in(pack):
        client.post(reverse("welcome_paper_take_out", args=["wow", one.paper.pk]))
    papers.publish(programme=scene.programme, by=scene.staff)
    assert queries.current(scene.programme) is None
    assert not PackGiven.objects.filter(person=welcome(scene)).exists()


def _a_pdf():
    return SimpleUploadedFile("paper.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def test_the_pack_goes_with_a_welcome_and_its_person_reads_it_on_the_programmes_page(scene, signed_in, pack):
    person = welcome(scene)
    notice = Notice.objects.get(person=person)
    assert "Papers to start with: How we pay you; Our agreed language." in notice.text_body
    given = PackGiven.objects.get(person=person)
    assert (given.pack, given.notice, given.by_post) == (pack, notice, False)
    staff = signed_in(scene.staff)
    page = reverse("welcome_pack", args=["wow"])
    assert "The message waits" in words_of(staff.get(page))
    Message.objects.filter(notice=notice).update(status=Message.Status.FAILED)
    page = words_of(staff.get(page))
    assert "The message has not arrived" in page
    assert "The message was sent" not in page
    copy = pack.items.first().copy
    address = reverse("welcome_copy", args=["wow", copy.pk])
    reader = signed_in(scene.lived)
    assert reader.get(address).status_code == 404
    assert "Papers to start with" not in words_of(reader.get(reverse("programme", args=["wow"])))
    packs.given(pack, scene.lived.person)
    assert "Papers to start with" in words_of(reader.get(reverse("programme", args=["wow"])))
    assert reader.get(address).status_code == 200


def test_without_a_pack_the_welcome_is_as_it_was(scene):
    person = welcome(scene)
    assert "Papers" not in Notice.objects.get(person=person).text_body
    assert not PackGiven.objects.exists()


def test_who_has_no_address_gets_it_by_post_and_it_is_never_said_to_be_posted_before(scene, signed_in, pack):
    person = welcome(scene, email="", channel="letter", postal_address="1 Invented Road\nLarkhampton\nZZ9 4AA")
    assert "Papers to start with, which we post to you: How we pay you" in Notice.objects.get(person=person).text_body
    client = signed_in(scene.staff)
    page = words_of(client.get(reverse("welcome_pack", args=["wow"])))
    assert "To be posted" in page
    assert "Posted on" not in page
    assert "Welcome packs to post: 1" in words_of(client.get(reverse("home")))
    given = PackGiven.objects.get(person=person)
    client.post(reverse("welcome_pack_posted", args=["wow", given.pk]))
    assert "Posted on 23 November 2026" in words_of(client.get(reverse("welcome_pack", args=["wow"])))
    with pytest.raises(ActionError, match="noted already"):
        giving.say_posted(given=given, by=scene.staff)


def test_nothing_is_posted_to_somebody_who_has_left_meanwhile(scene, pack):
    person = welcome(scene, email="", channel="letter", postal_address="1 Invented Road\nLarkhampton\nZZ9 4AA")
    assert queries.to_post([scene.programme.pk]).get().person == person
    person.memberships.update(starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2026, 11, 22))
    assert not queries.to_post([scene.programme.pk])


def test_people_added_before_get_it_once_after_a_page_that_says_who(scene, signed_in, pack):
    client, address = signed_in(scene.staff), reverse("welcome_pack_give", args=["wow"])
    people = list(queries.without_pack(pack, never=True))
    assert scene.lived.person in people
    assert scene.staff.person not in people
    page = client.post(address, {"who": "never"})
    assert scene.lived.person.name_in_list in words_of(page)
    assert not PackGiven.objects.exists()
    assert "The list has changed" in words_of(client.post(address, {"who": "never", "expected": len(people) + 1}))
    client.post(address, {"who": "never", "expected": len(people)})
    assert PackGiven.objects.count() == len(people)
    assert Notice.objects.get(person=scene.lived.person).subject == "Papers from Wellbeing Our Way"
    with pytest.raises(ActionError, match="Everybody has had it"):
        giving.give(pack=pack, never=False, by=scene.staff)
    newer = packs.a_pack(scene.programme, scene.staff.person, packs.a_copy(scene.programme, scene.staff.person, "New"))
    assert not queries.without_pack(newer, never=True).exists()
    assert set(queries.without_pack(newer, never=False)) == set(people)
    with pytest.raises(ActionError, match="A later version"):
        giving.give(pack=pack, never=False, by=scene.staff)


def test_the_database_keeps_versions_as_they_were_published(scene, pack):
    foreign = packs.a_copy(scene.other, scene.elsewhere.person, "Theirs")
    item = pack.items.first()
    with pytest.raises(InternalError, match="of its own programme"), transaction.atomic():
        WelcomePackItem.objects.create(pack=pack, paper=foreign.paper, copy=foreign)
    with pytest.raises(InternalError), transaction.atomic():
        item.delete()
    with pytest.raises(InternalError), transaction.atomic():
        WelcomeCopy.objects.filter(pk=item.copy_id).update(format="easy_read")
    with pytest.raises(IntegrityError), transaction.atomic():
        packs.given(pack, scene.lived.person, posted_on="2026-11-23", posted_by=scene.staff.person)


def test_two_records_that_become_one_have_the_pack_once(scene, pack):
    record = make.a_person("Lena Again")
    packs.given(pack, record, by_post=True, posted_on="2026-11-20", posted_by=scene.staff.person)
    packs.given(pack, scene.lived.person)
    person_actions.take_over(record=record, person=scene.lived.person, by=None)
    assert PackGiven.objects.get(person=scene.lived.person).posted_on is not None


def test_giving_it_to_many_takes_no_question_more_for_each(scene, pack):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            giving.give(pack=pack, never=False, by=scene.staff)
        return len(asked)

    def add(number):
        for _one in range(number):
            person = make.a_person(email=f"one{next(numbers)}@example.org")
            make.a_membership(scene.programme, person, Role.LIVED_EXPERIENCE)

    numbers = itertools.count(1)
    add(1)
    few = questions()
    add(6)
    assert questions() <= few + 6, "one row of history for each, and no question"
