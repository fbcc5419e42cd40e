"""The dashboard: what each part shows, to whom, and never who said something without their name."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes import registry
from programmes.dashboard.page import parts_for
from programmes.decisions.actions import deciding, speaking
from programmes.models import ActionPoint, Decision, Role, SeatNumber
from programmes.registry import DashboardPart, Shown
from tests import factories as make
from tests.factories.heard import a_contribution, a_reply, an_outcome
from tests.helpers.client import page_text, signed_in
from tests.programmes.decisions.conftest import say

ORDER = ["needs_my_view", "open", "objections", "decided", "due", "told_back", "table", "money"]


def at(name, *args):
    return reverse(name, args=args)


def shown(board, key, user=None, on=None):
    """Return the content of the part `key` for `user`, or on paper."""
    parts = parts_for(user, board.programme, on or timezone.localdate())
    return next(part.shown for part in parts if part.key == key)


def a_decision_made(board, *outcome, **fields):
    """A decision of the board under rules that ask for no days."""
    rules = board.group.rules.filter(open_days=0).first() or make.some_rules(board.group, days_ago=900)
    return make.a_decided_proposal(board.programme, *outcome, group=board.group, rules=rules, **fields)


def test_parts_stand_in_their_order_and_no_two_have_one_key(board, today):
    keys = [part.key for part in parts_for(board.lena, board.programme, today)]
    assert [key for key in keys if key in ORDER] == ORDER
    assert "needs_my_view" not in [part.key for part in parts_for(None, board.programme, today)]
    with pytest.raises(ValueError, match="open"):
        registry.add_dashboard_part(DashboardPart("open", "Open", 1, lambda *_asked: Shown()))


def test_a_part_that_another_app_registers_stands_among_them(board, monkeypatch):
    part = DashboardPart("gap", "The gap", 15, lambda user, programme, on: Shown(nothing="No answers yet."))
    monkeypatch.setitem(registry.dashboard_parts, "gap", part)
    page = page_text(signed_in(board.lena).get(at("dashboard", "wow")))
    assert page.index("Needs your view") < page.index("The gap") < page.index("Open proposals")
    assert "No answers yet." in page


def test_it_is_the_first_link_of_a_member_and_not_there_for_others(scene):
    def links(user):
        page = signed_in(user).get("/").content.decode()
        navigation = page[page.index("<nav") : page.index("</nav>")]
        return re.findall(r'href="([^"]+)"', navigation)

    url = at("dashboard", "wow")
    member = links(scene.member)
    assert member.index(url) == 1
    assert url in links(scene.staff)
    assert url not in links(scene.finance) and url not in links(scene.lived)
    for user, sees in ((scene.member, True), (scene.staff, True), (scene.lived, False), (scene.finance, False)):
        assert (f'href="{url}"' in signed_in(user).get(at("programme", "wow")).content.decode()) == sees


def test_what_needs_the_readers_view_goes_once_it_is_given(board, put):
    decision = put(title="Meet at noon")
    part = shown(board, "needs_my_view", board.lena)
    assert [line.text for line in part.lines] == ["Meet at noon"]
    assert part.lines[0].url == at("decision_position", decision.pk)
    say(decision, "consent", board.lena)
    assert not shown(board, "needs_my_view", board.lena).lines
    assert "Nothing waits for your view." in page_text(signed_in(board.lena).get(at("dashboard", "wow")))


def test_open_proposals_say_how_many_are_heard_of_each_kind(board, put):
    decision = put(title="Meet at noon")
    say(decision, "consent", board.lena, board.lotte, board.pat)
    bar = shown(board, "open", board.luca).chart.bars[0]
    assert bar.cells[:2] == ["3 of 6 heard", "Lived experience 2 of 3, Partner charity 1 of 2, Programme staff 0 of 1"]
    assert bar.parts == [("paid", 2), ("approved", 1)] and bar.whole == 6
    assert bar.url == at("decision", decision.pk)


def test_kinds_are_not_told_apart_where_somebody_without_a_name_could_be_found(board, put):
    decision = put(title="Meet at noon")
    say(decision, "consent", board.lena, board.lotte)
    say(decision, "consent", board.stan, named=False)
    bar = shown(board, "open", board.luca).chart.bars[0]
    assert bar.cells[:2] == ["3 of 6 heard", "not shown"] and bar.parts == [("all", 3)]
    page = page_text(signed_in(board.luca).get(at("dashboard", "wow")))
    assert "Programme staff 1 of 1" not in page and "All kinds of members together" in page


def test_a_proposal_that_is_still_shaped_names_its_stage_and_counts_nobody(board, put):
    put(title="Where to meet", status="shaping")
    bar = shown(board, "open", board.lena).chart.bars[0]
    assert bar.text == "Being shaped" and not bar.parts


def test_objections_without_an_answer_are_counted_until_each_has_one(board, put):
    decision = put(title="Meet at noon")
    say(decision, "object", board.pia, board.lena)
    part = shown(board, "objections", board.luca)
    assert part.figures[0].value == "2" and part.lines[0].url == at("decision", decision.pk) + "#objections"
    listed = signed_in(board.luca).get(part.figures[0].url).content.decode()
    assert "Meet at noon" in listed
    for objection in decision.objections.all():
        speaking.reply_to_objection(objection=objection, words="Because.", by=board.pat)
    assert not shown(board, "objections", board.luca).lines
    assert "Meet at noon" not in signed_in(board.luca).get(part.figures[0].url).content.decode()


def test_hidden_views_stay_hidden_until_the_reader_gave_theirs_and_on_paper(board, put):
    decision = put(title="Meet at noon", hides_views=True)
    say(decision, "object", board.pia)
    assert not shown(board, "objections", board.luca).lines
    assert not shown(board, "objections", None).lines
    assert shown(board, "objections", board.luca).note
    todo = at("decisions", "wow") + "?todo=objection"
    assert "Meet at noon" not in signed_in(board.luca).get(todo).content.decode()
    say(decision, "consent", board.luca)
    assert shown(board, "objections", board.luca).lines
    assert "Meet at noon" in signed_in(board.luca).get(todo).content.decode()


def test_what_was_decided_stands_with_how_many_did_not_agree(board):
    a_decision_made(board, title="Pay sooner", days_ago=2)
    a_decision_made(board, "not_agreed", title="Meet at six", days_ago=1)
    lines = shown(board, "decided", board.lena).lines
    assert [line.text for line in lines] == ["Meet at six", "Pay sooner"]
    assert lines[1].detail.startswith("Agreed, ") and lines[1].detail.endswith("nobody against it")


def test_dissent_is_counted_beside_the_decision(board, put):
    decision = put("vote", ago=7, title="Meet at noon")
    say(decision, "in_favour", board.lena, board.lotte, board.pat)
    say(decision, "against", board.pia)
    deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=board.pat)
    assert shown(board, "decided", board.lena).lines[0].detail.endswith("1 member did not agree")


def test_reviews_and_actions_due_stand_in_order_with_late_ones_marked(board, today):
    old = a_decision_made(board, title="Pay sooner", days_ago=200, review_on=today - dt.timedelta(days=3))
    a_decision_made(board, title="Later", review_on=today + dt.timedelta(days=90))
    for title, days, decision in (("Ring them", -9, old), ("Book a room", 5, None)):
        ActionPoint.objects.create(
            group=board.group,
            decision=decision,
            title=title,
            owner=board.lena.person,
            due_on=today + dt.timedelta(days=days),
            created_by=board.pat.person,
        )
    part = shown(board, "due", board.luca)
    assert [figure.value for figure in part.figures] == ["1", "2", "1"]
    assert [(line.text, line.attention) for line in part.lines] == [
        ("Ring them", True),
        ("Pay sooner", True),
        ("Book a room", False),
    ]
    member = signed_in(board.luca)
    reviews, todo, late = (page_text(member.get(figure.url)) for figure in part.figures)
    assert "Pay sooner" in reviews and "Later" not in reviews
    assert "Ring them" in todo and "Book a room" in todo
    assert "Ring them" in late and "Book a room" not in late
    assert "Ring them" not in page_text(member.get(at("board_actions", "wow") + "?due=closed"))


def test_seats_are_shown_with_those_that_are_vacant(board):
    rules = make.some_rules(board.group, days_ago=1)
    for seat, number in (("lived_experience", 5), ("partner", 2), ("funder", 1)):
        SeatNumber.objects.create(rules=rules, seat=seat, number=number)
    make.a_seat(board.group, seat="partner", deputy_for=board.pat.person)
    part = shown(board, "table", board.lena)
    assert part.figures[0].value == "3"
    assert {bar.label: list(bar.cells) for bar in part.chart.bars} == {
        "Lived experience": ["3", "5", "2"],
        "Partner charity": ["2", "2", "0"],
        "Programme staff": ["1", "1", "0"],
        "Funder": ["0", "1", "1"],
    }


@pytest.mark.parametrize(("number", "value"), [(4, None), (5, "5")])
def test_told_back_shows_no_number_with_few_people_behind_it(board, number, value):
    people = [make.with_role(board.programme, Role.LIVED_EXPERIENCE).person for _each in range(number)]
    outcome = an_outcome(a_contribution(board.programme, *people))
    for person in people:
        a_reply(outcome, person, "true")
    figures = {str(figure.label): figure.value for figure in shown(board, "told_back", board.lena).figures}
    assert figures["Told us"] == "1" and figures["Say it is true"] == value
    page = page_text(signed_in(board.lena).get(at("dashboard", "wow")))
    assert ("too few to show" in page) == (value is None)


def test_a_late_answer_opens_the_list_for_staff_alone(board, today):
    a_contribution(board.programme, make.a_person(), owner=board.staff.person, due_on=today - dt.timedelta(days=1))
    staff, member = (
        next(one for one in shown(board, "told_back", user).figures if str(one.label) == "Answer is late")
        for user in (board.staff, board.lena)
    )
    assert staff.value == member.value == "1"
    assert signed_in(board.staff).get(staff.url).status_code == 200 and member.url == ""


def test_every_address_on_it_opens_for_the_reader_it_is_shown_to(board, put, today):
    decision = put(title="Meet at noon")
    say(decision, "object", board.pia)
    a_decision_made(board, days_ago=100, review_on=today)
    a_contribution(board.programme, make.a_person(), owner=board.staff.person, due_on=today - dt.timedelta(days=1))
    for user in (board.lena, board.staff):
        client = signed_in(user)
        page = client.get(at("dashboard", "wow")).content.decode()
        body = page[page.index('<div class="wb-dash">') : page.index("</main>")]
        addresses = {address.split("#")[0].replace("&amp;", "&") for address in re.findall(r'href="([^"]+)"', body)}
        assert len(addresses) > 5
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_it_asks_the_same_number_of_queries_with_3_and_300_decisions(board, today):
    def more(number, start):
        for each in range(number):
            day = today - dt.timedelta(days=(start + each) % 1800)
            decision = make.a_decision(
                board.programme,
                group=board.group,
                rules=board.rules,
                title=f"Proposal {start + each}",
                opened_on=day,
                closes_on=day + dt.timedelta(days=14),
            )
            make.a_position(decision, board.group.terms.get(person=board.lena.person), "reservations")
            if each % 3:
                decision.status, decision.outcome, decision.outcome_reason = "withdrawn", "", "Not now."
                decision.withdrawn_on, decision.recorded_by = day, board.pat.person
                decision.save()
            ActionPoint.objects.create(
                group=board.group,
                decision=decision,
                title=f"Action {start + each}",
                owner=board.lena.person,
                due_on=day,
                created_by=board.pat.person,
            )

    def queries():
        client = signed_in(board.lotte)
        client.get(at("dashboard", "wow"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("dashboard", "wow")).status_code == 200
        return len(captured)

    more(3, 0)
    few = queries()
    more(297, 3)
    assert Decision.objects.count() == 300
    assert queries() == few
