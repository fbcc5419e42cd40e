"""Two people change one thing at the same time: the second is shown what changed since, and nothing is undone unseen.

Each page below is opened twice, changed by the one and then by the other, with the browser's own reading of the form.
"""

import lxml.html
import pghistory
import pytest
from django.urls import reverse

from events.models import Event
from programmes.groups.actions import groups
from programmes.groups.forms.terms import GroupDetailsForm
from programmes.models import Group, Role
from tests import factories as make
from tests.helpers.client import page_text, signed_in
from tests.helpers.threads import at_once
from tests.permissions import TABLE, VISITORS, rows
from wellbeing.lib import editing
from wellbeing.lib.errors import ActionError

# Name of the address: who opens it, what the first changes, what the second changes.
PAGES = {
    "person_edit": ("staff", {"known_as": "Firsty"}, {"about": "Seconds."}),
    "your_access_needs": ("owner", {"quiet_room_detail": "By the door"}, {"diet_detail": "No nuts"}),
    "programme_edit": ("staff", {"cost_code": "FIRST-1"}, {"funder": "Second Fund"}),
    "decision_edit": ("staff", {"background": "Firstly."}, {"title": "Secondly"}),
    "group_edit": ("staff", {"purpose": "First purpose"}, {"name": "Second name"}),
    "review_edit": ("staff", {"about": "First of all."}, {"title": "Second name"}),
    "agreed_term_edit": ("staff", {"replaces": "first words"}, {"term": "second words"}),
    "people_import_row": ("staff", {"cell_1": "first@example.org"}, {"cell_0": "Ivy Second"}),
    "event_edit": ("staff", {"venue_name": "First Hall"}, {"title": "Second day"}),
    "recognition_offer": ("finance", {"charity_name": "First Charity"}, {"cash": "on"}),
    "warning_limits": ("staff", {"long_route_miles": "151"}, {"usual_months": "11"}),
    "budget_line_change": ("finance", {"funder": "First Fund"}, {"cost_code": "B-2"}),
    "policy_draft": ("staff", {"claim_window_months": "4"}, {"pay_within_working_days": "9"}),
    "sign_in_provider_change": ("admin", {"name": "First Trust"}, {"client_id": "second-client"}),
    "claim_line_edit": ("owner", {"description": "First words"}, {"amount": "13.10"}),
}


def form_in(page):
    """Return the fields of the form on `page` as a browser would send them unchanged."""
    forms = lxml.html.fromstring(page.text).forms
    form = next(form for form in forms if editing.SEEN in form.fields)
    # A browser drops the line break that opens a textarea.
    values = {name: value.removeprefix("\n") for name, value in form.form_values()}
    # lxml takes a radio button that says nothing (value="") for one without a value.
    return {name: "" if value == "on" and form.fields[name] == "" else value for name, value in values.items()}


def problems_on(page):
    """Return what the error summary of `page` says, as one text."""
    return " ".join(lxml.html.fromstring(page_text(page)).find_class("govuk-error-summary")[0].text_content().split())


@pytest.mark.parametrize("name", PAGES)
def test_the_second_is_shown_what_the_first_saved_and_then_saves_both(world, name):
    visitor, first, second = PAGES[name]
    client, address = world.client_of(visitor), world.address(name)
    opened = form_in(client.get(address))
    assert client.post(address, {**opened, **first}).status_code == 302
    page = client.post(address, {**opened, **second})
    assert "in another window" in problems_on(page) or "while you had it open" in problems_on(page)
    (changed,) = first.values()
    assert f"It is filled in as it is now: {changed}" in problems_on(page).replace("£", "")
    shown = form_in(page)
    assert all(shown[field].removesuffix(".0") == value for field, value in first.items()), "filled in anew"
    assert second.items() <= shown.items(), "what the second typed stays"
    assert client.post(address, shown).status_code == 302
    kept = form_in(client.get(address))
    for changes in (first, second):
        assert all(kept[field].removesuffix(".0") == value for field, value in changes.items())


