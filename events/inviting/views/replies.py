"""Show the pages behind a personal link: no sign-in, no session, and nothing but this one reply.

Mail scanners open links, so opening a page changes nothing. Nobody is signed in on these pages, whoever holds the link;
and they show nothing that was recorded about the person but their first name and their reply.
"""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from events import registry
from events.inviting import rules
from events.inviting.actions import invitations
from events.inviting.documents import calendar_file, calendar_type
from events.inviting.forms.invitations import PersonReplyForm
from events.inviting.models import Invitation
from events.planning import queries as planning_queries
from events.sessions import queries as session_queries
from events.venues import queries as venue_queries
from people.home.panels import rendered
from wellbeing.lib.form_pages import attempt, posted
from wellbeing.lib.links import page_of_link


def _invitations():
    return Invitation.objects.select_related("event__programme", "event__organiser", "event__venue", "person")


def private_link(view):
    """Make `view` a page behind the personal link of an invitation, as long as the link works."""

    @page_of_link(_invitations, "events/inviting/reply_unknown.html")
    @wraps(view)
    def guarded(request, invitation):
        if not rules.link_still_works(invitation.event):
            context = {"programme": invitation.event.programme}
            return render(request, "events/inviting/reply_expired.html", context, status=410)
        # The person themselves, signed in, may read a word about their own limit beside the reply, and their needs.
        reader = request.reader
        request.is_own = reader.is_authenticated and reader.pk == invitation.person.user_id
        return view(request, invitation)

    return guarded


# The key in the address is the secret that a CSRF token would be. A token could not work besides: under "no-referrer"
# a browser sends the form with `Origin: null`, which Django's check refuses.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def reply(request, invitation):
    """Let the person say whether they come, their needs and questions; or change it, until the event starts."""
    event = invitation.event
    problem = rules.can_reply(event).why_not
    if problem:
        return render(request, "events/inviting/reply_closed.html", _context(invitation, problem=problem))
    form = PersonReplyForm(posted(request), invitation=invitation, beside=registry.beside_of(invitation))
    if attempt(form, lambda: _reply(invitation, form), edits=invitation):
        return redirect("reply_done", invitation.link_key)
    return render(
        request,
        "events/inviting/reply.html",
        _context(
            invitation,
            form=form,
            late=event.reply_by < timezone.localdate(),
            panels=_panels(request, invitation),
            for_them_alone=registry.words_for(invitation) if request.is_own else [],
            needs=[str(need) for need in invitation.person.access_needs.all()] if request.is_own else [],
        ),
    )


def _reply(invitation, form):
    answers = form.cleaned_data
    # The box starts empty, as the page shows nothing written before: left empty, it changes nothing.
    needs = answers["access_needs"] or None
    return invitations.reply(
        invitation=invitation,
        by=None,
        reply=answers["reply"],
        access_needs=needs,
        question=answers["question"],
        joins=answers.get("joins"),
        part_of_day=answers["part_of_day"],
        beside=form.beside_answers,
    )


@require_safe
@private_link
def reply_done(request, invitation):
    """Show the recorded reply, and what happens next."""
    if not invitation.reply:
        return redirect("reply", invitation.link_key)
    context = _context(invitation, can_change=bool(rules.can_reply(invitation.event)))
    context["panels"] = _panels(request, invitation)
    context["beside_wanted"] = [thing for thing in registry.beside_of(invitation) if thing.wanted]
    return render(request, "events/inviting/reply_done.html", context)


@require_safe
@private_link
def event_calendar(request, invitation):
    """Send the event as a file for a calendar."""
    return HttpResponse(
        calendar_file(invitation.event, with_link=invitation.may_join),
        content_type=calendar_type(invitation.event),
        headers={"Content-Disposition": 'attachment; filename="event.ics"'},
    )


def _panels(request, invitation):
    return rendered(request, registry.panels_beside_reply(invitation))


def _context(invitation, **more):
    offer = registry.offer_for(invitation.event, invitation.person)
    venue = invitation.event.venue
    return {
        "days": session_queries.what_happens_when(invitation.event),
        "with_links": invitation.may_join,
        "venue": venue,
        "venue_facts": venue_queries.facts_of(venue) if venue else [],
        "invitation": invitation,
        "event": invitation.event,
        "programme": invitation.event.programme,
        "person": invitation.person,
        "offer": offer if offer and planning_queries.is_paid(invitation.event, invitation.person) else None,
        **more,
    }
