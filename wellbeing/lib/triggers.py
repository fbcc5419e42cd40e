"""Letting the triggers that freeze rows stand aside, for the few writes that change no fact."""

import pghistory.trigger
import pgtrigger
from django.db import transaction


def guards_of(model):
    """The names, as `pgtrigger.ignore` takes them, of the triggers of `model` that refuse writes; not its history."""
    return [
        trigger.get_uri(model)
        for owner, trigger in pgtrigger.registered()
        if owner is model and not isinstance(trigger, pghistory.trigger.Event)
    ]


def move_rows(model, record, person, field="person"):
    """Hang every row of `model` whose `field` is `record` onto `person` instead, both the same human being.

    Guards stand aside: who approved, signed and paid is held by check constraints, which stay. Returns how many rows.
    """
    # A savepoint of its own: once a write is refused, nothing else could be said to the database, not even to end this.
    with pgtrigger.ignore(*guards_of(model)), transaction.atomic():
        return model._base_manager.filter(**{field: record}).update(**{field: person})
