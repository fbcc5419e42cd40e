"""The words a programme has agreed to use."""

import datetime as dt

import pytest

from programmes.language import actions as language_actions
from wellbeing.lib.errors import ActionError


def test_agreed_words_are_on_the_page_once(scene, today):
    words = language_actions.add(
        programme=scene.programme,
        term="People with lived experience",
        replaces="Service users",
        agreed_on=today,
        by=scene.staff,
    )
    with pytest.raises(ActionError) as refusal:
        language_actions.add(
            programme=scene.programme,
            term="people with lived EXPERIENCE",
            replaces="Patients",
            agreed_on=today,
            by=scene.staff,
        )
    assert refusal.value.field == "term"
    language_actions.edit(agreed_term=words, term=words.term, replaces="Patients", agreed_on=today, by=scene.staff)
    words.refresh_from_db()
    assert words.replaces == "Patients"
    with pytest.raises(ActionError) as refusal:
        language_actions.edit(
            agreed_term=words,
            term=words.term,
            replaces="x",
            agreed_on=today + dt.timedelta(days=1),
            by=scene.staff,
        )
    assert refusal.value.field == "agreed_on"
