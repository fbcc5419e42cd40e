"""Add invitations to what the product says to people, to the answers that come by text and phone, and to its jobs."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from events.inviting import emails, reminders, rules, sending, slips, wordings
from events.inviting.actions import invitations as invitations_actions
from events.inviting.actions import moving
from events.inviting.models import Invitation
from events.planning import actions as planning_actions
from events.planning import rules as planning_rules
from events.planning.models import Event
from events.planning.transitions import EventError
from people import registry as people_registry
from people.registry import JobKind, NoticeKind, Panel
from programmes import registry as programmes_registry
from wellbeing.lib.dates import day_and_times


def register():
    """Register them once, when the app is ready."""
    _add_notice_kinds()
    for kind in ("invitation", "event_changed", "joining_details"):
        people_registry.text_answers[kind] = answer_by_text
    events_registry.after_moving.append(_ask_again)
    programmes_registry.add_reminder_subject(reminders.SUBJECT)
    programmes_registry.after_leaving.append(decline_what_comes)
    for kind, work, title in (
        (invitations_actions.INVITATIONS, sending.send_invitations, gettext_lazy("Sending the invitations")),
        (planning_actions.CHANGED, sending.send_changes, gettext_lazy("Telling people what has changed")),
        (planning_actions.CANCELLED, sending.send_cancellation, gettext_lazy("Telling people that it is cancelled")),
    ):
        people_registry.job_kinds[kind] = JobKind(run=work, can_see=_can_see_job, title=title, url=_job_page)


def _add_notice_kinds():
    people_registry.add_notice_kinds(
        NoticeKind(
            "invitation",
            gettext_lazy("Invitation"),
            personal_link=True,
            answer=reply_panel,
            slip=slips.REPLY,
            wording=wordings.INVITATION,
        ),
        NoticeKind(
            "event_changed",
            gettext_lazy("Changed event"),
            personal_link=True,
            answer=reply_panel,
            slip=slips.REPLY,
            wording=wordings.CHANGED,
        ),
        NoticeKind("event_cancelled", gettext_lazy("Cancelled event"), personal_link=True, wording=wordings.CANCELLED),
        NoticeKind("answer", gettext_lazy("Answer to a question"), personal_link=True, wording=wordings.ANSWER),
        NoticeKind("reply_noted", gettext_lazy("Reply confirmed"), personal_link=True, wording=wordings.REPLY_NOTED),
        NoticeKind(
            "joining_details",
            gettext_lazy("How to get there"),
            personal_link=True,
            answer=reply_panel,
            wording=wordings.JOINING,
        ),
        NoticeKind("new_link", gettext_lazy("New personal link"), personal_link=True, wording=wordings.NEW_LINK),
        NoticeKind("reply_taken", gettext_lazy("Reply written down"), personal_link=True, wording=wordings.REPLY_TAKEN),
    )


def decline_what_comes(person, programme, last_day, by):
    """Answer "I cannot come" for somebody who leaves a programme, where they are invited to its later events."""
    later = Invitation.objects.filter(
        person=person,
        event__programme=programme,
        event__status=Event.Status.PLANNED,
        event__starts_at__date__gt=max(last_day, timezone.localdate()),
    )
    for invitation in later.exclude(reply=Invitation.Reply.NOT_COMING).select_related("event"):
        if rules.can_reply(invitation.event):
            invitations_actions.reply(invitation=invitation, reply=Invitation.Reply.NOT_COMING, by=by, confirms=False)


def reply_panel(user, notice):
    """Link to the page on which staff take down the reply to the event of `notice`."""
    invitation = emails.invitation_of(notice)
    if invitation is None or not planning_rules.can_manage_event(user, invitation.event):
        return None
    context = {"url": reverse("invitation_reply_for", args=[invitation.pk]), "label": _("Write down their reply")}
    return Panel("people/messages/answer.html", context)


def answer_by_text(notice, answer):
    """Record the YES or NO that came by text to an invitation. Return the text that says what was recorded.

    Raises EventError when the event has started or was cancelled, and where the invitation is no more.
    """
    invitation = emails.invitation_of(notice)
    if invitation is None:
        raise EventError(_("Sorry, we could not find this invitation. Somebody will get in touch with you."))
    reply = Invitation.Reply.COMING if answer else Invitation.Reply.NOT_COMING
    # The text that goes back says what was recorded.
    invitation = invitations_actions.reply(invitation=invitation, reply=reply, by=None, confirms=False)
    event = invitation.event
    params = {"event": event, "when": day_and_times(event.starts_at, event.ends_at), "link": notice.link}
    if invitation.reply == Invitation.Reply.WAITING:
        return (
            _(
                "Thank you. “%(event)s”, %(when)s, is full at the moment. You are on the waiting list, and we will tell"
                " you when a place comes free. To change this: %(link)s"
            )
            % params
        )
    if answer:
        return (
            _(
                "Thank you. We have noted that you will come to “%(event)s”, %(when)s."
                " To change this or tell us what you need: %(link)s"
            )
            % params
        )
    return (
        _(
            "Thank you for telling us. We have noted that you cannot come to “%(event)s”, %(when)s."
            " To change this: %(link)s"
        )
        % params
    )


def _ask_again(event, before, by):
    """Ask those again who replied to the time the event had before."""
    moving.ask_again(event=event, before=before, by=by)


def _can_see_job(user, job):

    event = Event.objects.select_related("programme").filter(pk=job.subject_id).first()
    return event is not None and planning_rules.can_manage_event(user, event)


def _job_page(job):
    return reverse("event", args=[job.subject_id])
