"""Say numbers of an impact page in sentences, and never one that is too small to show."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.heard.models import ContributionOutcome, ToldBack
from programmes.impact.queries import Impact

Kind, Reply = ContributionOutcome.Kind, ToldBack.Reply


def answers_in_words(impact: Impact) -> list[str]:
    """Say how many contributions ended in which way, and how many wait."""
    numbers = impact.answers
    sentences = {
        Kind.CHANGED: ngettext(
            "%(n)s thing people said led to a change.",
            "%(n)s things people said led to a change.",
            numbers[Kind.CHANGED],
        ),
        Kind.PARTLY: ngettext(
            "%(n)s was done in part, with the reason on record.",
            "%(n)s were done in part, with the reasons on record.",
            numbers[Kind.PARTLY],
        ),
        Kind.NOT_CHANGED: ngettext(
            "%(n)s changed nothing, for a reason that is on record.",
            "%(n)s changed nothing, for reasons that are on record.",
            numbers[Kind.NOT_CHANGED],
        ),
    }
    said = [sentences[kind] % {"n": numbers[kind]} for kind in Kind if numbers[kind]]
    if impact.waiting:
        waiting = ngettext("%(n)s still waits for an answer.", "%(n)s still wait for an answer.", impact.waiting)
        said.append(waiting % {"n": impact.waiting})
    return said


def replies_in_words(impact: Impact) -> list[str]:
    """Say how many of those who said something say that the answer is true; nothing where all of it is too small."""
    replies = impact.replies
    if not any(replies.values()):
        return []
    few = _("too few to show")
    return [
        _("Of those who said something and were told what became of it:"),
        _("say that it is true: %(n)s") % {"n": few if replies[Reply.TRUE] is None else replies[Reply.TRUE]},
        _("say that it is not true: %(n)s")
        % {"n": few if replies[Reply.NOT_TRUE] is None else replies[Reply.NOT_TRUE]},
        _("have not said: %(n)s") % {"n": few if replies[""] is None else replies[""]},
    ]
