"""Choose whom to invite, take down a reply for somebody, answer a question."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import registry
from events.inviting import queries, rules
from events.inviting.actions import invitations, links
from events.inviting.forms.filters import invite_filter
from events.inviting.forms.invitations import AnswerForm, FacilitatorsForm, ReplyForForm
from events.inviting.guards import managed_invitation
from events.planning import queries as planning_queries
from events.planning.guards import managed_event
from events.planning.tabs import ABOUT, QUESTIONS, REPLIES, tab_url
from people.directory.queries import tell_apart
from people.messages import queries as message_queries
from people.messages import wording as message_wording
from people.models import Person
from people.needs.flags import need_flags
from wellbeing.lib.dates import day_and_times, short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted
from wellbeing.lib.tables import Column
from wellbeing.lib.ticked_lists import TickColumn, TickedListing


@form_page
def event_invite(request, pk):
    """Choose people of the programme, check what will happen, invite them.

    GET lists; a POST keeps the ticks, or shows what will happen; with `confirm` it happens.
    """
    event = managed_event(request, pk)
    problem = rules.can_invite(request.user, event).why_not
    if problem:
        messages.error(request, problem)
        return redirect(event)
    listing = _people(request, event)
    if listing.wants_export:
        return listing.export()
    if answer := listing.answer():
        return answer
    when = day_and_times(event.starts_at, event.ends_at, short_date)
    context = {"event": event, "programme": event.programme, "listing": listing, "when": when}
    if request.method != "POST":
        return render(request, "events/inviting/invite.html", context)
    chosen = _chosen(event, listing)
    if not chosen:
        context["problem"] = _("Tick at least one person who is not invited yet.")
        return render(request, "events/inviting/invite.html", context)
    if request.POST.get("confirm"):
        try:
            new = invitations.invite(event=event, people=chosen, by=request.user)
        except ActionError as error:
            context["problem"] = str(error)
            return render(request, "events/inviting/invite.html", context)
        listing.ticks.forget(person.pk for person in chosen)
        messages.success(request, _what_happened(new))
        return redirect(event)
    context.update(
        chosen=chosen,
        ids=" ".join(str(person.pk) for person in chosen),
        ways=message_queries.ways_in_words(chosen),
        back=f"{request.path}?{request.GET.urlencode()}",
    )
    return render(request, "events/inviting/invite_check.html", context)


@form_page
def invitation_reply_for(request, pk):
    """Take down somebody's reply by phone or letter; the colleague's name is kept with it, and the person is told."""
    invitation = managed_invitation(request, pk)
    problem = rules.can_reply(invitation.event).why_not
    if problem:
        messages.error(request, problem)
        return redirect(invitation.event)
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
    problem = rules.can_set_facilitators(request.user, event).why_not
    if problem:
        messages.error(request, problem)
        return redirect(event)
    form = FacilitatorsForm(posted(request), event=event)
    act = partial(invitations.set_facilitators, event=event, by=request.user)
    if attempt(form, lambda: act(people=form.cleaned_data["people"]), edits=event):
        messages.success(request, _("Saved who helps to run it."))
        return redirect(tab_url(event, ABOUT))
    context = {"event": event, "programme": event.programme, "form": form, "invited": event.invitations.exists()}
    return render(request, "events/inviting/facilitators.html", context)


def _people(request, event):
    groups = list(planning_queries.groups_of(event.programme_id))
    return PeopleListing(
        request,
        queries.people_to_invite(event).prefetch_related("access_needs"),
        columns=[
            Column("full_name", _("Name"), sort="sort_key"),
            Column("invited", _("Invited"), value=lambda person: "", screen_only=True, shape="code"),
            Column("roles", _("In the programme"), value=lambda person: ""),
            Column("needs", _("Access needs"), value=_needs),
            Column("reach", _("Told by"), value=lambda person: _reach(person, {})),
        ],
        search=["search_key", "email"],
        search_label=_("Search people"),
        filters=invite_filter(event, groups),
        default_sort="sort_key",
        name="people-to-invite",
        caption=_("People of the programme"),
        empty_title=_("There is nobody in this programme on that day"),
        empty_text=_("Add people to the programme first. Then come back to invite them."),
        empty_url=reverse("programme_people", args=[event.programme.slug]),
        empty_action=_("People of the programme"),
        boxes=TickColumn(
            key=f"invite-{event.pk}",
            allowed=lambda people: people.filter(invited=False),
            label=lambda person: _("Invite %(name)s") % {"name": person.name_in_list},
            action=_("Invite those chosen"),
        ),
        event=event,
    )


class PeopleListing(TickedListing):
    """People to tick: their roles in the programme, their needs, and whether they were invited already."""

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    @property
    def rows(self):
        """Return the rows of this page, with a box for each person who is not invited yet."""
        people = tell_apart(self.page)
        roles = planning_queries.roles_on(self.event.programme_id, [person.pk for person in people], self.event.day)
        invited = {"label": _("Invited"), "tone": "good"}
        ways = message_queries.ways_to(people)
        return [
            {
                "cells": [
                    {"html": self.box(person)},
                    {"text": person.name_in_list},
                    {"tags": [invited] if person.invited else []},
                    {"text": ", ".join(roles.get(person.pk, []))},
                    {"tags": need_flags(person.access_needs.all())},
                    {"text": _reach(person, ways)},
                ]
            }
            for person in people
        ]


def _chosen(event, listing):
    """Return the people a POST chose, by name, without those invited already."""
    people = Person.objects.filter(
        pk__in=queries.people_to_invite(event).filter(pk__in=listing.chosen, invited=False).values("pk")
    )
    return tell_apart(people.prefetch_related("access_needs").order_by("sort_key", "pk"))


def _needs(person):
    return "; ".join(str(need) for need in person.access_needs.all())


def _reach(person, ways):
    """Say how `person` is told; `ways` holds those of a page, and an export asks for each."""
    way = ways[person.pk] if person.pk in ways else message_queries.ways_to([person])[person.pk]
    return message_queries.reach_in_words(way)


def _what_happened(new):
    if not new:
        return _("Everyone you chose was invited already. Nothing was sent twice.")
    text = ngettext("%(number)s person is invited: %(ways)s.", "%(number)s people are invited: %(ways)s.", len(new))
    ways = message_queries.ways_in_words(invitation.person for invitation in new)
    return text % {"number": len(new), "ways": "; ".join(ways)}


@button_page
def event_send(request, pk):
    """Send the invitations that have no message yet."""
    event = managed_event(request, pk)
    if done := attempt_button(request, lambda: invitations.send_waiting(event=event, by=request.user)):
        job = done.result
        text = _("The invitations are being sent.") if job else _("There is no invitation left to send.")
        messages.success(request, text)
    return redirect(event)
