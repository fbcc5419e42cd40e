"""Add to the home page what decisions wait for, and decisions to what the search box finds."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.due_work import DueWork
from people.registry import Finder, Found, Task
from programmes.decisions.models import Decision, DecisionFile
from programmes.decisions.queries import drafts, lists
from programmes.groups import queries as group_queries
from programmes.programme.models.programmes import Role, programmes_where
from wellbeing.lib.dates import short_date, today

MAX_DRAFTS = 20


def positions_to_give(user):
    """List open proposals of the reader's groups on which they have taken no position."""
    now = today()
    return [
        _task(
            _("Say what you think: %(title)s"),
            decision,
            due=decision.closes_on,
            urgent=decision.closes_on <= now + group_queries.LAST_DAYS,
        )
        for decision in lists.waiting_for_position(user, now)
    ]


def words_to_go_on_with(user):
    """List what the reader has begun to write about proposals and not sent."""
    return [
        _task(
            _("Go on writing: %(title)s"),
            draft.decision,
            detail=_("We kept %(kind)s. It is not sent.") % {"kind": draft.get_kind_display()},
        )
        for draft in drafts.all_of(user)[:MAX_DRAFTS]
    ]


def outcomes_to_record(user):
    """List for staff the proposals whose last day for views has gone and that have no outcome."""
    return [
        _task(
            _("Record what was decided: %(title)s"),
            decision,
            detail=_("Views were wanted by %(date)s") % {"date": short_date(decision.closes_on)},
            urgent=True,
        )
        for decision in lists.past_closing_day(programmes_where(user, Role.STAFF), today())
    ]


def objections_to_answer(user):
    """List for the proposer, and for staff, the open proposals with an objection that nobody has answered."""
    return [
        _task(_("Answer an objection: %(title)s"), decision, due=decision.closes_on)
        for decision in lists.with_objections_to_answer(user, programmes_where(user, Role.STAFF))
    ]


def answers_to_look_at(user):
    """List the answers to what the reader raised, until they say if each is enough."""
    return [
        _task(_("Is the answer enough for you? %(title)s"), objection.decision, due=objection.decision.closes_on)
        for objection in lists.answers_to_look_at(user)
    ]


def questions_to_answer(user):
    """List for the proposer the proposals with a question that has no answer."""
    return [_task(_("Answer a question: %(title)s"), decision) for decision in lists.questions_to_answer(user)]


def decisions_to_look_at_again(user):
    """List for staff the decisions whose day to be looked at again has come."""
    now = today()
    return [
        _task(_("Look at it again: %(title)s"), decision, due=decision.look_on, urgent=decision.look_on < now)
        for decision in lists.to_review(programmes_where(user, Role.STAFF), now)
    ]


def actions_to_do(user):
    """List what the reader has to do because of decisions and meetings."""
    now = today()
    return [
        Task(
            title=point.title,
            url=reverse("action_point", args=[point.pk]),
            detail=_("Action of %(group)s") % {"group": point.group},
            due=point.due_on,
            urgent=point.due_on < now,
        )
        for point in lists.points_of(user)
    ]


TASKS = [
    positions_to_give,
    words_to_go_on_with,
    outcomes_to_record,
    objections_to_answer,
    answers_to_look_at,
    questions_to_answer,
    decisions_to_look_at_again,
    actions_to_do,
]


def _task(title, decision, *, due=None, urgent=False, detail=""):
    return Task(
        title=title % {"title": decision.title},
        url=reverse("decision", args=[decision.pk]),
        detail=detail or decision.programme.name,
        due=due,
        urgent=urgent,
    )


def _found_decisions(decisions):
    return [
        Found(
            label=decision.title,
            url=reverse("decision", args=[decision.pk]),
            detail=f"{decision.programme}, {decision.get_status_display()}, {short_date(decision.opened_on)}",
        )
        for decision in decisions
    ]


DOCUMENTS_DUE = DueWork("documents_due", gettext_lazy("Documents of proposals to check"), DecisionFile.objects)

DECISIONS = Finder(
    title=gettext_lazy("Decisions"),
    rows=lambda user: Decision.objects.visible_to(user).select_related("programme").order_by("-opened_on", "-pk"),
    fields=("title", "version__wording"),
    show=_found_decisions,
    order=30,
)
