"""Show the reader everything they were told: in their own pages, and by the link of a text message or letter."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people import registry
from people.messages.models import Notice
from people.messages.page import OwnNotice
from people.messages.returns import stopping
from people.messages.views.stopping import own_wishes
from wellbeing.lib.form_pages import read_page
from wellbeing.lib.links import private_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing


@read_page
def your_messages(request):
    """List everything we told the reader, whichever way it reached them, newest first."""
    rows = Notice.objects.of_person(request.user).prefetch_related("messages").defer("text_body", "html_body")
    voices = registry.Voices()
    listing = Listing(
        request,
        rows,
        columns=[
            Column(
                "subject",
                _("What it is about"),
                link=lambda row: reverse("your_message", args=[row.pk]),
                sort="subject",
            ),
            Column("voice", _("From"), value=lambda row: voices[row.voice].name),
            Column("how", _("How we told you"), value=lambda row: OwnNotice(row).how),
            Column("created_at", _("When"), kind=MOMENT, sort="created_at"),
        ],
        name="your-messages",
        caption=_("Your messages"),
        search=["subject"],
        search_label=_("What it is about"),
        default_sort="-created_at",
        empty_title=_("No messages yet"),
        empty_text=_("Everything we tell you is kept here, so that you can read it again."),
    )
    if listing.wants_export:
        return listing.export()
    context = {"listing": listing, **own_wishes(request.user.person)}
    return render(request, "people/messages/yours.html", context)


@read_page
def your_message(request, pk):
    """Show the reader one thing we told them."""
    notice = get_object_or_404(Notice.objects.of_person(request.user).prefetch_related("messages", "parts"), pk=pk)
    return _show(request, notice, own=True)


@require_safe
@login_not_required
@private_page
def notice_by_link(request, key):
    """Show a notice to whoever has its link, as a letter shows itself to whoever opens it. It can do nothing else."""
    notice = Notice.objects.filter(read_key=key).prefetch_related("messages", "parts").first()
    if notice is None:
        return render(request, "people/messages/unknown.html", status=404)
    return _show(request, notice, own=False)


def _show(request, notice, *, own):
    context = {"notice": notice, "own": own, "page": OwnNotice(notice), "voice": notice.speaker}
    if own:
        context["stop"] = stopping.link_for(notice)
    return render(request, "people/messages/yours_one.html", context)
