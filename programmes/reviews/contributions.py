"""Add reviews to the home page, to a programme's page, to what colleagues write down, and to the jobs."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.jobs.models import Job
from people.registry import JobKind, NoticeKind, Panel, Task
from programmes.programme.models.programmes import Role, programmes_where
from programmes.reviews import documents, queries, rules, telling, wordings
from programmes.reviews.models import ResultsPaper, ReviewAsked, ReviewRound
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.types import User

# In the last days it is done first.
LAST_DAYS = 3


def answers_wanted(user):
    """List the reviews the reader is asked in and has not answered."""
    on = today()
    return [
        Task(
            title=_("Tell us how it is to work together: %(title)s") % {"title": asked.round},
            url=reverse("review_answer", args=[asked.link_key]),
            detail=asked.round.programme.name,
            due=asked.round.closes_on,
            urgent=(asked.round.closes_on - on).days <= LAST_DAYS,
        )
        for asked in queries.to_answer(user, on)
    ]


def reviews_to_run(user):
    """List for staff the reviews to open today, and those whose last day has gone."""
    programmes = programmes_where(user, Role.STAFF)
    if not programmes:
        return []
    on = today()
    tasks = [
        Task(
            title=_("Open the 4Pi review: %(title)s") % {"title": review},
            url=reverse("review", args=[review.pk]),
            detail=review.programme.name,
            due=review.opens_on,
        )
        for review in queries.to_open(programmes, on)
    ]
    return tasks + [
        Task(
            title=_("Close the 4Pi review: %(title)s") % {"title": review},
            url=reverse("review", args=[review.pk]),
            detail=_("The last day to answer was %(date)s") % {"date": long_date(review.closes_on)},
            due=review.closes_on,
            urgent=True,
        )
        for review in queries.to_close(programmes, on)
    ]


TASKS = [answers_wanted, reviews_to_run]


def programme_panel(user, programme):
    """Show readers of a programme's page the newest review they may see, where there is one."""
    review = queries.reviews_of(programme, user).first()
    if review is None:
        return None
    context = {"programme": programme, "review": review, "inside": rules.is_inside(user, programme)}
    return Panel("programmes/reviews/panel.html", context, order=60)


def answer_panel(user, notice):
    """Link to the page on which staff enter the answers of the person who is asked by `notice`."""
    key = notice.link.rstrip("/").rpartition("/")[2]
    rows = ReviewAsked.objects.select_related("round__programme", "person")
    asked = rows.filter(link_key=key, person=notice.person_id).first()
    if asked is None or not rules.can_enter_for(user, asked):
        return None
    context = {"url": reverse("review_answer_for", args=[asked.pk]), "label": _("Enter their answers")}
    return Panel("people/messages/answer.html", context)


KINDS = (
    NoticeKind(
        telling.ASKED,
        gettext_lazy("Questions of a 4Pi review"),
        personal_link=True,
        answer=answer_panel,
        wording=wordings.REVIEW,
    ),
    NoticeKind(telling.RESULTS, gettext_lazy("Results of a 4Pi review"), wording=wordings.RESULTS),
)


def _can_see_job(user: User, job: Job) -> bool:
    paper = ResultsPaper.objects.filter(pk=job.subject_id).select_related("round__programme").first()
    if paper is None or not ReviewRound.objects.visible_to(user).filter(pk=paper.round_id).exists():
        return False
    return bool(rules.can_see_results(user, paper.round))


def _paper(job: Job) -> str:
    paper = ResultsPaper.objects.get(pk=job.subject_id)
    return reverse("review_paper", args=[paper.round_id, paper.layout])


PAPER_JOB = JobKind(
    run=documents.make, can_see=_can_see_job, title=gettext_lazy("Putting the results on paper"), url=_paper
)
