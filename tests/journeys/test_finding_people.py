"""Staff find people as they type, tick some over a search and a filter, add them to a group and write to them."""

from django.urls import reverse
from playwright.sync_api import expect

from people.models import Mailing, Notice, Person
from programmes.models import Group, Membership, Role
from tests import factories
from tests.factories import directory


def test_people_are_found_ticked_over_a_search_added_to_a_group_and_written_to(live_server, at_work):
    programme = factories.a_programme("Invented Wellbeing")
    staff = factories.with_role(programme, Role.STAFF, "Stella Sage")
    crowd = Person.objects.bulk_create(
        [Person(full_name=f"Crowd Member{n:02}", email=f"crowd{n}@example.org") for n in range(70)]
    )
    Membership.objects.bulk_create(
        Membership(programme=programme, person=person, role=Role.LIVED_EXPERIENCE) for person in crowd
    )
    ada, bo = (factories.a_person(name) for name in ("Ada Applegarth", "Bo Birchmere"))
    for person in (ada, bo):
        factories.a_membership(programme, person, Role.LIVED_EXPERIENCE)
    area = directory.an_area(programme, "Larkhampton", bo, by=staff.person)
    group = Group.objects.create(programme=programme, name="Readers", kind=Group.Kind.WORKING)
    desk = at_work(staff)
    page = desk.page
    desk.go(reverse("programme_people", args=[programme.slug]))
    desk.sees("73", "Crowd Member00")

    # Found without a button, and the box keeps the keyboard.
    box = page.get_by_label("Name, email, phone or organisation")
    box.press_sequentially("applegar")
    expect(page.get_by_role("link", name="Ada Applegarth")).to_be_visible()
    expect(page.get_by_role("link", name="Crowd Member00")).to_have_count(0)
    expect(box).to_be_focused()
    assert "q=applegar" in page.url
    page.get_by_label("Choose Ada Applegarth").check()
    expect(page.locator("[data-ticks-count]")).to_have_text("1")

    # The tick stays over another search, and over a filter.
    box.fill("")
    page.get_by_text("More filters").click()
    page.get_by_label("Area", exact=True).select_option(str(area.pk))
    desk.click("button", "Show")
    page.get_by_label("Choose Bo Birchmere").check()
    expect(page.locator("[data-ticks-count]")).to_have_text("2")
    page.get_by_label("What to do with those chosen").select_option("group")
    desk.click("button", "Go on")
    desk.sees("2 people", "Ada Applegarth", "Bo Birchmere")
    page.get_by_label("Which group?").select_option(str(group.pk))
    desk.click("button", "Go on")
    desk.choose("Lived experience")
    desk.click("button", "Add them to the group")
    desk.sees("2 people are added to Readers.")
    assert set(group.terms.values_list("person", flat=True)) == {ada.pk, bo.pk}

    desk.go(reverse("programme_people", args=[programme.slug]) + f"?group={group.pk}")
    for name in ("Ada Applegarth", "Bo Birchmere"):
        page.get_by_label(f"Choose {name}").check()
    expect(page.locator("[data-ticks-count]")).to_have_text("2")
    desk.click("button", "Go on")
    desk.sees("Write to 2 people")
    desk.fill("What is it about?", "Welcome to the readers")
    desk.fill("What do you want to tell them?", "It is good to have you.")
    desk.click("button", "See what they will get")
    desk.sees("Check what you send", "It is good to have you.")
    desk.click("button", "Send it now")
    desk.sees("2 messages are written.")
    assert Notice.objects.filter(mailing=Mailing.objects.get(), person__in=[ada, bo]).count() == 2
    desk.nothing_was_wrong()
