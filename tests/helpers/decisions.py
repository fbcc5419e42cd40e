"""Helpers: decisions, and what was heard, of the one world that permissions are tried in."""

from programmes.models import ActionPoint, Group, Interest, Question
from tests import factories as make
from tests.factories import heard, impact
from tests.factories.dashboard import a_board_paper
from tests.factories.reviews import give_reviews


def add_decisions(world):
    """Add to `world`, which has a proposal, what members said of it, one that is shaped and one that was decided."""
    world.shaped = make.a_decision(world.a, proposed_by=world.staff, status="shaping")
    world.steering = world.decision.group
    steer = world.users["steer"].person
    world.objected = make.a_decision(world.a, proposed_by=world.staff, title="Meet in the evening")
    world.objection = make.an_objection(world.objected, world.steering.terms.get(person=steer))
    world.question = Question.objects.create(decision=world.decision, person=steer, words="How?")
    world.outside_interest = Interest.objects.create(
        group=world.steering, person=steer, nature="work", outline="A board.", recorded_by=steer
    )
    world.document = make.a_decision_file(world.decision, added_by=world.staff)
    # Everybody may read what this group decides.
    public = Group.objects.create(programme=world.a, kind=Group.Kind.WORKING, name="Group in public")
    make.some_rules(public, reach="public")
    world.board_paper = a_board_paper(world.a, world.staff)
    world.decided = make.a_decided_proposal(world.a, recorded_by=world.staff)
    world.point = ActionPoint.objects.create(
        group=world.steering,
        decision=world.decided,
        title="Ring them",
        owner=world.owner,
        due_on=world.today,
        created_by=world.staff,
    )


def add_what_was_heard(world):
    """Add to `world` contributions, one of them answered, what changed because of them, and reviews."""
    world.said, world.answered = heard.a_contribution(world.a, world.owner), heard.a_contribution(world.a, world.owner)
    world.not_true = heard.a_reply(heard.an_outcome(world.answered), world.owner)
    world.evidence = heard.a_file(world.answered.outcome)
    world.impact = impact.everything(world.a, world.staff)
    give_reviews(world)
