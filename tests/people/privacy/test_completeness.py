"""Every personal field has a way to its person; every way leads somewhere; a log line holds no personal value."""

import json
import logging

import pytest
from django.apps import apps

from people.privacy.walking import classed
from tests.helpers.project import our_models
from wellbeing import logs
from wellbeing.field_classes import FIELD_CLASSES, NEUTRAL
from wellbeing.whose_rows import ACCOUNTS, BLANK, DELETE, NOT_HANDED_OUT, SHARED, WHOSE_ROWS

PERSONAL = sorted(label for label, classes in FIELD_CLASSES.items() if set(classes.values()) - {NEUTRAL})


@pytest.mark.parametrize("label", PERSONAL)
def test_every_model_with_a_personal_field_says_whose_its_rows_are(label):
    model = apps.get_model(label)
    keys = [
        one.name
        for one in model._meta.concrete_fields
        if one.related_model and one.related_model._meta.label in {"people.Person", "people.User"}
    ]
    assert label in WHOSE_ROWS, (
        f'Add a line for "{label}" to WHOSE_ROWS in wellbeing/whose_rows.py: the path from a row to its person (of its'
        f" keys {keys or 'none leads to a person, so go through another model'}), and what an erasure does with it:"
        " BLANK, DELETE, ACCOUNTS or SHARED with why."
    )


@pytest.mark.parametrize("label", sorted(WHOSE_ROWS))
def test_every_path_leads_to_a_person_and_a_model_without_one_says_why(label):
    whose = WHOSE_ROWS[label]
    assert label in PERSONAL, f"{label} has no personal field (any more): take it out of wellbeing/whose_rows.py."
    assert whose.at_erasure in {BLANK, DELETE, ACCOUNTS, SHARED}
    assert whose.paths or whose.address or whose.found_by or whose.why, (
        f"Say in wellbeing/whose_rows.py why no path leads from {label}."
    )
    model = apps.get_model(label)
    for path in whose.paths:
        end = model._base_manager.filter(**{path: 1}).query.where.children
        assert end, path


def test_what_is_not_handed_out_are_fields_that_there_are():
    for label, names in NOT_HANDED_OUT.items():
        assert set(names.split()) <= set(FIELD_CLASSES[label])


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_row_names_nobody_in_a_log_line_by_what_it_is_called_there(model):
    """A line that is written with a row in it has its kind and key alone."""
    personal = {one.name for one in classed(model._meta.label)} if model._meta.label in WHOSE_ROWS else set()
    row = model()
    for name in personal:
        one = model._meta.get_field(name)
        if one.get_internal_type() in {"CharField", "TextField", "EmailField"} and not one.choices:
            row.__dict__[name] = "Zelda Personalvalue"
    record = logging.LogRecord("people", logging.INFO, __file__, 1, "Stopped at %r", (row,), None)
    assert "Personalvalue" not in json.loads(logs.JsonFormatter().format(record))["message"]
