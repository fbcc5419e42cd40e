"""List what was said to people and how far each message has come, and show one."""

import django_filters
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.directory.models import Person
from people.directory.rules import can_edit_person
from people.messages import queries, rules
from people.messages.actions import delivering as actions
from people.messages.models import Message
from people.messages.page import MessagePage, tag
from people.messages.returns.queries import kinds_stopped
from wellbeing.lib import phones
from wellbeing.lib.form_pages import attempt_button, button_page, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing

# Characters of a reason that leave room for the other columns.
LINE = 60


class MessageFilter(django_filters.FilterSet):
    """Filters messages by their state, channel and kind."""

    status = django_filters.ChoiceFilter(
        choices=[*Message.Status.choices, ("lost", gettext_lazy("Not told in any way"))],
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("Any"),
        method="filter_status",
    )
    channel = django_filters.ChoiceFilter(
        choices=Message.Channel, label=gettext_lazy("How"), empty_label=gettext_lazy("Any")
    )

    class Meta:
        model = Message
        fields = ["status", "channel"]

    def filter_status(self, queryset, name, value):
        """Return messages with this status; "lost" finds those nobody was told of in any way."""
        return queryset.filter(pk__in=queries.lost().values("pk")) if value == "lost" else queryset.filter(status=value)


@read_page
def messages(request):
    """List messages to people the reader may see, newest first. For staff and administrators."""
    if not rules.can_read_messages(request.user):
        raise PermissionDenied
    listing = message_listing(request, Message.objects.visible_to(request.user), name="messages")
    if listing.wants_export:
        return listing.export()
    context = {"listing": listing, "to_tell": queries.to_be_told(request.user).count()}
    return render(request, "people/messages/messages.html", context)


@read_page
def person_messages(request, pk):
    """List everything said to one person, in one thread, for colleagues who may read it."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not rules.can_read_messages(request.user):
        raise PermissionDenied
    rows = Message.objects.visible_to(request.user).filter(notice__person=person)
    listing = message_listing(request, rows, name="messages-of-person", person=person)
    if listing.wants_export:
        return listing.export()
    context = {
        "person": person,
        "listing": listing,
        "way": queries.reach_in_words(queries.ways_to([person])[person.pk]),
        "stops": kinds_stopped(person),
        "marks": queries.marks_of(person) if can_edit_person(request.user, person) else [],
    }
    return render(request, "people/messages/person.html", context)


@read_page
def message(request, pk):
    """Show one message: its state, what it says, the other tries, and the form of whoever delivers it by hand."""
    page = MessagePage(readable(request, pk), request.user)
    return render(request, "people/messages/message.html", {"page": page})


@button_page
def message_try_again(request, pk):
    """Queue a failed message again."""
    message = readable(request, pk)
    if attempt_button(request, lambda: actions.try_again(message=message, by=request.user)):
        notices.success(request, _("The message is waiting to be sent again."))
    return redirect("message", pk)


@button_page
def mark_end(request, pk, mark):
    """End the mark on an address of a person: it works again."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not rules.can_read_messages(request.user) or not can_edit_person(request.user, person):
        raise PermissionDenied
    row = get_object_or_404(queries.marks_of(person), pk=mark)
    if attempt_button(request, lambda: actions.end_mark(mark=row, by=request.user)):
        notices.success(request, _("We will use this address again."))
    return redirect("person_messages", pk)


def readable(request, pk):
    """Return the message `pk` with its notice. 404 for one the reader may not know of, 403 for who reads none."""
    if not rules.can_read_messages(request.user) and not queries.has_tasks(request.user):
        raise PermissionDenied
    rows = queries.readable_by(request.user).select_related("notice__person", "colleague", "told_by")
    rows = rows.prefetch_related("notice__parts", "notice__messages__told_by", "calls__by", "mail_reports")
    return get_object_or_404(rows, pk=pk)


def message_listing(request, rows, *, name, person=None):
    """Make the list of messages `rows`; the thread of one `person` needs no column for them."""
    return Listing(
        request,
        rows.select_related("notice__person").defer("notice__text_body", "notice__html_body"),
        columns=[
            Column(
                "subject",
                _("Subject"),
                value=lambda row: row.notice.subject,
                link=lambda row: reverse("message", args=[row.pk]),
                sort="notice__subject",
            ),
            *(
                []
                if person
                else [
                    Column("person", _("Person"), value=lambda row: row.notice.person and row.notice.person.full_name)
                ]
            ),
            Column("kind", _("Kind"), value=lambda row: registry.notice_kinds[row.notice.kind].title, export_only=True),
            Column("channel", _("How"), value=lambda row: row.get_channel_display(), sort="channel", shape="code"),
            Column("to", _("Sent to"), value=to_in_words, export_only=True),
            Column(
                "state",
                _("State"),
                value=lambda row: row.status_in_words,
                tag=tag,
                detail=problem_in_short,
                sort="status",
            ),
            Column("attempts", _("Tries"), numeric=True, sort="attempts", export_only=True),
            Column("created_at", _("Written"), kind=MOMENT, sort="created_at"),
            Column("sent_at", _("Sent"), kind=MOMENT, export_only=True),
            Column("last_error", _("What went wrong"), export_only=True),
        ],
        name=name,
        caption=_("Messages"),
        search=["notice__subject", "to", *([] if person else ["notice__person__search_key"])],
        search_label=_("Subject or address") if person else _("Subject, name or address"),
        filters=MessageFilter,
        default_sort="-created_at",
        empty_title=_("No messages yet"),
        empty_text=_("Invitations and other messages appear here as soon as they are written."),
    )


def problem_in_short(row):
    """Return why a message did not go or came back, cut to a line of a list; its page has all of it."""
    if row.status != Message.Status.FAILED and not row.is_unwanted:
        return ""
    return row.last_error if len(row.last_error) <= LINE else f"{row.last_error[: LINE - 1]}…"


def to_in_words(row):
    """Return where a message goes, for a line of a list."""
    if row.channel in {Message.Channel.SMS, Message.Channel.PHONE}:
        return phones.shown(row.to)
    return ", ".join(row.to.splitlines())
