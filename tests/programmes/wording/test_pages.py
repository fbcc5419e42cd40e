"""The pages of own words: the list, one kind, the editor, the check as somebody, the letter, and what they ask."""

import datetime as dt

import lxml.html
import pymupdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person
from programmes.models import AgreedTerm, Role, WordingGap, WordingVersion
from programmes.wording import actions
from tests.factories import a_programme, with_role
from tests.helpers.client import page_text
from tests.helpers.messages import a_message
from tests.helpers.wordings import IN_URDU, INVITATION, use

TODAY = {"effective_from_day": 23, "effective_from_month": 11, "effective_from_year": 2026}


@pytest.fixture
def client(scene, signed_in):
    scene.programme.contact_phone = "+441632960001"
    scene.programme.save()
    AgreedTerm.objects.create(
        programme=scene.programme,
        term="people with lived experience",
        replaces="service users",
        why="We are more than what we use.",
        agreed_on=dt.date(2026, 1, 5),
    )
    return signed_in(scene.staff)


def address(name="wording_edit", kind="invitation", language="en"):
    args = {"wordings": [], "wording": [kind], "wording_gaps_seen": [kind]}.get(name, [kind, language])
    return reverse(name, args=["wow", *args])


def typed(**values):
    return {"subject": "Join us", "words": INVITATION, "short": "", "based_on": "0", **TODAY, **values}


def test_the_programmes_page_leads_to_the_list_and_on_to_each_kind(client):
    assert address("wordings") in client.get(reverse("programme", args=["wow"])).text
    page = client.get(address("wordings"))
    assert address("wording") in page.text
    assert "Standard words" in page_text(page)
    assert "Signing in: Its link proves an address" in page_text(page)


def test_the_editor_starts_with_the_standard_words_their_fields_and_an_example(client, settings):
    settings.TEXT_ANSWERS = True
    page = client.get(address())
    text = page_text(page)
    assert "You are invited to “{event}”. It is part of {programme}." in page.context["form"].initial["words"]
    for words in ("{reply_by}", "For example: Curry and conversation", "The words must have it.", "WHEN AND WHERE"):
        assert words in text
    hint = page.context["form"].fields["short"].help_text
    assert str(hint).startswith("People can answer this text message with YES or NO. Say so in it. {link} leads")
    assert text.count("People can answer this text message") == 1
    assert text.count("the day and place, what we pay, the link to reply, what it is for, and who to ask") == 2
    other = page_text(client.get(address(kind="claim_received")))
    assert "People can answer" not in other
    assert other.count("when we will pay, and the link to the claim") == 2


def test_words_are_checked_as_somebody_then_used_and_in_force(client, scene):
    page = client.post(address(), typed(**{"as": scene.lived.person.pk}))
    text = page_text(page)
    assert "What Lena Lived gets" in text
    assert "Salaam Lena," in text
    assert "Come to Curry and conversation." in text
    assert "It counts as 1 text message." in text
    assert "The amounts, days and links shown here are examples: each person gets their own." in text
    assert "Letter with example facts (PDF)" in text
    assert "WHAT WE PAY" in text
    assert "For your time: £75<br>- Your travel</p></div>" in page.text, "no bare heading ends what is read out"
    assert not WordingVersion.objects.exists(), "nothing is used before somebody says so"
    answer = client.post(address(), typed(confirm="yes"), follow=True)
    assert "The new words are saved" in page_text(answer)
    assert "Salaam {name}," in page_text(answer)
    version = WordingVersion.objects.get()
    assert (version.written_by, version.effective_from) == (scene.staff.person, dt.date(2026, 11, 23))
    assert "Own words" in page_text(client.get(address("wordings")))


def test_the_page_that_checks_hands_on_all_that_was_typed(client):
    values = typed(words=f"{INVITATION}\n\nTyped with care.", short="Read {link}")
    page = client.post(address(), values)
    form = next(form for form in lxml.html.fromstring(page.text).forms if "words" in form.fields)
    # A browser drops the line break that opens a textarea.
    sent = {name: value.removeprefix("\n") for name, value in form.form_values()}
    assert {name: str(value) for name, value in values.items()}.items() <= sent.items()
    assert client.post(address("wording_letter"), sent)["Content-Type"] == "application/pdf"
    assert client.post(address(), {**sent, "confirm": "yes"}).status_code == 302
    assert WordingVersion.objects.get().effective_from == dt.date(2026, 11, 23)


