"""Have the paper about impact made, and share the page with everybody."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.jobs import actions as job_actions
from programmes.impact import documents, queries, rules
from programmes.impact.models import ImpactPaper, ImpactSharing
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def ask_for_paper(*, programme: Programme, layout: str, by: User) -> ImpactPaper:
    """Have a worker make the paper about impact. Return the ImpactPaper, not made yet; one that waits is returned.

    Raises ActionError for a reader who may not, and while there is nothing to say. Locks the programme.
    """
    rules.can_ask_for_paper(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    waiting = ImpactPaper.objects.filter(programme=programme, layout=layout, made_at=None).first()
    if waiting is None:
        if not programme.visions.exists():
            raise ActionError(_("Write down the vision first: the paper begins with it."))
        waiting = ImpactPaper.objects.create(programme=programme, layout=layout, asked_by=by.person)
    job_actions.start(kind=documents.JOB_KIND, subject_id=waiting.pk, by=by, total=1)
    return waiting


@action
def share(*, programme: Programme, by: User) -> ImpactSharing:
    """Let everybody read the impact page, signed in or not. Return the ImpactSharing. Harmless the second time.

    Locks the programme.
    """
    rules.can_write(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    row, _is_new = ImpactSharing.objects.get_or_create(
        programme=programme, ended_at=None, defaults={"shared_by": by.person}
    )
    return row


@action
def stop_sharing(*, programme: Programme, by: User) -> None:
    """Let only people of the programme read the impact page again. Harmless the second time. Locks the programme."""
    rules.can_write(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    if queries.is_shared(programme):
        ImpactSharing.objects.filter(programme=programme, ended_at=None).update(
            ended_at=timezone.now(), ended_by=by.person
        )
