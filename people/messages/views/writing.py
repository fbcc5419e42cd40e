"""Write to one person or to a chosen list: choose, write, check, send. And the page of what was sent."""

import secrets

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import registry
from people.directory.models import Person
from people.directory.queries import tell_apart
from people.messages import queries, rules
from people.messages.actions import mailings
from people.messages.fields import check_words
from people.messages.forms import WriteForm
from people.messages.models import Mailing, Message
from people.messages.views.messages import message_listing
from people.messages.writing import Preview
from people.needs.flags import need_flags
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt_button, button_page, form_page, read_page
from wellbeing.lib.tables import Column
from wellbeing.lib.ticked_lists import TickColumn, TickedListing


@form_page
def write_to(request, source, which):
    """Write to people of a list: `source` and `which` name the list (`registry.recipients`).

    GET lists them to be ticked, or goes on at once where it is one person. A POST keeps the ticks, shows the form,
    shows what will go to whom, or, with `confirm`, sends it.
    """
    recipients = _recipients(request, source, which)
    listing = _listing(request, source, which, recipients)
    if listing.wants_export:
        return listing.export()
    if answer := listing.answer():
        return answer
    context = {"recipients": recipients, "listing": listing, "here": request.path}
    people = _chosen(recipients, listing, request)
    if request.method != "POST" and not recipients.is_one_person:
        return render(request, "people/messages/write_choose.html", context)
    if not people:
        context["problem"] = _("Tick at least one person.")
        return render(request, "people/messages/write_choose.html", context)
    context |= {"people": people, "ids": " ".join(str(person.pk) for person in people)}
    if "subject" not in request.POST:
        return _form(request, context, WriteForm(initial={"token": secrets.token_urlsafe(12)}))
    form = WriteForm(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _form(request, context, form)
    if "confirm" in request.POST:
        return _send(request, context, form)
    return _check(request, context, form)


def _form(request, context, form):
    return render(request, "people/messages/write.html", {**context, "form": form})


def _check(request, context, form):
    values = form.cleaned_data
    chosen = request.POST.get("as", "")
    voice, people = context["recipients"].voice, context["people"]
    preview = Preview(people, voice, values["subject"], values["words"], int(chosen) if chosen.isdigit() else None)
    try:
        check_words(people, voice, values["subject"], values["words"])
    except ActionError as error:
        error.add_to(form)
        return _form(request, context, form)
    return render(request, "people/messages/write_check.html", {**context, "form": form, "preview": preview})


def _send(request, context, form):
    values, recipients = form.cleaned_data, context["recipients"]
    try:
        mailing = mailings.write(
            people=context["people"],
            voice=recipients.voice,
            subject=values["subject"],
            words=values["words"],
            not_before=values["not_before"],
            key=f"written:{request.user.pk}:{values['token']}",
            by=request.user,
        )
    except ActionError as error:
        error.add_to(form)
        return _form(request, context, form)
    context["listing"].ticks.forget(person.pk for person in context["people"])
    number = len(context["people"])
    text = ngettext("%(n)s message is written.", "%(n)s messages are written.", number) % {"n": number}
    notices.success(request, text)
    return redirect("mailing", mailing.pk)


def _recipients(request, source, which):
    find = registry.recipients.get(source)
    recipients = find(request.user, which) if find else None
    if recipients is None:
        raise Http404
    rules.can_write(request.user, recipients.voice).insist(PermissionDenied)
    return recipients


def _chosen(recipients, listing, request):
    if recipients.is_one_person:
        return list(recipients.people)
    if request.method != "POST":
        return []
    people = recipients.people.filter(pk__in=listing.chosen)
    return tell_apart(people.order_by("sort_key", "pk"))


def _listing(request, source, which, recipients):
    return TickedListing(
        request,
        recipients.people.prefetch_related("access_needs"),
        columns=[
            Column("name", _("Name"), value="name_in_list", sort="sort_key"),
            Column(
                "channel", _("Best way to reach"), value=lambda person: person.get_channel_display(), sort="channel"
            ),
            Column("flags", _("Access needs"), value=lambda person: "", tags=_flags, screen_only=True),
        ],
        boxes=TickColumn(
            key=f"write-{source}-{which}",
            allowed=lambda people: people,
            label=lambda person: _("Write to %(name)s") % {"name": person.name_in_list},
            action=_("Write to those chosen"),
        ),
        search=["search_key", "email", "phone"],
        search_label=_("Search people"),
        default_sort="sort_key",
        name="write-to",
        caption=str(recipients.title),
        empty_title=_("Nobody is on this list"),
        empty_text=_("Add people to it first."),
    )


def _flags(person):
    return need_flags(person.access_needs.all())


@read_page
def mailing(request, pk):
    """Show one mailing: how far it has come, to whom, and what can still be stopped."""
    row = _mailing(request, pk)
    rows = Message.objects.filter(notice__mailing=row)
    listing = message_listing(request, rows, name=f"mailing-{row.pk}")
    if listing.wants_export:
        return listing.export()
    context = {"mailing": row, "listing": listing, "counts": queries.progress_of(row)}
    return render(request, "people/messages/mailing.html", context)


@button_page
def mailing_pause(request, pk):
    """Pause a mailing."""
    return _press(request, pk, mailings.pause, _("Paused. Nothing more goes until you let it go on."))


@button_page
def mailing_go_on(request, pk):
    """Let a paused mailing go on."""
    return _press(request, pk, mailings.go_on, _("It goes on within a minute."))


@button_page
def mailing_cancel(request, pk):
    """Cancel what has not gone of a mailing."""
    return _press(request, pk, mailings.cancel, _("What had not gone is cancelled."))


def _press(request, pk, act, said):
    row = _mailing(request, pk)
    if attempt_button(request, lambda: act(mailing=row, by=request.user)):
        notices.success(request, said)
    return redirect("mailing", pk)


def _mailing(request, pk):
    if not rules.can_read_messages(request.user):
        raise PermissionDenied
    return get_object_or_404(Mailing.objects.visible_to(request.user).select_related("started_by"), pk=pk)


def one_person(user, key):
    """Return one person as somebody to write to, in a voice that the writer shares with them."""
    person = Person.objects.visible_to(user).filter(pk=key).first() if key.isdigit() else None
    voice = registry.voice_between(person, user) if person else ""
    if person is None or not voice:
        return None
    return registry.Recipients(
        title=person.full_name,
        people=Person.objects.filter(pk=person.pk),
        voice=voice,
        back_url=reverse("person", args=[person.pk]),
        is_one_person=True,
    )
