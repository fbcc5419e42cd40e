"""Find somebody's name in stored files, after an erasure: papers of ours are made anew, files of others are named."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.jobs import actions as jobs
from people.messages.models import LetterBatch, LetterPart
from people.privacy import hooks
from people.privacy.sweeping import said_in
from people.privacy.values import Values, pattern
from wellbeing.lib import pdf
from wellbeing.lib.dates import short_date
from wellbeing.lib.stored_files import delete_after_commit
from wellbeing.whose_rows import ACCOUNTS, WHOSE_ROWS


@dataclass
class Found:
    """Count the files that were made anew, and list files of other people that name the person."""

    made_anew: int = 0
    to_look_at: list[str] = field(default_factory=list)


def remove_from_files(values: Values) -> Found:
    """Make anew each paper of ours that means the person of `values`; name files of others that do.

    Called in the transaction of the erasure, once the rows have lost their words.
    """
    looked_for = pattern(values.names | values.reach | set(values.words))
    found = Found()
    if looked_for is None:
        return found
    for row, one in _files():
        if not _means(row, one, looked_for):
            continue
        if isinstance(row, LetterBatch | LetterPart):
            replace(row, one, note_of_removal())
            found.made_anew += 1
        elif row._meta.label in hooks.files_made_anew:
            _make_anew(row, one, hooks.files_made_anew[row._meta.label])
            found.made_anew += 1
        else:
            name = capfirst(str(row._meta.verbose_name))
            found.to_look_at.append(f"{name} {row.pk}")
    return found


def _files() -> Iterator[tuple[Any, models.FileField]]:
    for model in apps.get_models():
        whose = WHOSE_ROWS.get(model._meta.label)
        if whose and whose.at_erasure == ACCOUNTS:
            continue
        for one in model._meta.local_concrete_fields:
            if isinstance(one, models.FileField) and getattr(model, "pgh_tracked_model", None) is None:
                for row in model._base_manager.exclude(**{one.name: ""}).iterator(100):
                    yield row, one


def _means(row: Any, one: models.FileField, looked_for: re.Pattern[str]) -> bool:
    file = getattr(row, one.name)
    if not file.storage.exists(file.name):
        return False
    with file.open("rb") as opened:
        return bool(looked_for.search(said_in(opened.read())))


def _make_anew(row: Any, one: models.FileField, job_kind: str) -> None:
    """Let a worker make the file of `row` (FileToMake) again from what is stored now."""
    delete_after_commit(getattr(row, one.name))
    type(row)._base_manager.filter(pk=row.pk).update(**{one.name: "", "sha256": "", "size": 0, "made_at": None})
    jobs.start(kind=job_kind, subject_id=row.pk, by=None, total=1)


def replace(row: Any, one: models.FileField, content: bytes) -> None:
    """Put `content` in the place of the file of `row`."""
    file = getattr(row, one.name)
    delete_after_commit(file)
    storage = file.storage
    name = storage.save(one.generate_filename(row, "removed.pdf"), ContentFile(content))
    changes = {one.name: name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    type(row)._base_manager.filter(pk=row.pk).update(**changes)


def note_of_removal() -> bytes:
    """Draw the page that stands in the place of a file that was removed, where its row has to have one."""
    text = _("This file held something about a person that was to be removed. It was removed on %(day)s.")
    html = render_to_string("people/privacy/removed.html", {"text": text % {"day": short_date(timezone.localdate())}})
    return pdf.render(html, css=render_to_string("people/privacy/paper.css"))
