"""Own words in what people get: every kind by every channel, languages, and fields with nothing to say."""

import re

import pymupdf
import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.inviting import emails as event_emails
from people import registry
from people.messages import queries, telling
from people.messages.letters import drawing
from people.messages.letters.writing import letter_of
from people.messages.page import MessagePage, OwnNotice
from people.models import DemoText, Message, Notice, Person
from programmes.models import Role, WordingGap
from programmes.wording import actions
from programmes.wording.contributions import gaps_to_deal_with
from tests.factories import a_programme, an_event, an_invitation, with_role
from tests.helpers.wordings import IN_URDU, INVITATION, use
from wellbeing.lib import pdf
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db

Channel = Message.Channel
WORDED = sorted(key for key, kind in registry.notice_kinds.items() if kind.can_be_reworded)


@pytest.fixture(autouse=True)
def _texts(settings):
    """Text messages go to the phones of the demo."""
    settings.TEXT_PROVIDER = "demo"


@pytest.fixture
def programme():
    return a_programme(contact_phone="+441632960001", contact_name="Stella Staff")


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stella Staff")


@pytest.fixture
def ann(programme):
    person = with_role(programme, Role.LIVED_EXPERIENCE, "Ann Invented").person
    person.phone, person.postal_address = "+447700900123", "1 Invented Street\nLeeds\nLS1 1AA"
    person.save()
    return person


@pytest.fixture
def event(programme, staff):
    return an_event(
        programme, staff.person, days=7, title="Curry and talk", venue_name="The Hall", venue_address="1 Made Up Road"
    )


def an_example(kind, person, programme, **more):
    """A draft of a kind as an app writes it, with its example for facts."""
    wording = registry.notice_kinds[kind].standard
    details = str(wording.example)
    return {
        "key": f"{kind}:{person.pk}",
        "kind": kind,
        "person": person,
        "subject": "The standard subject",
        "text": f"Hello {person.short_name},\n\n{details}\n",
        "details": details,
        "values": wording.examples,
        "voice": programme.voice,
        "audience": programme.voice,
        "link": "https://together.example.org/there/",
        **more,
    }


def invite(event, person):
    """Write the invitation of `person` as the events app does. Return its Notice."""
    return telling.tell_many([event_emails.invitation(an_invitation(event, person), offer=None)])[0]


# Which kinds are worded


def test_every_kind_is_worded_or_says_why_not():
    fixed = {key: str(kind.why_fixed) for key, kind in registry.notice_kinds.items() if not kind.can_be_reworded}
    assert fixed == {
        "account": "Its link proves an address, so its words cannot be changed.",
        "address": "Its link proves an address, so its words cannot be changed.",
        "appointment": "Its link proves an address, so its words cannot be changed.",
        "joining": "Its link proves an address, so its words cannot be changed.",
        "involved_answer": "A colleague writes every word of it.",
        "bank_details_changed": "People have to know this, for their safety or by law.",
        "monthly_report": "It goes to colleagues who asked for it.",
        "consents-noted": "It says what they agreed to, in the words of the purposes.",
        "needs-noted": "It says who noted their needs, and how they were told.",
        "records_merged": "People have to know this, for the safety of what is held about them.",
        "privacy": "People have to know this, for their safety or by law.",
        "text_answer": "It says word for word what was written down.",
        "written": "A colleague writes every word of it.",
    }
    assert set(WORDED) | set(fixed) == set(registry.notice_kinds)


@pytest.mark.parametrize("kind", WORDED)
def test_the_standard_words_of_a_kind_could_be_a_programmes_own(kind, programme, staff, ann):
    wording = registry.notice_kinds[kind].standard
    use(programme, staff, kind, subject=str(wording.subject), words=str(wording.words))
    notice = telling.tell_many([an_example(kind, ann, programme)])[0]
    assert "{" not in notice.text_body + notice.subject
    assert not WordingGap.objects.exists()


# Every kind by every channel


