"""Pages on which a review is answered: by a personal link without signing in, or by staff for somebody.

Mail scanners open links, so opening a page changes nothing. Nobody is signed in on the pages of a link, whoever holds
it, and they show nothing but the person's first name and the questions.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from programmes.reviews import documents, queries, rules
from programmes.reviews.actions import answering
from programmes.reviews.forms import AnswerForm
from programmes.reviews.guards import asked_of_run_review, run_review
from programmes.reviews.models import Layout, ReviewAsked, Side
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import attempt, form_page, is_refused, posted, read_page
from wellbeing.lib.links import page_of_link


def _asked():
    return ReviewAsked.objects.select_related("round__programme", "round__rule", "person")


# The page is the same for every reader: the key alone says who is asked.
private_link = page_of_link(_asked, "programmes/reviews/answer_unknown.html")


# The key in the address is the secret that a CSRF token would be: see `events.inviting.views.replies.reply`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def review_answer(request, asked):
    """Let somebody answer a review, once."""
    if asked.answered_on is not None:
        return redirect("review_answered", asked.link_key)
    problem = rules.can_answer(asked.round).why_not
    if problem:
        return render(request, "programmes/reviews/answer_closed.html", {**_context(asked), "problem": problem})
    form = AnswerForm(posted(request), statements=queries.statements_of(asked.round), side=asked.side)
    if attempt(form, lambda: answering.answer(asked=asked, values=form.values, comments=form.comments, by=None)):
        return redirect("review_answered", asked.link_key)
    return render(request, "programmes/reviews/answer.html", {**_context(asked), "form": form})


@require_safe
@private_link
def review_answered(request, asked):
    """Say that the answers are in, and what happens next."""
    if asked.answered_on is None:
        return redirect("review_answer", asked.link_key)
    return render(request, "programmes/reviews/answered.html", _context(asked))


def _context(asked):
    review = asked.round
    return {"asked": asked, "review": review, "programme": review.programme, "person": asked.person}


@form_page
def review_answer_for(request, pk):
    """Enter the answers that somebody gave by phone or on paper."""
    asked = asked_of_run_review(request, pk)
    review = asked.round
    back = reverse("review", args=[review.pk])
    if is_refused(request, rules.can_enter_for(request.user, asked)):
        return redirect(back)
    statements = queries.statements_of(review)
    form = AnswerForm(posted(request), statements=statements, side=asked.side, for_somebody=True)
    if attempt(
        form,
        lambda: answering.answer(
            asked=asked, values=form.values, comments=form.comments, way=form.cleaned_data["way"], by=request.user
        ),
    ):
        messages.success(request, _("The answers are in. They are kept without the person’s name."))
        return redirect(back)
    context = {**_context(asked), "form": form, "back_url": back}
    return render(request, "programmes/reviews/answer_for.html", context)


@read_page
def review_form(request, pk, side, layout):
    """Send the form to fill in by hand, for one group and in one print."""
    review = run_review(request, pk)
    if side not in Side.values or layout not in Layout.values:
        raise Http404
    content = documents.form_paper(review, Side(side), Layout(layout))
    name = _("4Pi review, form, %(side)s.pdf") % {"side": str(Side(side).label).lower()}
    return made_pdf(content, name)
