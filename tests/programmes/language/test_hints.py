"""Agreed language where people write: hints beside a box, where it was decided, and where old words still stand."""

import datetime as dt

from django.urls import reverse

from programmes.language import actions
from programmes.models import AgreedTerm
from tests import factories as make


def agreed(scene, **fields):
    values = {"term": "people with lived experience", "replaces": "service users, patients", "why": "They chose it."}
    return AgreedTerm.objects.create(programme=scene.programme, agreed_on=dt.date(2026, 5, 4), **{**values, **fields})


def hints(client, text):
    return client.post(reverse("words_hints", args=["wow"]), {"text": text}).json()["hints"]


def test_a_writer_is_told_of_words_that_were_agreed_to_be_avoided(scene, signed_in):
    agreed(scene)
    client = signed_in(scene.lived)
    assert hints(client, "We ask every service user twice.") == [
        "We agreed to say “people with lived experience” and not “service user”. They chose it."
    ]
    assert len(hints(client, "Service users are patients.")) == 2
    assert hints(client, "People with lived experience have patience.") == []


def test_a_page_with_a_form_of_a_programme_says_where_to_ask(scene, signed_in):
    page = signed_in(scene.member).get(reverse("decision_new", args=["wow"])).text
    assert f'data-hints="{reverse("words_hints", args=["wow"])}"' in page


def test_staff_see_where_old_words_still_stand(scene, signed_in):
    agreed(scene)
    address = reverse("old_words", args=["wow"])
    assert "None was found." in signed_in(scene.staff).get(address).text
    scene.group.purpose = "Speaks for service users."
    scene.group.save()
    make.a_decision(scene.programme, title="Ask patients first")
    make.an_event(scene.programme, days=9, title="Day for patients")
    page = signed_in(scene.staff).get(address).text
    for words in ("Steering group", "Ask patients first", "Day for patients", "We say “people with lived experience”"):
        assert words in page


def test_looking_for_old_words_takes_one_query_for_each_kind_of_text(scene, signed_in, django_assert_max_num_queries):
    agreed(scene)
    client = signed_in(scene.staff)
    for number in range(12):
        make.a_decision(scene.programme, title=f"Ask patients {number}")
        make.an_event(scene.programme, days=9 + number, title=f"Day {number} for patients")
    client.get(reverse("old_words", args=["wow"]))
    with django_assert_max_num_queries(40):
        page = client.get(reverse("old_words", args=["wow"])).text
    assert page.count("We say “people with lived experience”") == 24


def test_agreed_words_name_the_decision_that_agreed_them(scene, signed_in):
    decision = make.a_decided_proposal(scene.programme, title="Words we use")
    row = agreed(scene)
    actions.edit(
        agreed_term=row,
        term=row.term,
        replaces=row.replaces,
        agreed_on=row.agreed_on,
        decision=decision,
        by=scene.staff,
    )
    page = signed_in(scene.lived).get(reverse("agreed_language", args=["wow"])).text
    assert reverse("decision", args=[decision.pk]) in page
