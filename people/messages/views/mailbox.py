"""The demo's mailbox: every message it has sent, and their parts."""

from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.messages import demo_mail as message_demo_mail
from people.messages.demo import demo_only
from people.messages.models import DemoMail
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing

# A message as a mail program shows it: its own styles, no script, nothing fetched from anywhere.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}


@require_safe
@demo_only
def demo_mailbox(request):
    """List every message the demo has delivered, newest first, searchable by recipient."""
    listing = Listing(
        request,
        DemoMail.objects.defer("raw"),
        columns=[
            Column(
                "subject",
                _("Subject"),
                link=lambda row: reverse("demo_mail", args=[row.pk]),
                sort="subject",
            ),
            Column("to_address", _("To"), sort="to_address"),
            Column("arrived_at", _("Arrived"), kind=MOMENT, sort="arrived_at"),
        ],
        search=["to_address", "subject"],
        default_sort="-arrived_at",
        name="demo-mailbox",
        caption=_("Messages"),
        search_label=_("Who it is for, or what it is about"),
        empty_title=_("No message yet"),
        empty_text=_("Messages that the demo sends arrive here, not in real mailboxes."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/messages/demo/mailbox.html", {"listing": listing})


@require_safe
@demo_only
def demo_mail(request, pk):
    """Show one message as its reader would see it."""
    row = get_object_or_404(DemoMail, pk=pk)
    message = message_demo_mail.opened(bytes(row.raw))
    return render(
        request,
        "people/messages/demo/mail.html",
        {
            "mail": row,
            "message": message,
            "rows": [
                {"label": _("From"), "value": message.sender},
                {"label": _("To"), "value": message.to},
                *([{"label": _("Replies go to"), "value": message.reply_to}] if message.reply_to else []),
                {"label": _("Arrived"), "value": f"{long_date(row.arrived_at)}, {time_of_day(row.arrived_at)}"},
            ],
            "files": [
                {
                    "name": part.name,
                    "url": reverse("demo_mail_part", args=[row.pk, number]),
                    "size": len(part.content),
                    "detail": part.content_type,
                }
                for number, part in enumerate(message.parts)
            ],
        },
    )


@require_safe
@demo_only
@csp(MAIL_POLICY)  # type: ignore[arg-type]  # its types leave out views with arguments
def demo_mail_html(request, pk):
    """Send the message's HTML alone, for the frame on its page."""
    row = get_object_or_404(DemoMail, pk=pk)
    html = message_demo_mail.opened(bytes(row.raw)).html
    if not html:
        raise Http404
    # Links of a mail open a page of their own, not inside the small frame.
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


@require_safe
@demo_only
def demo_mail_part(request, pk, number):
    """Send one attachment of a message, as a download."""
    row = get_object_or_404(DemoMail, pk=pk)
    parts = message_demo_mail.opened(bytes(row.raw)).parts
    if number >= len(parts):
        raise Http404
    part = parts[number]
    response = HttpResponse(part.content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, part.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
