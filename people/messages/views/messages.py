"""List every message ever written, with its state, and try again where it failed."""

import django_filters
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.messages import actions, rules
from people.messages.models import Message
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import button_page, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing
from wellbeing.secret_paths import mask

TONES = {
    Message.Status.WAITING: "waiting",
    Message.Status.SENDING: "waiting",
    Message.Status.SENT: "good",
    Message.Status.FAILED: "bad",
}


class MessageFilter(django_filters.FilterSet):
    """Filters messages by their state."""

    status = django_filters.ChoiceFilter(
        choices=Message.Status, label=gettext_lazy("State"), empty_label=gettext_lazy("Any")
    )

    class Meta:
        model = Message
        fields = ["status"]


@read_page
def messages(request):
    """List messages to people the reader may see, newest first. For staff and administrators."""
    if not rules.can_read_messages(request.user):
        raise PermissionDenied
    rows = Message.objects.visible_to(request.user).select_related("person").defer("text_body", "html_body")
    listing = Listing(
        request,
        rows,
        columns=[
            Column(
                "subject",
                _("Subject"),
                link=lambda row: reverse("message", args=[row.pk]),
                sort="subject",
            ),
            Column("person", _("Person"), value=lambda row: row.person.full_name if row.person else ""),
            Column("to_address", _("Sent to"), sort="to_address"),
            Column(
                "status",
                _("State"),
                value=lambda row: row.get_status_display(),
                tag=tag,
                detail=lambda row: row.last_error,
                sort="status",
            ),
            Column("attempts", _("Tries"), numeric=True, sort="attempts"),
            Column("created_at", _("Written"), kind=MOMENT, sort="created_at"),
            Column("sent_at", _("Sent"), kind=MOMENT, sort="sent_at"),
            Column("last_error", _("What went wrong"), export_only=True),
        ],
        name="messages",
        caption=_("Messages"),
        search=["subject", "to_address", "person__search_key"],
        search_label=_("Subject, name or address"),
        filters=MessageFilter,
        default_sort="-created_at",
        empty_title=_("No messages yet"),
        empty_text=_("Invitations and other messages appear here as soon as they are written."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/messages/messages.html", {"listing": listing})


@read_page
def message(request, pk):
    """Show one message: its state and its text."""
    message = _readable(request, pk)
    return render(
        request,
        "people/messages/message.html",
        {
            "message": message,
            "tag": tag(message),
            # A personal link in it opens the reply page as that person: not for anybody else.
            "text": mask(message.text_body),
            "parts": [{"name": part.name, "detail": part.content_type} for part in message.parts.all()],
            "rows": _rows(message),
        },
    )


@button_page
def message_try_again(request, pk):
    """Queue a failed message again."""
    message = _readable(request, pk)
    try:
        actions.try_again(message=message, by=request.user)
    except ActionError as error:
        notices.error(request, str(error))
    else:
        notices.success(request, _("The message is waiting to be sent again."))
    return redirect("message", pk)


def tag(message):
    """Return the status of a message as a tag."""
    return {"label": message.get_status_display(), "tone": TONES[message.status]}


def _readable(request, pk):
    if not rules.can_read_messages(request.user):
        raise PermissionDenied
    rows = Message.objects.visible_to(request.user).select_related("person").prefetch_related("parts")
    return get_object_or_404(rows, pk=pk)


def _when(moment):
    return f"{short_date(moment)}, {time_of_day(moment)}" if moment else ""


def _rows(message):
    """Return the details of a message, as components/summary_list.html wants them."""
    rows = [
        (_("Person"), message.person.full_name if message.person else ""),
        (_("Sent to"), message.to_address),
        (_("Replies go to"), message.reply_to),
        (_("Written"), _when(message.created_at)),
        (_("Sent"), _when(message.sent_at)),
        (_("Next try"), _when(message.next_try_at) if message.status == Message.Status.WAITING else ""),
        (_("Tries"), message.attempts),
        (_("What went wrong"), message.last_error),
    ]
    return [{"label": label, "value": value} for label, value in rows if value != ""]
