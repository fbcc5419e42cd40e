"""Let nobody undo unseen what somebody else saved while their own form was open.

A form that changes something carries, in a hidden field, the answers it started with. When it is sent and what is
stored has changed since, nothing is saved. The form is shown again: an answer its sender had left alone is filled in
anew, one they had changed stays theirs, with the stored one beside it. Sending it again saves it as it then stands.
"""

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from hashlib import blake2b
from typing import Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from wellbeing.lib import dates, history
from wellbeing.lib.errors import ActionError

# The hidden field with the answers a form started with.
SEEN = "seen_at_first"
_OPENED = "opened_at"
_FACT = "fact "
MAX_WORDS_SHOWN = 40


class ChangedSinceError(Exception):
    """Somebody changed `row` while its form was open; nothing was saved."""

    def __init__(self, row: Model) -> None:
        super().__init__()
        self.row = row


def watch(form: forms.BaseForm, facts: Mapping[str, str] | None = None) -> None:
    """Give `form` the hidden field with the answers it starts with.

    `facts` are what its reader is asked about, such as the words of a proposal: label and value.
    """
    form.facts = dict(facts or {})  # type: ignore[attr-defined]  # read by _at_first
    now = signing.dumps({**_at_first(form), _OPENED: time.time()}, compress=True)
    form.fields[SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=now)


def carry_on(form: forms.BaseForm, data: Mapping[str, Any]) -> None:
    """Give `form`, which is drawn anew with what was typed, the answers that the form of `data` started with."""
    seen = data.get(form.add_prefix(SEEN), "")
    form.fields[SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=seen)


@contextmanager
def alone(form: forms.BaseForm, row: Model) -> Iterator[None]:
    """Run the block, which saves the valid `form` to `row`, unless somebody has changed it since the form was opened.

    Raises ChangedSinceError, after which nothing of the block is saved. A change that another request commits while the
    block waits for its locks counts, too.
    """
    form.cleaned_data.pop(SEEN, None)
    if _changed(form):
        raise ChangedSinceError(row)
    last = _last_event(row)
    with transaction.atomic():
        yield
        if last is not None and _others_since(row, last.pgh_id):
            raise ActionError(_("Somebody saved this a moment ago. Open the page again to see what they changed."))


def show_changes(form: forms.BaseForm, row: Model) -> None:
    """Prepare `form` to be shown again: with what is stored now, what its sender had changed, and who saved when."""
    changed, seen = _changed(form), _seen(form)
    data = cast(QueryDict, form.data).copy()
    notes: dict[str, str] = {}
    for name in changed:
        if name.startswith(_FACT):
            label = name.removeprefix(_FACT)
            notes[name] = _("%(label)s: %(now)s") % {"label": label, "now": form.facts[label]}  # type: ignore[attr-defined]
            continue
        field, stored = form.fields[name], form.get_initial_for_field(form.fields[name], name)
        words = {"now": _in_words(field, stored)}
        if _was_left_alone(form, name, seen[name]):
            _fill_in(data, form[name].html_name, field.widget, field.prepare_value(stored))
            notes[name] = _("Changed since you opened this page. It is filled in as it is now: %(now)s") % words
        else:
            notes[name] = _("Changed since you opened this page. It is now: %(now)s. Below is your answer.") % words
    data[form.add_prefix(SEEN)] = form.fields[SEEN].initial
    form.data = data
    form.add_error(None, _who_changed(row, seen.get(_OPENED, 0)))
    for name, note in notes.items():
        form.add_error(name if name in form.fields and not form.fields[name].widget.is_hidden else None, note)


def _changed(form: forms.BaseForm) -> list[str]:
    """Return the names of the fields whose stored answer is not the one `form` was opened with."""
    seen, now = _seen(form), _at_first(form)
    return [name for name in now if name in seen and seen[name] != now[name]]


def _seen(form: forms.BaseForm) -> dict[str, Any]:
    """Return the answers `form` was opened with, plain; none for one that was sent without them."""
    try:
        return dict(signing.loads(form.data.get(form.add_prefix(SEEN), "")))
    except (signing.BadSignature, TypeError, ValueError):
        return {}


