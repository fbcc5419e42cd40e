"""Add places to replies, to the life of events, to the home page and to what the product says to people."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from events.inviting.contributions import answer_by_text, reply_panel
from events.inviting.models import Invitation
from events.places import emails, line, queries, rules, said, wordings
from events.places.actions import numbers
from events.places.models import WaitingStatus
from people import registry as people_registry
from people.registry import NoticeKind, Panel, Task
from wellbeing.lib.dates import day_and_times

MAX_TASKS = 20


def register():
    """Register them once, when the app is ready."""
    events_registry.before_reply.append(line.let_in)
    events_registry.after_reply.append(line.follow_reply)
    events_registry.before_helping_ends.append(line.still_fits)
    events_registry.after_copying.append(after_copying)
    events_registry.after_moving.append(after_moving)
    events_registry.after_cancelling.append(after_cancelling)
    events_registry.reply_panels.append(beside_reply)
    people_registry.home_tasks.append(home_tasks)
    people_registry.add_notice_kinds(
        NoticeKind(
            emails.OFFERED,
            gettext_lazy("A place that came free"),
            personal_link=True,
            answer=reply_panel,
            slip=wordings.TAKE_IT,
            wording=wordings.OFFERED,
        ),
        NoticeKind(
            emails.PASSED,
            gettext_lazy("A place that was not taken in time"),
            personal_link=True,
            answer=reply_panel,
            wording=wordings.PASSED,
        ),
        NoticeKind(emails.CLOSED, gettext_lazy("Waiting list closed"), wording=wordings.CLOSED),
    )
    people_registry.text_answers[emails.OFFERED] = answer_by_text


def after_copying(event, like, by):
    """Give an event that began as a copy as many places, and keep as many of them, where its planner may."""
    places = queries.places_of(like)
    if places is not None and places.number is not None and rules.can_set_places(by, event):
        numbers.set_places(event=event, number=places.number, kept=places.kept, by=by)


def after_moving(event, _before, _by):
    """Offer what is free at an event that was moved: replies may have changed with its day."""
    line.offer_what_is_free(event)


def after_cancelling(event, _by):
    """End the waiting list of an event that was cancelled."""
    line.empty_the_list(event)


def beside_reply(invitation, for_staff):
    """Show on the page of a reply how the places stand, and what that means for this person."""
    event = invitation.event
    places = queries.places_of(event)
    if places is None or not event.takes_replies:
        return None
    count = queries.count_of(event, places)
    standing = queries.standing_of(invitation) if invitation.reply == Invitation.Reply.WAITING else None
    if count.number is None and standing is None:
        return None
    lived = bool(queries.with_lived_experience(event, [invitation.person_id]))
    status = standing.status if standing else ""
    offered = status == WaitingStatus.OFFERED
    context = {
        "invitation": invitation,
        "for_staff": for_staff,
        "numbers": said.in_numbers(count, places),
        "closed": bool(places.closed_at),
        "offered": offered,
        "until": said.deadline_in_words(standing) if standing and offered else "",
        "position": queries.position_of(standing) if standing and status == WaitingStatus.WAITING else 0,
        "passed": status == WaitingStatus.PASSED,
        "full": not invitation.takes_a_place and not count.fits(lived_experience=lived),
        "kept_only": bool(count.free) and not lived,
        "can_join_online": event.can_be_joined_both_ways,
    }
    return Panel("events/places/parts/beside_reply.html", context)


def home_tasks(user):
    """List places offered to the reader, and for staff the people who have still to be told of one."""
    mine = [
        Task(
            title=_("A place is free for you: %(event)s") % {"event": row.invitation.event},
            url=reverse("reply", args=[row.invitation.link_key]),
            detail=_("We keep it until %(until)s.") % {"until": said.deadline_in_words(row)},
            due=timezone.localdate(row.until),
            urgent=True,
        )
        for row in queries.offers_to(user)[:MAX_TASKS]
    ]
    return mine + [
        Task(
            title=_("Tell %(name)s that a place is free at %(event)s")
            % {"name": row.invitation.person, "event": row.invitation.event},
            url=reverse("event_places", args=[row.invitation.event_id]),
            detail=day_and_times(row.invitation.event.starts_at, row.invitation.event.ends_at),
            due=timezone.localdate(row.until),
            urgent=True,
        )
        for row in queries.offers_not_told(user)[:MAX_TASKS]
    ]
