"""Set one's limit, ask for an involvement letter, choose how to be paid."""

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.my_record import involvement_letter, rules
from payments.my_record.models import EarningsLimit, InvolvementLetter
from payments.recognition.choices import RecognitionError, validated_choice
from payments.recognition.models import RecognitionChoice
from payments.shared.queries import programmes_of
from people.jobs import actions as job_actions
from people.models import Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import Pence

# Letters of one person kept at a time: more than anyone needs, and no way to fill the disk.
MAX_LETTERS = 24


class OwnError(ActionError):
    """A rule refused something about a person's own record or letter."""


@action
def set_limit(
    *, by: User, week_pence: Pence | None = None, month_pence: Pence | None = None, label: str = ""
) -> EarningsLimit | None:
    """Set the most that the person `by` wishes to earn in a week and in a month; None for no limit.

    Returns the EarningsLimit, or None where both are None. Raises OwnError for an amount below nothing. Locks the
    person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    if week_pence is None and month_pence is None:
        EarningsLimit.objects.filter(person=person).delete()
        return None
    if min(week_pence or 0, month_pence or 0) < 0:
        raise OwnError(_("A limit cannot be less than nothing."))
    values = {"week": week_pence, "month": month_pence, "label": label.strip(), "changed_at": timezone.now()}
    limit, _created = EarningsLimit.objects.update_or_create(person=person, defaults=values)
    limit.refresh_from_db()
    return limit


@action
def ask_for_letter(
    *, programme: Programme, by: User, with_choice: bool = False, with_days: bool = False
) -> InvolvementLetter:
    """Have a worker make a letter about the involvement of the person `by` in `programme`.

    Returns the InvolvementLetter, not made yet. Raises OwnError for a programme they have no part in, and when they
    have MAX_LETTERS. Locks the person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    if not programmes_of(person).filter(pk=programme.pk).exists():
        raise OwnError(_("You are not in this programme."), field="programme")
    if person.involvement_letters.count() >= MAX_LETTERS:
        raise OwnError(_("You have many letters here already. Use one of them, or ask the programme for help."))
    letter = InvolvementLetter.objects.create(
        person=person, programme=programme, with_choice=with_choice, with_days=with_days
    )
    # The job names nobody, so that nobody else learns that they asked for such a letter.
    job_actions.start(kind=involvement_letter.JOB_KIND, subject_id=letter.pk, by=None, total=1)
    return letter


@action
def choose(
    *, programme: Programme, by: User, recognition: str, recognition_pence: Pence | None = None
) -> RecognitionChoice:
    """Save how the person `by` wants to be paid for all they do in `programme`, from the next claim on.

    `recognition` is a Claim.Recognition; `recognition_pence` is how much of each payment they take, for part of it.
    Nobody is asked why. Returns the RecognitionChoice. Raises RecognitionError for a choice that is not offered. Locks
    the person.
    """
    rules.can_choose_recognition(by, programme).insist(RecognitionError)
    # The person is locked: two windows may be open, and there may be no choice yet.
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    wish = validated_choice(programme, recognition, recognition_pence)
    values = {
        "recognition": wish["recognition"],
        "recognition_pence": wish["recognition_pence"],
        "offer": wish["recognition_offer"],
        "changed_at": timezone.now(),
    }
    choice, _created = RecognitionChoice.objects.update_or_create(person=person, programme=programme, defaults=values)
    return choice
