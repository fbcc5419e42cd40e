"""The words a colleague reads out on the phone, made of the words of an email."""

import pytest

from people.messages.scripts import spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "WHAT WE PAY\nFor your time: £75\n\nPLEASE TELL US IF YOU CAN COME\nTell us by Friday. Open this"
            " page:\nhttps://www.example.org/r/",
            ["WHAT WE PAY\nFor your time: £75"],
        ),
        ("WHAT HAS CHANGED\n\nPlace\nNow: Hall", ["WHAT HAS CHANGED", "Place\nNow: Hall"]),
        ("PLEASE TELL US\nRing us.\nhttps://www.example.org/r/", ["PLEASE TELL US\nRing us."]),
        ("Stella answers:\n\nYES\n\nTo ask more:\nhttps://www.example.org/r/", ["Stella answers:", "YES"]),
        ("Made Up Hall\nLS1 1AA\n\nJoin us", ["Made Up Hall\nLS1 1AA", "Join us"]),
        ("Come along.\nSee it here:\nhttps://www.example.org/r/", ["Come along."]),
    ],
)
def test_links_are_not_read_out_nor_a_heading_with_nothing_else_under_it(text, said):
    assert spoken(text) == said
