"""Put proposals forward, shape them with others, ask for views on them, and take them back."""

import datetime as dt
from collections.abc import Collection

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from programmes.decisions import rules, tasks, telling
from programmes.decisions.models import (
    Decision,
    DecisionFile,
    DeclaredInterest,
    Objection,
    ObjectionReply,
    Option,
    Version,
)
from programmes.decisions.models.files import decision_file_path
from programmes.decisions.putting import locked, put_forward, write_version
from programmes.groups import queries as group_queries
from programmes.groups.models import GroupRules, Interest
from programmes.heard.models import Contribution
from programmes.programme.models.groups import Group
from wellbeing.lib import sent_files
from wellbeing.lib.actions import action
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

Status = Decision.Status


@action
def propose(
    *,
    group: Group,
    title: str,
    wording: str,
    closes_on: dt.date,
    by: User,
    method: str = "",
    stage: str = Status.DECIDING,
    background: str = "",
    affected: str = "",
    cost: str = "",
    easy_read: str = "",
    hides_views: bool = False,
    earlier: Decision | None = None,
    relation: str = "",
) -> Decision:
    """Put a proposal to a steering group, by the rules it has today; views are wanted by `closes_on`.

    `method` is a Method the rules allow, by default their first. At `stage` Status.DECIDING members are asked for their
    views at once; at GATHERING or SHAPING they talk first. Return the Decision. Raises ActionError for another kind of
    group, one without rules, and for fewer days than its rules ask for.
    """
    group_rules = GroupRules.objects.in_force_on(group, today())
    rules.can_propose_to(by, group, group_rules).insist()
    # The rule has asked for them.
    assert group_rules is not None
    if group.kind != Group.Kind.STEERING:
        raise ActionError(_("Decisions are taken by a steering group. Choose one."), field="group")
    method = method or group_rules.methods[0]
    if method not in group_rules.methods:
        raise ActionError(_("The rules of this group do not allow that. Choose another way."), field="method")
    _long_enough(group_rules, closes_on)
    _linked(group, earlier, relation)
    return put_forward(
        group=group,
        group_rules=group_rules,
        by=by,
        wording=wording,
        stage=stage,
        title=title.strip(),
        background=background.strip(),
        affected=affected.strip(),
        cost=cost.strip(),
        easy_read=easy_read.strip(),
        hides_views=hides_views,
        method=method,
        closes_on=closes_on,
        earlier=earlier,
        relation=relation,
    )


@action
def edit(
    *,
    decision: Decision,
    title: str,
    closes_on: dt.date,
    by: User,
    wording: str = "",
    background: str = "",
    affected: str = "",
    cost: str = "",
    easy_read: str = "",
) -> Decision:
    """Change a proposal before any member has given a view. Return it. Its earlier words are kept as a version.

    Raises ActionError once somebody has, once it is closed, and for a day sooner than members were told or the rules
    ask for. Locks the decision.
    """
    decision = locked(decision)
    rules.can_edit(by, decision).insist()
    if closes_on != decision.closes_on:
        _moves(decision, closes_on)
    decision.title, decision.background = title.strip(), background.strip()
    decision.affected, decision.cost, decision.easy_read = affected.strip(), cost.strip(), easy_read.strip()
    decision.closes_on = closes_on
    decision.save(update_fields=["title", "background", "affected", "cost", "easy_read", "closes_on"])
    if wording.strip() and wording.strip() != decision.wording:
        write_version(decision, wording, by, "")
    return decision


@action
def amend(*, decision: Decision, wording: str, by: User, why: str = "", answers: Collection[Objection] = ()) -> Version:
    """Put new words in place of those of an open proposal, and ask again everyone who had answered. Return the Version.

    Their earlier views are kept with the words they were about. With `answers` the change is the answer to those
    objections, and `why` is required. Raises ActionError for the same words, and for objections to another proposal.
    Locks the decision.
    """
    decision = locked(decision)
    rules.can_amend(by, decision).insist()
    wording, why = wording.strip(), why.strip()
    if wording == decision.wording:
        raise ActionError(_("These are the words it has. Change them, or go back."), field="wording")
    if not why and (answers or decision.positions.exists()):
        raise ActionError(_("Say why the words changed. Everyone who is asked again reads it."), field="why")
    version = write_version(decision, wording, by, why)
    for objection in answers:
        if objection.decision_id != decision.pk:
            raise ActionError(_("That objection is about another proposal."))
        ObjectionReply.objects.create(
            objection=objection, words=why, version=version, person=by.person, answered_on=today()
        )
    decision.refresh_from_db()
    if decision.takes_views:
        telling.tell_amended(decision, version)
    telling.tell_answered(decision, answers)
    return version


