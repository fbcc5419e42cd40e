"""Tell members and others about proposals and decisions, in the voice of the programme and in the way each chose."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages import telling
from people.messages.drafts import Draft
from people.messages.emails import absolute_url
from programmes.decisions.models import Decision, Objection, Position, Question, Version
from programmes.heard.models import Contributor
from programmes.programme import queries as programme_queries
from programmes.programme.models.groups import Term
from programmes.programme.news import draft
from wellbeing.lib.dates import long_date, today


def members_of(decision: Decision) -> list[Person]:
    """Return who serves on the group of `decision` today, deputies too, by name."""
    serving = Term.objects.effective_on(today()).filter(group=decision.group_id)
    return list(Person.objects.filter(pk__in=serving.values("person")).order_by("sort_key", "pk"))


def tell_opened(decision: Decision, *, but: Person) -> None:
    """Tell the members, except `but`, that a proposal is open to talk about, or that their view is wanted."""
    params = _params(decision)
    if decision.takes_views:
        heading = _("Your view is wanted: %(title)s") % params
        paragraphs = [
            _("%(who)s has made a proposal to %(group)s. It says:") % params,
            f"“{decision.wording}”",
            _("Please say what you think by %(date)s. You can say it online, by phone, by letter or at a meeting.")
            % params,
        ]
    else:
        heading = _("Something to talk over: %(title)s") % params
        paragraphs = [
            _("%(who)s has put this to %(group)s, to talk it over before anybody is asked to decide:") % params,
            f"“{decision.wording}”",
        ]
    _tell(decision, members_of(decision), f"{decision.status}:{decision.closes_on}", heading, paragraphs, but=[but.pk])


def tell_amended(decision: Decision, version: Version) -> None:
    """Ask everyone who had answered an earlier wording what they think of the new one."""
    spoke = Position.objects.filter(decision=decision).exclude(version=version).values("person")
    people = [person for person in members_of(decision) if person.pk in set(spoke.values_list("person", flat=True))]
    params = _params(decision) | {"why": version.why}
    paragraphs = [
        _("The wording of “%(title)s” has changed. Why: %(why)s") % params,
        _("It now says:"),
        f"“{version.wording}”",
        _("What you said before is kept with the earlier wording. It does not count for this one.")
        + " "
        + _("Please say what you think of the new wording by %(date)s.") % params,
    ]
    _tell(decision, people, f"version:{version.number}", _("New wording: %(title)s") % params, paragraphs)


def tell_objected(position: Position) -> None:
    """Tell the person who made the proposal that there is an objection, or a request, to answer."""
    decision = position.decision
    if decision.proposed_by_id == position.person_id:
        return
    params = _params(decision)
    paragraphs = [
        _("A member has raised something about “%(title)s” that needs an answer before the group can decide.") % params,
        _("Answer it with reasons, or change the wording."),
    ]
    heading = _("An objection to answer: %(title)s") % params
    _tell(decision, [decision.proposed_by], f"objection:{position.pk}", heading, paragraphs, kind="decision_talk")


def tell_answered(decision: Decision, objections: Iterable[Objection]) -> None:
    """Tell the members who raised `objections` that each has an answer, and ask if it is enough."""
    for objection in objections:
        reply = objection.replies.order_by("pk").last()
        if reply is None or objection.person_id == reply.person_id:
            continue
        params = _params(decision) | {"who": reply.person.full_name}
        paragraphs = [
            _("%(who)s has answered what you raised about “%(title)s”:") % params,
            f"“{reply.words}”",
            _("Please say if that is enough for you, or if your objection still stands. Only you can say."),
        ]
        heading = _("An answer to what you raised: %(title)s") % params
        _tell(decision, [objection.person], f"reply:{reply.pk}", heading, paragraphs, kind="decision_talk")


def tell_asked(decision: Decision, question: Question) -> None:
    """Tell the person who made the proposal that somebody asked something."""
    if question.person_id == decision.proposed_by_id:
        return
    params = _params(decision)
    paragraphs = [_("Somebody has a question about “%(title)s”:") % params, f"“{question.words}”"]
    heading = _("A question to answer: %(title)s") % params
    _tell(decision, [decision.proposed_by], f"question:{question.pk}", heading, paragraphs, kind="decision_talk")


def tell_question_answered(decision: Decision, question: Question) -> None:
    """Tell the person who asked that their question has an answer."""
    if question.person_id == question.answered_by_id:
        return
    params = _params(decision) | {"question": question.words, "answer": question.answer}
    paragraphs = [_("You asked: “%(question)s”") % params, _("The answer: “%(answer)s”") % params]
    heading = _("An answer to your question: %(title)s") % params
    _tell(decision, [question.person], f"answer:{question.pk}", heading, paragraphs, kind="decision_talk")


def tell_written_down(decision: Decision, position: Position) -> None:
    """Confirm to a member what a colleague wrote down for them."""
    who = position.recorded_by
    # A view that somebody else wrote down says who.
    assert who is not None
    params = _params(decision) | {"who": who.full_name}
    paragraphs = [
        _("%(who)s has written down your view on “%(title)s”:") % params,
        f"{position.get_stance_display()}. {position.reason}",
        _("Your name is shown with your words.") if position.named else _("Your name is not shown with your words."),
        _("If this is not what you said, tell us. You can change it until %(date)s.") % params,
    ]
    key = f"written:{position.pk}:{position.given_at.isoformat()}"
    heading = _("Your view is written down: %(title)s") % params
    _tell(decision, [position.person], key, heading, paragraphs, kind="decision_talk")


def tell_closing_written_down(decision: Decision, objection: Objection) -> None:
    """Confirm to a member what a colleague wrote down about the answer to their objection."""
    # Said when it was closed.
    assert objection.closed_at is not None
    params = _params(decision) | {"said": objection.get_closed_as_display()}
    paragraphs = [
        _("This is written down about your objection to “%(title)s”: %(said)s.") % params,
        _("If this is not what you said, tell us."),
    ]
    key = f"closing:{objection.pk}:{objection.closed_at.isoformat()}"
    heading = _("What you said of the answer: %(title)s") % params
    _tell(decision, [objection.person], key, heading, paragraphs, kind="decision_talk")


def tell_withdrawn(decision: Decision, *, but: Person) -> None:
    """Tell the members, except `but`, that a proposal was withdrawn."""
    params = _params(decision) | {"reason": decision.outcome_reason}
    paragraphs = [_("%(who)s has withdrawn the proposal “%(title)s”.") % params]
    if decision.outcome_reason:
        paragraphs.append(_("Why: %(reason)s") % params)
    paragraphs.append(_("What members said is kept."))
    heading = _("Withdrawn: %(title)s") % params
    _tell(decision, members_of(decision), "withdrawn", heading, paragraphs, but=[but.pk], kind="decision")


def tell_outcome(decision: Decision, *, but: Person) -> None:
    """Tell the outcome to members, to those on whose words it rests, and to the programme where the rules say so."""
    people = {person.pk: person for person in members_of(decision)}
    said = Contributor.objects.filter(contribution__decisions=decision, wants_to_be_told=True).select_related("person")
    people |= {one.person_id: one.person for one in said}
    if decision.rules and decision.rules.tells_programme:
        there = programme_queries.holding(decision.programme, on=today())
        people |= {person.pk: person for person in Person.objects.filter(there)}
    params = _params(decision) | {
        "outcome": decision.get_outcome_display(),
        "reason": decision.outcome_reason,
        "changes": decision.what_changes,
    }
    paragraphs = [
        _("This was decided about “%(title)s”: %(outcome)s.") % params,
        _("The proposal was: “%(wording)s”") % params,
        _("Why: %(reason)s") % params,
    ]
    if decision.what_changes:
        paragraphs.append(_("What changes: %(changes)s") % params)
    if decision.review_on:
        paragraphs.append(_("We will look at it again on %(date)s.") % {"date": long_date(decision.review_on)})
    heading = _("What was decided: %(title)s") % params
    _tell(decision, people.values(), "outcome", heading, paragraphs, but=[but.pk], kind="decision")


def tell_silent(decision: Decision, people: Iterable[Person]) -> int:
    """Remind members who have not been heard, each at most once a day. Return how many are told now."""
    params = _params(decision)
    paragraphs = [
        _("%(group)s has not heard from you yet about “%(title)s”.") % params,
        f"“{decision.wording}”",
        _(
            "Please say what you think by %(date)s. You can also pass. Ring us if that is easier: we will write it"
            " down for you."
        )
        % params,
    ]
    heading = _("We would like to hear from you: %(title)s") % params
    return _tell(decision, people, f"silent:{today().isoformat()}", heading, paragraphs)


def _params(decision: Decision) -> dict[str, str]:
    return {
        "title": decision.title,
        "who": decision.proposed_by.full_name,
        "group": decision.group.name,
        "date": long_date(decision.closes_on),
        "wording": decision.wording,
    }


def _tell(
    decision: Decision,
    people: Iterable[Person],
    key: str,
    heading: str,
    paragraphs: Collection[str],
    *,
    but: Collection[int] = (),
    kind: str = "proposal",
) -> int:
    """Tell each of `people` but those in `but`, once for each `key`. Return how many."""
    drafts: list[Draft] = [
        draft(
            person,
            decision.programme,
            heading,
            list(paragraphs),
            key=f"decision:{decision.pk}:{key}:{person.pk}",
            kind=kind,
            url=absolute_url("decision", decision.pk),
            label=_("See the proposal"),
        )
        for person in people
        if person.pk not in but
    ]
    telling.tell_many(drafts)
    return len(drafts)
