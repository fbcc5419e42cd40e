"""Vision, aims, activities and changes are written down with what is not good about them, and stay readable."""

import datetime as dt

import pytest

from programmes.impact import queries
from programmes.impact.actions import aims, changes, papers
from programmes.models import Aim, Change, ImpactPaper, ImpactSharing, Vision
from tests.factories.heard import a_contribution, a_reply, an_outcome
from tests.factories.impact import a_change, a_vision, an_activity, an_aim
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError

OTHERS = ("lived", "member", "finance", "elsewhere")


def refuse(field, act):
    with pytest.raises(ActionError) as error:
        act()
    assert error.value.field == field


def test_a_new_vision_takes_the_place_of_the_one_before_from_its_day(scene, today):
    first = aims.set_vision(programme=scene.programme, words=" One ", agreed_at="The curry day", by=scene.staff)
    later = today + dt.timedelta(days=7)
    second = aims.set_vision(programme=scene.programme, words="Two", effective_from=later, by=scene.staff)
    assert (first.words, first.effective_from) == ("One", today)
    assert Vision.objects.effective_on(today) == first
    assert Vision.objects.effective_on(later) == second
    assert queries.earlier_visions(scene.programme, later) == [first]
    assert list(queries.planned_visions(scene.programme, today)) == [second]
    refuse("words", lambda: aims.set_vision(programme=scene.programme, words=" ", by=scene.staff))
    for who in OTHERS:
        refuse(None, lambda who=who: aims.set_vision(programme=scene.programme, words="x", by=getattr(scene, who)))


def test_aims_stand_in_their_order_and_a_replaced_one_stays_readable(scene, today):
    one, two, three = (
        aims.add_aim(programme=scene.programme, title=title, signs="A sign\n\n Another ", by=scene.staff)
        for title in ("One", "Two", "Three")
    )
    assert one.sign_lines == ["A sign", "Another"]
    aims.move_up(aim=three, by=scene.staff)
    aims.move_up(aim=one, by=scene.staff)
    new = aims.replace_aim(aim=two, title="Better", signs="x", because="We learned.", by=scene.staff)
    titles = [aim.title for aim in Aim.objects.effective_on(today)]
    assert titles == ["One", "Three", "Better"]
    assert new.replaces == two
    earlier = queries.earlier_aims(scene.programme, today).get()
    assert (earlier.title, earlier.ended_because, earlier.replaced_by) == ("Two", "We learned.", new)
    aims.end_aim(aim=one, because="Reached.", by=scene.staff)
    assert [aim.title for aim in Aim.objects.effective_on(today)] == ["Three", "Better"]


def test_an_aim_needs_a_sign_and_a_reason_to_end_and_ends_once(scene):
    def add(title="x", signs="x", by=scene.staff):
        return aims.add_aim(programme=scene.programme, title=title, signs=signs, by=by)

    refuse("title", lambda: add(title=" "))
    refuse("signs", lambda: add(signs=" \n "))
    aim = add()
    refuse("because", lambda: aims.end_aim(aim=aim, because=" ", by=scene.staff))
    aims.end_aim(aim=aim, because="Reached.", by=scene.staff)
    refuse(None, lambda: aims.end_aim(aim=aim, because="Again.", by=scene.staff))
    refuse(None, lambda: aims.replace_aim(aim=aim, title="x", signs="x", because="x", by=scene.staff))
    for who in OTHERS:
        refuse(None, lambda who=who: add(by=getattr(scene, who)))
    for _each in range(20):
        add()
    refuse(None, add)


def answers(**given):
    return {question: f"About {question}" for question in changes.QUESTIONS} | given


def activity(scene, **fields):
    values = {"name": "The evening group", "rung": "co_design", "starts_on": dt.date(2026, 11, 2), **answers()}
    return changes.add_activity(programme=scene.programme, **{"by": scene.staff, **values, **fields})


@pytest.mark.parametrize("question", changes.QUESTIONS)
def test_an_activity_answers_every_question_also_what_was_not_good(scene, question):
    refuse(question, lambda: activity(scene, **{question: " "}))


def test_an_activity_is_checked_and_changed_with_its_history_kept(scene):
    row = activity(scene)
    refuse("name", lambda: activity(scene, name="the EVENING group"))
    refuse("ends_on", lambda: activity(scene, name="x", ends_on=dt.date(2026, 11, 1)))
    theirs = an_aim(scene.other, scene.staff.person)
    refuse("serves", lambda: activity(scene, name="x", serves=theirs))
    for who in OTHERS:
        refuse(None, lambda who=who: activity(scene, name="x", by=getattr(scene, who)))
    changed = changes.edit_activity(
        activity=row,
        name=row.name,
        rung="co_production",
        starts_on=row.starts_on,
        by=scene.staff,
        **answers(went_badly="Two people were tired out."),
    )
    assert changed.rung == "co_production"
    kept = list(row.history.order_by("pgh_id").values_list("went_badly", flat=True))
    assert kept == ["About went_badly", "Two people were tired out."]


