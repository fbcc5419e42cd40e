"""One way to act: every verb of every app runs in one transaction and leaves its name and who did it in the history."""

import inspect

import pghistory
import pytest
from celery import shared_task
from django.db import transaction

from people.directory import actions as person_actions
from people.models import Person, User
from people.needs import actions as need_actions
from programmes.groups.actions import groups
from programmes.models import Group, Role
from tests import factories
from tests.helpers.project import ACTIONS
from wellbeing.celery import app
from wellbeing.lib.actions import action, name_of
from wellbeing.lib.errors import ActionError


@pytest.mark.parametrize("function", ACTIONS)
def test_every_public_function_of_actions_is_an_action_with_by_given_by_keyword(function):
    assert getattr(function, "action_name", None) == name_of(function)
    parameters = inspect.signature(function).parameters.values()
    assert {each.kind for each in parameters} <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    by = inspect.signature(function).parameters["by"]
    assert by.default is inspect.Parameter.empty


def test_no_two_actions_have_one_name():
    names = [each.values[0].action_name for each in ACTIONS]
    assert len(names) > 100
    assert len(set(names)) == len(names)


def said_of(row):
    """The metadata of the context of the latest history row of `row`."""
    return row.history.order_by("-pgh_id").first().pgh_context.metadata


@pytest.fixture
def staff(db):
    return factories.a_user("Stan Staff")


def test_an_action_in_a_shell_says_who_did_what(staff):
    person = person_actions.add(by=staff, full_name="Ann Able", email="ann@example.org")
    assert said_of(person) == {"user": staff.pk, "action": "directory.add"}


def test_an_action_by_a_link_names_nobody_even_while_somebody_is_signed_in(staff):
    with pghistory.context(user=staff.pk, path="/link/"):
        person = person_actions.add(by=None, full_name="Ann Able", email="ann@example.org")
    assert said_of(person) == {"user": None, "action": "directory.add", "path": "/link/"}


def test_two_actions_of_one_request_keep_their_own_names_and_the_request_its_own(staff):
    with pghistory.context(user=staff.pk, request_id="r1"):
        before = Person.objects.create(full_name="Bea Before")
        person = person_actions.add(by=staff, full_name="Ann Able", email="ann@example.org")
        need_actions.set(person=staff.person, by=staff, needs=[("step_free", "")])
        after = Person.objects.create(full_name="Ann After")
    need = staff.person.access_needs.get()
    assert said_of(person) == {"user": staff.pk, "request_id": "r1", "action": "directory.add"}
    assert said_of(need) == {"user": staff.pk, "request_id": "r1", "action": "needs.set"}
    assert said_of(before) == said_of(after) == {"user": staff.pk, "request_id": "r1"}


def test_of_actions_inside_one_another_the_outer_one_and_its_user_are_kept(staff):
    other = factories.a_user("Olga Other")

    @action
    def outer(*, by):
        return person_actions.add(by=other, full_name="Ann Able")

    assert said_of(outer(by=staff)) == {"user": staff.pk, "action": outer.action_name}


def test_a_refused_action_undoes_all_it_wrote(staff):
    programme = factories.a_programme()
    factories.a_membership(programme, staff.person, Role.STAFF)

    @action
    def broken(*, by):
        groups.create(programme=programme, name="Steering", kind=Group.Kind.STEERING, by=by)
        raise ActionError("no")

    with pytest.raises(ActionError, match="no"):
        broken(by=staff)
    assert not Group.objects.exists()


def test_a_refusal_that_keeps_changes_keeps_them_unless_an_outer_action_undoes_them(staff):
    class CountedError(ActionError):
        keeps_changes = True

    @action
    def counted(*, by):
        Person.objects.create(full_name="Kept")
        raise CountedError("no")

    @action
    def outer(*, by):
        Person.objects.create(full_name="Kept")
        try:
            counted(by=by)
        finally:
            raise ActionError("all of it")

    with pytest.raises(CountedError), transaction.atomic():
        counted(by=staff)
    # The block around it undid it; alone it stays.
    assert not Person.objects.filter(full_name="Kept").exists()
    with pytest.raises(CountedError):
        counted(by=staff)
    assert Person.objects.filter(full_name="Kept").count() == 1
    with pytest.raises(ActionError, match="all of it"):
        outer(by=staff)
    assert Person.objects.filter(full_name="Kept").count() == 1


@shared_task(name="tests.add_somebody")
def add_somebody(user_pk=None):
    """A task that writes a row itself and another one by an action."""
    by = User.objects.get(pk=user_pk) if user_pk else None
    Person.objects.create(full_name="By the task")
    person_actions.add(by=by, full_name="By the action")


@pytest.mark.parametrize("somebody", [True, False])
def test_a_task_names_itself_and_not_the_request_that_started_it(staff, somebody):
    eager = app.conf.task_always_eager
    app.conf.task_always_eager = True
    try:
        with pghistory.context(user=staff.pk, path="/somewhere/", action="runs.make"):
            add_somebody.delay(staff.pk if somebody else None)
    finally:
        app.conf.task_always_eager = eager
    alone, acted = (
        said_of(Person.objects.get(full_name="By the task")),
        said_of(Person.objects.get(full_name="By the action")),
    )
    assert alone["task"] == acted["task"] == "tests.add_somebody"
    assert not {"user", "path", "action"} & set(alone)
    assert (acted["user"], acted["action"]) == (staff.pk if somebody else None, "directory.add")
    assert "path" not in acted


def test_an_action_takes_nothing_by_place_and_by_without_a_default():
    with pytest.raises(TypeError, match="by keyword"):

        @action
        def placed(claim, *, by):
            pass

    with pytest.raises(TypeError, match="without a default"):

        @action
        def forgetful(*, claim, by=None):
            pass

    with pytest.raises(TypeError, match="by among them"):
        person_actions.add(full_name="Ann Able")  # type: ignore[call-arg]  # that is what is refused
