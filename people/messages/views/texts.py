"""Texts that people wrote and that no machine understood: colleagues read them and see to them."""

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import registry
from people.messages import rules
from people.messages.models import IncomingText
from people.messages.texts import actions, queries
from wellbeing.lib import phones
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.form_pages import attempt_button, button_page, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing


@read_page
def texts_to_read(request):
    """List the texts that wait for a colleague, the oldest first."""
    if not rules.can_read_messages(request.user):
        raise PermissionDenied
    listing = Listing(
        request,
        queries.texts_to_read(request.user),
        columns=[
            Column("words", _("Words"), value=first_words, link=lambda row: reverse("text", args=[row.pk])),
            Column("person", _("From"), value=lambda row: row.person.full_name if row.person else _("Not known")),
            Column("number", _("Number"), value=lambda row: phones.shown(row.number), sort="number", shape="code"),
            Column("received_at", _("Received"), kind=MOMENT, sort="received_at"),
        ],
        name="texts-to-read",
        caption=_("Text messages to read"),
        search=["words", "number", "person__search_key"],
        search_label=_("Words, name or number"),
        default_sort="received_at",
        empty_title=_("No text message waits to be read"),
        empty_text=_("Texts that people send us appear here, unless they only say YES, NO, STOP or START."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/messages/texts_to_read.html", {"listing": listing})


@read_page
def text(request, pk):
    """Show one text, and whose it is."""
    found = _readable(request, pk)
    context = {"text": found, "title": _title(found), "rows": _rows(found), "waits": _waits(found)}
    return render(request, "people/messages/text.html", context)


@button_page
def text_read(request, pk):
    """Record that the reader has seen to a text."""
    found = _readable(request, pk)
    if attempt_button(request, lambda: actions.mark_read(text=found, by=request.user)):
        notices.success(request, _("Done. The text message has left the list."))
        return redirect("texts_to_read")
    return redirect("text", pk)


def first_words(row):
    """Return the words of a text, cut to a line of a list."""
    words = " ".join(row.words.split())
    return (words if len(words) <= 80 else f"{words[:79]}…") or _("No words")


def tasks(user):
    """Tell readers of messages, on the home page, how many texts wait to be read."""
    if not rules.can_read_messages(user):
        return []
    rows = queries.texts_to_read(user)
    number, first = rows.count(), rows.first()
    if first is None:
        return []
    title = ngettext("Read %(number)s text message", "Read %(number)s text messages", number) % {"number": number}
    url = reverse("text", args=[first.pk]) if number == 1 else reverse("texts_to_read")
    since = _("Waiting since %(day)s") % {"day": short_date(first.received_at)}
    return [registry.Task(title=title, url=url, detail=since)]


def _readable(request, pk):
    if not rules.can_read_messages(request.user):
        raise PermissionDenied
    rows = IncomingText.objects.visible_to(request.user).select_related("person", "notice", "read_by")
    return get_object_or_404(rows, pk=pk)


def _title(text):
    who = text.person.full_name if text.person else phones.shown(text.number)
    return _("Text message from %(who)s") % {"who": who}


def _waits(text):
    return text.for_a_colleague and text.read_at is None


def _rows(text):
    rows = [
        {
            "label": _("From"),
            "value": text.person.full_name if text.person else _("Nobody, or more than one person, has this number"),
            "link": reverse("person", args=[text.person.pk]) if text.person else "",
        },
        {"label": _("Number"), "value": phones.shown(text.number)},
        {"label": _("Received"), "value": _when(text.received_at)},
    ]
    if text.notice:
        rows.append({"label": _("Answer to"), "value": text.notice.subject})
        rows.append({"label": _("Understood as"), "value": text.get_understood_as_display()})
    if text.read_by:
        rows.append({"label": _("Read by"), "value": f"{text.read_by.full_name}, {_when(text.read_at)}"})
    return rows


def _when(moment):
    return f"{short_date(moment)}, {time_of_day(moment)}"