@action
def extend(*, decision: Decision, closes_on: dt.date, by: User) -> Decision:
    """Give members longer: views are wanted by the later day `closes_on`. Return the decision.

    Raises ActionError for a day that is not later. Locks the decision.
    """
    decision = locked(decision)
    rules.can_amend(by, decision).insist()
    if closes_on <= decision.closes_on:
        raise ActionError(
            _("Choose a day after %(date)s.") % {"date": short_date(decision.closes_on)}, field="closes_on"
        )
    decision.closes_on = closes_on
    decision.save(update_fields=["closes_on"])
    return decision


@action
def shape(*, decision: Decision, by: User) -> Decision:
    """Move a proposal from gathering views to being shaped. Return it. Locks the decision."""
    decision = locked(decision)
    rules.can_amend(by, decision).insist()
    _step(decision, Status.SHAPING)
    decision.save(update_fields=["status"])
    return decision


@action
def ask(*, decision: Decision, closes_on: dt.date, by: User) -> Decision:
    """Ask the members for their views on a proposal that was talked over, until `closes_on`. Return it.

    Raises ActionError for fewer days than the rules ask for. Locks the decision.
    """
    decision = locked(decision)
    rules.can_amend(by, decision).insist()
    _step(decision, Status.DECIDING)
    # A proposal that is open at this stage was made by rules.
    assert decision.rules is not None
    _long_enough(decision.rules, closes_on)
    decision.deciding_from, decision.closes_on = today(), closes_on
    decision.save(update_fields=["status", "deciding_from", "closes_on"])
    telling.tell_opened(decision, but=by.person)
    return decision


@action
def withdraw(*, decision: Decision, by: User, reason: str = "") -> Decision:
    """Withdraw a proposal and return it; what members said is kept. Raises ActionError once it is closed.

    Locks it.
    """
    decision = locked(decision)
    rules.can_withdraw(by, decision).insist()
    decision.status, decision.withdrawn_on = Status.WITHDRAWN, today()
    decision.outcome_reason, decision.recorded_by = reason.strip(), by.person
    decision.save()
    telling.tell_withdrawn(decision, but=by.person)
    return decision


@action
def add_option(
    *,
    decision: Decision,
    title: str,
    by: User,
    for_it: str = "",
    against_it: str = "",
    cost: str = "",
    made_from: Collection[Option] = (),
) -> Option:
    """Put one more way it could go beside the others, made from some of them or new. Return the Option.

    Raises ActionError once members are asked for their views on the words. Locks the decision.
    """
    decision = locked(decision)
    term = group_queries.term_of(by, decision.group, today())
    rules.can_talk(by, decision, term).insist()
    if decision.takes_views:
        raise ActionError(_("Members are giving their views on the words as they are, so no option can be added now."))
    if len(made_from) == 1 or any(option.decision_id != decision.pk for option in made_from):
        raise ActionError(_("Choose two options or more to make one from them."), field="made_from")
    option = Option.objects.create(
        decision=decision,
        number=decision.options.count() + 1,
        title=title.strip(),
        for_it=for_it.strip(),
        against_it=against_it.strip(),
        cost=cost.strip(),
        added_by=by.person,
    )
    option.made_from.set(made_from)
    return option


