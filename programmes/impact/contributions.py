"""Add papers about impact to the long work of workers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from people.registry import JobKind
from programmes.impact import making, rules
from programmes.impact.models import Aim, ImpactPaper
from programmes.registry import ProgrammeText
from wellbeing.lib.dates import today


def _paper_of(job):
    return ImpactPaper.objects.select_related("programme").filter(pk=job.subject_id).first()


def _can_see_job(user, job):
    paper = _paper_of(job)
    return paper is not None and bool(rules.can_ask_for_paper(user, paper.programme))


def _page_of_papers(job):
    paper = _paper_of(job)
    return reverse("impact_papers", args=[paper.programme.slug]) if paper else reverse("home")


PAPER = JobKind(
    run=making.make, can_see=_can_see_job, title=gettext_lazy("The paper about impact"), url=_page_of_papers
)


TEXTS = [
    ProgrammeText(
        title=gettext_lazy("Vision and aims"),
        rows=lambda programme: (
            Aim.objects.effective_on(today()).filter(programme=programme).select_related("programme")
        ),
        words=lambda aim: [aim.title, aim.signs],
        url=lambda aim: reverse("impact", args=[aim.programme.slug]),
    ),
]
