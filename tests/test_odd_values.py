"""Odd values at every address, as every kind of visitor: whatever is sent, no page breaks."""

from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.addresses import addresses
from tests.permissions import TABLE, VISITORS, rows

HUGE = "99999999999999999999"
ODD = {
    "NUL": "\0",
    "a number no key has": HUGE,
    "a number too long to read": "9" * 5000,
    "a digit that is no number": "²",
    "signs of other scripts": "é😀\u202e",
    "a very long word": "x" * 20_000,
    "signs of templates and SQL": "'\"<>%s{{",
}
PARAMETERS = """
    q sort page export status outcome role when need review group kind reply message overdue invited next with hours
    miles passengers vehicle activity nights hours_away preparation again day preset left person
"""
QUERY = "&".join(
    f"{name}={value}"
    for name in PARAMETERS.split()
    for value in ("%00", HUGE, "-", "%FF%FE", "%C2%B2", "..%2F..%2Fetc%2Fpasswd")
)
# The name of every field of every form; of dates only the first box, as the other two would hide what it holds.
FIELDS = """
    full_name known_as email phone postal_address organisation channel letter_size about roles group seat access_needs
    access_details use_existing step_free_detail large_print_size for_supporter_diet_detail
    for_supporter_large_print_size name short_code purpose host funder starts_on_day ends_on_day cost_code
    financial_year_starts first_day_day host_address host_number letters_signed_by letters_signed_as
    contact_name contact_email contact_phone kind title wording background closes_on_day stance reason named outcome
    what_changes decided_on_day review_on_day term replaces why agreed_on_day agreed_at person office when last_day_day
    day_day starts ends venue_name venue_address online_link reply_by_day organiser came find search scope confirm reply
    question answer amount miles description agree claims paid_on_day effective_from_day half_day full_day
    half_day_hours limit preparation_included pence_per_mile pay_within_working_days claim_window_months
    parking-covered parking-cap
    method mileage unit unit_hours rates rate0-activity rate0-unit vehicle passengers nights hours prior_approval_by
    cancel_within_days cancel_share_percent rate0-role overnight-covered overnight-cap overnight-cap_per
    subsistence-covered subsistence-cap_per subsistence-from1 subsistence-upto1 taxi-covered taxi-agreed_by
    parking-receipt_above changed_at people programme how what late_reason page remind_days_before account_name
    sort_code account_number sure seen again name_returned service_user_number column0-content column0-text
    column1-heading date_format headings capitals package by_claim tax_code tracking code-fees period year spend audit
    recognition part charity_name charity_number vouchers week month label with_days with_choice event note cost on_day
    duplicate_reason line0-agreed line0-reason words deputises_for usual_percent usual_examples usual_months
    long_route_miles picture_distance second_approval_above ask_above_pence ask_times_usual right
    domains discovery_url client_id secret trusts_addresses is_required device login address
    no_receipt_up_to no_receipt_second_above language subject short as based_on
"""
# A visitor who gets past the door reaches the code that reads the values; two for each page, which may differ.
READERS = ("owner", "staff", "finance", "steer", "admin", "out")


def ours():
    """Names of this project's own addresses, the health checks left out: they are broken when a server is."""
    return sorted({name for name, *_row in rows(TABLE)} - {"readyz"})


def readers(name, method):
    """Up to two of READERS whom the table lets in at the address called `name`."""
    let_in = [
        dict(zip(VISITORS, statuses, strict=True))
        for asked, known, *statuses in rows(TABLE)
        if (asked, known) == (name, method)
    ]
    return [visitor for visitor in READERS if let_in and let_in[0][visitor] in {"200", "302"}][:2]


def broken(world, method, address, visitors, data=""):
    """Return what went wrong at `address`: [(visitor, error)] for each visitor it breaks for. Undoes what was done.

    `data` is a query or a form, encoded as a browser does.
    """
    found = []
    for visitor in visitors:
        client = Client(raise_request_exception=False)
        client.cookies = world.clients[visitor].cookies
        with world.standing_still(), transaction.atomic():
            response = client.generic(method, address, data, content_type="application/x-www-form-urlencoded")
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        if response.status_code >= 500:
            found.append((visitor, response.exc_info[1]))
    return found


def test_odd_queries_break_no_page(world):
    wrong = {name: broken(world, "GET", f"{world.address(name)}?{QUERY}", readers(name, "GET")) for name in ours()}
    assert not {name: found for name, found in wrong.items() if found}


@pytest.mark.parametrize("value", [HUGE, "0", "9" * 5000], ids=["huge", "nought", "endless"])
def test_numbers_nothing_has_break_no_page(world, value):
    wrong = {}
    for name, pattern in addresses():
        parts = pattern.pattern.converters
        if name not in ours() or not {"pk", "person_pk", "line_pk", "receipt_pk", "number", "key"} & set(parts):
            continue
        whole = reverse(
            name, kwargs={part: {"slug": "s", "kind": "parking", "key": "k"}.get(part, 7) for part in parts}
        )
        whole = whole.replace("/s/", f"/{world.a.slug}/").replace("/r/k/", "/r/%00%FF/")
        address = whole.replace("/7/", f"/{value}/").replace("/7.", f"/{value}.")
        wrong[name] = broken(world, "GET", address, ["admin"]) + broken(world, "POST", address, ["admin"])
    assert not {name: found for name, found in wrong.items() if found}


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_odd_answers_break_no_form(world, value):
    data = urlencode(dict.fromkeys(FIELDS.split(), value))
    wrong = {name: broken(world, "POST", world.address(name), readers(name, "POST"), data) for name in ours()}
    assert not {name: found for name, found in wrong.items() if found}
