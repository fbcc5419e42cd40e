"""Pages: the demo's phones, and the texts that wait for a colleague."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from people.messages.texts import actions
from people.models import DemoText, IncomingText
from programmes.models import Role, message_audience
from tests import factories as make
from tests.helpers.client import page_text

ANN = "+447700900123"

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO_MODE = True
    settings.SECOND_FACTOR_REQUIRED = False
    settings.TEXT_PROVIDER = "demo"


def test_outside_the_demo_there_are_no_phones(client):
    text = DemoText.objects.create(number=ANN, words="Hello")
    assert client.get("/demo/phone/").status_code == 404
    assert client.get(f"/demo/phone/{text.pk}/").status_code == 404
    assert client.post(f"/demo/phone/{text.pk}/", {"words": "YES"}).status_code == 404
    assert not IncomingText.objects.exists()


def test_before_the_first_text_the_page_says_what_will_be_there(client, demo):
    assert "No text message yet" in page_text(client.get("/demo/phone/"))


def test_a_phone_shows_its_texts_and_answers_as_a_provider_would_bring_it(client, demo, ann, tell, worker):
    with worker():
        tell(ann, short="News: https://example.org/n/abc/")
        tell(make.a_person("Ben Invented", phone="+447700900456", channel="sms"), "news:2", short="For Ben alone.")
    phone = DemoText.objects.get(number=ANN)
    page = page_text(client.get("/demo/phone/"))
    assert "07700 900123</a> <strong>Ann Invented</strong>" in page
    assert "07700 900456</a> <strong>Ben Invented</strong>" in page
    response = client.get(f"/demo/phone/{phone.pk}/")
    assert '<a href="https://example.org/n/abc/"' in response.text
    assert 'id="newest" class="wb-text"' in response.text
    assert "+447700900123" not in response.request["PATH_INFO"]
    assert client.post(f"/demo/phone/{phone.pk}/", {"words": "Who is this?"}).status_code == 302
    text = IncomingText.objects.get()
    assert (text.number, text.words, text.person) == (ANN, "Who is this?", ann)
    assert "wb-text--written" in client.get(f"/demo/phone/{phone.pk}/").text


def test_the_box_of_a_phone_sends_what_a_browser_would_send(demo):
    phone = DemoText.objects.create(number=ANN, words="Hello")
    browser = Client(enforce_csrf_checks=True)
    form = html.fromstring(browser.get(f"/demo/phone/{phone.pk}/").content).xpath("//form[.//textarea]")[0]
    form.fields["words"] = "Hello back"
    assert browser.post(f"/demo/phone/{phone.pk}/", dict(form.form_values())).status_code == 302
    assert IncomingText.objects.get().words == "Hello back"


def test_an_empty_answer_is_asked_for_again(client, demo):
    phone = DemoText.objects.create(number=ANN, words="Hello")
    assert "Write a text message" in page_text(client.post(f"/demo/phone/{phone.pk}/", {"words": " "}))
    assert not IncomingText.objects.exists()


def test_the_list_of_phones_asks_no_more_for_thirty_than_for_three(client, demo, django_assert_max_num_queries):
    for number in range(30):
        make.a_person(phone=f"+4477009{number:05d}")
        DemoText.objects.create(number=f"+4477009{number:05d}", words="Hello")
    with django_assert_max_num_queries(4):
        client.get("/demo/phone/")


def test_the_demos_pages_lead_to_the_phones(client, demo):
    assert 'href="/demo/phone/"' in client.get("/").text


@pytest.fixture
def staff(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return make.with_role(make.a_programme(), Role.STAFF, "Stella Staff")


@pytest.fixture
def text(staff, ann):
    """Words for the staff's programme."""
    [programme] = [role.programme for role in staff.person.memberships.all()]
    text = actions.take_text(provider_ref="text-1", number=ANN, words="Can I bring my sister?", by=None)
    IncomingText.objects.update(audience=message_audience(programme.pk))
    text.refresh_from_db()
    return text


def test_staff_are_led_to_a_text_read_it_and_see_to_it_once(signed_in, staff, text):
    client = signed_in(staff)
    assert "Read 1 text message" in page_text(client.get("/"))
    listed = page_text(client.get("/messages/texts/"))
    assert all(words in listed for words in ("Can I bring my sister?", "Ann Invented", "07700 900123"))
    page = page_text(client.get(f"/messages/texts/{text.pk}/"))
    assert "Text message from Ann Invented" in page
    assert "I have seen to this" in page
    assert client.post(f"/messages/texts/{text.pk}/read/").url == "/messages/texts/"
    text.refresh_from_db()
    assert text.read_by == staff.person
    page = page_text(client.get(f"/messages/texts/{text.pk}/"))
    assert "Read by" in page
    assert "Stella Staff, " in page
    assert "I have seen to this" not in page
    assert "No text message waits to be read" in page_text(client.get("/messages/texts/"))
    assert "Read 1 text message" not in page_text(client.get("/"))


def test_the_list_can_be_taken_away_as_a_file(signed_in, staff, text):
    exported = signed_in(staff).get("/messages/texts/?export=csv")
    assert "Can I bring my sister?" in b"".join(exported).decode()


def test_a_text_that_was_understood_is_shown_with_its_meaning_and_not_read_by_hand(signed_in, staff, text, tell, ann):
    message = tell(ann)
    IncomingText.objects.update(for_a_colleague=False, understood_as="yes", notice=message.notice)
    client = signed_in(staff)
    page = page_text(client.get(f"/messages/texts/{text.pk}/"))
    assert "Understood as" in page
    assert "News" in page
    assert (
        client.post(f"/messages/texts/{text.pk}/read/", follow=True).redirect_chain[-1][0]
        == f"/messages/texts/{text.pk}/"
    )
    text.refresh_from_db()
    assert text.read_at is None


def test_the_words_of_one_programme_are_for_its_own_staff(signed_in, settings, text):
    settings.SECOND_FACTOR_REQUIRED = False
    stranger = signed_in(make.with_role(make.a_programme(), Role.STAFF))
    nobody = signed_in(make.a_user("Nora Nobody"))
    assert stranger.get(f"/messages/texts/{text.pk}/").status_code == 404
    assert stranger.post(f"/messages/texts/{text.pk}/read/").status_code == 404
    assert "sister" not in page_text(stranger.get("/messages/texts/"))
    for address in ("/messages/texts/", f"/messages/texts/{text.pk}/"):
        assert nobody.get(address).status_code == 403
    assert signed_in(make.an_administrator()).get(f"/messages/texts/{text.pk}/").status_code == 200


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(signed_in, staff, text):
    client = signed_in(staff)

    def add(number):
        before = IncomingText.objects.count()
        IncomingText.objects.bulk_create(
            IncomingText(
                number=ANN,
                words=f"Words {count}",
                provider_ref=f"more-{count}",
                understood_as="words",
                person=make.a_person(),
                audience=text.audience,
                for_a_colleague=True,
            )
            for count in range(before, number)
        )

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert "Words 2" in page_text(client.get("/messages/texts/"))
        return len(captured)

    add(3)
    # Once before: what is looked up once a session is not counted.
    queries()
    few = queries()
    add(30)
    assert queries() == few
