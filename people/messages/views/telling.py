"""Work for colleagues: people to ring, letters to post, and those no way reaches."""

import django_filters
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.directory.models import Person
from people.messages import queries, rules
from people.messages.actions import delivering as actions
from people.messages.forms import CallForm, ToldForm
from people.messages.models import Message
from people.messages.models.channels import DONE_BY_HAND
from people.messages.page import MessagePage
from people.messages.views.messages import readable, to_in_words
from wellbeing.lib.dates import short_date
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing


class ToTellFilter(django_filters.FilterSet):
    """Filters what is to be told by channel, by the time people like to be rung, and by whose task it is."""

    channel = django_filters.ChoiceFilter(
        choices=[(channel.value, channel.label) for channel in DONE_BY_HAND],
        label=gettext_lazy("How"),
        empty_label=gettext_lazy("Any"),
    )
    when = django_filters.ChoiceFilter(
        choices=[*Person.CallTime.choices, ("now", gettext_lazy("Due now"))],
        label=gettext_lazy("When to ring"),
        empty_label=gettext_lazy("Any"),
        method="filter_when",
    )

    class Meta:
        model = Message
        fields = ["channel", "when"]

    def filter_when(self, queryset, name, value):
        """Return messages by the time of the day their person likes; "now" leaves out calls put off until later."""
        if value == "now":
            return queryset.filter(next_try_at__lte=timezone.now())
        return queryset.filter(notice__person__call_time=value)


@read_page
def to_tell(request):
    """List what waits for a colleague, longest first: whom to ring, write to, or find another way to."""
    if not rules.can_read_messages(request.user) and not queries.has_tasks(request.user):
        raise PermissionDenied
    listing = Listing(
        request,
        queries.to_be_told(request.user).defer("notice__text_body", "notice__html_body"),
        columns=[
            Column(
                "person",
                _("Person"),
                value=lambda row: row.notice.person.full_name,
                link=lambda row: reverse("message", args=[row.pk]),
                sort="notice__person__sort_key",
            ),
            Column("channel", _("How"), value=lambda row: row.get_channel_display(), sort="channel", shape="code"),
            Column("to", _("Number or address"), value=_where),
            Column("when", _("When to ring"), value=_when_to_ring, sort="notice__person__call_time", shape="code"),
            Column("about", _("About"), value=lambda row: row.notice.subject),
            Column("attempts", _("Tries"), numeric=True, sort="attempts"),
            Column("next", _("Not before"), value=_not_before, kind=MOMENT, sort="next_try_at"),
            Column("created_at", _("Waiting since"), kind=MOMENT, sort="created_at"),
            Column(
                "colleague",
                _("Whose task"),
                value=lambda row: row.colleague.full_name if row.colleague else "",
                export_only=True,
            ),
        ],
        name="to-tell",
        caption=_("People to tell"),
        search=["notice__person__search_key", "notice__subject", "to"],
        search_label=_("Name, number or subject"),
        filters=ToTellFilter,
        default_sort="created_at",
        empty_title=_("Nobody waits to be told"),
        empty_text=_("People who like a call or a letter appear here when there is something to tell them."),
    )
    if listing.wants_export:
        return listing.export()
    return render(
        request, "people/messages/to_tell.html", {"listing": listing, "may_post": rules.can_read_messages(request.user)}
    )


@form_page
def message_call(request, pk):
    """Record how a call ended, beside what there is to say."""
    message = readable(request, pk)
    form = CallForm(posted(request))
    act = lambda: actions.record_call(message=message, by=request.user, **form.values)  # noqa: E731  (read by attempt)
    if done := attempt(form, act):
        notices.success(request, _said_after_call(done.result))
        return redirect("to_tell")
    return _page(request, message, call=form)


@form_page
def message_told(request, pk):
    """Record that a colleague told somebody in another way than by the message's own channel."""
    message = readable(request, pk)
    form = ToldForm(posted(request))
    if attempt(form, lambda: actions.record_told(message=message, by=request.user, how=form.cleaned_data["how"])):
        notices.success(request, _("Written down: %(name)s knows.") % {"name": message.notice.person})
        return redirect("to_tell")
    return _page(request, message, told=form)


def _page(request, message, **forms):
    page = MessagePage(message, request.user)
    if not page.may_tell:
        notices.warning(request, _("Nobody has to be told of this any more."))
        return redirect("message", message.pk)
    context = {"page": page, "call": forms.get("call"), "told": forms.get("told")}
    return render(request, "people/messages/tell.html", context)


def _said_after_call(message):
    name = {"name": message.notice.person}
    if message.status == Message.Status.SENT:
        return _("Written down: %(name)s knows.") % name
    if message.status == Message.Status.FAILED:
        return _("Written down. We will try another way to reach %(name)s.") % name
    return _("Written down. %(name)s stays on the list.") % name


def _where(row):
    return to_in_words(row) or _("No way that works")


def _when_to_ring(row):
    is_call = row.channel == Message.Channel.PHONE and not row.via
    return row.notice.person.get_call_time_display() if is_call else ""


def _not_before(row):
    return row.next_try_at if row.next_try_at > timezone.now() else None


def tasks(user):
    """List for the home page what waits for the reader to tell people: one line for each way."""
    mine = queries.to_be_told(user).filter(colleague=user.person)
    lost = queries.to_be_told(user).filter(colleague=None) if user.is_administrator else Message.objects.none()
    lines = []
    for channel, titles in queries.TASK_TITLES.items():
        rows = list((mine | lost).filter(channel=channel, next_try_at__lte=timezone.now()))
        if not rows:
            continue
        first, number = rows[0], len(rows)
        url = reverse("message", args=[first.pk]) if number == 1 else f"{reverse('to_tell')}?channel={channel}"
        lines.append(
            registry.Task(
                title=queries.task_title(titles, number, first.notice.person),
                url=url,
                detail=_since(first, number),
            )
        )
    return lines


def _since(first, number):
    """Say what a task is about, where it is one person's, and since when it has waited."""
    since = _("Waiting since %(day)s") % {"day": short_date(first.created_at)}
    return f"{first.notice.subject}. {since}" if number == 1 else since
