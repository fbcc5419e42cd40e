"""The door of an event in a real browser: two desks, one of them without a line for a while."""

import datetime as dt

from django.utils import timezone

from events.models import DoorNote
from tests import factories as make
from tests.helpers.events import members

from .conftest import PHONE


def test_two_desks_tick_the_same_people_and_one_loses_its_line(transactional_db, at_work):
    programme = make.a_programme("Wellbeing Invented")
    staff, colleague = (make.with_role(programme, "staff", name) for name in ("Stella Staff", "Cora Colleague"))
    now = timezone.now()
    event = make.an_event(
        programme, organiser=staff.person, starts_at=now - dt.timedelta(minutes=30), ends_at=now + dt.timedelta(hours=3)
    )
    anna, bela, cleo = members(programme, 3)
    for person, name in ((anna, "Anna Ambleside"), (bela, "Béla Bexley"), (cleo, "Cleo Cawood")):
        type(person).objects.filter(pk=person.pk).update(full_name=name)
        make.an_invitation(event, person, reply="coming", replied_at=now)
    first, second = at_work(staff, PHONE), at_work(colleague)
    for desk in (first, second):
        desk.go(f"/events/{event.pk}/door/")
    first.fill("Who is at the door?", "bela")
    assert first.page.locator("[data-door-person]:visible").count() == 1, "found without the accent"
    first.fill("Who is at the door?", "")

    first.page.context.set_offline(True)
    first.page.get_by_role("button", name="Arrived Anna Ambleside").click()
    first.page.get_by_role("button", name="Arrived Béla Bexley").click()
    first.sees("Arrived, not sent yet", "Kept on this device, and sent when the line is back: 2")
    assert not DoorNote.objects.exists()
    second.page.get_by_role("button", name="Arrived Béla Bexley").click()
    second.page.get_by_text("Everything is sent.").wait_for()
    first.page.context.set_offline(False)
    first.page.get_by_text("Everything is sent.").wait_for(timeout=30_000)
    second.page.locator(f"#person-{anna.pk}[data-door-state='arrived']").wait_for(timeout=30_000)
    assert DoorNote.objects.count() == 3
    for desk in (first, second):
        desk.page.locator("[data-door-count='here']", has_text="2").wait_for(timeout=30_000)

    second.page.get_by_role("button", name="Left Anna Ambleside").click()
    second.page.get_by_text("Left at").wait_for()
    second.click("link", "Record who came")
    second.sees("Those noted at the door are ticked")
    ticked = second.page.get_by_role("checkbox", checked=True)
    assert ticked.count() == 2
    for desk in (first, second):
        desk.problems[:] = [each for each in desk.problems if "ERR_INTERNET_DISCONNECTED" not in each]
        desk.nothing_was_wrong()


def test_a_double_tap_is_one_and_a_tap_that_cannot_be_kept_is_not_forgotten(transactional_db, at_work):
    programme = make.a_programme("Wellbeing Invented")
    staff = make.with_role(programme, "staff", "Stella Staff")
    now = timezone.now()
    event = make.an_event(
        programme, organiser=staff.person, starts_at=now - dt.timedelta(minutes=30), ends_at=now + dt.timedelta(hours=3)
    )
    anna, bela = members(programme, 2)
    for person in (anna, bela):
        make.an_invitation(event, person, reply="coming", replied_at=now)
    desk = at_work(staff, PHONE)
    desk.go(f"/events/{event.pk}/door/")
    place = desk.page.get_by_role("button", name=f"Arrived {anna.full_name}").bounding_box()
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    desk.page.mouse.dblclick(*middle)
    desk.page.get_by_text("Arrived at").wait_for()
    assert [note.what for note in DoorNote.objects.all()] == ["arrived"]

    desk.page.context.set_offline(True)
    desk.page.get_by_role("button", name=f"Arrived {bela.full_name}").click()
    type(event).objects.filter(pk=event.pk).update(status="cancelled")
    desk.page.context.set_offline(False)
    desk.page.get_by_text("This event was cancelled, so nobody arrives.").wait_for(timeout=30_000)
    assert desk.page.locator("[data-door-refused-name]").inner_text() == bela.full_name
    desk.page.get_by_role("button", name="I have seen it").click()
    desk.page.locator("[data-door-refused]").wait_for(state="hidden")
    desk.problems[:] = [each for each in desk.problems if "ERR_INTERNET_DISCONNECTED" not in each]
    desk.nothing_was_wrong()
