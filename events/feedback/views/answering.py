"""Pages on which people say how an event was: by a personal link without signing in, or staff for somebody.

Mail scanners open links, so opening a page changes nothing. Nobody is signed in on the pages of a link, whoever holds
it, and they show nothing but the person's first name, the event and the questions.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from events.feedback import documents, queries, rules
from events.feedback.actions import answering
from events.feedback.forms import AnswerForm
from events.feedback.guards import managed_asked
from events.feedback.models import FeedbackAsked
from events.feedback.page import page_url
from events.planning.guards import managed_event
from wellbeing.lib.dates import today
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import attempt, form_page, is_refused, posted, read_page
from wellbeing.lib.links import page_of_link


def _asked():
    return FeedbackAsked.objects.select_related("round__event__programme", "person")


# The page is the same for every reader: the key alone says who is asked.
private_link = page_of_link(_asked, "programmes/reviews/answer_unknown.html")


# The key in the address is the secret that a CSRF token would be: see `events.inviting.views.replies.reply`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def feedback_answer(request, asked):
    """Let somebody who came say how the event was, once."""
    if asked.answered_on is not None:
        return redirect("feedback_answered", asked.link_key)
    problem = rules.can_answer_now(asked).why_not
    if problem:
        return render(request, "events/feedback/answer_closed.html", {**_context(asked), "problem": problem})
    form = AnswerForm(posted(request), questions=queries.questions_of(asked.round))
    if attempt(form, lambda: answering.answer(asked=asked, by=None, **form.answers)):
        return redirect("feedback_answered", asked.link_key)
    return render(request, "events/feedback/answer.html", {**_context(asked), "form": form})


@require_safe
@private_link
def feedback_answered(request, asked):
    """Say that the answers are in, and what happens next."""
    if asked.answered_on is None:
        return redirect("feedback_answer", asked.link_key)
    return render(request, "events/feedback/answered.html", _context(asked))


def _context(asked):
    event = asked.round.event
    return {
        "asked": asked,
        "round": asked.round,
        "event": event,
        "programme": event.programme,
        "person": asked.person,
    }


@form_page
def feedback_answer_for(request, pk):
    """Enter the answers that somebody gave by phone or on paper."""
    asked = managed_asked(request, pk)
    back = page_url(asked.round.event)
    if is_refused(request, rules.can_enter_for(request.user, asked)):
        return redirect(back)
    form = AnswerForm(posted(request), questions=queries.questions_of(asked.round), for_somebody=True)
    if attempt(form, lambda: answering.answer(asked=asked, by=request.user, **form.answers)):
        messages.success(request, _("The answers are in. They are kept without the person’s name."))
        return redirect(back)
    return render(request, "events/feedback/answer_for.html", {**_context(asked), "form": form, "back_url": back})


@read_page
def feedback_form_for(request, pk):
    """Send the form to fill in by hand for one person, in the print they asked for."""
    asked = managed_asked(request, pk)
    event = asked.round.event
    content = documents.form_paper(
        event,
        queries.questions_of(asked.round),
        asked.person.letter_size,
        closes_on=asked.round.closes_on,
        number=asked.pk,
    )
    return made_pdf(content, _("How was it, form %(n)s.pdf") % {"n": asked.pk})


@read_page
def feedback_form(request, pk, layout):
    """Send the form to hand out at the event, in one print."""
    event = managed_event(request, pk)
    if layout not in documents.SIZES:
        raise Http404
    round = queries.round_of(event)
    questions = queries.questions_of(round) if round else queries.questions_now(event, today())
    content = documents.form_paper(
        event, questions, documents.SIZES[layout], closes_on=round.closes_on if round else None
    )
    return made_pdf(content, _("How was it, form.pdf"))