def test_where_both_changed_one_answer_the_second_sees_both_and_chooses(world):
    client, address = world.client_of("staff"), world.address("group_edit")
    opened = form_in(client.get(address))
    client.post(address, {**opened, "name": "Northern group"})
    page = client.post(address, {**opened, "name": "Southern group"})
    assert "It is now: Northern group. Below is your answer." in problems_on(page)
    assert form_in(page)["name"] == "Southern group"
    assert world.group.__class__.objects.get(pk=world.group.pk).name == "Northern group", "nothing is saved yet"
    assert client.post(address, form_in(page)).status_code == 302
    assert world.group.__class__.objects.get(pk=world.group.pk).name == "Southern group"


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_the_second_is_told_who_saved_and_when(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    programme = make.a_programme()
    sam, tess = (make.with_role(programme, Role.STAFF, name) for name in ("Sam Sampleton", "Tess Testerly"))
    group = groups.create(programme=programme, by=sam, name="Group", kind=Group.Kind.COMMUNITY)
    address = reverse("group_edit", args=[programme.slug, group.pk])
    opened = form_in(signed_in(sam).get(address))
    signed_in(tess).post(address, {**opened, "purpose": "Written by somebody else"})
    assert "Tess Testerly changed this at " in problems_on(signed_in(sam).post(address, {**opened, "name": "Mine"}))


def test_rates_and_expenses_of_a_draft_that_changed_are_shown_in_words(world):
    staff, admin = world.client_of("staff"), world.client_of("admin")
    address = world.address("policy_draft")
    opened = form_in(staff.get(address))
    assert admin.post(address, {**form_in(admin.get(address)), "unit": "61.00"}).status_code == 302
    page = staff.post(address, {**opened, "unit": "62.00", "add": "rate"})
    page = staff.post(address, {**form_in(page), "rates": opened["rates"]})
    assert "£61.00" in problems_on(page), "adding a rate between keeps what was seen at first"
    assert form_in(page)["unit"] == "62.00"


def test_who_came_is_recorded_by_two_without_undoing_each_other(world):
    staff, admin = world.client_of("staff"), world.client_of("admin")
    address = reverse("event_attendance", args=[world.past.pk])
    opened = lxml.html.fromstring(staff.get(address).text).forms
    fields = dict(next(form for form in opened if "recorded" in form.fields).form_values())
    owner, peer = (str(world.users[name].person.pk) for name in ("owner", "peer"))
    before = {"recorded": fields["recorded"], "before": owner}
    admin.post(address, {**before, "tick": [owner, peer]})
    page = staff.post(address, {**before, "tick": []})
    assert "Somebody recorded who came, or noted somebody at the door, while you had this open" in page.text
    assert world.past.attendances.filter(came=True).count() == 2, "nothing is undone"
    form = next(form for form in lxml.html.fromstring(page.text).forms if "recorded" in form.fields)
    ticked = [box.get("value") for box in form.xpath(".//input[@name='tick'][@checked]")]
    assert ticked == [peer], "what the first recorded, without whom the second took out"


def test_saving_without_a_change_between_asks_nothing(world):
    client, address = world.client_of("staff"), world.address("event_edit")
    for _time in range(2):
        assert client.post(address, form_in(client.get(address))).status_code == 302


def test_a_wrong_answer_keeps_what_was_seen_at_first(world):
    client, address = world.client_of("staff"), world.address("group_edit")
    opened = form_in(client.get(address))
    client.post(address, {**opened, "purpose": "First purpose"})
    page = client.post(address, {**opened, "name": ""})
    assert "Enter" in problems_on(page)
    page = client.post(address, {**form_in(page), "name": "Second name"})
    assert "It is filled in as it is now: First purpose" in problems_on(page)


def test_a_date_and_a_choice_are_shown_in_words(world):
    client, address = world.client_of("staff"), world.address("event_edit")
    opened = form_in(client.get(address))
    event = Event.objects.get(pk=world.coming.pk)
    other_kind = next(kind for kind in Event.Kind if kind != event.kind)
    client.post(address, {**opened, "kind": other_kind.value, "starts": "10:30am", "reply_by_day": "5"})
    page = client.post(address, {**opened, "title": "Second title"})
    assert str(other_kind.label) in problems_on(page)
    assert "Saturday 5 December 2026" in problems_on(page)
    assert form_in(page)["kind"] == other_kind.value
    assert form_in(page)["reply_by_day"] == "5"


def test_words_that_changed_while_somebody_answered_are_shown_again(world):
    member, staff = world.client_of("steer"), world.client_of("staff")
    address, edit = world.address("decision_position"), world.address("decision_edit")
    answer = {**form_in(member.get(address)), "stance": "whole_hearted", "reason": "Good words."}
    staff.post(edit, {**form_in(staff.get(edit)), "wording": "We pay everyone within ninety days."})
    page = member.post(address, answer)
    assert "We pay everyone within ninety days." in problems_on(page)
    assert not world.decision.positions.filter(person=world.users["steer"].person).exists()
    assert "Good words." in page.text
    shown = form_in(page)
    again = {**answer, "version": shown["version"], editing.SEEN: shown[editing.SEEN]}
    assert member.post(address, again).status_code == 302


def test_an_objection_made_meanwhile_is_shown_before_the_outcome_is_recorded(world):
    chair, member = world.client_of("steer"), world.client_of("steer")
    address = world.address("decision_outcome")
    page = chair.get(address)
    if page.status_code != 200:
        chair = world.client_of("staff")
        page = chair.get(address)
    opened = form_in(page)
    member.post(world.address("decision_position"), {"stance": "veto", "reason": "It shuts carers out."})
    day = {"decided_on_day": "23", "decided_on_month": "11", "decided_on_year": "2026"}
    page = chair.post(address, {**opened, **day, "outcome": "agreed", "reason": "Cheaper.", "what_changes": "Pay."})
    assert "It shuts carers out." in problems_on(page)
    world.decision.refresh_from_db()
    assert world.decision.is_open


@pytest.mark.parametrize("seen", ["", "forged", "e30:x:y", "\0", "x" * 100_000])
def test_a_form_sent_without_what_it_started_with_is_saved_as_before(world, seen):
    client, address = world.client_of("staff"), world.address("group_edit")
    page = client.post(address, {**form_in(client.get(address)), "name": "Plain", editing.SEEN: seen})
    assert page.status_code in {200, 302}
    if page.status_code == 200:
        assert "Null characters" in problems_on(page)


def test_a_page_that_edits_carries_what_it_started_with(world):
    """Every page whose form watches for changes draws the hidden field, whatever its template."""
    missing, tried = [], 0
    for name, method, *statuses in rows(TABLE):
        opens = dict(zip(VISITORS, statuses, strict=True))
        for visitor in ("owner", "steer", "staff", "finance"):
            if (method, opens[visitor]) != ("GET", "200"):
                continue
            with world.standing_still():
                page = world.clients[visitor].get(world.address(name))
            form = (page.context or {}).get("form") if page.status_code == 200 else None
            if editing.SEEN in getattr(form, "fields", {}):
                tried += 1
                if f'name="{form.add_prefix(editing.SEEN)}"' not in page.text:
                    missing.append(name)
    assert not missing
    assert tried > 10


@pytest.mark.django_db(transaction=True)
def test_a_change_committed_while_the_second_is_being_saved_stops_it():
    programme = make.a_programme()
    staff = make.with_role(programme, Role.STAFF)
    group = groups.create(programme=programme, by=staff, name="Group", kind=Group.Kind.COMMUNITY)

    def save(name):
        with pghistory.context(request_id=f"request-of-{name}"):
            groups.edit(group=group, by=staff, name=name)

    form = GroupDetailsForm({"name": "Second", "purpose": ""}, initial={"name": group.name, "purpose": ""})
    editing.watch(form)
    assert form.is_valid()
    with (
        pghistory.context(request_id="request-of-Second"),
        pytest.raises(ActionError, match="Somebody saved this a moment ago"),
        editing.alone(form, group),
    ):
        at_once(lambda: save("First"))
        groups.edit(group=group, by=staff, name="Second")
    group.refresh_from_db()
    assert group.name == "First"
