"""Keep what people agree to."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from people.consent import queries, rules
from people.consent.models import Consent, ConsentWording, Purpose
from people.consent.telling import tell_of_answers
from people.directory.models import Person
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class ConsentError(ActionError):
    """An answer cannot be kept like this."""


@action
def answer(*, person: Person, answers: Mapping[str, bool], by: User, how: str = "") -> list[Consent]:
    """Keep the answers of `person` by purpose, True for yes. Return those that are new.

    The same answer to the same words again changes nothing. A colleague says `how` the person told them, and the
    person is told what was noted. Raises ConsentError when `by` may not (some may note a no alone), without `how`, and
    for an unknown purpose. Locks the person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_take_back(by, person).insist(ConsentError)
    if any(answers.values()):
        rules.can_answer(by, person).insist(ConsentError)
    own = rules.is_own(by, person)
    if not own and not how.strip():
        raise ConsentError(_("Say how they told you."), field="how")
    wordings, before = ConsentWording.objects.in_force_on(today()), queries.answers_of(person)
    new = []
    for purpose, agreed in answers.items():
        if purpose not in Purpose.values or purpose not in wordings:
            raise ConsentError(_("This is nothing that people are asked about."))
        last, wording = before.get(purpose), wordings[purpose]
        if last is None or last.agreed != agreed or (agreed and last.wording_id != wording.pk):
            new.append(
                Consent.objects.create(
                    person=person,
                    purpose=purpose,
                    wording=wording,
                    agreed=agreed,
                    noted_by=None if own else by.person,
                    how="" if own else how.strip(),
                )
            )
    if new and not own:
        tell_of_answers(person, new, by)
    return new
