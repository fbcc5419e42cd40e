"""Do what those who said something wish: their name shown or not, to be told or not, and off the page."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages import telling
from programmes.heard import emails, queries, rules
from programmes.heard.checks import locked
from programmes.heard.models import Contribution, Contributor
from programmes.heard.telling_back import tell_back
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def say_what_is_shown(*, contribution: Contribution, by: User, named: bool, wants_to_be_told: bool) -> Contributor:
    """Change whether the name of the person `by` is shown with what they said, and whether they are told. Return it.

    Raises ActionError for somebody who did not say it. Locks the contribution.
    """
    contribution = locked(contribution)
    row = queries.contributor_of(by, contribution)
    if row is None:
        raise ActionError(_("Only those who said this can change that."))
    row.named, row.wants_to_be_told = named, wants_to_be_told
    row.save(update_fields=["named", "wants_to_be_told"])
    if contribution.outcome:
        tell_back(contribution.outcome, [row])
    return row


@action
def take_off(*, contribution: Contribution, by: User, how: str = "") -> Contribution:
    """Take a contribution off the page, as somebody who said it asks. Return it. That there is one is still counted.

    `how` is how they asked a colleague for it. Harmless the second time. Raises ActionError, with its field, for a
    colleague who does not say how. Locks the contribution.
    """
    contribution = locked(contribution)
    rules.can_take_off(by, contribution).insist()
    if contribution.is_hidden:
        return contribution
    said_it = queries.contributor_of(by, contribution) is not None
    if not said_it and not how.strip():
        raise ActionError(_("Say who asked for it, and how: for example “by phone”."), field="how")
    contribution.hidden_at, contribution.hidden_by = timezone.now(), by.person
    contribution.hidden_how = "" if said_it else how.strip()
    contribution.save(update_fields=["hidden_at", "hidden_by", "hidden_how"])
    rows = contribution.contributors.exclude(person=by.person).select_related("person", "contribution__programme")
    telling.tell_many([emails.taken_off(row) for row in rows])
    return contribution


@action
def put_back(*, contribution: Contribution, by: User) -> Contribution:
    """Put a contribution back on the page, as somebody who said it asks. Return it. Harmless the second time.

    Locks it.
    """
    contribution = locked(contribution)
    rules.can_take_off(by, contribution).insist()
    contribution.hidden_at, contribution.hidden_by, contribution.hidden_how = None, None, ""
    contribution.save(update_fields=["hidden_at", "hidden_by", "hidden_how"])
    return contribution
