"""Say what one thinks of a proposal: views, first thoughts, questions, objections and what came of them."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.decisions import rules, telling
from programmes.decisions.actions import drafts
from programmes.decisions.models import (
    OBJECTS,
    STANCES,
    Decision,
    DecisionDraft,
    LateView,
    Objection,
    ObjectionReply,
    Position,
    Question,
    Thought,
    Version,
)
from programmes.decisions.putting import locked
from programmes.groups import queries as group_queries
from programmes.programme.models.groups import Term
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class WordsChangedError(ActionError):
    """The wording changed while its reader was answering; nothing was saved."""


@action
def take_position(
    *,
    decision: Decision,
    stance: str,
    by: User,
    reason: str = "",
    matters: str = "",
    named: bool = True,
    wants_answer: bool = False,
    version: Version | None = None,
) -> Position:
    """Record, or change, the view of the member `by`: a Stance of its method, in their own words, named or not.

    `version` is the wording they read, by default the newest. An objection, and a reservation with `wants_answer`, is
    answered before the group decides. Return the Position. The seat is copied from their term of office; a deputy
    speaks for their member. Raises ActionError when they are not in office on the group, with an interest in it,
    without words for an objection, once the decision is closed, and WordsChangedError once the wording is another.
    Locks the decision.
    """
    decision = locked(decision)
    term = group_queries.term_of(by, decision.group, today())
    rules.can_take_position(by, decision, term).insist()
    # The rule has asked for it.
    assert term is not None
    position = _say(decision, term, by.person, stance, reason, matters, named, wants_answer, version)
    drafts.discard(decision=decision, kind=DecisionDraft.Kind.VIEW, by=by)
    return position


@action
def record_position(
    *,
    decision: Decision,
    member: Person,
    stance: str,
    way: str,
    by: User,
    reason: str = "",
    matters: str = "",
    named: bool = True,
    wants_answer: bool = False,
) -> Position:
    """Write down the view that `member` gave by phone, by letter or at a meeting (a Way), and confirm it to them.

    Return the Position. Raises ActionError as `take_position` does; for `by` themselves, too. Locks the decision.
    """
    decision = locked(decision)
    rules.can_record_for(by, decision).insist()
    if member.pk == by.person.pk or way == Position.Way.PAGE:
        raise ActionError(_("Give your own view on the page of the proposal."))
    term = Term.objects.effective_on(today()).filter(group=decision.group, person=member).first()
    rules.can_take_position(by, decision, term).insist()
    assert term is not None
    position = _say(decision, term, member, stance, reason, matters, named, wants_answer, None, way, by.person)
    telling.tell_written_down(decision, position)
    return position


@action
def say_after(*, decision: Decision, stance: str, by: User, reason: str = "", named: bool = True) -> LateView:
    """Put the words of a member beside a decision that was made, as said after it. Return the LateView.

    They count for nothing in it. Raises ActionError for somebody who was no member when it was made, and a second time.
    Locks the decision.
    """
    decision = locked(decision)
    if decision.is_open or decision.decided_on is None:
        raise ActionError(_("This is still open. Give your view on it."))
    then = Term.objects.effective_on(decision.decided_on).filter(group=decision.group, person=by.person)
    if not then.exists():
        raise ActionError(_("Only people who were members of the group when it decided can add words."))
    if decision.late_views.filter(person=by.person).exists():
        raise ActionError(_("You have added your words to this decision already."))
    drafts.discard(decision=decision, kind=DecisionDraft.Kind.VIEW, by=by)
    return LateView.objects.create(
        decision=decision, person=by.person, stance=stance, reason=reason.strip(), named=named, said_at=timezone.now()
    )


@action
def think(
    *, decision: Decision, by: User, words: str = "", matters: str = "", passes: bool = False, named: bool = True
) -> Thought:
    """Record, or change, what the member `by` thinks of a proposal so far, or that they pass. Return the Thought.

    Raises ActionError without words where they do not pass. Locks the decision.
    """
    decision = locked(decision)
    term = group_queries.term_of(by, decision.group, today())
    rules.can_talk(by, decision, term).insist()
    if term is None:
        raise ActionError(_("Only members of this group, during their term, can give their view."))
    if not words.strip() and not passes:
        raise ActionError(_("Write something, or choose to pass."), field="words")
    thought, _created = Thought.objects.update_or_create(
        version=decision.version,
        person=by.person,
        defaults={
            "decision": decision,
            "seat": term.seat,
            "words": words.strip(),
            "matters": matters.strip(),
            "passes": passes,
            "named": named,
            "said_at": timezone.now(),
        },
    )
    drafts.discard(decision=decision, kind=DecisionDraft.Kind.THOUGHT, by=by)
    return thought


@action
def ask_question(*, decision: Decision, words: str, by: User, named: bool = True) -> Question:
    """Ask something about a proposal. Return the Question. Locks the decision."""
    decision = locked(decision)
    rules.can_talk(by, decision, group_queries.term_of(by, decision.group, today())).insist()
    question = Question.objects.create(
        decision=decision, person=by.person, words=words.strip(), named=named, asked_at=timezone.now()
    )
    drafts.discard(decision=decision, kind=DecisionDraft.Kind.QUESTION, by=by)
    telling.tell_asked(decision, question)
    return question


@action
def answer_question(*, question: Question, answer: str, by: User) -> Question:
    """Answer a question, and tell the person who asked. Return it. Raises ActionError a second time."""
    decision = locked(question.decision)
    rules.can_answer(by, decision).insist()
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.answered_at:
        raise ActionError(_("This question has an answer."))
    question.answer, question.answered_by, question.answered_at = answer.strip(), by.person, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    telling.tell_question_answered(decision, question)
    return question


@action
def reply_to_objection(*, objection: Objection, words: str, by: User) -> ObjectionReply:
    """Answer one objection with reasons, and tell the member who raised it. Return the ObjectionReply.

    Raises ActionError when the member has said that it is enough, and without reasons. Locks the decision.
    """
    decision = locked(objection.decision)
    rules.can_answer(by, decision).insist()
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.closed_as == Objection.Close.ENOUGH:
        raise ActionError(_("The member has said that the answer is enough."))
    if not words.strip():
        raise ActionError(_("Write your answer."), field="words")
    if objection.closed_as:
        # It still stood. A new answer is theirs to look at anew.
        objection.closed_as, objection.closed_at, objection.closed_by, objection.closing_recorded_by = (
            "",
            None,
            None,
            None,
        )
        objection.save(update_fields=["closed_as", "closed_at", "closed_by", "closing_recorded_by"])
    reply = ObjectionReply.objects.create(
        objection=objection, words=words.strip(), person=by.person, answered_on=today()
    )
    telling.tell_answered(decision, [objection])
    return reply


@action
def close_objection(*, objection: Objection, closed_as: str, by: User) -> Objection:
    """Say, as the member who raised it, whether the answer is enough or the objection still stands. Return it.

    A colleague writes it down for a member who said it by phone: see `record_closing`. Locks the decision.
    """
    locked(objection.decision)
    objection = Objection.objects.select_for_update().select_related("decision").get(pk=objection.pk)
    rules.can_close_objection(by, objection).insist()
    return _close(objection, closed_as, None)


@action
def record_closing(*, objection: Objection, closed_as: str, by: User) -> Objection:
    """Write down what the member who raised `objection` said of the answer, and confirm it to them. Return it."""
    decision = locked(objection.decision)
    rules.can_record_for(by, decision).insist()
    objection = Objection.objects.select_for_update().select_related("decision", "person").get(pk=objection.pk)
    if objection.person_id == by.person.pk:
        raise ActionError(_("Say it yourself, on the page of the proposal."))
    objection = _close(objection, closed_as, by.person)
    telling.tell_closing_written_down(decision, objection)
    return objection


def _close(objection: Objection, closed_as: str, recorded_by: Person | None) -> Objection:
    if closed_as == Objection.Close.STANDS and not objection.replies.exists():
        raise ActionError(_("It has no answer yet, so it stands as it is."))
    objection.closed_as, objection.closed_at = closed_as, timezone.now()
    objection.closed_by, objection.closing_recorded_by = objection.person, recorded_by
    objection.save(update_fields=["closed_as", "closed_at", "closed_by", "closing_recorded_by"])
    return objection


def _say(
    decision: Decision,
    term: Term,
    person: Person,
    stance: str,
    reason: str,
    matters: str,
    named: bool,
    wants_answer: bool,
    version: Version | None,
    way: str = Position.Way.PAGE,
    recorded_by: Person | None = None,
) -> Position:
    """Write the view of `person`, a member or their deputy by `term`, and the objection in it."""
    if version is not None and version.pk != decision.version_id:
        raise WordsChangedError(
            _(
                "The wording of this proposal has changed since you opened it. Read the new wording, then save"
                " your view."
            )
        )
    if stance not in STANCES[Decision.Method(decision.method)]:
        raise ActionError(_("Choose what you think"), field="stance")
    reason = reason.strip()
    if stance in OBJECTS and not reason:
        raise ActionError(_("Say in your own words what you object to, so that it can be answered."), field="reason")
    if wants_answer and not reason:
        raise ActionError(_("Write what you would like an answer to."), field="reason")
    position, _created = Position.objects.update_or_create(
        version=decision.version,
        person=person,
        defaults={
            "decision": decision,
            "member": term.deputy_for or person,
            "seat": term.seat,
            "stance": stance,
            "reason": reason,
            "matters": matters.strip(),
            "named": named,
            "way": way,
            "recorded_by": recorded_by,
            "given_at": timezone.now(),
        },
    )
    _raise_objection(position, stance in OBJECTS, stance in OBJECTS or wants_answer)
    return position


def _raise_objection(position: Position, is_objection: bool, wants_answer: bool) -> None:
    """Keep the objection of `position` in step with it, until somebody has answered. Only its member closes it."""
    objection = Objection.objects.filter(position=position).first()
    if objection is None:
        if wants_answer:
            Objection.objects.create(
                decision=position.decision,
                version=position.version,
                position=position,
                person=position.person,
                member=position.member,
                is_objection=is_objection,
                words=position.reason,
                raised_at=timezone.now(),
            )
            telling.tell_objected(position)
        return
    if wants_answer:
        if objection.replies.exists() and (is_objection, position.reason) == (objection.is_objection, objection.words):
            return
        objection.is_objection, objection.words = is_objection, position.reason
        objection.closed_as, objection.closed_at, objection.closed_by, objection.closing_recorded_by = (
            "",
            None,
            None,
            None,
        )
    else:
        # They took it back themselves: their new view no longer objects.
        objection.closed_as, objection.closed_at = Objection.Close.ENOUGH, timezone.now()
        objection.closed_by, objection.closing_recorded_by = position.person, position.recorded_by
    objection.save()
