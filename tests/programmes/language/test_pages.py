"""The page of the agreed language."""

from django.urls import reverse


def test_agreed_words_are_added_and_changed_by_staff_and_read_by_all(scene, signed_in):
    day = {"agreed_on_day": 4, "agreed_on_month": 5, "agreed_on_year": 2026}
    signed_in(scene.staff).post(
        reverse("agreed_term_new", args=["wow"]),
        {"term": "People with lived experience", "replaces": "Service users", "agreed_at": "Curry day", **day},
    )
    page = signed_in(scene.lived).get(reverse("agreed_language", args=["wow"])).content.decode()
    assert "People with lived experience" in page
    assert "Agreed on Monday 4 May 2026 at: Curry day" in page
    bad = signed_in(scene.staff).post(
        reverse("agreed_term_new", args=["wow"]),
        {"term": "people with lived experience", "replaces": "Patients", **day},
    )
    assert "already on the page" in bad.content.decode()
    assert 'value="Patients"' in bad.content.decode()
