"""Write what people are told about their contributions."""

from django.utils.translation import gettext as _

from people.messages.drafts import Draft
from people.messages.emails import absolute_url
from programmes.heard.models import Contribution, ContributionOutcome, Contributor, ToldBack
from programmes.programme import news
from wellbeing.lib.dates import long_date

TOLD_BACK, ABOUT = "told_back", "contribution"


def told_back(outcome: ContributionOutcome, contributor: Contributor) -> Draft:
    """Write to one of those who said a contribution what became of it, and ask whether that is true."""
    contribution = outcome.contribution
    return news.draft(
        contributor.person,
        contribution.programme,
        _("You said: %(theme)s. Here is what happened") % {"theme": contribution.theme.rstrip(". ")},
        [
            _("You said: %(theme)s") % {"theme": contribution.theme},
            *in_words(outcome),
            _("Is that true? Please tell us, so that others can see it as well. We show your name only if you say so."),
        ],
        key=f"told-back:{outcome.pk}:{contributor.pk}",
        kind=TOLD_BACK,
        url=absolute_url("contribution", contribution.pk),
        label=_("Say whether it is true"),
    )


def in_words(outcome: ContributionOutcome) -> list[str]:
    """Say what became of a contribution, a paragraph for each thing there is to say."""
    told = [str(outcome.get_kind_display())]
    if outcome.what_changed:
        told.append(_("What changed: %(words)s") % {"words": outcome.what_changed})
    if outcome.reason:
        label = (
            _("Why not: %(words)s") if outcome.kind == outcome.Kind.NOT_CHANGED else _("Why not all of it: %(words)s")
        )
        told.append(label % {"words": outcome.reason})
    if outcome.evidence:
        told.append(_("How we can tell: %(words)s") % {"words": outcome.evidence})
    if outcome.evidence_url:
        told.append(outcome.evidence_url)
    return told


def written_down(contributor: Contributor) -> Draft:
    """Confirm to somebody that a colleague wrote down what they said."""
    contribution = contributor.contribution
    day = long_date(contribution.said_on)
    return _about(
        contributor,
        _("We wrote down what you told us"),
        [
            _("We wrote down what you told us on %(day)s:") % {"day": day},
            contribution.theme,
            *([contribution.words] if contribution.words else []),
            _("We do not show who said it.")
            if not contributor.named
            else _("We show your name with it, as you asked."),
            _("We will tell you what became of it.")
            if contributor.wants_to_be_told
            else _("You asked us not to tell you what becomes of it. You can change your mind at any time."),
        ],
        key=f"contribution-written:{contributor.pk}",
    )


def corrected(contributor: Contributor) -> Draft:
    """Tell somebody that a colleague corrected what was written down of what they said."""
    contribution = contributor.contribution
    assert contribution.corrected_at is not None
    return _about(
        contributor,
        _("We corrected what we wrote down"),
        [
            _("It now says: %(theme)s") % {"theme": contribution.theme},
            *([contribution.words] if contribution.words else []),
            _("Why: %(reason)s") % {"reason": contribution.correction_reason},
        ],
        key=f"contribution-corrected:{contributor.pk}:{contribution.corrected_at.isoformat()}",
    )


def reopened(contributor: Contributor) -> Draft:
    """Tell somebody that what they said is looked at again, and why."""
    contribution = contributor.contribution
    assert contribution.reopened_at is not None
    return _about(
        contributor,
        _("We are looking again at what you said"),
        [
            _("You said: %(theme)s") % {"theme": contribution.theme},
            _("Why: %(reason)s") % {"reason": contribution.reopened_reason},
            _("We will tell you what becomes of it."),
        ],
        key=f"contribution-reopened:{contributor.pk}:{contribution.reopened_at.isoformat()}",
    )


def reply_written_down(told_back: ToldBack) -> Draft:
    """Confirm to somebody that a colleague wrote down whether they say that an answer is true."""
    assert told_back.replied_at is not None
    contributor = told_back.contributor
    return _about(
        contributor,
        _("We wrote down what you said about our answer"),
        [
            _("You said: %(theme)s") % {"theme": contributor.contribution.theme},
            _("About our answer you said: %(reply)s") % {"reply": told_back.get_reply_display()},
            *([told_back.reply_words] if told_back.reply_words else []),
        ],
        key=f"contribution-reply:{told_back.pk}:{told_back.replied_at.isoformat()}",
    )


def response(told_back: ToldBack) -> Draft:
    """Tell somebody who said that an answer is not true what we say to that."""
    contributor = told_back.contributor
    return _about(
        contributor,
        _("Our answer to what you said is not true"),
        [
            _("You said: %(theme)s") % {"theme": contributor.contribution.theme},
            _("You told us that what we said about it is not true. This is our answer:"),
            told_back.response,
        ],
        key=f"contribution-response:{told_back.pk}",
    )


def taken_off(contributor: Contributor) -> Draft:
    """Confirm to somebody that what they said was taken off the page by a colleague."""
    contribution = contributor.contribution
    assert contribution.hidden_at is not None
    return _about(
        contributor,
        _("We took what you said off the page"),
        [
            _("You said: %(theme)s") % {"theme": contribution.theme},
            _("It is no longer on the page “You said, we did”. We still count that something was said."),
        ],
        key=f"contribution-hidden:{contributor.pk}:{contribution.hidden_at.isoformat()}",
    )


def _about(contributor: Contributor, heading: str, paragraphs: list[str], *, key: str) -> Draft:
    contribution: Contribution = contributor.contribution
    return news.draft(
        contributor.person,
        contribution.programme,
        heading,
        paragraphs,
        key=key,
        kind=ABOUT,
        url=absolute_url("contribution", contribution.pk),
        label=_("See what you said"),
        after=[_("If this is not right, tell us.")],
    )
