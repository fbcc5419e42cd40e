"""Let people see their events in a calendar program of their own: its secret address, and what is read there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.inviting import queries
from events.inviting.actions import feeds
from events.inviting.documents import calendar_of
from events.inviting.models import CalendarFeed
from wellbeing.lib.form_pages import button_page, read_page
from wellbeing.lib.links import by_key, private_page


@read_page
@never_cache
def your_calendar(request):
    """Show the reader the address of their calendar, where they have one."""
    feed = CalendarFeed.objects.filter(person=request.user.person).first()
    return render(request, "events/inviting/your_calendar.html", {"feed": feed})


@button_page
def your_calendar_make(request):
    """Make an address for the reader's calendar, in place of the one they had."""
    feeds.make(by=request.user)
    messages.success(request, _("Your calendar address is made. No other address of yours works now."))
    return redirect("your_calendar")


@button_page
def your_calendar_stop(request):
    """End the address of the reader's calendar."""
    feeds.stop(by=request.user)
    messages.success(request, _("Your calendar address no longer works."))
    return redirect("your_calendar")


@require_safe
@login_not_required
@private_page
def calendar_feed(request, key):
    """Send the coming events of the person to whom this address belongs, for a calendar program."""
    feed = by_key(CalendarFeed.objects.in_use(), key)
    if feed is None:
        words = _("This calendar address does not work any more. Sign in to make a new one.")
        return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")
    invitations = queries.for_calendar(feed.person_id, timezone.now())
    return HttpResponse(
        calendar_of((invitation.event, invitation.may_join) for invitation in invitations),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="events.ics"'},
    )
