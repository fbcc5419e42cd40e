"""Invitations that are written together: each says word for word what it would say alone."""

import pytest

from events.inviting import emails
from events.registry import Beside, Offer
from tests import factories

PAID = Offer(time="£50 for the half day", expenses=["Travel & childcare"], in_short="You are paid £50.")
TALK = Beside(key="talk", title="A talk", text="You can have a talk before.", when="Monday at 9am")


@pytest.mark.django_db
def test_an_invitation_of_a_batch_says_what_it_says_alone():
    event = factories.an_event(
        factories.a_programme(), days=20, online_link="https://meet.example.org/a?b=1&c=2", title="Tea & <talk>"
    )
    batch = emails.Batch()
    told = (
        ("Ann O'Hara", "", None, ()),
        ("Bo <b>Bold</b>", "", None, ()),
        ("Cleo Coming", "coming", None, ()),
        ("Dee Paid", "", PAID, ()),
        ("Eve & Offered", "", PAID, (TALK,)),
        ("Flo Paid", "", PAID, (TALK,)),
    )
    links = set()
    for name, reply, offer, beside in told:
        replied_at = event.starts_at if reply else None
        invitation = factories.an_invitation(event, factories.a_person(name), reply=reply, replied_at=replied_at)
        invitation.event = event
        together = emails.invitation(invitation, offer=offer, beside=beside, batch=batch)
        assert together == emails.invitation(invitation, offer=offer, beside=beside), name
        assert together["text"].count(invitation.link_key) == 1
        assert invitation.link_key in together["html"]
        assert emails.SharedFacts.LINK not in f"{together['text']}{together['html']}"
        links.add(together["link"])
    assert len(links) == len(told)