@pytest.mark.parametrize("channel", ["email", "sms", "letter", "phone"])
@pytest.mark.parametrize("kind", WORDED)
def test_each_kind_by_each_channel_has_the_programmes_words_around_the_facts(
    kind, channel, ann, staff, programme, worker
):
    use(programme, staff, kind, subject="Our own subject", short="Our own text: {link}")
    ann.channel = channel
    ann.save()
    with worker():
        notice = telling.tell_many([an_example(kind, ann, programme)])[0]
    message = notice.messages.get()
    details = str(registry.notice_kinds[kind].standard.example)
    assert notice.text_body.startswith("Salaam Ann,\n\nOur own words.")
    assert f"\n\n{details}\n\nOur farewell.\n" in notice.text_body
    if channel == "email":
        assert mail.outbox[0].subject == "Our own subject"
        assert "Our farewell." in mail.outbox[0].body
    elif channel == "sms":
        personal = registry.notice_kinds[kind].personal_link
        assert DemoText.objects.get().words == f"Our own text: {notice.link if personal else notice.read_link}"
    elif channel == "letter":
        letter = drawing.html_of(letter_of(message, today(), programme.speaker))
        assert "Our own subject</h1>" in letter
        assert "Our farewell." in letter
    else:
        script = [paragraph for _part, paragraphs in MessagePage(message, staff).script for paragraph in paragraphs]
        assert script[0].startswith("Our own words.")
        assert script[-1] == "Our farewell."
    assert OwnNotice(notice).passages[0].text == notice.text_body


def test_an_invitation_in_own_words_says_every_fact_in_text_and_as_a_page(event, ann, programme, staff):
    standard = invite(event, ann)
    use(programme, staff, subject="{event} <3", words=INVITATION)
    other = with_role(programme, Role.LIVED_EXPERIENCE, "Bob <b>Bold</b>").person
    notice = invite(event, other)
    assert notice.subject == "Curry and talk <3"
    assert notice.text_body.startswith("Salaam Bob,\n\nCome to Curry and talk.\n\nWHEN AND WHERE")
    assert notice.text_body.endswith("Yours, Stella Staff\n")
    for fact in ("The Hall", "1 Made Up Road", notice.link, event.purpose):
        assert fact in notice.text_body
        assert fact in notice.html_body
    assert "<title>Curry and talk &lt;3</title>" in notice.html_body
    assert "<h1" in notice.html_body and "Curry and talk &lt;3</h1>" in notice.html_body
    styles = re.findall(r'<p style="[^"]*">(?:Salaam|Yours)', notice.html_body)
    assert len(styles) == 2, "own paragraphs look as ours do where a mail program drops the head"
    assert "You are invited to" not in notice.text_body + notice.html_body
    standard.refresh_from_db()
    assert "You are invited to" in standard.text_body, "a notice already written does not change"


def test_the_standard_words_again_are_used_at_once(event, ann, programme, staff):
    use(programme, staff)
    actions.use_standard(programme=programme, kind="invitation", language="en", by=staff)
    assert "You are invited to “Curry and talk”" in invite(event, ann).text_body


def test_another_programme_and_another_kind_keep_their_words(ann, programme, staff):
    use(programme, staff, "answer")
    other = a_programme()
    for draft in (an_example("answer", ann, other, key="a"), an_example("reply_taken", ann, programme, key="b")):
        assert telling.tell_many([draft])[0].subject == "The standard subject"


def test_words_without_a_text_message_of_their_own_get_the_subject_and_the_link(event, ann, programme, staff):
    use(programme, staff, subject="Come and eat")
    notice = invite(event, ann)
    assert notice.short.startswith(f"{programme.name}: Come and eat.")
    assert notice.short.endswith(notice.link)


# Languages


def test_people_get_their_own_language_where_there_are_words_in_it_else_english(event, ann, programme, staff):
    use(programme, staff, subject="In English")
    use(programme, staff, subject="اردو میں", words=IN_URDU, language="ur")
    people = [with_role(programme, Role.LIVED_EXPERIENCE, name).person for name in ("Ula Urdu", "Pia Polish")]
    Person.objects.filter(pk=people[0].pk).update(language="ur")
    Person.objects.filter(pk=people[1].pk).update(language="pl")
    subjects = [invite(event, Person.objects.get(pk=person.pk)).subject for person in (ann, *people)]
    assert subjects == ["In English", "اردو میں", "In English"]