@action
def link(*, decision: Decision, contributions: Collection[Contribution], by: User) -> Decision:
    """Say on which contributions an open proposal rests: those who said them are told the outcome. Return it.

    Raises ActionError for one of another programme. Locks the decision.
    """
    decision = locked(decision)
    rules.can_amend(by, decision).insist()
    if any(one.programme_id != decision.programme_id for one in contributions):
        raise ActionError(_("Choose from what was said in this programme."), field="contributions")
    decision.contributions.set(contributions)
    return decision


@action
def attach(*, decision: Decision, title: str, file: UploadedFile, by: User, is_easy_read: bool = False) -> DecisionFile:
    """Add a photo or PDF to an open proposal, and have a worker check it. Return the DecisionFile.

    Raises ActionError for a file that cannot be taken or stored. Locks the decision.
    """
    decision = locked(decision)
    rules.can_amend(by, decision).insist()
    row = DecisionFile(decision=decision, title=title.strip(), is_easy_read=is_easy_read, added_by=by.person)
    return sent_files.keep(row, file, decision_file_path, tasks.clean_decision_file)


@action
def declare_interest(
    *,
    decision: Decision,
    nature: str,
    outline: str,
    by: User,
    interest: Interest | None = None,
    in_advance: bool = True,
) -> DeclaredInterest:
    """Declare that `by` has an interest in a decision: they take no part in it and do not count. Return it.

    `interest` is the one in the register, if it stands there. Raises ActionError when they have declared one already.
    Locks the decision.
    """
    decision = locked(decision)
    rules.can_declare(by, decision, group_queries.term_of(by, decision.group, today())).insist()
    if decision.declared_interests.filter(person=by.person, taken_back_on=None).exists():
        raise ActionError(_("You have declared an interest in this decision already."))
    if interest is not None and (interest.person_id != by.person.pk or interest.group_id != decision.group_id):
        raise ActionError(_("Choose an interest of your own."), field="interest")
    return DeclaredInterest.objects.create(
        decision=decision,
        person=by.person,
        interest=interest,
        nature=nature,
        outline=outline.strip(),
        in_advance=in_advance,
        declared_on=today(),
        recorded_by=by.person,
    )


@action
def take_back_interest(*, declared: DeclaredInterest, why: str, by: User) -> DeclaredInterest:
    """Take back an interest that was declared by mistake, by the member it is of. Return it. Locks its decision."""
    decision = locked(declared.decision)
    rules.can_declare(by, decision, group_queries.term_of(by, decision.group, today())).insist()
    declared = DeclaredInterest.objects.select_for_update().get(pk=declared.pk)
    if declared.person_id != by.person.pk or declared.taken_back_on:
        raise ActionError(_("Only the member who declared it can take it back, once."))
    if not why.strip():
        raise ActionError(_("Say why this is no interest after all."), field="why")
    declared.taken_back_on, declared.taken_back_why = today(), why.strip()
    declared.save(update_fields=["taken_back_on", "taken_back_why"])
    return declared


def _step(decision: Decision, status: str) -> None:
    if status not in Decision.TRANSITIONS[Status(decision.status)]:
        raise ActionError(_("This proposal has moved on. Open it again to see how it stands."))
    decision.status = status


def _long_enough(group_rules: GroupRules, closes_on: dt.date) -> None:
    earliest = today() + dt.timedelta(days=group_rules.open_days)
    if closes_on < today():
        raise ActionError(_("The last day for views must be today or later."), field="closes_on")
    if closes_on < earliest:
        raise ActionError(
            _("By the rules of this group a proposal is open for %(days)s days at least. Choose %(date)s or later.")
            % {"days": group_rules.open_days, "date": short_date(earliest)},
            field="closes_on",
        )


def _moves(decision: Decision, closes_on: dt.date) -> None:
    if decision.takes_views and closes_on < decision.closes_on:
        raise ActionError(_("Members were told a later day. You can only give them longer."), field="closes_on")
    if closes_on < today():
        raise ActionError(_("The last day for views must be today or later."), field="closes_on")


def _linked(group: Group, earlier: Decision | None, relation: str) -> None:
    if earlier is None:
        return
    if earlier.group_id != group.pk or earlier.is_open or relation not in Decision.Relation.values:
        raise ActionError(_("A proposal can be linked to a closed decision of the same group."), field="earlier")
