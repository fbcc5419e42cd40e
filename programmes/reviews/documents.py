"""Papers of a review as tagged PDFs: the form to fill in by hand, and the results."""

from django.conf import settings
from django.template.loader import render_to_string

from people.jobs.models import Job
from people.jobs.running import make_once
from programmes.reviews import queries
from programmes.reviews.models import Answer, Layout, ResultsPaper, ReviewRound, Section, Side
from programmes.reviews.results import Results
from wellbeing.lib import pdf
from wellbeing.lib.dates import today

JOB_KIND = "review_results"
STYLE = "programmes/reviews/papers/style.css"


def form_paper(review: ReviewRound, side: Side, layout: Layout) -> bytes:
    """Draw the form of `review` in the words for `side`. It has no name on it: whoever fills it in is not known."""
    statements = queries.statements_of(review)
    sections = [
        (str(section.label), [one.words_for(side) for one in statements if one.section == section])
        for section in Section
    ]
    return _drawn(
        "form",
        review,
        layout,
        {
            "side": side,
            "sections": sections,
            "answers": [(answer.value or "–", str(answer.label)) for answer in Answer],
        },
    )


def results_paper(review: ReviewRound, layout: Layout) -> bytes:
    """Draw the results of `review`, with comments left out: the paper may be handed round."""
    return _drawn("results", review, layout, {"results": Results(review), "made_on": today()})


def make(job: Job) -> None:
    """Do a `review_results` job: put the results on paper, once. Safe to run twice and to be killed half-way."""
    paper = ResultsPaper.objects.select_related("round__programme", "round__rule").get(pk=job.subject_id)
    make_once(job, paper, f"results-{paper.pk}.pdf", lambda: results_paper(paper.round, Layout(paper.layout)))


def _drawn(name: str, review: ReviewRound, layout: Layout, context: dict) -> bytes:
    html = render_to_string(
        f"programmes/reviews/papers/{name}.html",
        {
            "service_name": settings.SERVICE_NAME,
            "review": review,
            "programme": review.programme,
            "layout": layout,
            **context,
        },
    )
    return pdf.render(html, css=render_to_string(STYLE))
