"""Say what became of a contribution, tell those who said it, and hear from them whether it is true."""

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages import telling
from programmes.heard import emails, queries, rules, tasks
from programmes.heard.checks import locked
from programmes.heard.models import Contribution, ContributionOutcome, Contributor, EvidenceFile, ToldBack
from programmes.heard.models.evidence import evidence_path
from programmes.heard.telling_back import tell_back
from wellbeing.lib import sent_files
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

Kind = ContributionOutcome.Kind


@action
def answer(
    *,
    contribution: Contribution,
    kind: str,
    by: User,
    what_changed: str = "",
    reason: str = "",
    evidence: str = "",
    evidence_url: str = "",
    file: UploadedFile | None = None,
) -> ContributionOutcome:
    """Say what became of a contribution (ContributionOutcome.Kind), and tell those who said it. Return the outcome.

    A worker checks the `file` (a photo or PDF) that shows it. Raises ActionError, with its field, where it does not say
    what changed, or why not; for a file that cannot be taken; and once it is answered. Locks the contribution.
    """
    contribution = locked(contribution)
    rules.can_answer(by, contribution).insist()
    if kind == Kind.NOT_CHANGED and not reason.strip():
        raise ActionError(_("Say why nothing was changed."), field="reason")
    if kind == Kind.PARTLY and not reason.strip():
        raise ActionError(_("Say what was not changed, and why."), field="reason")
    if kind != Kind.NOT_CHANGED and not what_changed.strip():
        raise ActionError(_("Say what changed."), field="what_changed")
    outcome = ContributionOutcome.objects.create(
        contribution=contribution,
        number=contribution.outcomes.count() + 1,
        kind=kind,
        # Nothing changed, so there is nothing to keep of it, whatever was typed before another answer was chosen.
        what_changed="" if kind == Kind.NOT_CHANGED else what_changed.strip(),
        reason="" if kind == Kind.CHANGED else reason.strip(),
        evidence=evidence.strip(),
        evidence_url=evidence_url.strip(),
        answered_by=by.person,
    )
    if file is not None:
        row = EvidenceFile(outcome=outcome, added_by=by.person)
        sent_files.keep(row, file, evidence_path, tasks.clean_evidence)
    contribution.status, contribution.outcome = Contribution.Status.ANSWERED, outcome
    contribution.save(update_fields=["status", "outcome"])
    tell_back(outcome, contribution.contributors.select_related("person"))
    return outcome


@action
def reopen(*, contribution: Contribution, reason: str, by: User) -> Contribution:
    """Open an answered contribution again and return it; its answers and what people said of them are kept.

    Those who were told are told so, with the `reason`. Raises ActionError without one. Locks the contribution.
    """
    contribution = locked(contribution)
    rules.can_reopen(by, contribution).insist()
    if not reason.strip():
        raise ActionError(_("Say why you look at it again."), field="reason")
    contribution.status, contribution.outcome = Contribution.Status.OPEN, None
    contribution.reopened_at, contribution.reopened_reason = timezone.now(), reason.strip()
    contribution.save(update_fields=["status", "outcome", "reopened_at", "reopened_reason"])
    rows = contribution.contributors.filter(wants_to_be_told=True).select_related("person", "contribution__programme")
    telling.tell_many([emails.reopened(row) for row in rows])
    return contribution


@action
def reply(*, contribution: Contribution, reply: str, by: User, words: str = "", named: bool = False) -> ToldBack:
    """Say, as the person `by` who said it, whether the answer is true (ToldBack.Reply), in own words. Return ToldBack.

    It can be changed until somebody has responded. Raises ActionError for others, while there is no answer, and once
    somebody has responded. Locks the contribution.
    """
    contribution = locked(contribution)
    rules.can_reply(by, contribution).insist()
    contributor = queries.contributor_of(by, contribution)
    # The rule has asked for it.
    assert contributor is not None
    return _reply(contribution, contributor, by, reply, words, named, ToldBack.How.PAGE)


@action
def reply_for(
    *, contributor: Contributor, reply: str, how: str, by: User, words: str = "", named: bool = False
) -> ToldBack:
    """Write down what somebody told a colleague of an answer, and confirm it to them. Return the ToldBack.

    `how` is a ToldBack.How. A call they were still to get about the answer is not needed any more. Raises ActionError
    as `reply` does. Locks the contribution.
    """
    contribution = locked(contributor.contribution)
    rules.can_reply_for(by, contribution).insist()
    row = _reply(contribution, contributor, by, reply, words, named, how)
    if row.notice:
        telling.told_in_passing([row.notice], by.person, _("While they said whether it is true"))
    telling.tell_many([emails.reply_written_down(row)])
    return row


@action
def respond(*, told_back: ToldBack, response: str, by: User) -> ToldBack:
    """Respond to somebody who said that an answer is not true, and tell them. Return the ToldBack.

    Raises ActionError without words, once somebody has responded, and where the answer no longer counts. Locks the
    contribution and the row.
    """
    locked(told_back.outcome.contribution)
    rows = ToldBack.objects.select_for_update(of=("self",))
    told_back = rows.select_related("outcome__contribution__programme", "contributor__person").get(pk=told_back.pk)
    rules.can_respond(by, told_back).insist()
    if not response.strip():
        raise ActionError(_("Enter your response."), field="response")
    told_back.response, told_back.responded_at = response.strip(), timezone.now()
    told_back.responded_by = by.person
    told_back.save(update_fields=["response", "responded_at", "responded_by"])
    telling.tell_many([emails.response(told_back)])
    return told_back


def _reply(
    contribution: Contribution, contributor: Contributor, by: User, reply: str, words: str, named: bool, how: str
) -> ToldBack:
    # Somebody who was added after the answer has no row yet.
    row, _is_new = ToldBack.objects.select_for_update(of=("self",)).get_or_create(
        outcome=contribution.outcome, contributor=contributor
    )
    rules.can_change_reply(row).insist()
    row.reply, row.reply_words, row.reply_named = reply, words.strip(), named
    row.replied_at, row.reply_how, row.reply_by = timezone.now(), how, by.person
    row.save()
    return row