def _at_first(form: forms.BaseForm) -> dict[str, Any]:
    answers = {
        name: _plain(form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
        if name != SEEN and not isinstance(field, forms.FileField)
    }
    # Of a fact only a mark: it may be long, and what it was is not shown.
    facts: dict[str, str] = form.facts  # type: ignore[attr-defined]  # set by watch
    return answers | {_FACT + label: blake2b(text.encode(), digest_size=8).hexdigest() for label, text in facts.items()}


def _plain(value: Any) -> Any:
    """Return a value as one that JSON knows, the same for each way in which forms hold it."""
    match value:
        case None | "" | False | [] | ():
            return ""
        case True | int():
            return value
        case str():
            return value.replace("\r\n", "\n").strip()
        case Decimal():
            return f"{value.normalize():f}"
        case Model():
            return value.pk
        case QuerySet() | list() | tuple() | set():
            return sorted((_plain(part) for part in value), key=str)
        case _:
            return str(value)


def _was_left_alone(form: forms.BaseForm, name: str, seen: Any) -> bool:
    """Return whether the sender of `form` sent the field `name` as it was when they opened it."""
    field = form.fields[name]
    sent = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    # Cleaned and sent answers differ in shape: 1250 pence and "12.50".
    cleaned = form.cleaned_data.get(name)
    return _plain(cleaned) == seen or _plain(sent) == seen or str(_plain(sent)) == str(seen)


def _fill_in(data: QueryDict, name: str, widget: forms.Widget, value: Any) -> None:
    """Put `value` into `data` as the browser would send it from `widget`."""
    if isinstance(widget, forms.MultiWidget):
        # The stubs know no names of a MultiWidget's parts.
        parts = zip(cast(Any, widget).widgets_names, widget.decompress(value) or (), widget.widgets, strict=True)
        for suffix, part, of in parts:
            _fill_in(data, f"{name}{suffix}", of, part)
        return
    data.pop(name, None)
    if isinstance(widget, forms.CheckboxInput):
        if value:
            data[name] = "on"
    elif isinstance(widget, (forms.SelectMultiple, forms.CheckboxSelectMultiple)):
        data.setlist(name, [str(part) for part in _plain(value) or []])
    elif (shown := widget.format_value(_plain(value) if isinstance(value, Model) else value)) is not None:
        data[name] = shown[0] if isinstance(shown, list) else shown


def _in_words(field: forms.Field, value: Any) -> str:
    """Return a stored answer as its page shows it, short; "nothing" for none."""
    # Pence are shown as pounds, as in the box.
    plain = _plain(field.prepare_value(value))
    if isinstance(field, forms.BooleanField):
        return _("yes") if plain else _("no")
    if plain == "":
        return _("nothing")
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        chosen = plain if isinstance(plain, list) else [plain]
        try:
            return ", ".join(field.label_from_instance(row) for row in field.queryset.filter(pk__in=chosen)) or "?"
        except (ValueError, ValidationError):
            return "?"
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in cast(Any, field).choices}
        return ", ".join(labels.get(str(part), str(part)) for part in (plain if isinstance(plain, list) else [plain]))
    if isinstance(value, dt.date):
        return dates.long_date(value)
    words = ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain)
    return Truncator(words).words(MAX_WORDS_SHOWN)


def _who_changed(row: Model, since: float) -> str:
    """Return a sentence that names who saved `row` since the moment `since` (seconds since 1970), where it is known."""
    ask = _("Check the answers below, then save again.")
    last = _last_event(row)
    metadata = last.pgh_context.metadata if last and last.pgh_context else {}
    user_pk = metadata.get("user")
    user = get_user_model().objects.filter(pk=user_pk).first() if user_pk else None
    if user is None or last.pgh_created_at.timestamp() < since:
        return f"{_('This was changed while you had it open. Nothing is saved yet.')} {ask}"
    at = timezone.localtime(last.pgh_created_at)
    words = {"name": user.get_full_name(), "time": dates.time_of_day(at), "day": dates.short_date(at)}
    if user.pk == history.current().get("user"):
        return f"{_('You changed this in another window at %(time)s. Nothing is saved yet.') % words} {ask}"
    if at.date() == dates.today():
        return f"{_('%(name)s changed this at %(time)s, while you had it open. Nothing is saved yet.') % words} {ask}"
    return f"{_('%(name)s changed this on %(day)s, while you had it open. Nothing is saved yet.') % words} {ask}"


def _last_event(row: Model) -> Any:
    model = getattr(row, "pgh_event_model", None)
    if model is None or row.pk is None:
        return None
    return model.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("-pgh_id").first()


def _others_since(row: Model, event_id: int) -> bool:
    """Return whether `row` was changed after the event `event_id` by a request that is not this one."""
    events: Any = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk, pgh_id__gt=event_id)  # type: ignore[attr-defined]
    ours = history.current().get("request_id")
    return ours is not None and events.exclude(pgh_context__metadata__request_id=ours).exists()
