"""The impact page: for the programme, for everybody once it is shared, and on paper."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from programmes.heard.actions import wishes
from programmes.impact import documents
from programmes.impact.actions import aims, papers
from programmes.models import Activity, Aim, Change, ImpactPaper, Role, Vision
from tests import factories as make
from tests.factories.heard import a_contribution, a_reply, an_outcome
from tests.factories.impact import a_change, a_vision, an_activity, an_aim
from tests.helpers.client import page_text, signed_in
from tests.helpers.documents import text_of
from tests.helpers.pdf_checks import faults


def at(name, *args):
    return reverse(name, args=args)


@pytest.fixture
def written(scene):
    """A programme with one of everything: a change that rests on what two people said, one of them named."""
    person = scene.staff.person
    a_vision(scene.programme, person, "Nothing about us without us.", agreed_at="The curry day")
    aim = an_aim(scene.programme, person)
    said = a_contribution(scene.programme, make.a_person("Norah Named"), theme="Ten is too early", named=True)
    a_reply(an_outcome(said), said.contributors.get().person, named=True, words="It is better.")
    a_change(scene.programme, person, said, aim=aim, harm="Two people can no longer come.")
    an_activity(scene.programme, went_badly="It tired people out.")
    return scene.programme


def test_everybody_in_the_programme_reads_vision_aims_changes_harm_and_activities(scene, written):
    for user in (scene.lived, scene.member, scene.finance, scene.staff):
        page = page_text(signed_in(user).get(at("impact", "wow")))
        for words in (
            "Nothing about us without us.",
            "1. Meetings that everybody can come to",
            "Half of all meetings online",
            "Two people can no longer come.",
            "Ten is too early",
            "It tired people out.",
            "Co-design",
            "1 thing people said led to a change.",
        ):
            assert words in page
        assert ("Write down what changed" in page) == (user == scene.staff)
        assert ("This page as a PDF" in page) == (user in {scene.staff, scene.member})


def test_what_was_taken_off_the_page_is_not_on_this_one(scene, written):
    said = Change.objects.get().contributions.get()
    wishes.take_off(contribution=said, how="By phone", by=scene.staff)
    assert "Ten is too early" not in page_text(signed_in(scene.lived).get(at("impact", "wow")))


def test_everybody_reads_it_once_it_is_shared_and_no_name_stands_there(scene, written, client):
    url = at("impact_public", "wow")
    assert client.get(url).status_code == 404
    staff = signed_in(scene.staff)
    assert "Everybody who has the link" in page_text(staff.post(at("impact_share", "wow"), follow=True))
    page = page_text(client.get(url))
    assert "Nothing about us without us." in page and "Ten is too early" in page
    assert "Norah Named" not in page and "/heard/" not in page
    assert "Only people of the programme can read this page now." in page_text(
        staff.post(at("impact_stop_sharing", "wow"), follow=True)
    )
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(("number", "members", "public"), [(4, False, False), (9, True, False), (10, True, True)])
def test_how_many_say_that_it_is_true_is_hidden_in_public_more_strictly(scene, client, number, members, public):
    a_vision(scene.programme, scene.staff.person)
    people = [make.with_role(scene.programme, Role.LIVED_EXPERIENCE).person for _each in range(number)]
    said = a_contribution(scene.programme, *people)
    outcome = an_outcome(said)
    for person in people:
        a_reply(outcome, person, "true")
    papers.share(programme=scene.programme, by=scene.staff)
    sentence = f"say that it is true: {number}"
    assert (sentence in page_text(signed_in(scene.lived).get(at("impact", "wow")))) == members
    assert (sentence in page_text(client.get(at("impact_public", "wow")))) == public


def test_staff_write_everything_down_on_the_pages_and_a_refusal_loses_nothing(scene, day):
    staff = signed_in(scene.staff)
    assert "No vision is written down yet" in page_text(staff.get(at("impact", "wow")))
    assert "Nothing is written down yet" in page_text(signed_in(scene.lived).get(at("impact", "wow")))
    staff.post(at("vision_edit", "wow"), {"words": "All of us.", "agreed_at": "A day", **day("effective_from")})
    refused = page_text(staff.post(at("aim_new", "wow"), {"title": "Be on time"}))
    assert "Say what would show that you are there" in refused and 'value="Be on time"' in refused
    staff.post(at("aim_new", "wow"), {"title": "Be on time", "signs": "Papers a week before"})
    staff.post(at("aim_new", "wow"), {"title": "Be kind", "signs": "Nobody leaves"})
    aim, kind = Aim.objects.order_by("position")
    staff.post(at("aim_up", kind.pk))
    assert list(Aim.objects.order_by("position")) == [kind, aim]
    given = {name: f"About {name}" for name in ("aim", "methods", "went_well", "influence", "reflection")}
    work_form = {"name": "The group", "rung": "engagement", "serves": aim.pk, **day("starts_on", -9), **given}
    refused = page_text(staff.post(at("activity_new", "wow"), work_form))
    assert "also if the answer is “none that we know of”" in refused and "About methods" in refused
    staff.post(at("activity_new", "wow"), work_form | {"went_badly": "It was cold."})
    work = Activity.objects.get()
    staff.post(at("activity_edit", work.pk), work_form | {"went_badly": "It was very cold."})
    said = a_contribution(scene.programme, theme="Papers come late")
    values = {"title": "Earlier papers", "for_whom": "All", "aim": aim.pk, "activity": work.pk, "evidence": "The post."}
    values |= day("happened_on", -1) | {"contributions": [said.pk]}
    refused = page_text(staff.post(at("change_new", "wow"), values))
    assert "Answer this question" in refused and "The post." in refused
    staff.post(at("change_new", "wow"), values | {"harm": "None that we know of."})
    change = Change.objects.get()
    assert "checked" in page_text(staff.get(at("change_edit", change.pk)))
    staff.post(at("change_edit", change.pk), values | {"harm": "More work for Ros."})
    page = page_text(staff.get(at("impact", "wow")))
    for words in ("All of us.", "Agreed at: A day", "More work for Ros.", "Papers come late", "It was very cold."):
        assert words in page


def test_earlier_visions_and_aims_stay_readable(scene, written, day):
    staff = signed_in(scene.staff)
    assert "There are none" in page_text(staff.get(at("impact_earlier", "wow")))
    staff.post(at("vision_edit", "wow"), {"words": "A new one.", **day("effective_from")})
    aim = Aim.objects.get()
    staff.post(at("aim_replace", aim.pk), {"title": "A new aim", "signs": "x", "because": "We learned."})
    staff.post(at("aim_end", Aim.objects.get(ends_on=None).pk), {"because": "Reached."})
    page = page_text(signed_in(scene.lived).get(at("impact_earlier", "wow")))
    for words in ("Nothing about us without us.", aim.title, "We learned.", "A new aim", "Reached."):
        assert words in page
    assert "Earlier visions and aims" in page_text(signed_in(scene.lived).get(at("impact", "wow")))


def test_a_worker_makes_the_paper_and_those_who_may_read_the_page_open_it(scene, written, worker, client):
    member = signed_in(scene.member)
    with worker():
        member.post(at("impact_papers", "wow"), {"layout": "large"})
    paper = ImpactPaper.objects.get()
    url = at("impact_paper", paper.pk)
    assert "Large print (PDF)" in page_text(member.get(at("impact_papers", "wow")))
    answer = signed_in(scene.lived).get(url)
    text = text_of(PdfReader(io.BytesIO(b"".join(answer.streaming_content))))
    for words in ("Nothing about us without us.", "Two people can no longer come.", "It tired people out."):
        assert words in text
    assert "Norah Named" not in text
    assert client.get(url).status_code == 404
    assert signed_in(scene.elsewhere).get(url).status_code == 404
    papers.share(programme=scene.programme, by=scene.staff)
    assert client.get(url).status_code == 200
    assert "As a PDF: Large print" in page_text(client.get(at("impact_public", "wow")))


def test_a_paper_being_made_is_shown_with_its_progress_and_only_to_those_who_may_have_it(scene, written):
    paper = papers.ask_for_paper(programme=scene.programme, layout="standard", by=scene.member)
    page = page_text(signed_in(scene.member).get(at("impact_papers", "wow")))
    assert "The paper about impact" in page and "<progress" in page
    assert signed_in(scene.member).get(at("impact_paper", paper.pk)).status_code == 404


@pytest.mark.parametrize("layout", ImpactPaper.Layout.values)
def test_the_independent_checker_finds_no_fault_in_the_paper(scene, written, today, tmp_path, layout):
    a_change(scene.programme, scene.staff.person, title="Towards no aim")
    for number in range(6):
        aim = aims.add_aim(programme=scene.programme, title=f"Aim {number}", signs="One\nTwo", by=scene.staff)
        a_change(
            scene.programme,
            scene.staff.person,
            aim=aim,
            title=f"Change {number}",
            evidence_url="https://example.org/a/b",
        )
        an_activity(scene.programme, name=f"Activity {number}", serves=aim)
    assert faults(documents.paper(scene.programme, layout, today), tmp_path) == []


def test_an_empty_paper_has_no_fault_either(scene, today, tmp_path):
    assert faults(documents.paper(scene.programme, "standard", today), tmp_path) == []


def test_the_page_takes_the_same_number_of_queries_with_3_and_30_of_everything(scene, written):
    person = scene.staff.person

    def more(number):
        for each in range(number):
            aim = an_aim(scene.programme, person, f"Aim {Aim.objects.count()} {each}")
            said = a_contribution(scene.programme)
            a_change(scene.programme, person, said, aim=aim)
            a_change(scene.programme, person, said)
            an_activity(scene.programme, name=f"Activity {Activity.objects.count()}", serves=aim)

    def queries():
        client = signed_in(scene.staff)
        client.get(at("impact", "wow"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("impact", "wow")).status_code == 200
        return len(captured)

    more(3)
    few = queries()
    more(27)
    assert queries() == few
    assert Vision.objects.count() == 1
