"""Say who may run reviews, answer them, enter answers for others and see results."""

from django.utils.translation import gettext as _

from programmes.groups import rules as group_rules
from programmes.programme.models.programmes import Programme, Role, has_role
from programmes.programme.rules import can_manage_programme, can_see_programme
from programmes.reviews import queries
from programmes.reviews.models import ReviewAsked, ReviewRound
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def is_inside(user: User, programme: Programme) -> bool:
    """Does `user` see all reviews of `programme`? Yes for its staff, its steering group and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.STEERING))


def can_run_reviews(user: User, programme: Programme) -> Ruling:
    """May `user` plan, open and close reviews of `programme`? Yes for its staff and administrators."""
    return can_manage_programme(user, programme)


def can_answer(review: ReviewRound) -> Ruling:
    """May anybody who is asked answer `review` now? Yes while it is open, until the end of its last day."""
    if review.is_open and today() <= review.closes_on:
        return YES
    if review.is_open or review.is_over:
        return Ruling(
            _("This review closed on %(date)s, so it takes no more answers.")
            % {"date": long_date(review.closed_on or review.closes_on)}
        )
    return Ruling(_("This review has not started yet."))


def can_enter_for(user: User, asked: ReviewAsked) -> Ruling:
    """May `user` enter answers that somebody gave by phone or on paper? Staff may, and not their own."""
    allowed = can_run_reviews(user, asked.round.programme)
    if not allowed:
        return allowed
    if asked.person_id == user.person.pk:
        return Ruling(_("Answer for yourself with your own link: it is on your home page."))
    if asked.answered_on is not None:
        return Ruling(_("The answers of this person are in already. Nobody can find them again to change them."))
    return can_answer(asked.round)


def can_see_results(user: User, review: ReviewRound) -> Ruling:
    """May `user` see what was answered? Nobody while it is open: each answer could be told by what changes."""
    if not review.is_over:
        return Ruling(_("The results can be seen once the review is closed."))
    if is_inside(user, review.programme):
        return YES
    if review.status == ReviewRound.Status.PUBLISHED and can_see_programme(user, review.programme):
        return YES
    return Ruling(_("Only the steering group and programme staff can see these results."))


def can_add_action(user: User, review: ReviewRound) -> Ruling:
    """May `user` give the steering group an action because of `review`? Its chairs and programme staff may."""
    if not review.is_over:
        return Ruling(_("The results can be seen once the review is closed."))
    group = queries.steering_group(review.programme)
    if group is None:
        return Ruling(_("Set up a steering group first: it keeps the actions."))
    return group_rules.can_lead(user, group)
