"""Pages of decisions: from a proposal to its outcome."""

import datetime as dt

from django.urls import reverse

from programmes.decisions import actions as decision_actions
from programmes.models import Decision, Role
from tests import factories as make


def test_a_proposal_goes_from_words_to_outcome_on_the_pages(scene, signed_in, today):
    closes = today + dt.timedelta(days=3)
    day = {"closes_on_day": closes.day, "closes_on_month": closes.month, "closes_on_year": closes.year}
    signed_in(scene.member).post(
        reverse("decision_new", args=["wow"]),
        {"group": scene.group.pk, "title": "Evenings", "wording": "We meet in the evening.", **day},
    )
    decision = Decision.objects.get()
    url = reverse("decision", args=[decision.pk])
    dashboard = signed_in(scene.member).get(reverse("decisions", args=["wow"])).content.decode()
    assert "You have not given your view yet" in dashboard
    assert "0 of 2 members have given a view" in dashboard
    signed_in(scene.member).post(
        reverse("decision_position", args=[decision.pk]), {"stance": "veto", "reason": "I care for my mother."}
    )
    page = signed_in(scene.chair).get(url).content.decode()
    assert "I care for my mother." in page
    assert "A member who chose not to be named" in page
    assert "1 of 2 members has given a view" in page
    assert "Not heard from yet" not in page
    outcome = reverse("decision_outcome", args=[decision.pk])
    page = signed_in(scene.chair).get(outcome).content.decode()
    assert "Objections to answer" in page
    assert "I care for my mother." in page
    decided = {"decided_on_day": today.day, "decided_on_month": today.month, "decided_on_year": today.year}
    bad = signed_in(scene.chair).post(outcome, {"outcome": "not_agreed", "what_changes": "Nothing.", **decided})
    assert "Say why, and how each objection was answered" in bad.content.decode()
    assert "Nothing." in bad.content.decode()
    signed_in(scene.chair).post(
        outcome, {"outcome": "not_agreed", "reason": "Carers cannot come.", "what_changes": "Nothing.", **decided}
    )
    page = signed_in(scene.staff).get(url).content.decode()
    assert "Not agreed" in page
    assert "Carers cannot come." in page
    assert "I care for my mother." in page
    record = signed_in(scene.staff).get(reverse("decisions", args=["wow"]), {"status": "decided"})
    assert record.context["listing"].count == 1


def test_a_position_form_without_a_stance_keeps_the_words(scene, signed_in):
    decision = make.a_decision(scene.programme)
    response = signed_in(scene.member).post(
        reverse("decision_position", args=[decision.pk]), {"reason": "Long thoughts.", "named": "on"}
    )
    assert "Choose what you think" in response.content.decode()
    assert "Long thoughts." in response.content.decode()


def test_an_unnamed_member_is_named_on_no_page(scene, signed_in):
    decision = make.a_decision(scene.programme)
    decision_actions.take_position(decision=decision, stance="veto", reason="No.", named=False, by=scene.member)
    for who in (scene.staff, scene.chair, scene.administrator):
        for name in ("decision", "decision_outcome"):
            page = signed_in(who).get(reverse(name, args=[decision.pk])).content.decode()
            assert "Molly Member" not in page


def test_a_proposal_needs_a_steering_group_first(scene, signed_in, client):
    empty = make.a_programme(slug="empty")
    make.with_role(empty, Role.STAFF, user=scene.staff)
    response = signed_in(scene.staff).get(reverse("decision_new", args=["empty"]), follow=True)
    assert "Set one up first" in response.content.decode()
