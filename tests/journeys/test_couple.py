"""A couple with one email address: each is asked, signs in with a code of their own and sees their own pages."""

import pytest
from django.urls import reverse

from people.models import Message, Person
from programmes.models import Joining, Role
from tests import factories
from tests.journeys.conftest import DESKTOP, PHONE

HOME = "the.twobys@example.org"


@pytest.fixture
def cast(site):
    """A programme, its staff, and somebody who signs in with the address of the household."""
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    stan = factories.with_role(programme, Role.STAFF, "Stan Staff")
    terence = factories.with_role(programme, Role.LIVED_EXPERIENCE, user=factories.a_user("Terence Twoby", email=HOME))
    event = factories.an_event(programme, organiser=stan.person, days=20, title="Talk about the bus")
    return {"programme": programme, "stan": stan, "terence": terence, "event": event}


class Couple:
    """The steps of staff and of the two."""

    def __init__(self, cast, visitor, at_work, post):
        self.cast, self.visitor, self.post = cast, visitor, post
        self.programme, self.event = cast["programme"], cast["event"]
        self.staff = at_work(cast["stan"])

    def is_two_people_on_the_programmes_list(self):
        """Staff add Muriel; the page knows the address and asks whether it is Terence."""
        self.staff.go(f"{reverse('programme_people', args=[self.programme.slug])}new/")
        self.staff.fill("Full name", "Muriel Twoby")
        # The search box of the header names email addresses, too.
        self.staff.page.locator("#id_email").fill(HOME)
        self.staff.choose("Person with lived experience")
        self.staff.click("button", "Add this person")
        self.staff.sees("We know this email address", "belongs to Terence Twoby")
        self.staff.click("button", "No, add Muriel Twoby with the same address")
        self.staff.sees("Muriel Twoby has been added.")

    def says_that_they_share_it(self):
        """She opens the email, is warned before the two would become one, and says that he uses it too."""
        self.post.for_address(HOME, "has added you. Is this you?")
        muriel = self.visitor(PHONE)
        muriel.go(reverse("joining_link", args=[Joining.objects.get(person__full_name="Muriel Twoby").key]))
        muriel.sees("Yes, and somebody else uses this address too")
        muriel.click("button", "Yes, this is me")
        muriel.sees("Somebody with another name signs in with this email address")
        muriel.click("button", "No, I am somebody else who uses this address")
        muriel.sees("You have joined Invented Wellbeing")
        muriel.nothing_was_wrong()

    def is_invited_one_by_one(self):
        """Both get an email at the one address, each with the name it is for."""
        self.staff.go(f"{self.event.get_absolute_url()}invite/")
        self.staff.choose("Muriel Twoby")
        self.staff.choose("Terence Twoby")
        self.staff.click("button", "Invite those chosen")
        self.staff.click("button", "Send the invitations")
        for name in ("Muriel Twoby", "Terence Twoby"):
            message = self.post.for_address(HOME, f"For {name}: You are invited")
            assert f"This is for {name}." in message.get_body(("plain",)).get_content()

    def signs_in_each_with_a_code_of_their_own(self):
        """One email has a code for each, and neither opens the pages of the other."""
        for name, other, size in (("Muriel", "Terence", PHONE), ("Terence", "Muriel", DESKTOP)):
            reader = self.visitor(size)
            reader.go("/accounts/login/")
            reader.fill("Email address", HOME)
            seen = len(self.post.messages)
            reader.click("button", "Send me a code")
            reader.sees("the email has a code for each of you")
            words = self.post.for_address(HOME, "codes", after=seen).get_body(("plain",)).get_content()
            code = next(line.rpartition(" ")[2] for line in words.splitlines() if line.startswith(f"{name} Twoby: "))
            reader.page.get_by_role("textbox").fill(code)
            reader.click("button", "Sign in")
            reader.sees(f"Hello {name}", "Talk about the bus")
            reader.go(reverse("your_messages"))
            reader.sees("You are invited")
            assert f"/people/{Person.objects.get(full_name=f'{other} Twoby').pk}/" not in reader.page.content()
            reader.nothing_was_wrong()

    def leaves_nothing_undone(self):
        self.staff.nothing_was_wrong()
        assert not Message.objects.by_hand().exists()
        assert not Message.objects.filter(status=Message.Status.FAILED).exists()


def test_a_couple_with_one_address_is_told_apart_invited_and_signed_in(cast, visitor, at_work, post):
    story = Couple(cast, visitor, at_work, post)
    story.is_two_people_on_the_programmes_list()
    story.says_that_they_share_it()
    story.is_invited_one_by_one()
    story.signs_in_each_with_a_code_of_their_own()
    story.leaves_nothing_undone()
