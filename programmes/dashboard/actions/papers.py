"""Have a board paper made."""

from people.jobs import actions as job_actions
from programmes.dashboard import documents, rules
from programmes.dashboard.models import BoardPaper
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def ask_for_paper(*, programme: Programme, layout: str, by: User) -> BoardPaper:
    """Have a worker make the board paper. Return the BoardPaper, not made yet; one that waits is returned.

    Raises ActionError for a reader who may not. Locks the programme.
    """
    rules.can_see_dashboard(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    paper, _is_new = BoardPaper.objects.get_or_create(
        programme=programme, layout=layout, made_at=None, defaults={"asked_by": by.person}
    )
    job_actions.start(kind=documents.JOB_KIND, subject_id=paper.pk, by=by, total=1)
    return paper
