"""Pages of reports: what can be asked for, and what a report leads to."""

import datetime as dt

from django.urls import reverse

from payments.models import ReportRun
from payments.reports import catalogue
from tests.helpers.reporting import a_settled_claim, made, words_of

D = dt.date


def test_a_report_from_one_day_to_another_is_asked_for_on_the_page(scene, signed_in):
    client, url = signed_in(scene.finance), reverse("report_new", args=[scene.programme.slug, "spend"])
    first = {"first_day_day": 1, "first_day_month": 10, "first_day_year": 2026}
    last = {"last_day_day": 15, "last_day_month": 11, "last_day_year": 2026}
    for data, words in (
        ({"period": "span"}, "Enter a day"),
        ({"period": "span", **first}, "Enter a day"),
        ({"period": "span", **first, **last, "last_day_year": 2025}, "The last day must not be before the first"),
        ({"period": "2026-10", **first}, "Choose “From one day to another”, or empty the boxes"),
    ):
        page = client.post(url, data)
        assert page.status_code == 200
        assert words in words_of(page)
    assert 'value="10"' in page.content.decode(), "what was typed is lost"
    assert client.post(url, {"period": "span", **first, **last}).status_code == 302
    asked = ReportRun.objects.get()
    assert asked.parameters == {"period": "2026-10-01_2026-11-15"}
    assert catalogue.period_in_words(asked) == "1 October 2026 to 15 November 2026"


def test_a_claim_in_a_report_links_to_the_claim_for_who_may_open_it(scene, signed_in):
    claim = a_settled_claim(scene.programme, scene.person.person, activity_on=D(2026, 11, 1), sent_on=D(2026, 11, 2))
    report = made(scene.programme, "ageing")
    for who in (scene.staff, scene.finance):
        page = signed_in(who).get(report.get_absolute_url()).content.decode()
        assert f'<a class="govuk-link" href="{claim.get_absolute_url()}">{claim.reference}</a>' in page
