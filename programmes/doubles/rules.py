"""Say who may put two records together, or take them apart again."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.doubles import queries
from programmes.doubles.models import Merge, MergeStatus
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import is_of
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_look(user: User, programme: Programme) -> Ruling:
    """May `user` see which records of `programme` may be one person, and decide? Yes for its staff."""
    return can_manage_programme(user, programme)


def can_put_together(user: User, programme: Programme, one: Person, other: Person) -> Ruling:
    """May `user` put two records of `programme` together, or ask their person whether both are theirs?

    Two people with accounts cannot become one here, and nobody decides about themselves. A record that another
    programme has something to do with is left to administrators, who see all of it.
    """
    ruling = can_look(user, programme)
    if not ruling:
        return ruling
    if one.pk == other.pk or not (is_of(programme, one) and is_of(programme, other)):
        return Ruling(_("Choose two records of this programme."))
    if user.person.pk in {one.pk, other.pk}:
        return Ruling(_("One of these records is yours. Ask a colleague to put them together."))
    if one.user_id and other.user_id:
        return Ruling(
            _(
                "Each of them has an account and signs in with an address of their own, so they cannot be put together"
                " here. If both are one person, ask them which account they want to keep, and end the roles of the"
                " other."
            )
        )
    record, person = queries.in_order(one, other)
    shared = [row for row in (record, person) if not row.user_id]
    if not user.is_administrator and any(queries.is_elsewhere(row, programme) for row in shared):
        return Ruling(_("Only an administrator can put these two records together."))
    return YES


def is_asked_first(record: Person, person: Person) -> bool:
    """Return whether the person has to say first that `record` is them: they have an account, and would read it all."""
    return person.user_id is not None and record.user_id is None


def can_answer(user: User, merge: Merge) -> Ruling:
    """May `user` say whether the record is theirs? Yes for the person who is asked, once."""
    if merge.status != MergeStatus.ASKED:
        return Ruling(_("This has been answered already."))
    if merge.person.user_id == user.pk:
        return YES
    return Ruling(_("Only the person who is asked can answer this."))


def can_withdraw(user: User, merge: Merge) -> Ruling:
    """May `user` take the question back? Yes for staff of its programme, until it is answered."""
    if merge.status != MergeStatus.ASKED:
        return Ruling(_("This has been answered already."))
    return can_look(user, merge.programme)


def can_undo(user: User, merge: Merge) -> Ruling:
    """May `user` take two records apart again? Yes for staff of the programme, in time, the latest one first."""
    ruling = can_look(user, merge.programme)
    if not ruling:
        return ruling
    if merge.status != MergeStatus.DONE:
        return Ruling(_("These records are not put together."))
    assert merge.undo_until is not None
    if merge.cleared_at is not None or today() > merge.undo_until:
        return Ruling(_("This could be undone until %(day)s.") % {"day": long_date(merge.undo_until)})
    if not queries.is_latest(merge):
        return Ruling(_("Another record was put together with this one afterwards. Undo that first."))
    if merge.person.user_id and not merge.had_account:
        return Ruling(_("This person has an account since then, so the two cannot be taken apart any more."))
    shared = merge.person.user_id is None and queries.is_elsewhere(merge.person, merge.programme)
    if shared and not user.is_administrator:
        return Ruling(_("Only an administrator can take these two records apart."))
    return YES
