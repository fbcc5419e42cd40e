"""Show a person's own events."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from events.day import queries as day_queries
from events.planning.models import Event
from wellbeing.lib.form_pages import read_page

PER_PAGE = 20


@read_page
def my_events(request):
    """Show what is coming up for the person signed in, and their earlier invitations."""
    now = timezone.now()
    invitations = day_queries.my_invitations(request.user.person)
    to_come = invitations.filter(event__ends_at__gte=now).order_by("event__starts_at", "pk")
    past = Paginator(invitations.filter(event__ends_at__lt=now), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "to_come": [invitation for invitation in to_come if invitation.event.status != Event.Status.HELD],
        "past": past,
    }
    return render(request, "events/pages/mine.html", context)
