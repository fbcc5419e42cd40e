"""Every field is classed, and every class names a field that exists."""

import pytest
from django.apps import apps

from tests.helpers.project import OUR_APPS, our_models
from wellbeing.field_classes import FIELD_CLASSES


def fields_of(model):
    return {field.name for field in model._meta.get_fields() if field.concrete}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_is_classed_personal_sensitive_or_neutral(model):
    label = model._meta.label
    assert set(FIELD_CLASSES.get(label, {})) == fields_of(model), f"class it in wellbeing/field_classes.py, {label}"


def test_no_class_is_left_over_from_a_model_that_is_gone():
    assert set(FIELD_CLASSES) == {model._meta.label for model in our_models()}


def test_history_never_keeps_a_field_its_model_does_not_have():
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None and tracked._meta.app_label in OUR_APPS:
            kept = {name for name in fields_of(model) if not name.startswith("pgh_")}
            assert kept <= fields_of(tracked), model._meta.label
