"""Thank people who came, in the way each chose, and ask them for feedback."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from events import registry
from events.feedback.models import FeedbackAsked, FeedbackRound
from people.messages import telling
from people.messages.models import Mailing
from people.models import Person
from programmes.programme import news
from wellbeing.lib.dates import long_date

KIND = "event_thanks"


def key_of(asked: FeedbackAsked) -> str:
    """Return the key of the notice that thanks somebody: nobody is thanked twice for an event."""
    return f"event-thanks:{asked.pk}"


def tell_thanks(round: FeedbackRound, asked: Collection[FeedbackAsked], mailing: Mailing) -> None:
    """Thank each of `asked`, with their personal link, what becomes of their claim, and what happens next."""
    event = round.event
    people = Person.objects.in_bulk([one.person_id for one in asked])
    claims = registry.claim_words_for(event, people)
    params = {
        "event": event.title,
        "day": long_date(event.starts_at),
        "by": long_date(round.closes_on),
        "fewest": round.fewest,
    }
    before = [
        _("Thank you for coming to “%(event)s” on %(day)s.") % params,
        _("How was it for you? Please tell us by %(by)s. It takes about two minutes, and you do not need to sign in.")
        % params,
        _(
            "Your answers are kept without your name. We only show what a group said once %(fewest)s people in it have"
            " answered."
        )
        % params,
    ]
    after = [*_next_words(round), _("You can also answer by phone, or ask us for a form on paper.")]
    drafts = []
    for one in asked:
        person = people[one.person_id]
        claim = claims.get(person.pk, "")
        drafts.append(
            news.draft(
                person,
                event.programme,
                _("Thank you for coming to “%(event)s”") % params,
                [*before, *([claim] if claim else [])],
                key=key_of(one),
                kind=KIND,
                url=one.link,
                label=_("Say how it was"),
                after=after,
            )
        )
    telling.tell_many([{**draft, "mailing": mailing} for draft in drafts])


def _next_words(round: FeedbackRound) -> Iterable[str]:
    params = {"by": long_date(round.closes_on)}
    yield _(
        "What happens next: people can answer until %(by)s. After that, staff and the steering group can read it."
    ) % (params)
    if round.next_words:
        yield round.next_words