def test_words_in_another_language_alone_leave_everybody_else_the_standard_words(event, ann, programme, staff):
    use(programme, staff, subject="اردو میں", words=IN_URDU, language="ur")
    notice = invite(event, ann)
    assert notice.subject.startswith("You are invited")
    assert [passage.language for passage in notice.passages] == ["en"]


@pytest.fixture
def in_urdu(event, ann, programme, staff):
    """An invitation in Urdu around facts in English."""
    use(programme, staff, subject="دعوت", words=IN_URDU, language="ur", short="دعوت: {link}")
    ann.language, ann.channel = "ur", "letter"
    ann.save()
    return invite(event, ann)


def test_a_page_in_urdu_runs_from_the_right_and_its_facts_from_the_left(in_urdu):
    html = in_urdu.html_body
    assert '<div lang="ur" dir="rtl"><h1' in html
    facts = html[html.index('<div lang="en" dir="ltr">') :]
    assert "WHAT IT IS FOR".lower() in facts.lower()
    assert "السلام علیکم" in html[: html.index('<div lang="en"')]
    assert facts.index("</div>") < facts.index("شکریہ")


def test_each_part_of_a_notice_knows_its_language(in_urdu, staff):
    assert [(part.language, part.direction) for part in in_urdu.passages] == [
        ("ur", "rtl"),
        ("en", "ltr"),
        ("ur", "rtl"),
    ]
    assert in_urdu.passages[1].text.startswith("WHEN AND WHERE")
    assert "WHAT IT IS FOR" not in in_urdu.passages[0].text + in_urdu.passages[2].text
    assert in_urdu.short == f"دعوت: {in_urdu.link}"
    page = MessagePage(in_urdu.messages.get(), staff)
    assert page.other_language == "Urdu"
    assert [part.language for part, _paragraphs in page.script] == ["ur", "en", "ur"]


def test_the_letter_in_urdu_is_set_from_the_right_and_its_facts_from_the_left(in_urdu, programme):
    """Read back from the PDF where each line begins and ends."""
    letter = letter_of(in_urdu.messages.get(), today(), programme.speaker)
    content = pdf.write_together([drawing.lay_out(letter)])
    with pymupdf.open(stream=content, filetype="pdf") as whole:
        page = whole[0]
        width = page.rect.width
        lines = [
            ("".join(span["text"] for span in line["spans"]), line["bbox"])
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", [])
        ]
    urdu = [box for text, box in lines if re.search(r"[\u0600-\u06ff\ufb50-\ufeff]", text)]
    english = next(box for text, box in lines if "What it is for" in text or "WHAT IT IS FOR" in text)
    assert len(urdu) >= 3, lines
    right_edge = max(box[2] for box in urdu)
    assert right_edge > width * 0.75, "lines in Urdu end at the right margin"
    for row in urdu:
        ends = [box[2] for box in urdu if box[1] < row[3] and row[1] < box[3]]
        assert right_edge - max(ends) < 3, "and begin there"
    assert english[0] < width * 0.25, "the facts begin at the left margin"


def test_the_facts_are_found_again_in_a_text_that_was_cleaned(event, ann, programme, staff):
    """A stored text may be shorter than the written one: an accent joins its letter, a wide space becomes ours."""
    event.purpose = "Cafe\u0301 and\u00a0talk\r\nfor all"
    event.save()
    use(programme, staff, subject="دعوت", words=IN_URDU, language="ur")
    ann.language, ann.known_as = "ur", "Ange\u0301lique"
    ann.save()
    notice = Notice.objects.get(pk=invite(event, ann).pk)
    before, facts, after = notice.passages
    assert before.text.startswith("السلام علیکم")
    assert "Café and talk\nfor all" in facts.text
    assert facts.text.startswith("WHEN AND WHERE")
    assert after.text == "شکریہ"


# Fields with nothing to say


