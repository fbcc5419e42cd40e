"""Every address of the project × every kind of visitor. An address missing from the table fails.

Each test tries one address as all visitors and undoes what they did.
"""

import pytest
from django.urls import reverse

from tests.addresses import addresses, ours
from tests.helpers.project import PAGES_THAT_ASK
from tests.helpers.proof import make_stale, prove
from tests.permissions import SIGN_IN_TABLE, SIGN_IN_VISITORS, TABLE, VISITORS, rows


def test_every_address_is_in_the_table():
    asked = {name for name, _method, *_statuses in rows(TABLE)}
    known = asked | {name for name, *_statuses in rows(SIGN_IN_TABLE)}
    everything = {name for name, _pattern in addresses() if not name.startswith("admin:")}
    assert everything == known, "say what each visitor gets in tests/permissions.py"
    assert set(ours()) == asked, "say what each visitor gets in tests/permissions.py"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_address_answers_each_visitor_as_the_table_says(world, method):
    wrong = []
    expected = {name: statuses for name, asked, *statuses in rows(TABLE) if asked == method}
    buttons = {name for name, pattern in addresses() if getattr(pattern.callback, "is_button", False)}
    for name in {name for name, *_row in rows(TABLE)}:
        answers = world.statuses(world.address(name), method)
        other = "302" if method == "GET" and name in buttons else "405"
        # Signed-out visitors may be sent to sign in before a page says that it takes no such method.
        if (name not in expected and set(answers[1:]) != {other}) or (name in expected and answers != expected[name]):
            wrong.append(f"{name} {method}: {answers}, not {expected.get(name, other)}")
    assert not wrong, "\n".join(wrong)


def test_sign_in_pages_show_nobody_but_oneself(world):
    special = {
        "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
        "mfa_remove_webauthn": {"pk": 1},
        "mfa_edit_webauthn": {"pk": 1},
    }
    for name, *expected in rows(SIGN_IN_TABLE):
        address = reverse(name, kwargs=special.get(name))
        assert world.statuses(address, visitors=SIGN_IN_VISITORS) == expected, name


def test_the_admin_site_opens_for_administrators_alone(world):
    others = [visitor for visitor in VISITORS if visitor != "admin"]
    tried = 0
    for name, pattern in addresses():
        if not name.startswith("admin:") or name == "admin:None":
            continue
        arguments = pattern.pattern.regex.groups
        values = ["people" if "app_label" in str(pattern.pattern) else "1"] * arguments
        for visitor, answer in zip(others, world.statuses(reverse(name, args=values), visitors=others), strict=True):
            assert answer in {"in", "302", "403", "404", "405"}, f"{name}: {visitor} got {answer}"
        tried += 1
    assert tried > 100
    assert world.statuses(reverse("admin:index"), visitors=["admin"]) == ["200"]


def test_staff_and_finance_reach_nobodys_data_without_a_second_factor(world, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    for visitor in ("staff", "finance", "admin"):
        client = world.client_of(visitor)
        for name in ("home", "programme_people", "claims", "person", "messages"):
            response = client.get(world.address(name))
            assert response.status_code == 302, (visitor, name)
            assert response["Location"] == reverse("second_step")


@pytest.mark.parametrize("name", sorted(name for name, visitor in PAGES_THAT_ASK.items() if visitor))
def test_pages_about_money_and_roles_show_and_do_nothing_without_a_recent_proof(world, name):
    visitor, address = PAGES_THAT_ASK[name], world.address(name)
    expected = {method: statuses for asked, method, *statuses in rows(TABLE) if asked == name}
    client = world.clients[visitor]
    make_stale(client)
    for method in expected:
        answer = client.generic(method, address, "sure=yes", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("prove_by_code")), address
    prove(client, world.users[visitor])
    for method, statuses in expected.items():
        assert world.statuses(address, method, [visitor]) == [statuses[VISITORS.index(visitor)]]
