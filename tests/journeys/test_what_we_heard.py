"""Something is sent from a phone, answered, told back by email and by phone, and said not to be true.

Real pages, a real worker and a real mail server.
"""

import datetime as dt

import pytest
from django.utils import timezone

from people.models import Message
from programmes.models import Contribution, ContributionDraft, Role, ToldBack
from tests import factories

from .conftest import PHONE

THEME = "The last bus leaves before we finish"


@pytest.fixture
def cast(site):
    """A programme with two of staff, somebody on a phone and somebody with a telephone and nothing else."""
    programme = factories.a_programme("Invented Wellbeing", slug="invented")
    staff = [factories.with_role(programme, Role.STAFF, name) for name in ("Stella Sage", "Stan Sorrel")]
    programme.contact_email = staff[0].email
    programme.save()
    ann = factories.with_role(programme, Role.LIVED_EXPERIENCE, "Ann Invented")
    dora = factories.a_person("Dora Dial", phone="01632 960001", email="", channel="phone")
    factories.a_membership(programme, dora, Role.LIVED_EXPERIENCE)
    other = factories.with_role(programme, Role.LIVED_EXPERIENCE, "Olive Other")
    return {"programme": programme, "staff": staff[0], "ann": ann, "dora": dora, "other": other}


class Heard:
    """The steps of those who say something, and of the colleague who sees to it."""

    def __init__(self, cast, at_work, post):
        self.cast, self.post = cast, post
        self.ann = at_work(cast["ann"], size=PHONE)
        self.staff = at_work(cast["staff"])
        self.other = at_work(cast["other"], size=PHONE)

    def is_sent_from_a_phone_after_the_battery_died(self):
        """Words that were typed are there again on the next visit, and sent."""
        self.ann.go("/programmes/invented/")
        self.ann.click("link", "Tell us something")
        self.ann.fill("What is it about, in a few words?", THEME)
        self.ann.page.get_by_text("Saved for later. Not sent yet.").wait_for()
        self.ann.go("/")
        self.ann.go("/programmes/invented/heard/")
        self.ann.click("link", "Finish what you began to tell us")
        self.ann.sees("We kept what you typed")
        self.ann.fill("Tell us more, in your own words", "At six. The meeting ends at half past.")
        self.ann.click("button", "Send")
        self.ann.sees("Thank you. The programme has it.", THEME)
        assert not ContributionDraft.objects.exists()

    def gets_an_owner_and_one_more_voice(self):
        self.staff.go("/")
        self.staff.click("link", "Say who sees to 1 thing that was said")
        self.staff.click("link", THEME)
        self.staff.click("link", "Who sees to it")
        due = timezone.localdate() + dt.timedelta(days=14)
        for box, number in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
            self.staff.fill(box, str(number))
        self.staff.click("button", "Save")
        self.staff.click("link", "Add somebody who said it")
        self.staff.page.get_by_label("Who said it?").select_option(label="Dora Dial")
        self.staff.click("button", "Save")
        self.staff.sees("Dora Dial is on the list of those who said it.")
        self.rings_dora("We wrote down what you told us")

    def is_answered_and_told_back(self):
        seen = len(self.post.messages)
        self.staff.go(self.address)
        self.staff.click("link", "Say what became of it")
        self.staff.choose("Changed", exact=True)
        self.staff.fill("What changed?", "Meetings now end at half past five.")
        self.staff.click("button", "Save and tell them")
        self.staff.sees("2 people who said it will be told.")
        mail = self.post.for_address(self.cast["ann"].email, "Here is what happened", after=seen)
        text = mail.get_body(("plain",)).get_content()
        assert "Meetings now end at half past five." in text
        assert self.address in text
        self.wait_until_sent()
        self.staff.go(self.address)
        self.staff.sees("1 of 2 told.")

    def is_said_to_be_true_on_the_phone(self):
        """The colleague who rings Dora to tell her writes down what she says, and need not ring again."""
        self.staff.go("/")
        self.staff.click("link", "Ring Dora Dial")
        self.staff.click("link", "Ring now")
        self.staff.sees("Meetings now end at half past five.", "Write down whether they say it is true")
        self.staff.click("link", "Write down whether they say it is true")
        self.staff.choose("That is true", exact=True)
        self.staff.choose("By phone")
        self.staff.click("button", "Save")
        self.staff.sees("we confirm it to Dora Dial", "2 of 2 told.")

    def is_said_not_to_be_true(self):
        self.ann.go("/")
        self.ann.click("link", f"Is this true? You said: {THEME}")
        self.ann.click("link", "Say whether it is true")
        self.ann.click("button", "Save")
        self.ann.sees("Choose whether it is true")
        self.ann.choose("That is not true")
        self.ann.fill("In your own words", "Last week we ended at half past six.")
        self.ann.click("button", "Save")
        self.ann.sees("What you said now stands beside our answer.", "Your name is not shown.")
        self.other.go(self.address)
        self.other.sees("That is not true", "Last week we ended at half past six.", "Somebody who said it")
        assert "Ann Invented" not in self.other.page.content()

    def is_opened_again(self):
        seen = len(self.post.messages)
        self.staff.go("/")
        self.staff.click("link", f"Respond to “that is not true”: {THEME}")
        self.staff.click("link", "Respond")
        self.staff.sees("Last week we ended at half past six.")
        self.staff.click("link", "Open it again")
        self.staff.fill("Why do you look at it again?", "The clock in the hall says so too.")
        self.staff.click("button", "Open it again")
        self.staff.sees("It is open again.", "Earlier answers, which no longer count")
        self.post.for_address(self.cast["ann"].email, "We are looking again at what you said", after=seen)
        self.other.go("/programmes/invented/heard/")
        self.other.sees(THEME, "Being looked at")
        self.other.click("link", THEME)
        self.other.sees("The clock in the hall says so too.")

    def rings_dora(self, words):
        self.staff.go("/")
        self.staff.click("link", "Ring Dora Dial")
        self.staff.click("link", "Ring now")
        self.staff.sees(words)
        self.staff.choose("I spoke to them and told them")
        self.staff.click("button", "Save")

    def wait_until_sent(self):
        """Wait until the worker has written down that the mail went."""
        for _time in range(100):
            if Message.objects.filter(notice__kind="told_back", channel="email", status="sent").exists():
                return
            self.staff.page.wait_for_timeout(100)
        raise AssertionError("the email with the answer was not sent")

    @property
    def address(self):
        return Contribution.objects.get().get_absolute_url()

    def nothing_was_wrong(self):
        for each in (self.ann, self.staff, self.other):
            each.nothing_was_wrong()


def test_something_said_is_told_back_and_answered_that_is_not_true(cast, site, at_work, post):
    story = Heard(cast, at_work, post)
    story.is_sent_from_a_phone_after_the_battery_died()
    story.gets_an_owner_and_one_more_voice()
    story.is_answered_and_told_back()
    story.is_said_to_be_true_on_the_phone()
    story.is_said_not_to_be_true()
    story.is_opened_again()
    story.nothing_was_wrong()
    assert sorted(ToldBack.objects.values_list("reply", flat=True)) == ["not_true", "true"]