def test_words_to_avoid_are_underlined_with_what_the_programme_says_and_why(client):
    words = f"{INVITATION}\n\nService users and <b>service users</b> come along."
    page = client.post(address(), typed(words=words))
    marked = '<span class="wb-avoid">service users</span> <span class="wb-say">(we say “people with lived experience”)'
    assert f"&lt;b&gt;{marked}" in page.text
    assert '<span class="wb-avoid">Service users</span>' in page.text
    assert "We are more than what we use." in page_text(page)


def test_a_reading_age_stands_beside_the_editor_for_english_alone(client):
    page = client.post(address(), typed(change="yes", words=f"{INVITATION}\n\n{'We meet on Monday. ' * 6}"))
    assert "Easy to read from the age of about" in page_text(page)
    page = client.post(address(language="pl"), typed(change="yes", words=f"{INVITATION}\n\n{'We meet. ' * 20}"))
    assert "Easy to read" not in page_text(page)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"words": "Hello\n\n{event} {tiem}\n\n{details}"}, "Line 3: {tiem} is not known"),
        ({"words": "{event}"}, "Add {details} on a line of its own"),
        ({"short": "No link"}, "Add {link}"),
        ({"subject": ""}, "Enter the subject"),
        ({"effective_from_year": "2025"}, "earlier than"),
    ],
)
@pytest.mark.parametrize("name", ["wording_edit", "wording_letter"])
@pytest.mark.parametrize("confirm", [{}, {"confirm": "yes"}])
def test_what_cannot_be_used_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, values, sentence, name, confirm
):
    page = client.post(address(name), typed(**{"words": f"{INVITATION}\n\nTyped with care.", **values, **confirm}))
    assert page.status_code == 200
    if "effective_from_year" not in values:
        assert sentence in page_text(page)
    assert page.context["form"].errors
    expected = typed(**{"words": f"{INVITATION}\n\nTyped with care.", **values})
    assert page.context["form"]["words"].value() == expected["words"]
    assert not WordingVersion.objects.exists()


def test_a_colleagues_version_meanwhile_is_not_overwritten_unseen(client, scene):
    use(scene.programme, scene.administrator)
    page = client.post(address(), typed(confirm="yes", subject="Mine"))
    assert "Somebody else has changed these words since you began" in page_text(page)
    assert page.context["form"]["subject"].value() == "Mine"


def test_the_letter_is_a_real_pdf_in_the_words_typed_and_the_print_of_its_person(client, scene):
    person = scene.lived.person
    person.letter_size, person.postal_address = "24", "1 Invented Street\nLeeds"
    person.save()
    answer = client.post(address("wording_letter"), typed(**{"as": person.pk}))
    assert answer["Content-Type"] == "application/pdf"
    with pymupdf.open(stream=answer.content, filetype="pdf") as letter:
        text = "".join(page.get_text() for page in letter)
        sizes = {
            round(span["size"])
            for block in letter[0].get_text("dict")["blocks"]
            for line in block.get("lines", [])
            for span in line["spans"]
            if "Salaam" in span["text"]
        }
    assert "invitation-with-example-facts.pdf" in answer["Content-Disposition"]
    assert "Lena Lived" in text
    assert "Come to Curry and conversation." in text
    assert sizes == {24}
    assert client.get(address("wording_letter")).status_code == 302


def test_words_in_urdu_are_previewed_from_the_right_and_count_as_longer_texts(client, scene):
    scene.lived.person.language = "ur"
    scene.lived.person.save()
    values = typed(words=IN_URDU, short="آپ کو دعوت ہے: {link}", **{"as": scene.lived.person.pk})
    page = client.post(address(language="ur"), values)
    assert '<div lang="ur" dir="rtl"><p>السلام علیکم ‎Lena‎،' in page.text
    assert '<div lang="en" dir="ltr"><p>WHEN AND WHERE' in page.text
    assert "Letters outside the basic alphabet make it count as more" in page_text(page)
    assert "They read" not in page_text(page)
    assert "They read Urdu. They get English only where you have no words in Urdu." in page_text(
        client.post(address(), typed(**{"as": scene.lived.person.pk}))
    )
    editor = client.get(address(language="ur"))
    assert editor.context["form"].fields["words"].widget.attrs["dir"] == "rtl"


