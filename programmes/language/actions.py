"""The words a programme agrees to use."""

from django.utils.translation import gettext as _

from programmes.language.models import AgreedTerm
from programmes.programme import rules as programme_rules
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError


@action
def add(*, programme, term, replaces, agreed_on, by, why="", agreed_at=""):
    """Add agreed words and what they replace. `agreed_on` is a date that is not to come.

    Raises ActionError, with its field, when these words are on the page already or the day is to come.
    """
    programme_rules.can_manage_programme(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    words = AgreedTerm(programme=programme)
    return _save(words, term, replaces, agreed_on, why, agreed_at)


@action
def edit(*, agreed_term, term, replaces, agreed_on, by, why="", agreed_at=""):
    """Change agreed words; the history keeps what they were. Raises ActionError as `add` does."""
    programme_rules.can_manage_programme(by, agreed_term.programme).insist()
    Programme.objects.select_for_update().get(pk=agreed_term.programme_id)
    words = AgreedTerm.objects.select_for_update().get(pk=agreed_term.pk)
    return _save(words, term, replaces, agreed_on, why, agreed_at)


def _save(words, term, replaces, agreed_on, why, agreed_at):
    words.term, words.replaces, words.why = term.strip(), replaces.strip(), why.strip()
    words.agreed_on, words.agreed_at = agreed_on, agreed_at.strip()
    same = AgreedTerm.objects.filter(programme=words.programme, term__iexact=words.term).exclude(pk=words.pk)
    if same.exists():
        raise ActionError(_("These words are already on the page. Change that entry instead."), field="term")
    if agreed_on > today():
        raise ActionError(_("The day cannot be in the future."), field="agreed_on")
    words.save()
    return words
