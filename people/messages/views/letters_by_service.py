"""Letters that a printing service prints and posts, and taking one back to be printed here."""

from django.contrib import messages as notices
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.messages import posting
from people.messages.actions import letters as actions
from people.messages.letters import asking
from people.messages.models import Message
from people.messages.page import tag
from people.messages.views.letters import letter_columns, reads_messages
from people.messages.views.messages import readable
from wellbeing.lib.form_pages import attempt_button, button_page, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing


@read_page
def letters_by_service(request):
    """List the letters that go to the printing service, when each goes, and what became of those it has."""
    reads_messages(request)
    listing = Listing(
        request,
        asking.with_service(request.user)
        .select_related("notice__person")
        .defer("notice__text_body", "notice__html_body"),
        columns=[
            *letter_columns(),
            Column("state", _("State"), value=lambda row: row.status_in_words, tag=tag, sort="status"),
            Column("handed_over", _("Sent to the service"), value=_handed_over, kind=MOMENT),
            Column("delivered_at", _("Posted"), kind=MOMENT, sort="delivered_at"),
        ],
        name="letters-by-service",
        caption=_("Letters"),
        search=["notice__person__search_key", "notice__subject", "to", "reference"],
        search_label=_("Name, subject or address"),
        empty_title=_("No letters"),
        empty_text=_("Letters that a service prints and posts appear here for two weeks."),
    )
    if listing.wants_export:
        return listing.export()
    name = posting.service_name()
    title = _("Letters through %(name)s") % {"name": name} if name else _("Letters through a printing service")
    return render(request, "people/messages/letters_by_service.html", {"listing": listing, "title": title})


@button_page
def letter_print_here(request, pk):
    """Take a letter back from the printing service, to be printed here."""
    message = readable(request, pk)
    if message.channel != Message.Channel.LETTER:
        raise Http404
    if attempt_button(request, lambda: actions.print_here(message=message, by=request.user)):
        notices.success(request, _("This letter is now in the list of letters to print and post here."))
        return redirect("letters")
    return redirect("message", pk)


def _handed_over(row):
    return row.sent_at or row.next_try_at
