"""Show the list of events and the page of one."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import registry
from events.access import queries as access_queries
from events.access import rules as access_rules
from events.day import queries as day_queries
from events.day import rules as day_rules
from events.feedback import rules as feedback_rules
from events.feedback.page import FeedbackPage
from events.inviting import queries as inviting_queries
from events.inviting import rules as inviting_rules
from events.inviting.actions import invitations
from events.inviting.forms.filters import EventFilter
from events.inviting.forms.invitations import AnswerForm
from events.inviting.models import Invitation
from events.meetings import rules as meeting_rules
from events.pages import planned
from events.pages.views.came import came_counts, came_listing
from events.pages.views.invited import invite_url, needs_listing, replies_listing
from events.papers import rules as paper_rules
from events.papers.queries import meeting_of
from events.places import queries as places_queries
from events.places import rules as places_rules
from events.places.page import standing_of_event, taken_of
from events.planning import actions as planning_actions
from events.planning import queries as planning_queries
from events.planning import rules as planning_rules
from events.planning.guards import programme_of_events, visible_event
from events.planning.models import Event
from events.planning.tabs import ABOUT, CAME, CLAIMS, FEEDBACK, NEEDS, QUESTIONS, REPLIES, TABS, tab_url
from events.said import queries as said_queries
from people.home.panels import rendered
from people.models import Job
from people.privacy.looking import note_looks, shows
from people.privacy.models import Look
from programmes.heard.page import state_tag
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import day_and_times, long_date, short_date, today
from wellbeing.lib.form_pages import read_page
from wellbeing.lib.spreadsheets import DATE, MOMENT
from wellbeing.lib.tables import Column, Listing

QUESTIONS_ON_PAGE = 20
# Buttons beside the heading; the rest stand under "More".
ACTIONS_IN_LINE = 2


@read_page
def event_list(request, slug):
    """List every event of a programme."""
    programme = programme_of_events(request, slug)
    can_manage = can_manage_programme(request.user, programme)
    listing = Listing(
        request,
        places_queries.with_places(
            inviting_queries.with_counts(Event.objects.visible_to(request.user).filter(programme=programme))
        ),
        columns=[
            Column("title", _("Event"), sort="title", link=Event.get_absolute_url, detail=Event.get_kind_display),
            Column(
                "starts_at",
                _("When"),
                value=lambda event: day_and_times(event.starts_at, event.ends_at, short_date),
                sort="starts_at",
                screen_only=True,
                shape="date",
            ),
            Column("starts", _("Starts"), value="starts_at", kind=MOMENT, export_only=True),
            Column("ends", _("Ends"), value="ends_at", kind=MOMENT, export_only=True),
            Column("place", _("Where"), value=lambda event: event.venue_name or _("Online"), sort="venue_name"),
            Column("status", _("Status"), value=Event.get_status_display, sort="status", tag=_event_tag),
            Column("invited", _("Invited"), sort="invited", numeric=True),
            Column("coming", _("Coming"), sort="coming", numeric=True),
            Column("places", _("Places"), value=taken_of, sort="room", numeric=True),
            Column("no_reply", _("No reply"), sort="no_reply", numeric=True),
            Column("kind", _("Kind"), value=Event.get_kind_display, export_only=True),
            Column("not_coming", _("Cannot come"), numeric=True, export_only=True),
            Column("not_sure", _("Not sure yet"), numeric=True, export_only=True),
            Column("waiting", _("Would come if a place is free"), numeric=True, export_only=True),
            Column("reply_by", _("Replies wanted by"), kind=DATE, export_only=True),
        ],
        search=["title", "purpose", "venue_name", "venue_address"],
        search_label=_("Search events"),
        filters=EventFilter,
        default_sort="-starts_at",
        name="events",
        caption=_("Events of %(programme)s") % {"programme": programme},
        empty_title=_("No events yet"),
        empty_text=_("Plan the first one. After that you choose who to invite.") if can_manage else "",
        empty_url=reverse("event_new", args=[slug]) if can_manage else "",
        empty_action=_("Plan an event"),
    )
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "can_manage": can_manage}
    return render(request, "events/pages/list.html", context)


@read_page
@shows(Look.Kind.NEEDS)
def event_detail(request, pk):
    """Show an event: in tabs to staff, numbers to finance and steering group, their own part to people invited."""
    event = visible_event(request, pk)
    context = {"programme": event.programme, "event": event, "tag": _event_tag(event)}
    if not planning_rules.can_manage_event(request.user, event):
        context.update(_whole(request, event))
        return render(request, "events/pages/event.html", context)
    tab = request.GET.get("tab", REPLIES)
    if tab in {REPLIES, NEEDS}:
        note_looks(request.user, inviting_queries.people_with_needs(event), Look.Kind.NEEDS)
    if tab not in TABS or (tab in (CAME, FEEDBACK) and not event.has_started):
        tab = REPLIES
    shown = PARTS[tab](request, event)
    if (listing := shown.get("listing")) is not None and listing.wants_export:
        return listing.export()
    under_way = _work_under_way(event)
    actions = _actions(request.user, event)
    in_line = ACTIONS_IN_LINE - bool(under_way["unsent"])
    context.update(
        shown,
        tabs=_tabs(event, tab),
        tab_template=f"events/pages/tabs/{tab}.html",
        when=day_and_times(event.starts_at, event.ends_at, short_date),
        actions=actions[:in_line],
        more_actions=actions[in_line:],
        ready=access_queries.readiness_of(event, today()),
        balance=planned.balance(event),
        draft_note=planned.draft_note(event),
        standing=standing_of_event(event),
        **under_way,
    )
    return render(request, "events/pages/event_staff.html", context)


def _whole(request, event):
    """Return what the page shows to those invited, and to finance and steering groups."""
    shown = _about(request, event)
    if planning_rules.can_see_events_of(request.user, event.programme):
        shown["counts"] = _counts(event, can_manage=False)
        shown["standing"] = standing_of_event(event)
    return {**shown, **_claims(request, event)}


def _tabs(event, current):
    waiting = inviting_queries.questions_of(event).count()
    labels = {
        REPLIES: _("Replies"),
        NEEDS: _("Needs"),
        QUESTIONS: _("Questions (%(n)s)") % {"n": waiting} if waiting else _("Questions"),
        CAME: _("Who came"),
        FEEDBACK: _("Feedback"),
        CLAIMS: _("Claims"),
        ABOUT: _("About"),
    }
    if not event.has_started:
        del labels[CAME], labels[FEEDBACK]
    return [{"label": label, "url": tab_url(event, tab), "current": tab == current} for tab, label in labels.items()]


def _work_under_way(event):
    """Return the job for this event that is not done yet: the one still running, else the latest that failed."""
    jobs = Job.objects.filter(
        kind__in=[invitations.INVITATIONS, planning_actions.CHANGED, planning_actions.CANCELLED], subject_id=event.pk
    ).exclude(status=Job.Status.DONE)
    latest = {unfinished.kind: unfinished for unfinished in jobs.order_by("created_at")}
    job = next((job for job in latest.values() if not job.is_finished), None) or next(iter(latest.values()), None)
    return {
        "job": job,
        # Looks again by itself where there is no JavaScript to ask how far the work is.
        "refresh_seconds": job.refresh_seconds if job else None,
        "unsent": 0 if job or not event.takes_replies else event.invitations.unsent().count(),
    }


def _replies(request, event):
    return {
        "listing": replies_listing(request, event),
        "counts": _counts(event, can_manage=True),
        "failed": inviting_queries.failed_messages(event),
        "by_hand": inviting_queries.to_tell_by_hand(event),
        "write_url": reverse("write_to", args=["event", event.pk]),
        "mailing": inviting_queries.latest_mailing(event),
    }


def _needs(request, event):
    return {
        "needs": [
            ngettext("%(need)s: %(number)s person", "%(need)s: %(number)s people", number)
            % {"need": need, "number": number}
            for need, number in inviting_queries.needs_to_plan_for(event)
        ],
        "listing": needs_listing(request, event),
    }


def _questions(request, event):
    questions = list(inviting_queries.questions_of(event)[: QUESTIONS_ON_PAGE + 1])
    return {
        "questions": [
            {
                "invitation": invitation,
                "form": AnswerForm(auto_id=f"id_{invitation.pk}_%s"),
                "url": reverse("invitation_answer", args=[invitation.pk]),
            }
            for invitation in questions[:QUESTIONS_ON_PAGE]
        ],
        "more_questions": len(questions) > QUESTIONS_ON_PAGE,
    }


def _came(request, event):
    held = event.status == Event.Status.HELD
    return {
        "listing": came_listing(request, event),
        "counts": came_counts(event),
        "noted_only": [person.name_in_list for person in day_queries.noted_and_not_recorded(event)] if held else [],
    }


def _feedback(request, event):
    return {"page": FeedbackPage(event, request.user)}


def _claims(request, event):
    return {"panels": rendered(request, registry.panels_for(request.user, event))}


def _about(request, event):
    mine = event.invitations.filter(person__user=request.user).first()
    offer = registry.offer_for(event, mine.person if mine else None)
    return {
        "facts": _facts(event, with_link=_may_join(request.user, event, mine)),
        "invitation": mine,
        "meeting": _readable_meeting(request, event),
        "papers_url": _papers_url(request, event),
        "has_feedback": bool(feedback_rules.can_see(request.user, event)),
        "has_brief": bool(access_rules.can_read_list(request.user, event, "facilitators")),
        "needs_told": access_queries.told_to(request.user, event),
        "can_reply": bool(inviting_rules.can_reply(event)),
        "offer": offer,
        "paid": bool(mine and offer and planning_queries.is_paid(event, mine.person)),
        **planned.planned(request.user, event, mine),
        **_said(request.user, event),
    }


def _said(user, event):
    """Return what was said at the event with what became of it, and for staff where they write down more."""
    said = said_queries.said_at(event, user)
    url = ""
    if event.has_started and event.status != Event.Status.CANCELLED and can_manage_programme(user, event.programme):
        query = urlencode({"place": event.pk, "said_on": event.day.isoformat()})
        url = f"{reverse('contribution_record', args=[event.programme.slug])}?{query}"
    return {"said": [{"contribution": row, "tag": state_tag(row)} for row in said], "record_url": url}


def _papers_url(request, event):
    """Return where the papers that come with the event are, for those who read them; "" where none have come."""
    are_there = paper_rules.can_read_papers(request.user, event) and event.attached_papers.exists()
    return reverse("attached_papers", args=[event.pk]) if are_there else ""


def _readable_meeting(request, event):
    meeting = meeting_of(event)
    reads = meeting and (meeting.is_published or meeting_rules.can_read_whole(request.user, meeting))
    return meeting if reads else None


# Build each tab's part of the context: fn(request, event). Only the tab that is open asks the database.
PARTS = {
    REPLIES: _replies,
    NEEDS: _needs,
    QUESTIONS: _questions,
    CAME: _came,
    FEEDBACK: _feedback,
    CLAIMS: _claims,
    ABOUT: _about,
}


def _actions(user, event):
    actions = []
    if inviting_rules.can_invite(user, event):
        actions.append({"label": _("Invite people"), "url": invite_url(event)})
    if event.status == Event.Status.PLANNED and day_rules.can_check_in(user, event):
        actions.append({"label": _("At the door"), "url": reverse("event_door", args=[event.pk]), "kind": "secondary"})
    if day_rules.can_record(user, event):
        held = event.status == Event.Status.HELD
        label = _("Correct who came") if held else _("Record who came")
        actions.append(
            {
                "label": label,
                "url": reverse("event_attendance", args=[event.pk]),
                "kind": "secondary" if held else "",
            }
        )
    actions[1:1] = _meeting_actions(user, event)
    if paper_rules.can_add_papers(user, event):
        actions.append({"label": _("Papers"), "url": reverse("attached_papers", args=[event.pk]), "kind": "secondary"})
    actions += planned.planning_actions(user, event)
    actions.append({"label": _("Access"), "url": reverse("event_access", args=[event.pk]), "kind": "secondary"})
    if places_rules.can_set_places(user, event):
        actions.append({"label": _("Places"), "url": reverse("event_places", args=[event.pk]), "kind": "secondary"})
    if event.status != Event.Status.CANCELLED:
        url = reverse("event_day_papers", args=[event.pk])
        actions.append({"label": _("Sign-in sheet and badges"), "url": url, "kind": "secondary"})
    if inviting_rules.can_set_facilitators(user, event):
        url = reverse("event_facilitators", args=[event.pk])
        actions.append({"label": _("Who helps to run it"), "url": url, "kind": "secondary"})
    if planning_rules.can_edit(user, event):
        actions.append(
            {"label": _("Change the event"), "url": reverse("event_edit", args=[event.pk]), "kind": "secondary"}
        )
    if planning_rules.can_plan_events(user, event.programme):
        url = f"{reverse('event_new', args=[event.programme.slug])}?like={event.pk}"
        actions.append({"label": _("Plan another like it"), "url": url, "kind": "secondary"})
    if planning_rules.can_cancel(user, event):
        actions.append({"label": _("Cancel it"), "url": reverse("event_cancel", args=[event.pk]), "kind": "secondary"})
    return actions


def _meeting_actions(user, event):
    """Lead to the agenda of a meeting; for an event of a group, offer to make it one."""
    if meeting := meeting_of(event):
        return [{"label": _("Agenda and minutes"), "url": meeting.get_absolute_url(), "kind": "secondary"}]
    if event.group and meeting_rules.can_make_meeting(user, event):
        url = reverse("meeting_make", args=[event.pk])
        return [{"label": _("Make it a meeting with an agenda"), "url": url, "post": True, "kind": "secondary"}]
    return []


def _may_join(user, event, invitation):
    """Say whether `user` reads the link to join online: staff, and those who come or help to run it."""
    if planning_rules.can_manage_event(user, event):
        return True
    return invitation is not None and (invitation.may_join or invitation.facilitates)


def _facts(event, *, with_link):
    rows = [
        {"label": _("When"), "value": day_and_times(event.starts_at, event.ends_at)},
        {"label": _("Where"), "value": "\n".join(event.place_lines) or _("Online")},
    ]
    if event.online_link and not with_link:
        words = _("Yes. Those who said that they come get the link.")
        rows.append({"label": _("Join online"), "value": words})
    elif event.online_link:
        rows.append({"label": _("Join online"), "value": event.online_link, "link": event.online_link})
    rows += [
        {"label": _("What kind"), "value": event.get_kind_display()},
        {"label": _("Replies wanted by"), "value": long_date(event.reply_by)},
        {"label": _("Organised by"), "value": event.organiser.full_name},
    ]
    if names := planned.who_runs_it(event):
        rows.append({"label": _("Helping to run it"), "value": ", ".join(names)})
    if event.group:
        rows.append({"label": _("Group"), "value": event.group.name})
    return rows


def _counts(event, can_manage):
    """Count the replies: {label, number, url} each; for staff each number leads to the people.

    [] when nobody is invited.
    """
    counts = inviting_queries.reply_counts(event)
    if not counts["invited"]:
        return []
    replies = [
        (_("coming"), "coming", Invitation.Reply.COMING),
        (_("cannot come"), "not_coming", Invitation.Reply.NOT_COMING),
        (_("not sure yet"), "not_sure", Invitation.Reply.NOT_SURE),
        *([(_("would come if a place is free"), "waiting", Invitation.Reply.WAITING)] if counts["waiting"] else []),
        (_("no reply"), "no_reply", "none"),
        *([(_("asked again, for a new time"), "asked_again", "again")] if counts["asked_again"] else []),
        (_("invited in all"), "invited", ""),
    ]
    return [
        {
            "label": label,
            "number": counts[name],
            "url": tab_url(event, REPLIES, reply=key) if can_manage and key and counts[name] else "",
        }
        for label, name, key in replies
    ]


def _event_tag(event):
    if event.status == Event.Status.PLANNED and event.is_over:
        return {"label": _("Over: who came?"), "tone": "attention"}
    tones = {Event.Status.PLANNED: "waiting", Event.Status.HELD: "good", Event.Status.CANCELLED: "bad"}
    return {"label": event.get_status_display(), "tone": tones.get(event.status, "quiet")}
