"""Own words from a later day: what the pages announce is what will be used then."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people import registry
from programmes.models import Role
from programmes.wording import actions, queries
from tests.factories import a_programme, with_role
from tests.helpers.client import page_text
from tests.helpers.wordings import IN_URDU, use
from wellbeing.lib.dates import long_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme(slug="planned")


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stella Staff")


@pytest.fixture
def pages(signed_in, staff, programme):
    """fn() -> the text of the list, and of the page of invitations."""

    def read():
        client = signed_in(staff)
        addresses = reverse("wordings", args=[programme.slug]), reverse("wording", args=[programme.slug, "invitation"])
        return [page_text(client.get(address)) for address in addresses]

    return read


def day(days):
    return timezone.localdate() + dt.timedelta(days=days)


def to_come(programme):
    kinds = {row.kind.key: row for row in queries.kinds_of(programme)}
    return [(row.effective_from, row.language, str(row)) for row in kinds["invitation"].to_come]


def standard_again(programme, staff, language="en"):
    actions.use_standard(programme=programme, kind="invitation", language=language, by=staff)


def test_planned_words_are_announced_until_they_are_withdrawn(programme, staff, pages):
    use(programme, staff, subject="Later", effective_from=day(7))
    in_list, in_card = pages()
    assert "New words from 30 November 2026." in in_list
    assert f"From {long_date(day(7))}: “Later”." in in_card
    standard_again(programme, staff)
    assert to_come(programme) == []
    in_list, in_card = pages()
    assert "30 November 2026" not in in_list
    assert f"From {long_date(day(7))}:" not in in_card
    assert "Write your own words" in in_card


def test_of_one_day_and_language_only_the_newest_words_are_announced(programme, staff):
    use(programme, staff, subject="First", effective_from=day(7))
    use(programme, staff, subject="Second", effective_from=day(7))
    use(programme, staff, subject="Third", effective_from=day(9))
    use(programme, staff, subject="دعوت", words=IN_URDU, language="ur", effective_from=day(7))
    assert to_come(programme) == [(day(7), "en", "Second"), (day(7), "ur", "دعوت"), (day(9), "en", "Third")]
    standard_again(programme, staff, "ur")
    assert to_come(programme) == [(day(7), "en", "Second"), (day(9), "en", "Third")]


def test_the_standard_words_are_announced_where_they_will_take_the_place_of_own_words(programme, staff, pages):
    use(programme, staff, subject="Later", effective_from=day(7))
    standard_again(programme, staff)
    use(programme, staff, subject="Today")
    assert to_come(programme) == [(day(7), "en", "The standard words")]
    assert queries.version_on(programme, "invitation", "en", day(7)).is_standard
    in_list, in_card = pages()
    assert "The standard words again from 30 November 2026." in in_list
    assert f"From {long_date(day(7))}: the standard words." in in_card


def test_every_kind_with_own_words_says_what_its_facts_hold():
    kinds = [kind.standard for kind in registry.notice_kinds.values() if kind.can_be_reworded]
    assert len(kinds) > 15
    assert all(str(standard.holds).strip() for standard in kinds)
    assert len({str(standard.holds) for standard in kinds}) == len(kinds)
