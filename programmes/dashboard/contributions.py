"""Add the dashboard to the header, its own parts to it, and its papers to the long work of workers."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.registry import JobKind, NavigationLink
from programmes.dashboard import making, rules
from programmes.dashboard.models import BoardPaper
from programmes.dashboard.parts import decisions, people
from programmes.programme.models.programmes import Role, has_role

PARTS = [*decisions.PARTS, *people.PARTS]
# Before everything but Home for a member of the steering group; after their own work for staff.
FIRST, AFTER_OVERVIEW = 5, 25


def _paper_of(job):
    return BoardPaper.objects.select_related("programme").filter(pk=job.subject_id).first()


def _can_see_job(user, job):
    paper = _paper_of(job)
    return paper is not None and bool(rules.can_see_dashboard(user, paper.programme))


def _page_of_papers(job):
    paper = _paper_of(job)
    return reverse("board_papers", args=[paper.programme.slug]) if paper else reverse("home")


PAPER = JobKind(run=making.make, can_see=_can_see_job, title=gettext_lazy("The board paper"), url=_page_of_papers)


def links(user, programme):
    """Return the header's link to the dashboard of `programme`, for those who may open it."""
    if not rules.can_see_dashboard(user, programme):
        return []
    order = FIRST if has_role(user, programme, Role.STEERING) else AFTER_OVERVIEW
    url = reverse("dashboard", args=[programme.slug])
    return [NavigationLink(_("Dashboard"), url, order=order, sections=("/board-papers/",))]
