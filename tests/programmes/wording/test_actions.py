"""Own words: what is refused and beside which field, versions, the standard words again, and what Postgres keeps."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from people import registry
from programmes.models import Role, WordingGap, WordingVersion
from programmes.wording import actions, queries
from tests.factories import a_programme, an_administrator, with_role
from tests.helpers.messages import a_message
from tests.helpers.wordings import INVITATION, a_version, use
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme(contact_phone="")


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stella Staff")


def day(days):
    return timezone.localdate() + dt.timedelta(days=days)


# The action refuses


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"subject": "  "}, "subject", "Enter the subject"),
        ({"subject": "For {nome}"}, "subject", "{nome} is not known"),
        ({"words": "Hello\n\n{event} {tiem}\n\n{details}"}, "words", "Line 3: {tiem} is not known"),
        ({"words": "{event}\n\nRing {phone}\n\n{details}"}, "words", "Line 3: there is nothing to put for {phone}"),
        ({"words": "Come to {event}."}, "words", "Add {details} on a line of its own"),
        ({"words": "Come to {event}: {details}"}, "words", "Put {details} on a line of its own, once"),
        ({"words": "{event}\n{details}\n\n{details}"}, "words", "Line 4: put {details} on a line of its own, once"),
        ({"words": "Come along.\n\n{details}"}, "words", "Add {event}"),
        ({"short": "Come to {event}"}, "short", "Add {link}"),
        ({"short": "{details} {link}"}, "short", "{details} is not known"),
        ({"words": "{event} {link}\n\n{details}"}, "words", "Line 1: {link} is not known"),
        ({"effective_from": dt.date(2026, 11, 22)}, "effective_from", "This day has gone by"),
        ({"language": "xx"}, None, "Choose a language"),
    ],
)
def test_words_that_leave_out_facts_or_cannot_be_filled_in_are_refused_beside_their_field(
    programme, staff, values, field, sentence
):
    with pytest.raises(ActionError) as refusal:
        use(programme, staff, **{"words": INVITATION, **values})
    assert refusal.value.field == field
    assert str(refusal.value).startswith(sentence)
    assert not WordingVersion.objects.exists()


@pytest.mark.parametrize("kind", [*sorted(key for key, one in registry.notice_kinds.items() if one.why_fixed), "none"])
def test_kinds_with_fixed_words_cannot_be_reworded(programme, staff, kind):
    for act in (
        lambda: actions.use_words(
            programme=programme,
            kind=kind,
            language="en",
            subject="Hello",
            words="{details}",
            effective_from=day(0),
            by=staff,
        ),
        lambda: actions.use_standard(programme=programme, kind=kind, language="en", by=staff),
    ):
        with pytest.raises(ActionError, match="cannot be changed"):
            act()


def test_only_staff_of_the_programme_and_administrators_choose_its_words(programme, staff):
    version = use(programme, staff)
    others = (with_role(programme, Role.FINANCE), with_role(programme, Role.LIVED_EXPERIENCE))
    for user in (*others, with_role(a_programme(), Role.STAFF)):
        for act in (
            lambda user=user: use(programme, user, subject="Mine"),
            lambda user=user: actions.use_standard(programme=programme, kind="invitation", language="en", by=user),
            lambda user=user: actions.deal_with_gaps(programme=programme, kind="invitation", by=user),
        ):
            with pytest.raises(ActionError):
                act()
    assert WordingVersion.objects.get() == version
    assert use(programme, an_administrator(), subject="Ours").subject == "Ours"


# Versions


def test_the_newest_version_of_today_counts_and_one_to_come_waits(programme, staff):
    use(programme, staff, subject="First")
    use(programme, staff, subject="Later", effective_from=day(7))
    use(programme, staff, subject="Second")
    assert queries.version_on(programme, "invitation", "en", day(0)).subject == "Second"
    assert queries.version_on(programme, "invitation", "en", day(6)).subject == "Second"
    assert queries.version_on(programme, "invitation", "en", day(7)).subject == "Later"
    assert queries.version_on(programme, "invitation", "ur", day(0)) is None


def test_the_same_words_sent_twice_are_one_version(programme, staff):
    assert use(programme, staff) == use(programme, staff)
    assert WordingVersion.objects.count() == 1


def test_nobody_overwrites_unseen_what_a_colleague_wrote_meanwhile(programme, staff):
    first = use(programme, staff, based_on=0)
    with pytest.raises(ActionError, match="Somebody else has changed"):
        use(programme, staff, subject="Other words", based_on=0)
    assert use(programme, staff, subject="Other words", based_on=first.pk).subject == "Other words"


def test_the_standard_words_again_are_a_version_and_end_what_was_to_come(programme, staff):
    with pytest.raises(ActionError, match="used already"):
        actions.use_standard(programme=programme, kind="invitation", language="en", by=staff)
    use(programme, staff)
    use(programme, staff, subject="Later", effective_from=day(7))
    actions.use_standard(programme=programme, kind="invitation", language="en", by=staff)
    for days in (0, 7, 30):
        assert queries.version_on(programme, "invitation", "en", day(days)).is_standard
    assert queries.words_in_force([programme.voice], ["invitation"]) == {}
    assert WordingVersion.objects.count() == 4, "what was used before is kept"


# Postgres keeps


@pytest.mark.parametrize(
    "change",
    [
        "subject = 'Rewritten'",
        "words = '{details} rewritten'",
        "short = '{link} rewritten'",
        "language = 'ur'",
        "kind = 'answer'",
        "effective_from = '2020-01-01'",
        "is_standard = true, subject = '', words = '', short = ''",
        "created_at = '2020-01-01'",
    ],
)
def test_postgres_rewrites_no_version(programme, staff, change):
    use(programme, staff, short="Read {link}")
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE programmes_wordingversion SET {change}")


def test_postgres_deletes_no_version_and_no_gap(programme, staff):
    version = use(programme, staff)
    message = a_message(audience=programme.voice)
    WordingGap.objects.create(version=version, notice=message.notice, part="words", line=1, field="place")
    for table in ("programmes_wordingversion", "programmes_wordinggap"):
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "No facts"},
        {"subject": ""},
        {"short": "No way to read the rest"},
        {"is_standard": True},
    ],
)
def test_postgres_keeps_no_words_without_facts_or_link(programme, staff, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_version(programme, staff.person, **fields).save()


def test_a_gap_is_dealt_with_by_somebody(programme, staff):
    version, message = use(programme, staff), a_message(audience=programme.voice)
    gap = WordingGap.objects.create(version=version, notice=message.notice, part="words", line=3, field="place")
    with pytest.raises(IntegrityError), transaction.atomic():
        WordingGap.objects.update(seen_at=timezone.now())
    assert actions.deal_with_gaps(programme=programme, kind="invitation", by=staff) == 1
    assert actions.deal_with_gaps(programme=programme, kind="invitation", by=staff) == 0
    gap.refresh_from_db()
    assert gap.seen_by == staff.person
