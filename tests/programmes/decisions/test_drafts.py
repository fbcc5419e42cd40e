"""Words that are kept while a member types them: theirs alone, counted nowhere, gone once they are sent."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.decisions.actions import deciding, drafts, proposing, speaking
from programmes.decisions.page import DecisionPage
from programmes.decisions.timed import purge_decision_drafts
from programmes.models import Decision, DecisionDraft, LateView, Position
from tests.helpers.client import page_text, signed_in
from tests.programmes.decisions.conftest import say

WORDS = {"stance": "consent", "reason": "The bus stops", "named": "on"}


def at(name, *args):
    return reverse(name, args=args)


def type_in(user, decision, kind="view", wording=1, **fields):
    url = at("decision_draft", decision.pk, kind) + f"?wording={wording}"
    return signed_in(user).post(url, {"csrfmiddlewaretoken": "x", "page": "/", **(fields or WORDS)})


def test_what_was_typed_is_found_again_on_any_device_and_goes_once_it_is_sent(board, put):
    decision = put(title="Meet at noon")
    assert type_in(board.lena, decision, reason="The b").status_code == 204
    assert type_in(board.lena, decision, **WORDS, matters="Rest").status_code == 204
    kept = DecisionDraft.objects.get()
    assert kept.fields == {"stance": ["consent"], "reason": ["The bus stops"], "named": ["on"], "matters": ["Rest"]}
    elsewhere = signed_in(board.lena)
    form = elsewhere.get(at("decision_position", decision.pk)).content.decode()
    assert "We kept what you were writing on “Meet at noon”" in form and "The bus stops" in form and "Rest" in form
    assert "We kept what you were writing: your view" in page_text(elsewhere.get(at("decision", decision.pk)))
    assert "Go on writing: Meet at noon" in page_text(elsewhere.get("/"))
    elsewhere.post(at("decision_position", decision.pk), {**WORDS, "matters": "Rest"})
    assert Position.objects.get(decision=decision).reason == "The bus stops"
    assert not DecisionDraft.objects.exists()
    assert "We kept" not in page_text(elsewhere.get(at("decision_position", decision.pk)))


def test_nobody_else_sees_it_and_it_is_counted_nowhere(board, put):
    decision = put(title="Meet at noon")
    type_in(board.lena, decision, **WORDS)
    for user in (board.lotte, board.pat, board.staff):
        for page in ("/", at("decision", decision.pk)):
            text = page_text(signed_in(user).get(page))
            assert "The bus stops" not in text and "We kept" not in text
        assert not DecisionPage(decision, user, timezone.localdate()).drafts
    signed_in(board.lotte).post(at("decision_draft_discard", decision.pk, "view"))
    assert DecisionDraft.objects.get().user == board.lena
    assert not DecisionPage(decision, board.lena, timezone.localdate()).standing.heard


def test_it_can_be_thrown_away(board, put):
    decision = put()
    type_in(board.lena, decision, **WORDS)
    signed_in(board.lena).post(at("decision_draft_discard", decision.pk, "view"))
    assert not DecisionDraft.objects.exists()


def test_a_draft_says_which_wording_it_was_about(board, put):
    decision = put(title="Meet at noon")
    old = decision.wording
    type_in(board.lena, decision, **WORDS)
    proposing.amend(decision=decision, wording="We meet at two.", why="Buses", by=board.pat)
    # A page that was opened before goes on being kept as about the wording it shows.
    type_in(board.lena, decision, wording=1, **{**WORDS, "reason": "The bus stops there"})
    assert DecisionDraft.objects.get().version.wording == old
    page = page_text(signed_in(board.lena).get(at("decision_position", decision.pk)))
    assert "The wording has changed since you wrote this." in page and old in page and "We meet at two." in page
    assert "It was about wording 1, which has been changed since." in page_text(
        signed_in(board.lena).get(at("decision", decision.pk))
    )
    type_in(board.lena, decision, wording=2, **WORDS)
    assert DecisionDraft.objects.get().version.number == 2
    type_in(board.lena, decision, wording=9, **WORDS)
    assert DecisionDraft.objects.get().version.number == 2


def test_a_view_being_written_when_it_was_decided_may_join_the_record_as_said_after_it(board, put):
    decision = put("vote", ago=7, title="Meet at noon")
    say(decision, "in_favour", board.lotte, board.luca, board.pat, board.pia)
    type_in(board.lena, decision, stance="against", reason="Not for me", matters="Rest", named="on")
    deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=board.pat)
    # Their browser keeps it still.
    assert type_in(board.lena, decision, stance="against", reason="Not for me at all", named="on").status_code == 204
    client = signed_in(board.lena)
    assert "You can put your words beside the decision" in page_text(client.get(at("decision", decision.pk)))
    page = client.get(at("decision_position", decision.pk)).content.decode()
    assert "The decision was made while you were writing." in page and "Not for me at all" in page
    client.post(
        at("decision_position", decision.pk) + "?after=yes", {"stance": "against", "reason": "Not for me at all"}
    )
    assert LateView.objects.get().reason == "Not for me at all"
    assert not DecisionDraft.objects.exists()
    assert Decision.objects.get(pk=decision.pk).positions.count() == 4


def test_words_about_a_proposal_that_was_withdrawn_can_still_be_copied(board, put):
    decision = put()
    type_in(board.lena, decision, **WORDS)
    proposing.withdraw(decision=decision, reason="Not now.", by=board.pat)
    page = page_text(signed_in(board.lena).get(at("decision", decision.pk)))
    assert "Copy what you want to keep." in page and "The bus stops" in page and "Go on writing" not in page


@pytest.mark.parametrize(
    ("kind", "page", "status"),
    [("thought", "decision_thought", "shaping"), ("question", "decision_question", "deciding")],
)
def test_first_thoughts_and_questions_are_kept_as_well(board, put, kind, page, status):
    decision = put(status=status)
    type_in(board.lena, decision, kind, words="Who pays", named="on")
    client = signed_in(board.lena)
    assert "Who pays" in client.get(at(page, decision.pk)).content.decode()
    client.post(at(page, decision.pk), {"words": "Who pays", "named": "on"})
    assert not DecisionDraft.objects.exists()
    # A browser that was still on its way with it changes nothing.
    assert type_in(board.lena, decision, kind, words="Who pays", named="on").status_code == 204
    assert not DecisionDraft.objects.exists()


def test_a_box_that_was_unticked_stays_so(board, put):
    decision = put()
    type_in(board.lena, decision, stance="consent", reason="x")
    form = signed_in(board.lena).get(at("decision_position", decision.pk)).context["form"]
    assert form.initial["named"] is False


def test_an_empty_form_and_one_sent_just_as_it_is_leave_nothing(board, put):
    decision = put()
    type_in(board.lena, decision, **WORDS)
    type_in(board.lena, decision, reason=" ", named="on")
    assert not DecisionDraft.objects.exists()
    speaking.take_position(decision=decision, stance="consent", reason="The bus\nstops", by=board.lena)
    type_in(board.lena, decision, stance="consent", reason="The bus\r\nstops ", named="on")
    assert not DecisionDraft.objects.exists()
    type_in(board.lena, decision, stance="consent", reason="The bus stops here", named="on")
    assert DecisionDraft.objects.exists()


def test_too_much_and_too_often_are_not_kept_and_say_so(board, put, settings):
    decision = put()
    assert type_in(board.lena, decision, reason="x" * (settings.FORM_DRAFT_MAX_LENGTH + 1)).status_code == 413
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "keep_draft": "2/m/user"}
    client = signed_in(board.lotte)
    answers = [client.post(at("decision_draft", decision.pk, "view"), WORDS) for _try in range(3)]
    assert [answer.status_code for answer in answers] == [204, 204, 429] and answers[-1]["Retry-After"] == "30"
    assert type_in(board.luca, decision).status_code == 204


def test_staff_keep_questions_alone_and_unknown_kinds_are_not_found(board, put):
    decision = put()
    assert type_in(board.staff, decision, "view").status_code == 403
    assert type_in(board.staff, decision, "question", words="How?").status_code == 204
    assert type_in(board.lena, decision, "secret").status_code == 404


def test_what_was_begun_is_kept_while_it_is_open_and_some_days_after(board, put, settings):
    open_one, closed = put(), put()
    for decision in (open_one, closed):
        drafts.keep(decision=decision, kind="view", fields={"reason": ["x"]}, by=board.lena)
    proposing.withdraw(decision=closed, reason="Not now.", by=board.pat)
    long_ago = timezone.now() - dt.timedelta(days=settings.FORM_DRAFT_DAYS + 1)
    DecisionDraft.objects.update(saved_at=long_ago)
    purge_decision_drafts()
    assert DecisionDraft.objects.count() == 2
    later = timezone.now() + dt.timedelta(days=settings.FORM_DRAFT_DAYS + 1)
    assert drafts.purge(now=later, by=None) == 1
    assert DecisionDraft.objects.get().decision == open_one