def change(scene, **fields):
    values = {
        "title": "Meetings start at one",
        "for_whom": "People who travel",
        "evidence": "The calendar.",
        "harm": "None that we know of.",
        "happened_on": dt.date(2026, 11, 2),
        "by": scene.staff,
    }
    return changes.add_change(programme=scene.programme, **{**values, **fields})


def test_a_change_says_for_whom_how_one_can_tell_and_what_harm_came_of_it(scene, today):
    for name in ("title", "for_whom", "evidence", "harm"):
        refuse(name, lambda name=name: change(scene, **{name: " "}))
    refuse("happened_on", lambda: change(scene, happened_on=today + dt.timedelta(days=1)))
    refuse("aim", lambda: change(scene, aim=an_aim(scene.other, scene.staff.person)))
    refuse("activity", lambda: change(scene, activity=an_activity(scene.other)))
    refuse("contributions", lambda: change(scene, contributions=[a_contribution(scene.other)]))
    for who in OTHERS:
        refuse(None, lambda who=who: change(scene, by=getattr(scene, who)))
    assert not Change.objects.exists()


def test_a_change_rests_on_what_was_said_and_can_be_changed(scene):
    said = a_contribution(scene.programme)
    row = change(scene, contributions=[said])
    assert list(row.contributions.all()) == [said]
    fields = {"title": "Other", "for_whom": "x", "evidence": "x", "harm": "x", "happened_on": row.happened_on}
    changes.edit_change(change=row, by=scene.staff, **fields)
    row.refresh_from_db()
    assert (row.title, list(row.contributions.all()), row.recorded_by) == ("Other", [], scene.staff.person)


def test_what_the_page_says_comes_from_what_was_written_and_said(scene, today):
    person = scene.staff.person
    aim, ended = an_aim(scene.programme, person), an_aim(scene.programme, person, "Ended")
    aims.end_aim(aim=ended, because="x", by=scene.staff)
    vision = a_vision(scene.programme, person)
    towards, other = a_change(scene.programme, person, aim=aim), a_change(scene.programme, person, aim=ended)
    work = an_activity(scene.programme)
    said = a_contribution(scene.programme, scene.lived.person)
    a_reply(an_outcome(said, "partly"), scene.lived.person)
    a_contribution(scene.programme)
    a_contribution(scene.programme, hidden_at="2026-11-23T10:00Z", hidden_by=person)
    a_contribution(scene.other)
    impact = queries.impact_of(scene.programme, today, 5)
    assert (impact.vision, impact.others, impact.activities, impact.waiting) == (vision, [other], [work], 1)
    assert [(each.aim, each.changes) for each in impact.aims] == [(aim, [towards])]
    assert impact.answers == {"changed": 0, "partly": 1, "not_changed": 0}
    # One reply is too few; a zero is hidden with it, as the total would give it away.
    assert impact.replies["not_true"] is None
    assert sum(number is None for number in impact.replies.values()) > 1


def test_the_page_is_shared_and_taken_back(scene):
    for _twice in range(2):
        papers.share(programme=scene.programme, by=scene.staff)
    assert ImpactSharing.objects.count() == 1
    for _twice in range(2):
        papers.stop_sharing(programme=scene.programme, by=scene.staff)
    assert not queries.is_shared(scene.programme)
    papers.share(programme=scene.programme, by=scene.staff)
    assert ImpactSharing.objects.count() == 2
    for who in OTHERS:
        refuse(None, lambda who=who: papers.share(programme=scene.programme, by=getattr(scene, who)))
        refuse(None, lambda who=who: papers.stop_sharing(programme=scene.programme, by=getattr(scene, who)))


def test_a_paper_is_asked_for_by_staff_and_steering_group_once_there_is_a_vision(scene):
    def ask(by):
        return papers.ask_for_paper(programme=scene.programme, layout="standard", by=by)

    refuse(None, lambda: ask(scene.staff))
    a_vision(scene.programme, scene.staff.person)
    assert ask(scene.member) == ask(scene.staff), "one that waits is the one"
    for who in ("lived", "finance", "elsewhere"):
        refuse(None, lambda who=who: ask(getattr(scene, who)))
    assert ImpactPaper.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programmes_vision SET words = 'Other'",
        "DELETE FROM programmes_vision",
        "UPDATE programmes_aim SET title = 'Other'",
        "UPDATE programmes_aim SET signs = 'Other'",
        "UPDATE programmes_aim SET ends_on = '2030-01-01'",
        "UPDATE programmes_aim SET ends_on = NULL, ended_because = ''",
        "DELETE FROM programmes_aim",
        "UPDATE programmes_activity SET went_badly = ''",
        "UPDATE programmes_change SET harm = ''",
        "UPDATE programmes_change SET evidence = ''",
    ],
)
def test_the_database_keeps_visions_and_aims_and_asks_for_harm(scene, statement):
    person = scene.staff.person
    a_vision(scene.programme, person)
    aims.end_aim(aim=an_aim(scene.programme, person), because="Reached.", by=scene.staff)
    an_activity(scene.programme)
    a_change(scene.programme, person)
    refused(statement)
