"""Pages of reviews, as each reader sees them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Job, Notice
from people.registry import home_tasks
from programmes.models import ResultsPaper, ReviewRound, ReviewRule, ReviewStatement
from programmes.reviews.actions import answering, rounds
from programmes.reviews.contributions import answer_panel
from programmes.reviews.models import Section
from tests.factories.reviews import a_review, answer_all, statements_of
from tests.helpers.client import page_text
from tests.helpers.database import queries_of
from tests.helpers.roles import fresh
from tests.programmes.reviews.conftest import COULD_CHANGE


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def asked(circle):
    return circle.review.asked.get(person=circle.lived[0].person)


@pytest.fixture
def closed(circle):
    answer_all(circle.review, "lived_experience", *[{COULD_CHANGE: 2}] * 9, comment="Tell us sooner")
    answer_all(circle.review, "staff", *[{COULD_CHANGE: 5}] * 6)
    rounds.close(review=circle.review, by=circle.boss)
    circle.review.refresh_from_db()
    return circle.review


def titles(user):
    return [str(task.title) for make in home_tasks for task in make(fresh(user))]


def of_date(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


# Answering by the personal link


def test_a_link_opens_the_questions_without_signing_in_and_sends_them_once(asked):
    client = Client(enforce_csrf_checks=True)
    address = reverse("review_answer", args=[asked.link_key])
    page = page_text(client.get(address))
    assert "Hello Lived. How is it to work together?" in page
    assert "Your answers are anonymous" in page
    assert COULD_CHANGE in page
    assert "Lived Number0" not in page
    statement = statements_of(asked.round)[COULD_CHANGE]
    sent = client.post(address, {f"statement_{statement.pk}": "2", "comment_purpose": "Sooner"})
    assert sent["Location"] == reverse("review_answered", args=[asked.link_key])
    assert "Your answers are in." in page_text(client.get(sent["Location"]))
    assert client.get(address)["Location"] == sent["Location"]
    assert client.post(address, {f"statement_{statement.pk}": "5"})["Location"] == sent["Location"]
    assert asked.round.comments.get().words == "Sooner"


def test_nothing_typed_is_lost_when_there_is_something_wrong(asked):
    address = reverse("review_answer", args=[asked.link_key])
    page = page_text(Client().post(address, {}))
    assert "Answer at least one of the questions" in page
    statement = statements_of(asked.round)[COULD_CHANGE]
    page = page_text(Client().post(address, {f"statement_{statement.pk}": "2", "comment_impact": "x" * 2001}))
    assert "Use 2000 characters or fewer" in page
    assert f'name="statement_{statement.pk}" value="2"' in page
    assert "checked" in page


def test_staff_are_asked_in_their_words(circle):
    asked = circle.review.asked.get(person=circle.boss.person)
    page = page_text(Client().get(reverse("review_answer", args=[asked.link_key])))
    assert "I said clearly what could and could not change" in page
    assert COULD_CHANGE not in page


def test_a_link_that_leads_nowhere_gets_a_kind_answer_and_few_tries(asked):
    client = Client()
    address = reverse("review_answer", args=["a-broken-key"])
    first = client.get(address)
    assert first.status_code == 404
    assert "This link does not work" in first.content.decode()
    assert {client.get(address).status_code for _try in range(40)} == {404, 429}
    assert client.get(reverse("review_answer", args=[asked.link_key])).status_code == 200


def test_a_link_of_a_review_that_is_over_says_so(circle, asked):
    rounds.close(review=circle.review, by=circle.boss)
    page = page_text(Client().get(reverse("review_answer", args=[asked.link_key])))
    assert "takes no more answers" in page
    assert "connie@example.org" in page


def test_the_page_of_a_link_is_kept_out_of_caches_and_search_engines(asked):
    answer = Client().get(reverse("review_answer", args=[asked.link_key]))
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]


# Staff


def test_staff_enter_answers_given_by_phone(circle, asked, signed_in):
    client = signed_in(circle.boss)
    address = reverse("review_answer_for", args=[asked.pk])
    assert "Enter the answers of Lived Number0" in page_text(client.get(address))
    statement = statements_of(circle.review)[COULD_CHANGE]
    assert "Choose how did they answer" not in page_text(client.post(address, {}))
    answer = client.post(address, {"way": "phone", f"statement_{statement.pk}": "1"}, follow=True)
    page = page_text(answer)
    assert "kept without the person’s name" in page
    assert "By phone, entered by Staffer Number0" in page
    own = circle.review.asked.get(person=circle.boss.person)
    assert reverse("review_answer_for", args=[own.pk]) not in page
    again = client.get(address, follow=True)
    assert "are in already" in page_text(again)


def test_a_colleague_on_the_phone_finds_the_page_from_the_message(circle, asked):
    notice = Notice.objects.get(kind="review", person=asked.person)
    assert answer_panel(circle.boss, notice).context["url"] == reverse("review_answer_for", args=[asked.pk])
    assert answer_panel(circle.partner, notice) is None


def test_a_review_is_planned_opened_closed_and_shared_on_its_pages(circle, signed_in, today):
    client, slug = signed_in(circle.boss), circle.programme.slug
    sent = {"title": "After the workshop", "about": "", "asks": ["lived_experience"], **of_date("opens_on", today)}
    wrong = client.post(reverse("review_new", args=[slug]), {**sent, **of_date("closes_on", today), "asks": []})
    assert "After the workshop" in page_text(wrong)
    answer = client.post(reverse("review_new", args=[slug]), {**sent, **of_date("closes_on", today)})
    review = ReviewRound.objects.get(title="After the workshop")
    assert answer["Location"] == reverse("review", args=[review.pk])
    assert "9 people will be asked" in page_text(client.get(answer["Location"]))
    page = page_text(client.post(reverse("review_open", args=[review.pk]), follow=True))
    assert "9 people are being asked" in page
    assert "Nobody can see what was said before the review is closed." in page
    later = of_date("closes_on", today + dt.timedelta(days=5))
    assert client.post(reverse("review_longer", args=[review.pk]), later).status_code == 302
    assert "9 people have not answered" in page_text(client.get(reverse("review_close", args=[review.pk])))
    page = page_text(client.post(reverse("review_close", args=[review.pk]), follow=True))
    assert "too few people answered" in page
    page = page_text(client.post(reverse("review_publish", args=[review.pk]), follow=True))
    assert "Those who were asked are being told" in page


def test_home_asks_those_who_are_silent_and_staff_to_open_and_close(circle, asked, today):
    mine = "Tell us how it is to work together: Our second year"
    assert mine in titles(circle.lived[0])
    answering.answer(asked=asked, values={}, comments={"impact": "Good"}, by=None)
    assert mine not in titles(circle.lived[0])
    a_review(circle.programme, circle.boss, is_open=False, title="Next")
    assert "Open the 4Pi review: Next" in titles(circle.boss)
    assert "Close the 4Pi review: Our second year" not in titles(circle.boss)
    late = a_review(circle.programme, circle.boss, title="Late")
    ReviewRound.objects.filter(pk=late.pk).update(
        opens_on=today - dt.timedelta(days=9), closes_on=today - dt.timedelta(days=1)
    )
    assert "Close the 4Pi review: Late" in titles(circle.boss)
    assert "Tell us how it is to work together: Late" not in titles(circle.lived[1])


def test_the_list_takes_the_same_queries_for_3_and_for_30(circle, signed_in):
    client, address = signed_in(circle.boss), reverse("reviews", args=[circle.programme.slug])
    for number in range(2):
        a_review(circle.programme, circle.boss, is_open=False, title=f"Year {number}")
    page_text(client.get(address))
    few = len(queries_of(lambda: client.get(address)))
    for number in range(27):
        a_review(circle.programme, circle.boss, is_open=False, title=f"Later {number}")
    assert len(queries_of(lambda: client.get(address))) == few


def test_the_page_of_a_review_takes_the_same_queries_for_many_people(circle, signed_in):
    client = signed_in(circle.boss)
    small = a_review(circle.programme, circle.boss, asks_lived_experience=False, asks_steering=True)
    page_text(client.get(reverse("review", args=[small.pk])))
    few = len(queries_of(lambda: client.get(reverse("review", args=[small.pk]))))
    assert len(queries_of(lambda: client.get(reverse("review", args=[circle.review.pk])))) == few


# Results


def test_nobody_sees_results_while_the_review_is_open(circle, signed_in):
    answer_all(circle.review, "staff", *[5] * 6)
    for user in (circle.boss, circle.partner):
        answer = signed_in(user).get(reverse("review_results", args=[circle.review.pk]))
        assert answer.status_code == 403
        assert "once the review is closed" in answer.content.decode()


def test_the_steering_group_sees_the_gap_the_bars_and_the_comments(closed, circle, signed_in):
    page = page_text(signed_in(circle.partner).get(reverse("review_results", args=[closed.pk])))
    assert "The largest gap: 3.0" in page
    assert page.index(f"“{COULD_CHANGE}”") < page.index("We agreed together how we would work")
    assert "<svg" in page
    assert "“Tell us sooner”" in page
    assert "Add an action" not in page, "only the chairs and staff give actions"
    assert "Not yet" not in page_text(signed_in(circle.partner).get(reverse("review", args=[closed.pk])))


def test_everyone_in_the_programme_sees_shared_results_without_the_comments(closed, circle, signed_in):
    address = reverse("review_results", args=[closed.pk])
    assert signed_in(circle.lived[0]).get(address).status_code == 404
    rounds.publish(review=closed, by=circle.boss)
    page = page_text(signed_in(circle.lived[0]).get(address))
    assert "The largest gap: 3.0" in page
    assert "Tell us sooner" not in page
    assert signed_in(circle.elsewhere).get(address).status_code == 404
    listed = page_text(signed_in(circle.lived[0]).get(reverse("reviews", args=[circle.programme.slug])))
    assert "Our second year" in listed
    panel = page_text(signed_in(circle.lived[0]).get(reverse("programme", args=[circle.programme.slug])))
    assert address in panel


def test_results_are_saved_as_files_and_ordered_by_section(closed, circle, signed_in):
    client, address = signed_in(circle.boss), reverse("review_results", args=[closed.pk])
    csv = b"".join(client.get(f"{address}?export=csv").streaming_content).decode()
    assert COULD_CHANGE in csv
    assert "Tell us sooner" not in csv
    assert client.get(f"{address}?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")
    page = page_text(client.get(f"{address}?order=section"))
    assert page.rindex("We agreed together how we would work") > page.index("Statement by statement")
    first, second = (page.index(f'label">{words}') for words in ("We agreed together", COULD_CHANGE))
    assert first < second


def test_an_action_is_added_from_a_low_score(closed, circle, signed_in, today):
    client = signed_in(circle.boss)
    statement = statements_of(closed)[COULD_CHANGE]
    address = f"{reverse('review_action', args=[closed.pk])}?statement={statement.pk}"
    assert f"Because of: “{COULD_CHANGE}”" in page_text(client.get(address))
    sent = {"title": "Say it first", "owner": circle.boss.person.pk, **of_date("due_on", today)}
    page = page_text(client.post(address, sent, follow=True))
    assert "Say it first" in page
    assert client.get(f"{reverse('review_action', args=[closed.pk])}?statement=999999").status_code == 404


def test_a_worker_puts_the_results_on_paper_once(closed, circle, signed_in, worker):
    client = signed_in(circle.boss)
    ask = reverse("review_paper_ask", args=[closed.pk, "large-print"])
    with worker():
        answer = client.post(ask)
    job = Job.objects.get(kind="review_results")
    assert answer["Location"] == reverse("job", args=[job.pk])
    job.refresh_from_db()
    assert job.status == Job.Status.DONE, job.problem
    paper = reverse("review_paper", args=[closed.pk, "large-print"])
    assert client.post(ask)["Location"] == paper
    assert ResultsPaper.objects.count() == 1
    assert b"".join(client.get(paper).streaming_content).startswith(b"%PDF")
    assert "job" in answer["Location"]
    assert client.get(reverse("job", args=[job.pk])).status_code == 200
    assert signed_in(circle.elsewhere).get(reverse("job", args=[job.pk])).status_code == 404
    assert client.post(reverse("review_paper_ask", args=[closed.pk, "odd"]), follow=True).status_code == 200
    assert client.get(reverse("review_paper", args=[closed.pk, "standard"])).status_code == 404


# Asked and shown


def test_staff_write_statements_of_their_own(circle, signed_in, today):
    client, slug = signed_in(circle.boss), circle.programme.slug
    address = reverse("review_statements_own", args=[slug])
    assert COULD_CHANGE in page_text(client.get(address))
    words = {f"{section}_words": f"First of {section}\nSecond of {section}" for section in Section.values}
    sent = {**words, **of_date("effective_from", today), "impact_staff": "One only"}
    page = page_text(client.post(address, sent))
    assert "Write 2 statements here, one for each statement above." in page
    assert "Second of presence" in page
    page = page_text(client.post(address, {**sent, "impact_staff": "Staff one\nStaff two"}, follow=True))
    assert "Staff two" in page
    assert ReviewStatement.objects.filter(programme=circle.programme).count() == 10
    assert "Use 200 characters or fewer on each line" in page_text(
        client.post(address, {**sent, "impact_staff": "", "impact_words": "x" * 201})
    )


def test_staff_set_what_is_shown(circle, signed_in, today):
    client, address = signed_in(circle.boss), reverse("review_rule", args=[circle.programme.slug])
    sent = {"fewest": "4", "low_mean": "3.5", "open_days": "14", **of_date("effective_from", today)}
    assert "Enter 5 or more" in page_text(client.post(address, sent))
    page = page_text(client.post(address, {**sent, "fewest": "7"}, follow=True))
    assert "once 7 people in it have answered" in page
    assert ReviewRule.objects.in_force_on(circle.programme, timezone.localdate()).fewest == 7
