import pytest

from tests.permissions import TABLE, rows

MINE = [
    "what_we_hold",
    "copy_ask",
    "erasure_ask",
    "complain",
    "request_take_back",
    "copy_file",
    "erasure_certificate",
    "privacy_request",
    "complaint",
    "complaint_acknowledge",
    "due_for_retention",
    "retention_line",
    "retention_let_go",
    "privacy_ask_for",
    "complain_for",
    "needs_in_emergency",
    "person",
    "event",
    "claim",
    "your_details",
    "home",
]


@pytest.mark.django_db
def test_mine(world):
    bad = []
    for name, method, *wanted in rows(TABLE):
        if name in MINE:
            got = world.statuses(world.address(name), method)
            if got != wanted:
                bad.append((name, method, wanted, got))
    for b in bad:
        print(b)
    assert not bad
