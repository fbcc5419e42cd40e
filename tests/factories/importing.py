"""Imports of people, as they stand before and after people are brought in."""

import datetime as dt

from django.utils import timezone

from programmes.models import ImportRow, ImportRule, Joining, PeopleImport
from tests import factories as make

HEADINGS = ["Name", "Email"]


def an_import(programme, by, status="checked", **fields):
    """Return an import of `programme` in this status, sent by the person `by`, without rows."""
    brought = {"brought_at": timezone.now(), "brought_by": by} if status in {"done", "undoing", "undone"} else {}
    return PeopleImport.objects.create(
        **{
            "programme": programme,
            "rule": ImportRule.objects.get(programme=None, effective_from=dt.date(2020, 1, 1)),
            "status": status,
            "original_name": "People.csv",
            "sha256": "0" * 64,
            "size": 60,
            "kind": "csv",
            "encoding": "utf-8",
            "separator": ",",
            "heading_row": 1,
            "headings": HEADINGS,
            "mapping": ["full_name", "email"],
            "sent_by": by,
            **brought,
            **fields,
        }
    )


def a_row(people_import, number=2, **fields):
    """Return a row of an import with a name alone."""
    return ImportRow.objects.create(
        **{
            "people_import": people_import,
            "number": number,
            "cells": ["Ivy Imported", ""],
            "details": {"full_name": "Ivy Imported", "email": ""},
            **fields,
        }
    )


def make_imports(world):
    """Make an import that waits for staff and one whose people have not been told yet, for `tests.world`."""
    world.import_checked = an_import(world.a, world.staff)
    problem = {"column": 0, "text": "Enter their name."}
    world.import_row = a_row(world.import_checked, status="problem", problems=[problem])
    world.import_done = an_import(world.a, world.staff, status="done")
    person = make.a_person("Ivy Imported")
    Joining.objects.create(person=person, programme=world.a, key="an-import-key", asked_by=world.staff)
    a_row(world.import_done, status="added", person=person)
