"""The event of a contribution is chosen when it is written down, and found on both pages by those who may see them."""

import pytest
from django.urls import reverse

from events.models import Invitation, SaidAtEvent
from events.said import queries
from programmes.heard.actions import saying
from programmes.models import Contribution, Role
from tests import factories as make
from tests.factories.heard import a_contribution, an_outcome
from tests.helpers.client import page_text, signed_in
from tests.helpers.database import queries_of, refused
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

ENOUGH = 5


@pytest.fixture
def invited(past, programme):
    """Five people who were invited to the event, enough that nobody is found by having been there."""
    people = [make.with_role(programme, Role.LIVED_EXPERIENCE) for _each in range(ENOUGH)]
    for user in people:
        make.an_invitation(past, user.person)
    return people


def record(programme, by, **fields):
    return saying.record(
        **{"programme": programme, "theme": "The bus", "way": "event", "said_on": today(), "by": by, **fields}
    )


def about(event, user):
    return page_text(signed_in(user).get(event.get_absolute_url() + "?tab=about"))


def test_staff_choose_the_event_and_both_pages_lead_to_each_other(programme, staff, past, invited):
    client = signed_in(staff)
    new = reverse("contribution_record", args=[programme.slug]) + f"?place={past.pk}&said_on={past.day}"
    assert new.replace("&", "&amp;") in client.get(past.get_absolute_url() + "?tab=about").content.decode()
    form = client.get(new).context["form"]
    assert form.initial["said_on"] == past.day
    assert client.get(new + "nonsense").context["form"].initial["said_on"] == today()
    assert form["place"].value() == str(past.pk) and form["way"].value() == "event"
    assert list(form.fields).index("place") == list(form.fields).index("said_at") - 1
    day = today()
    typed = {"said_on_day": day.day, "said_on_month": day.month, "said_on_year": day.year}
    client.post(new, {"theme": "The last bus", "way": "event", "place": past.pk, "wants_to_be_told": "on", **typed})
    said = Contribution.objects.get()
    assert queries.event_of(said) == past
    for user in (staff, invited[0]):
        page = signed_in(user).get(said.get_absolute_url()).content.decode()
        assert f'href="{past.get_absolute_url()}"' in page and "Said at:" in page
        assert "The last bus" in about(past, user) and "Being looked at" in about(past, user)
    an_outcome(said, what_changed="We finish at four.")
    assert "Changed" in about(past, invited[0])


def test_those_who_may_not_see_the_event_get_no_link(programme, staff, member, past, invited):
    said = record(programme, staff, place=str(past.pk), said_at="The hall")
    page = signed_in(member).get(said.get_absolute_url()).content.decode()
    assert "The hall" in page and past.title not in page and past.get_absolute_url() not in page


def test_where_few_were_invited_only_staff_find_it_there(programme, staff, past, invited):
    Invitation.objects.filter(event=past, person=invited[-1].person).delete()
    said = record(programme, staff, place=str(past.pk))
    assert "The bus" in about(past, staff)
    assert "The bus" not in about(past, invited[0])
    assert "Said at:" not in page_text(signed_in(invited[0]).get(said.get_absolute_url()))


def test_what_was_taken_off_the_page_is_not_listed_for_the_others(programme, staff, past, invited):
    said = record(programme, staff, place=str(past.pk))
    Contribution.objects.filter(pk=said.pk).update(hidden_at=past.starts_at, hidden_by=staff.person)
    assert queries.said_at(past, invited[0]) == [] == queries.said_at(past, staff)


def test_a_correction_changes_the_event_or_takes_it_away_and_the_words_stay(programme, staff, past):
    said = record(programme, staff, said_at="The spring meeting")
    other = make.an_event(programme, organiser=staff.person, days=-9, title="The older one")
    fields = {"theme": said.theme, "way": "event", "said_on": today(), "said_at": "The spring meeting", "by": staff}
    for key, event in ((str(past.pk), past), (str(other.pk), other), ("", None)):
        saying.correct(contribution=said, place=key, **fields)
        assert queries.event_of(said) == event
    saying.correct(contribution=said, place=str(past.pk), **fields)
    saying.correct(contribution=said, **fields)
    said.refresh_from_db()
    assert queries.event_of(said) == past and said.said_at == "The spring meeting"


def test_many_things_said_at_once_get_the_same_event(programme, staff, past):
    rows = saying.record_several(
        programme=programme, themes=["One", "Two"], way="event", said_on=today(), by=staff, place=str(past.pk)
    )
    assert [queries.event_of(row) for row in rows] == [past, past]


def test_an_event_of_another_programme_one_to_come_and_a_cancelled_one_are_refused(programme, staff, event):
    elsewhere = make.an_event(make.a_programme(), days=-3)
    cancelled = make.an_event(programme, organiser=staff.person, days=-3, status="cancelled", cancel_reason="Snow")
    for key in (elsewhere.pk, event.pk, cancelled.pk, 999_999):
        with pytest.raises(ActionError) as refusal:
            record(programme, staff, place=str(key))
        assert refusal.value.field == "place"
    assert not Contribution.objects.exists()
    said = a_contribution(programme)
    sql = "INSERT INTO events_saidatevent (contribution_id, event_id) VALUES (%s, %s)"
    assert "an event of its programme" in refused(sql, said.pk, elsewhere.pk)


def test_the_event_asks_the_same_number_of_queries_for_3_and_30_things(programme, staff, past):
    def asked(number):
        for row in saying.record_several(
            programme=programme, themes=["x"] * number, way="event", said_on=today(), by=staff, place=str(past.pk)
        ):
            an_outcome(row)
        client = signed_in(staff)
        about(past, staff)
        return len(queries_of(lambda: client.get(past.get_absolute_url() + "?tab=about")))

    few = asked(3)
    assert asked(27) == few
    assert SaidAtEvent.objects.count() == 30
