"""The first steps of a programme: who founds it, what they type to set it up, and how people are paid."""

import datetime as dt

from django.utils import timezone

from people.models import User
from programmes.members.actions import appointments
from programmes.models import Programme, Role
from tests import factories as make


def an_account(address, name):
    """Someone who can sign in and has no role yet."""
    return User.objects.create_user(address, name=name)


def give(programme, user, role):
    """A role, as an administrator of the installation would give it."""
    make.a_membership(programme, user.person, role)


def founders():
    """Return the people of the start: somebody who may set up programmes, and two finance officers."""
    staff = an_account("sal@example.org", "Sal Sorrel")
    appointments.give_creator_right(person=staff.person, by=make.an_administrator())
    return {
        "staff": staff,
        "first": an_account("finn@example.org", "Finn Fennel"),
        "second": an_account("sage@example.org", "Sage Saffron"),
    }


class NewProgramme:
    """The steps by which staff set up a programme and say how people are paid."""

    def __init__(self, cast, post, visitor):
        self.cast = cast
        self.post = post
        self.visitor = visitor

    def choose_the_days(self):
        self.today = timezone.localdate()
        self.day = self.today + dt.timedelta(days=30)

    def staff_set_up_the_programme(self):
        """Staff set up the programme, its policy and its people."""
        self.staff = self.visitor()
        self.staff.sign_in("sal@example.org", self.post)
        self.staff.go("/programmes/new/")
        self.staff.fill("Name", "Wellbeing Together in Anytown")
        self.staff.fill("Short code", "WTA")
        self.staff.fill("What it is for", "People and charities shape care together.")
        self.staff.fill("Funder", "The Invented Foundation")
        self.staff.fill_date("First day of funding", self.today - dt.timedelta(days=400))
        self.staff.fill_date("Last day of funding", self.today + dt.timedelta(days=600))
        self.staff.fill("Cost code", "WB-01")
        self.staff.fill("Name of the person to ask", "Sal Sorrel")
        self.staff.fill("Email address of the person to ask", "sal@example.org")
        self.staff.click("button", "Set up the programme")
        # She is its first staff now, so she is asked for a second step.
        self.staff.set_up_second_step()
        self.programme = Programme.objects.get()
        self.staff.go(f"/programmes/{self.programme.slug}/")
        self.staff.sees("Wellbeing Together in Anytown", "The Invented Foundation")
        for key in ("first", "second"):
            give(self.programme, self.cast[key], Role.FINANCE)

    def staff_publish_the_policy(self):
        self.staff.go(f"/programmes/{self.programme.slug}/policy/draft/")
        self.staff.fill("Half a day", "50")
        self.staff.fill("A full day", "100")
        self.staff.fill("Pence for each mile", "40")
        self.staff.click("button", "Save the draft and see what it would cost")
        self.staff.sees("Nobody has sent a claim", "£50.00")
        self.staff.click("link", "Go on to publish it")
        self.staff.fill("Why is it published?", "The steering group agreed on it.")
        self.staff.click("button", "Publish from")
        self.staff.sees("Version 1 is published", "No claims were made.")
        self.staff.click("link", "See what anyone can read now")
        self.staff.sees("£50.00", "40p")

    def two_of_finance_sign_in(self):
        for key, address in (("first", "finn@example.org"), ("second", "sage@example.org")):
            browser = self.visitor()
            setattr(self, key, browser)
            browser.sign_in(address, self.post)
            browser.set_up_second_step()
