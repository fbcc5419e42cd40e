"""Tell people that they are asked in a review, and what came of it, in the way each chose."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from people.messages import telling
from people.messages.emails import absolute_url
from people.messages.models import Notice
from programmes.programme.news import draft
from programmes.reviews.models import ReviewAsked, ReviewRound
from wellbeing.lib.dates import long_date

ASKED, RESULTS = "review", "review_results"


def key_of(asked: ReviewAsked) -> str:
    """Return the key of the notice that asks somebody."""
    return f"review:{asked.pk}"


def tell_asked(review: ReviewRound, asked: Collection[ReviewAsked]) -> None:
    """Tell each of `asked` what the review is about, how long it is open, and their personal link."""
    params = {"title": review.title, "date": long_date(review.closes_on), "fewest": review.fewest}
    paragraphs = [_("We ask how it is to work together: “%(title)s”.") % params]
    if review.about:
        paragraphs.append(review.about)
    paragraphs += [
        _("Please answer by %(date)s. It takes about 10 minutes. You do not need to sign in.") % params,
        _(
            "Your answers are kept without your name. We only show what a group said once %(fewest)s people in it "
            "have answered."
        )
        % params,
    ]
    after = [_("You can also answer by phone, or ask us for a form on paper.")]
    telling.tell_many(
        [
            draft(
                one.person,
                review.programme,
                _("How is it to work together? %(title)s") % params,
                paragraphs,
                key=key_of(one),
                kind=ASKED,
                url=one.link,
                label=_("Answer the questions"),
                after=after,
            )
            for one in asked
        ]
    )


def withdraw_asked(review: ReviewRound) -> None:
    """Withdraw what still waits to ask anybody in `review`, as it is over.

    Not when somebody answers: the history of their message would keep the moment.
    """
    telling.withdraw(Notice.objects.filter(key__in=[key_of(one) for one in review.asked.all()]))


def tell_results(review: ReviewRound) -> None:
    """Tell everybody who was asked that the results can be seen."""
    params = {"title": review.title}
    paragraphs = [
        _("The results of “%(title)s” are ready. You can see where the groups answered differently.") % params,
        _("Thank you to everyone who answered. Nobody can see who said what."),
    ]
    telling.tell_many(
        [
            draft(
                one.person,
                review.programme,
                _("What people said: %(title)s") % params,
                paragraphs,
                key=f"review-results:{review.pk}:{one.person_id}",
                kind=RESULTS,
                url=absolute_url("review_results", review.pk),
                label=_("See the results"),
            )
            for one in review.asked.select_related("person").order_by("pk")
        ]
    )
