"""Publish a version of the policy: ask for it, answer, tell people or keep what they were offered, make claims."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import attended
from payments.claims.actions import opening, repricing
from payments.claims.models.claim import Claim
from payments.policy import actions as policy_actions
from payments.policy import queries as policy_queries
from payments.policy import rules as policy_rules
from payments.policy.actions import PolicyError
from payments.policy.models.offers import InvitationOffer
from payments.policy.models.versions import PolicyVersion
from payments.publishing import emails, queries, rules
from payments.publishing.models import Publication
from payments.publishing.queries import Concerned
from people.messages.telling import tell_many
from people.models import Person, User
from programmes.models import Decision, Programme
from wellbeing.lib.actions import action
from wellbeing.lib.types import PersonId


@dataclass(frozen=True)
class Basis:
    """The decision or the reason a version rests on, and whether invited people keep what they were offered."""

    decision: Decision | None = None
    reason: str = ""
    keeps_offers: bool = True


@action
def request(*, programme: Programme, by: User, basis: Basis, changed_at: dt.datetime) -> Publication:
    """Ask another member of staff to publish the draft as it was when last changed at `changed_at`.

    Changing the draft afterwards undoes the request. Raises PolicyError where there is no draft, where it was changed
    since, where the programme does not ask for a second person, and without a decision or reason. Locks the programme.
    """
    programme = _locked(programme, by)
    if not programme.policy_needs_two_people:
        raise PolicyError(_("This programme does not ask for a second person. Publish it yourself."))
    return _ask(_draft(programme, changed_at), by, basis)


@action
def send_back(*, programme: Programme, by: User, reason: str) -> Publication:
    """Send the request to publish back to whoever asked, with a reason they read. The draft stays.

    Raises PolicyError where no request waits, for one's own, and without a reason. Locks the programme.
    """
    programme = _locked(programme, by)
    publication = _waiting(programme)
    rules.can_answer(by, publication).insist(PolicyError)
    if not reason.strip():
        raise PolicyError(_("Say why, so that your colleague knows what to change."), field="sent_back_reason")
    publication.sent_back_by, publication.sent_back_at = by.person, timezone.now()
    publication.sent_back_reason = reason.strip()
    publication.save()
    return publication


@action
def publish(*, programme: Programme, by: User, changed_at: dt.datetime, basis: Basis | None = None) -> Publication:
    """Publish the draft that was last changed at `changed_at`, with all that follows. Returns its Publication.

    Alone it takes the `basis`; where the programme asks for a second person, `by` answers the request that waits, and
    its basis counts. Then those invited under other terms keep what they were offered, or are told; unsent claims of
    the days concerned are priced anew; and those who came on such a day and have no claim get theirs. Raises
    PolicyError for what `policy.actions.publish_draft` refuses, for one's own request, and without a decision or
    reason. Locks the programme.
    """
    programme = _locked(programme, by)
    draft = _draft(programme, changed_at)
    if programme.policy_needs_two_people:
        publication = _waiting(programme)
        rules.can_answer(by, publication).insist(PolicyError)
        publication.confirmed_by = by.person
        publication.save()
    else:
        publication = _ask(draft, by, basis or Basis())
    told_otherwise = queries.concerned(draft)
    version = policy_actions.publish_draft(programme=programme, by=by, changed_at=changed_at)
    if not publication.keeps_offers:
        publication.told = _tell(version, told_otherwise)
    _reprice(version, by)
    publication.claims_made = _make_claims(version, by)
    publication.published_at = version.published_at
    publication.save()
    return publication


def _locked(programme: Programme, by: User) -> Programme:
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    policy_rules.can_set_policy(by, programme).insist(PolicyError)
    return programme


def _draft(programme: Programme, changed_at: dt.datetime) -> PolicyVersion:
    draft = policy_queries.draft_of(programme)
    if draft is None:
        raise PolicyError(_("There is no draft to publish. Somebody may have published it or thrown it away."))
    if draft.changed_at != changed_at:
        raise PolicyError(_("Somebody changed the draft after you opened this page. Read it again, then publish it."))
    return draft


def _waiting(programme: Programme) -> Publication:
    draft = policy_queries.draft_of(programme)
    publication = queries.publication_of(draft) if draft else None
    if publication is None or not publication.is_waiting:
        raise PolicyError(_("Nobody has asked for this draft to be published, or it was changed since."))
    return publication


def _ask(draft: PolicyVersion, by: User, basis: Basis) -> Publication:
    decision, reason = basis.decision, basis.reason.strip()
    if decision is None and not reason:
        raise PolicyError(_("Choose the decision this rests on, or say why in words."), field="decision")
    if decision is not None and not queries.agreed_decisions(draft.programme).filter(pk=decision.pk).exists():
        raise PolicyError(_("Choose a decision that this programme has agreed."), field="decision")
    publication, _made = Publication.objects.update_or_create(
        version=draft,
        defaults={
            "decision": decision,
            "reason": reason,
            "keeps_offers": basis.keeps_offers,
            "requested_by": by.person,
            "requested_at": timezone.now(),
            "confirmed_by": None,
            "sent_back_by": None,
            "sent_back_at": None,
            "sent_back_reason": "",
        },
    )
    return publication


def _tell(version: PolicyVersion, told_otherwise: Iterable[Concerned]) -> int:
    """Tell each person whose event is still to come, in the way they chose, and keep the notice. Returns how many."""
    by_person: dict[PersonId, list[Concerned]] = {}
    people: dict[PersonId, Person] = {}
    for one in told_otherwise:
        if one.may_be_told:
            by_person.setdefault(one.person.pk, []).append(one)
            people[one.person.pk] = one.person
    drafts = [emails.policy_changed(version, people[pk], changed) for pk, changed in by_person.items()]
    notices = tell_many(drafts)
    InvitationOffer.objects.bulk_create(
        [
            InvitationOffer(invitation=one.invitation, version=version, notice=notice)
            for notice, changed in zip(notices, by_person.values(), strict=True)
            for one in changed
        ],
        batch_size=500,
    )
    return len(notices)


def _reprice(version: PolicyVersion, by: User) -> None:
    unsent = Claim.objects.filter(
        programme=version.programme_id,
        event__isnull=False,
        status=Claim.Status.DRAFT,
        activity_date__gte=version.effective_from,
    )
    for claim in unsent.order_by("pk"):
        repricing.reprice(claim=claim, by=by)


def _make_claims(version: PolicyVersion, by: User) -> int:
    """Open the claims of those who came on a day from which `version` counts and have none. Returns how many."""
    made = 0
    for attendance in attended.without_claim(version.programme, version.effective_from):
        made += opening.open_for_attendance(attendance=attendance, by=by) is not None
    return made