def test_a_field_with_nothing_to_say_means_the_standard_words_and_a_task(programme, ann, staff):
    online = an_event(
        programme,
        staff.person,
        days=9,
        title="Online talk",
        venue_name="",
        venue_address="",
        online_link="https://meet.example.org/",
    )
    version = use(programme, staff, words="Come to {event}.\n\nIt is at {place}.\n\n{details}", short="{place} {link}")
    notice = invite(online, ann)
    assert notice.text_body.startswith("Hello Ann,\n\nYou are invited to “Online talk”")
    assert Message.objects.filter(notice=notice).exists(), "nobody is left untold"
    assert "{" not in notice.text_body + notice.short
    gaps = WordingGap.objects.values_list("version", "part", "line", "field", "notice__person")
    assert list(gaps) == [(version.pk, "words", 3, "place", ann.pk), (version.pk, "short", 1, "place", ann.pk)]
    tasks = gaps_to_deal_with(staff)
    assert [task.title for task in tasks] == ["Look at your words of “Invitation”"]
    assert tasks[0].detail == "Line 3, {place} was empty for Ann Invented, who got the standard words."
    assert gaps_to_deal_with(with_role(a_programme(), Role.STAFF)) == []
    actions.deal_with_gaps(programme=programme, kind="invitation", by=staff)
    assert gaps_to_deal_with(staff) == []


def test_many_people_with_an_empty_field_are_one_task_that_asks_no_more(programme, staff):
    online = an_event(
        programme,
        staff.person,
        days=9,
        title="Online talk",
        venue_name="",
        venue_address="",
        online_link="https://meet.example.org/",
    )
    use(programme, staff, words="Come to {event} at {place}.\n\n{details}")

    def told(some):
        for number in some:
            invite(online, with_role(programme, Role.LIVED_EXPERIENCE, f"Person {number}").person)
        with CaptureQueriesContext(connection) as captured:
            tasks = gaps_to_deal_with(staff)
        return len(captured), tasks

    few, _tasks = told(range(3))
    many, tasks = told(range(3, 30))
    assert many == few
    assert [task.detail for task in tasks] == [
        "Line 1, {place} was empty for Person 0 and 29 more, who got the standard words."
    ]


def test_one_person_with_an_empty_field_holds_nobody_else_up(programme, ann, staff, event):
    online = an_event(
        programme, staff.person, days=9, venue_name="", venue_address="", online_link="https://meet.example.org/"
    )
    use(programme, staff, words="{event} is at {place}.\n\n{details}")
    bob = with_role(programme, Role.LIVED_EXPERIENCE, "Bob Two").person
    drafts = [
        event_emails.invitation(an_invitation(online, ann), offer=None),
        event_emails.invitation(an_invitation(event, bob), offer=None),
    ]
    texts = [notice.text_body for notice in telling.tell_many(drafts)]
    assert texts[0].startswith("Hello Ann")
    assert texts[1].startswith("Curry and talk is at The Hall, 1 Made Up Road.")


# Many at once


def test_own_words_cost_one_query_however_many_people_are_told(programme, staff):
    people = [with_role(programme, Role.LIVED_EXPERIENCE, f"Person {number}").person for number in range(30)]

    def number_of_queries(some, key):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            telling.tell_many([an_example("answer", one, programme, key=f"{key}:{one.pk}") for one in some])
        return len(captured)

    before = number_of_queries(people[:3], "before")
    use(programme, staff, "answer")
    assert number_of_queries(people[:3], "three") == number_of_queries(people, "thirty") == before
    asked = "programmes_wordingversion"
    with CaptureQueriesContext(connection) as captured:
        telling.tell_many([an_example("answer", one, programme, key=f"again:{one.pk}") for one in people])
    assert sum(asked in query["sql"] for query in captured) == 1


def test_the_channel_does_not_change_which_words_are_kept(programme, staff, ann, event):
    use(programme, staff)
    assert queries.ways_to([ann])[ann.pk].channel == Channel.EMAIL
    assert Notice.objects.filter(pk=invite(event, ann).pk, subject="Join us").exists()
