"""Records that may be one person, and records put together, as they stand before and after somebody decides."""

from people.models import User
from programmes.doubles import actions
from programmes.models import Programme
from tests import factories as make


def two_records(programme):
    """Return two records of a programme with one telephone number, neither with an account."""
    names = ("Elizabeth Twice", "Liz Twice")
    return [make.of_programme(programme, make.a_person(name, phone="+441632960777")) for name in names]


def make_doubles(world):
    """Make a pair that waits for a decision, a question to the owner, and two records put together."""
    programme, by = Programme.objects.get(pk=world.a.pk), User.objects.get(person=world.staff)
    world.twice = two_records(programme)
    actions.look(programme=programme, by=by)
    typed = make.of_programme(programme, make.a_person("Second Record"))
    world.merge_asked = actions.ask(programme=programme, one=typed, other=world.owner, by=by)
    one, other = two_records(programme)
    world.merge_done = actions.put_together(programme=programme, one=one, other=other, details=[], by=by)
