"""Take down a reply for somebody, answer a question, say who helps to run an event, send what was not sent."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events import registry
from events.inviting import rules
from events.inviting.actions import invitations, links
from events.inviting.forms.invitations import AnswerForm, FacilitatorsForm, ReplyForForm
from events.inviting.guards import managed_invitation
from events.planning.guards import managed_event
from events.planning.tabs import ABOUT, QUESTIONS, REPLIES, tab_url
from people.home.panels import rendered
from people.messages import wording as message_wording
from people.privacy.looking import note_look, shows
from people.privacy.models import Look
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_refused, posted


@form_page
@shows(Look.Kind.NEEDS)
def invitation_reply_for(request, pk):
    """Take down somebody's reply by phone or letter; the colleague's name is kept with it, and the person is told."""
    invitation = managed_invitation(request, pk)
    if is_refused(request, rules.can_reply(invitation.event)):
        return redirect(invitation.event)
    note_look(request.user, invitation.person, Look.Kind.NEEDS)
    form = ReplyForForm(posted(request), invitation=invitation, beside=registry.beside_of(invitation))
    act = partial(invitations.reply, invitation=invitation, by=request.user)
    if attempt(form, lambda: act(**form.values), edits=invitation):
        messages.success(request, _("Written down for %(person)s.") % {"person": invitation.person})
        return redirect(invitation.event)
    context = {
        "event": invitation.event,
        "programme": invitation.event.programme,
        "invitation": invitation,
        "form": form,
        "needs": [str(need) for need in invitation.person.access_needs.all()],
        "panels": rendered(request, registry.panels_beside_reply(invitation, for_staff=True)),
    }
    return render(request, "events/inviting/reply_for.html", context)


@button_page
def invitation_new_link(request, pk):
    """Give somebody who is invited a new personal link; the one before stops working."""
    invitation = managed_invitation(request, pk)
    if done := attempt_button(request, lambda: links.renew(invitation=invitation, by=request.user)):
        words = _("%(person)s has a new personal link. The one before no longer works.")
        said = message_wording.said(done.result) if done.result else ""
        messages.success(request, f"{words % {'person': invitation.person}} {said}".strip())
    return redirect(tab_url(invitation.event, REPLIES))


@form_page
def invitation_answer(request, pk):
    """Answer the question of an invited person."""
    invitation = managed_invitation(request, pk)
    if not invitation.waits_for_answer:
        messages.error(request, _("There is no question waiting for an answer."))
        return redirect(tab_url(invitation.event, QUESTIONS))
    form = AnswerForm(posted(request))
    if done := attempt(form, lambda: invitations.answer(invitation=invitation, by=request.user, **form.cleaned_data)):
        messages.success(request, message_wording.said(done.result))
        return redirect(tab_url(invitation.event, QUESTIONS))
    context = {
        "event": invitation.event,
        "programme": invitation.event.programme,
        "invitation": invitation,
        "form": form,
    }
    return render(request, "events/inviting/answer.html", context)


@form_page
def event_facilitators(request, pk):
    """Tick who of those invited helps to run the event; a programme may pay them differently."""
    event = managed_event(request, pk)
    if is_refused(request, rules.can_set_facilitators(request.user, event)):
        return redirect(event)
    form = FacilitatorsForm(posted(request), event=event)
    act = partial(invitations.set_facilitators, event=event, by=request.user)
    if attempt(form, lambda: act(people=form.cleaned_data["people"]), edits=event):
        messages.success(request, _("Saved who helps to run it."))
        return redirect(tab_url(event, ABOUT))
    context = {"event": event, "programme": event.programme, "form": form, "invited": event.invitations.exists()}
    return render(request, "events/inviting/facilitators.html", context)


@button_page
def event_send(request, pk):
    """Send the invitations that have no message yet."""
    event = managed_event(request, pk)
    if done := attempt_button(request, lambda: invitations.send_waiting(event=event, by=request.user)):
        job = done.result
        text = _("The invitations are being sent.") if job else _("There is no invitation left to send.")
        messages.success(request, text)
    return redirect(event)
