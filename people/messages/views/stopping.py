"""Stop text messages and kinds of email, on one's own page or by the link of an email, and have them again."""

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people import registry
from people.directory.models import Person
from people.messages import routing
from people.messages.queries import reach_in_words
from people.messages.returns import actions, queries, stopping
from people.messages.texts import actions as text_actions
from people.messages.texts import queries as text_queries
from wellbeing.lib import phones
from wellbeing.lib.form_pages import attempt_button, button_page
from wellbeing.lib.links import private_page


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def stop_emails(request, key):
    """Stop the kind of email that a link is for, or start it again (`again`). A mail program posts here by itself.

    The link alone is the proof, so that nobody has to sign in; to open it changes nothing, as programs that look for
    viruses open every link.
    """
    notice = stopping.notice_of(key)
    if notice is None or notice.person is None:
        return render(request, "people/messages/unknown.html", status=404)
    if request.method == "POST":
        act = actions.start_emails if request.POST.get("seen") == "again" else actions.stop_emails
        act(person=notice.person, kind=notice.kind, by=None)
    context = {
        "kind": registry.notice_kinds[notice.kind].title,
        "stopped": queries.stops_of(notice.person).filter(kind=notice.kind).exists(),
        "posted": request.method == "POST",
        "address": request.path,
    }
    return render(request, "people/messages/stop_emails.html", context)


@button_page
def your_texts_stop(request):
    """Send no more text messages to the reader's number."""
    person = request.user.person
    if attempt_button(request, lambda: text_actions.stop_texts(person=person, by=request.user)):
        number = {"number": phones.shown(person.phone)}
        notices.success(request, _("We will send no text messages to %(number)s any more.") % number)
    return redirect("your_messages")


@button_page
def your_texts_again(request):
    """Send text messages to the reader's number again."""
    person = request.user.person
    if attempt_button(request, lambda: text_actions.start_texts(person=person, by=request.user)):
        number = {"number": phones.shown(person.phone)}
        notices.success(request, _("We will send text messages to %(number)s again.") % number)
    return redirect("your_messages")


@button_page
def your_emails_stop(request, kind):
    """Send the reader no more emails of a kind."""
    if attempt_button(request, lambda: actions.stop_emails(person=request.user.person, kind=kind, by=request.user)):
        notices.success(request, _("We will send you no more emails of this kind."))
    return redirect("your_messages")


@button_page
def your_emails_again(request, kind):
    """Send the reader emails of a kind again."""
    if actions.start_emails(person=request.user.person, kind=kind, by=request.user):
        notices.success(request, _("We will send you these emails again."))
    return redirect("your_messages")


@button_page
def your_complaint_end(request):
    """Send the reader every kind of email again, after one of them was reported as unwanted."""
    if attempt_button(request, lambda: actions.end_complaint(person=request.user.person, by=request.user)):
        notices.success(request, _("We will send you all our emails again."))
    return redirect("your_messages")


def own_wishes(person):
    """Return what a person's own page shows of the texts and emails they stopped, and of those they can stop."""
    return {
        "texts": _texts(person),
        "kinds": queries.kinds_to_stop(person),
        "stops": [
            {"kind": stop.kind, "title": kind.title, "since": stop.since}
            for stop in queries.stops_of(person)
            if (kind := registry.notice_kinds.get(stop.kind))
        ],
        "complaint": queries.complaint_of(person),
    }


def _texts(person):
    """Return the facts of text messages to somebody: None where they get none, and stopped none."""
    stop = text_queries.stop_of(person.phone)
    likes_them = Person.Channel.SMS in {person.channel, person.second_channel}
    if not person.phone or not (stop or likes_them) or not routing.can_text():
        return None
    way = text_queries.way_without_texts(person)
    return {"number": person.phone, "stop": stop, "instead": _instead(way), "needs_a_way": way is None}


def _instead(way):
    """Say that somebody is told things by `way` where no text goes to their number; None: by a colleague."""
    if way is None:
        return _("You have chosen no other way that works, so a colleague will find a way to tell you.")
    return _("Our messages then reach you in your other way: %(way)s.") % {"way": reach_in_words(way)}
