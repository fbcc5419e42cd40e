"""Organisations: each programme has its own, and nothing of another programme's is read from a shared name."""

import pytest
from django.urls import reverse

from people.models import Organisation, Person
from programmes.directory.actions import organisations
from programmes.models import OrganisationEntry, Partnership
from tests import factories as make
from tests.factories import directory
from tests.helpers.client import page_text
from wellbeing.lib.errors import ActionError


def test_an_organisation_is_added_with_how_to_reach_it_and_lists_who_belongs_to_it(scene, signed_in):
    client = signed_in(scene.staff)
    data = {"name": "Otterby Hospital", "kind": "health", "email": "ward@example.org", "phone": "020 7946 0000"}
    page = client.post(reverse("organisation_new", args=["wow"]), {**data, "name": ""})
    assert "ward@example.org" in page.content.decode()
    response = client.post(reverse("organisation_new", args=["wow"]), data)
    row = Organisation.objects.get(name="Otterby Hospital")
    assert response["Location"] == reverse("organisation", args=["wow", row.pk])
    Person.objects.filter(pk__in=[scene.member.person.pk, scene.elsewhere.person.pk]).update(organisation=row)
    text = page_text(client.get(response["Location"]))
    assert "NHS, health or care body" in text
    assert "ward@example.org" in text
    assert "Molly Member" in text
    assert "Elsie" not in text
    change = {"kind": "funder", "contact": scene.member.person.pk, "website": "example.org"}
    client.post(reverse("organisation_edit", args=["wow", row.pk]), change)
    entry = OrganisationEntry.objects.get(organisation=row)
    assert (entry.kind, entry.contact, entry.website) == ("funder", scene.member.person, "https://example.org")


def test_an_organisation_that_only_another_programme_has_is_invisible(scene, signed_in):
    theirs = directory.an_organisation(
        scene.other, "Quiet House", by=scene.elsewhere.person, kind="health", about="Their own words"
    ).organisation
    client = signed_in(scene.staff)
    assert "Quiet House" not in client.get(reverse("organisations", args=["wow"])).content.decode()
    assert client.get(reverse("organisation", args=["wow", theirs.pk])).status_code == 404
    assert "Quiet House" not in client.get(reverse("programme_people", args=["wow"])).content.decode()
    assert "Quiet House" not in client.get(reverse("person_edit", args=[scene.lived.person.pk])).content.decode()
    assert "/organisations/" not in client.get(reverse("find"), {"q": "Quiet House"}).content.decode()
    assert theirs not in Organisation.objects.visible_to(scene.staff)
    assert theirs in Organisation.objects.visible_to(scene.elsewhere)
    assert "Quiet House" in client.get(reverse("find"), {"q": "Quiet House"}).content.decode()


def test_adding_one_by_a_name_another_programme_uses_shows_nothing_of_theirs(scene, signed_in):
    directory.an_organisation(scene.other, "Quiet House", by=scene.elsewhere.person, kind="health", about="Their words")
    client = signed_in(scene.staff)
    response = client.post(reverse("organisation_new", args=["wow"]), {"name": "quiet house", "kind": "charity"})
    text = page_text(client.get(response["Location"]))
    assert "Their words" not in text
    assert "Charity" in text
    assert OrganisationEntry.objects.get(programme=scene.other).about == "Their words"


def test_one_that_is_there_already_is_not_added_twice(scene):
    directory.an_organisation(scene.programme, "Quiet House", by=scene.staff.person)
    with pytest.raises(ActionError, match="already"):
        organisations.add(programme=scene.programme, name="Quiet House", kind="other", by=scene.staff)


def test_partners_and_the_organisations_of_people_are_in_the_directory_without_being_added(scene, signed_in):
    partner, house = Organisation.objects.create(name="Partner Place"), Organisation.objects.create(name="Their House")
    Partnership.objects.create(programme=scene.programme, organisation=partner)
    Person.objects.filter(pk=scene.lived.person.pk).update(organisation=house)
    client = signed_in(scene.finance)
    text = page_text(client.get(reverse("organisations", args=["wow"])))
    assert "Partner Place" in text
    assert "Their House" in text
    assert "Partner Place" not in page_text(client.get(reverse("organisations", args=["wow"]), {"kind": "health"}))
    found = page_text(client.get(reverse("find"), {"q": "Their House"}))
    assert "Organisations" in found


def test_the_contact_is_somebody_of_the_programme(scene):
    entry = directory.an_organisation(scene.programme, by=scene.staff.person)
    with pytest.raises(ActionError, match="of this programme"):
        organisations.edit(
            programme=scene.programme,
            organisation=entry.organisation,
            kind="charity",
            contact=scene.elsewhere.person,
            by=scene.staff,
        )


def test_finance_may_look_and_not_change(scene):
    with pytest.raises(ActionError):
        organisations.add(programme=scene.programme, name="New House", kind="other", by=scene.finance)
    assert make.a_person() not in Person.objects.visible_to(scene.finance)
