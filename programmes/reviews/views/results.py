"""Pages that show what a review found, and act on it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.programme.views.pages import show_form
from programmes.reviews import exports, queries, rules
from programmes.reviews.actions import following
from programmes.reviews.forms import ActionForm
from programmes.reviews.guards import inside_review, review_or_404
from programmes.reviews.models import Layout, ResultsPaper, ReviewStatement
from programmes.reviews.pages import ResultsPage
from programmes.reviews.results import Results
from wellbeing.lib.dates import today
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.table_files import answer_csv, answer_xlsx


def _with_results(request, pk):
    """Return the review, for those who may see its results; others who know of it get 403."""
    review = review_or_404(request, pk)
    rules.can_see_results(request.user, review).insist(PermissionDenied)
    return review


@read_page
def review_results(request, pk):
    """Show what both groups said, the largest gap first; or send it as a file."""
    review = _with_results(request, pk)
    kind = request.GET.get("export", "")
    if kind in {"csv", "xlsx"}:
        return _file(review, kind)
    page = ResultsPage(review, request.user, order=request.GET.get("order", ""))
    context = {"programme": review.programme, "review": review, "page": page, "results": page.results}
    return render(request, "programmes/reviews/results.html", context)


def _file(review, kind):
    results, name = Results(review), f"4pi-review-{review.pk}"
    if kind == "xlsx":
        return answer_xlsx(name, exports.spreadsheet(results))
    return answer_csv(name, exports.columns(results), exports.rows(results))


@button_page
def review_paper_ask(request, pk, layout):
    """Let a worker put the results on paper, or open the paper that is made."""
    review = _with_results(request, pk)
    done = attempt_button(request, partial(following.ask_for_paper, review=review, layout=layout, by=request.user))
    if done is None:
        return redirect("review_results", pk)
    if done.result is None:
        return redirect("review_paper", pk, layout)
    return redirect("job", done.result.pk)


@read_page
def review_paper(request, pk, layout):
    """Send the results as a PDF that was made."""
    review = _with_results(request, pk)
    paper = get_object_or_404(ResultsPaper, round=review, layout=layout)
    if not paper.is_made:
        raise Http404
    name = _("4Pi review, results, %(layout)s.pdf") % {"layout": str(Layout(layout).label).lower()}
    try:
        return private_file(paper.file, name=name, content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None


@form_page
def review_action(request, pk):
    """Give the steering group an action because of what people said."""
    review = inside_review(request, pk)
    rules.can_add_action(request.user, review).insist(PermissionDenied)
    people = queries.people_of(review.programme, today())
    chosen = request.GET.get("statement", "")
    statement = None
    if chosen:
        asked = ReviewStatement.objects.filter(tallies__round=review).distinct()
        statement = get_object_or_404(asked, pk=chosen) if chosen.isdigit() else None
    form = ActionForm(posted(request), people=people)
    act = partial(following.add_action, review=review, statement=statement, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The action is written down. It is on the home page of the person who does it."))
        return redirect("review_results", pk)
    return show_form(
        request,
        form,
        title=_("Add an action"),
        caption=review.title,
        lead=_("Because of: “%(statement)s”") % {"statement": statement} if statement else "",
        back_url=reverse("review_results", args=[pk]),
        submit=_("Add this action"),
    )
