"""The sheet on which people sign in, and badges: names as people say them, and nothing else of them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events.day.documents import badges, badges_html, expected, sign_in_html, sign_in_sheet
from people.models import Organisation, Person
from tests import factories as make
from tests.helpers.documents import text_of
from tests.helpers.events import members
from tests.helpers.pdf_checks import faults


@pytest.fixture
def invited(event, programme):
    """Beatrix, called Bea, of Lantern, comes with a need; another did not reply; a third cannot come."""
    bea, silent, away = members(programme, 3)
    lantern = Organisation.objects.create(name="The Lantern")
    Person.objects.filter(pk=bea.pk).update(full_name="Beatrix Lowfeather", known_as="Bea", organisation=lantern)
    now = timezone.now()
    make.an_invitation(event, bea, reply="coming", replied_at=now, access_needs="A hearing loop")
    make.an_invitation(event, silent)
    make.an_invitation(event, away, reply="not_coming", replied_at=now)
    return {"silent": silent, "away": away}


def test_those_who_may_come_are_on_the_sheet_with_room_for_others(as_staff, event, invited):
    html = sign_in_html(event, expected(event), "standard", 3)
    assert "Beatrix Lowfeather (Bea)" in html
    assert "The Lantern" in html
    assert invited["silent"].full_name in html
    assert invited["away"].full_name not in html
    assert "hearing loop" not in html
    assert html.count('<th scope="row">') == 5
    sent = as_staff.get(reverse("event_day_paper", args=[event.pk, "sign-in", "large-print"]), {"blanks": "2"})
    assert "Beatrix Lowfeather (Bea)" in " ".join(text_of(sent.content).split())


@pytest.mark.parametrize(("layout", "pages"), [("standard", 2), ("large-print", 2)])
def test_a_badge_has_the_name_somebody_likes_to_be_called_by(as_staff, event, invited, layout, pages):
    html = badges_html(event, expected(event), layout, 9)
    assert '<p class="name">Bea</p>' in html
    assert "Lowfeather" not in html
    assert html.count('class="badge"') == 11
    assert html.count('class="page"') == pages
    sent = as_staff.get(reverse("event_day_paper", args=[event.pk, "badges", layout]), {"blanks": "9"})
    assert "Bea" in text_of(sent.content)


def test_the_page_keeps_the_number_of_empty_ones_and_says_which_are_too_many(as_staff, event, invited):
    address = reverse("event_day_papers", args=[event.pk])
    assert "blanks=12" in as_staff.get(address, {"blanks": "12"}).text
    page = as_staff.get(address, {"blanks": "1000"})
    assert "less than or equal to 60" in page.text
    assert 'value="1000"' in page.text
    assert as_staff.get(reverse("event_day_paper", args=[event.pk, "menus", "standard"])).status_code == 404


@pytest.mark.parametrize("layout", ["standard", "large-print"])
@pytest.mark.parametrize("draw", [sign_in_sheet, badges])
def test_both_pass_the_checker_with_people_and_without(event, invited, draw, layout, tmp_path):
    assert faults(draw(event, layout, 12), tmp_path) == []
    event.invitations.all().delete()
    assert faults(draw(event, layout, 0), tmp_path) == []
