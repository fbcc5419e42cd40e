"""Those who came in with a file: found in the list of people, saved as a list, and found when the file is gone."""

from django.urls import reverse

from events.models import SavedList
from programmes.importing.actions import files
from tests.factories import importing
from tests.helpers.client import words_of
from tests.helpers.importing import brought

FILE = "Name,Email\nIvy Imported,ivy@example.org\nOlga Onefile,olga@example.org\n"


def test_those_who_came_in_with_a_file_are_a_filter_and_a_saved_list_that_outlives_the_file(scene, signed_in):
    people_import = brought(scene, FILE)
    client = signed_in(scene.staff)
    people, here = reverse("programme_people", args=["wow"]), {"import": people_import.pk, "when": "ever"}
    address = f"{people}?import={people_import.pk}&amp;when=ever"
    assert address in client.get(reverse("people_import", args=["wow", people_import.pk])).text
    page = words_of(client.get(people, here))
    assert "Ivy Imported" in page
    assert "Olga Onefile" in page
    assert "Lena Lived" not in page
    save = f"{reverse('people_list', args=['wow'])}?import={people_import.pk}&when=ever"
    assert "Came in with people.csv on 23 November 2026" in client.get(save).text
    client.post(save, {"save": "yes", "name": "The choir"})
    files.clear(people_import=people_import, by=None)
    saved = SavedList.objects.get(name="The choir")
    page = words_of(client.get(people, {"list": saved.pk, "when": "ever"}))
    assert "Ivy Imported" in page
    assert "Lena Lived" not in page


def test_an_import_of_another_programme_finds_nobody(scene, signed_in):
    foreign = importing.an_import(scene.other, scene.elsewhere.person, status="done")
    importing.a_row(foreign, status="added", person=scene.lived.person)
    page = signed_in(scene.staff).get(reverse("programme_people", args=["wow"]), {"import": foreign.pk, "when": "ever"})
    assert "People.csv" not in page.text
