"""The history of the demo, row by row: who did it, and by which action or task; the audit extract names them."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from payments.reports import audit, who
from people import registry
from people.models import Person, User
from programmes.models import Programme
from tests.helpers.project import ACTIONS
from wellbeing.celery import app
from wellbeing.demo.clock import history_models

NAMES = {each.values[0].action_name for each in ACTIONS}
# Columns that say who did it, by the name of the field; on the row's first event that is whoever acted.
DONE_BY = ("by", "asked_by", "entered_by", "invited_by", "made_by", "recorded_by", "set_by", "changed_by")


class AllTime:
    """A period that leaves nothing out."""

    first, last = dt.date(2020, 1, 1), dt.date(2099, 12, 31)

    def __str__(self):
        return "all time"


def events(model):
    return model.objects.select_related("pgh_context").order_by("pgh_id")


def test_every_row_of_the_history_says_by_which_action_or_task_it_was_written(demo):
    nameless, seen = Counter(), Counter()
    for model in history_models():
        for event in events(model):
            said = event.pgh_context.metadata if event.pgh_context else {}
            if said.get("action") in NAMES:
                seen[said["action"]] += 1
            elif not (said.get("task") in who.TASKS or said.get("job") in registry.job_kinds):
                nameless[model.pgh_tracked_model._meta.label, event.pgh_label] += 1
    # The administrator is made on the server, as the first of an installation always is.
    assert nameless == {("people.User", "insert"): 1, ("people.Person", "insert"): 1}
    assert len(seen) > 40


@pytest.mark.parametrize("model", history_models(), ids=lambda model: model.pgh_tracked_model._meta.label)
def test_who_acted_is_whom_the_row_itself_names(demo, model):
    fields = [
        field
        for field in model.pgh_tracked_model._meta.concrete_fields
        if field.name in DONE_BY and field.related_model is Person
    ]
    if not fields:
        return
    accounts = dict(User.objects.values_list("person", "pk"))
    for event in events(model).filter(pgh_label="insert"):
        said = event.pgh_context.metadata
        for field in fields:
            person = getattr(event, field.attname)
            if person is not None and "task" not in said:
                assert said["user"] == accounts[person], (model._meta.label, event.pgh_obj_id, said)


def test_the_audit_extract_names_somebody_or_something_in_every_row(demo):
    for programme in Programme.objects.all():
        rows = list(audit.report(programme, AllTime(), timezone.localdate()).sections[1].rows)
        names = Counter(row[1] for row in rows)
        assert rows
        assert not names[""]
        assert not names["Not recorded"]
    assert names.keys() & set(Person.objects.values_list("full_name", flat=True))


def test_every_task_of_ours_has_plain_words():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.split(".")[0] in {"people", "programmes", "events", "payments"}}
    assert ours == set(who.TASKS)