def test_a_kind_shows_every_version_and_goes_back_to_the_standard_words(client, scene):
    use(scene.programme, scene.staff, subject="First words")
    use(scene.programme, scene.staff, subject="Second words")
    use(scene.programme, scene.staff, language="ur", words=IN_URDU, subject="دعوت")
    text = page_text(client.get(address("wording")))
    for words in ("First words", "Second words", "دعوت", "Used from Monday 23 November 2026", "Stella Staffordly"):
        assert words in text
    answer = client.post(address("wording_standard"), follow=True)
    assert "The standard words are used again from today" in page_text(answer)
    assert "used already" in page_text(client.post(address("wording_standard"), follow=True))


def test_people_who_got_the_standard_words_are_named_until_somebody_deals_with_it(client, scene):
    version = use(scene.programme, scene.staff)
    message = a_message(person=scene.lived.person, audience=scene.programme.voice)
    WordingGap.objects.create(version=version, notice=message.notice, part="words", line=3, field="place")
    WordingGap.objects.create(version=version, notice=message.notice, part="subject", line=1, field="day")
    expected = "Lena Lived, 23 November 2026: Words in English, line 3, {place} was empty."
    text = page_text(client.get(address("wording")))
    assert expected in text
    assert "Lena Lived, 23 November 2026: Subject in English, {day} was empty." in text
    assert "Some people got the standard words" in page_text(client.get(address("wordings")))
    assert "Look at your words of “Invitation”" in page_text(client.get(reverse("home")))
    client.post(address("wording_gaps_seen"))
    assert expected not in page_text(client.get(address("wording")))


def test_nobody_of_another_programme_is_shown_as_the_reader_of_a_preview(client, scene):
    other = with_role(a_programme(), Role.LIVED_EXPERIENCE, "Olga Other").person
    page = client.post(address(), typed(**{"as": other.pk}))
    assert "Olga" not in page.text
    page = client.post(address(), typed(find="Olga"))
    assert "Nobody of the programme has this name" in page_text(page)
    page = client.post(address(), typed(find="lena"))
    assert "What Lena Lived gets" in page_text(page)


@pytest.mark.parametrize("kind", ["account", "bank_details_changed", "written", "nothing"])
def test_kinds_with_fixed_words_and_unknown_languages_have_no_page(client, kind):
    assert client.get(address("wording", kind=kind)).status_code == 404
    assert client.get(address(kind=kind)).status_code == 404
    assert client.get(address(language="xx")).status_code == 404


def test_the_pages_ask_as_much_for_thirty_versions_as_for_three(client, scene):
    def asked(name):
        with CaptureQueriesContext(connection) as captured:
            client.get(address(name))
        return len(captured)

    def write(number):
        version = use(scene.programme, scene.staff, "answer", subject=f"Words {number}")
        message = a_message(person=scene.lived.person, audience=scene.programme.voice)
        WordingGap.objects.create(version=version, notice=message.notice, part="words", line=1, field="place")
        newest = use(scene.programme, scene.staff, subject=f"Words {number}")
        invited = a_message(person=scene.lived.person, audience=scene.programme.voice)
        WordingGap.objects.create(version=newest, notice=invited.notice, part="words", line=1, field="place")

    for number in range(3):
        write(number)
    few = [asked(name) for name in ("wordings", "wording")]
    for number in range(3, 30):
        write(number)
    assert [asked(name) for name in ("wordings", "wording")] == few


def test_a_person_says_which_language_they_read(scene, signed_in):
    client = signed_in(scene.lived)
    page = client.get(reverse("your_details_edit"))
    assert "Which language do you like to read?" in page_text(page)
    initial = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    client.post(reverse("your_details_edit"), {**initial, "language": "ur", "call_time": "any"})
    assert Person.objects.get(pk=scene.lived.person.pk).language == "ur"
    assert "Urdu" in page_text(client.get(reverse("your_details")))
    bad = client.post(reverse("your_details_edit"), {**initial, "language": "klingon"})
    assert "language" in bad.context["form"].errors


def test_the_standard_words_again_leave_history(client, scene):
    use(scene.programme, scene.staff)
    actions.use_standard(programme=scene.programme, kind="invitation", language="en", by=scene.staff)
    assert page_text(client.get(address("wording"))).count("The standard words") >= 2
