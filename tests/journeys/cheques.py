"""The steps of two finance officers who pay one person by cheque, for journeys about people who are not online."""

import re

from django.utils import timezone

from payments.models import Claim, PaymentRun
from payments.payees.actions import methods


class Cheques:
    """Two of finance, each at a browser of their own: `first` makes the run, `second` signs it."""

    def __init__(self, programme, finance, at_work):
        self.programme, self.officer = programme, finance[0]
        self.first, self.second = (at_work(each) for each in finance)

    def are_wanted_by(self, person):
        """Write down that somebody rang and asked for a cheque."""
        methods.write_down(
            person=person,
            programme=self.programme,
            by=self.officer,
            method="cheque",
            told_how="phone",
            told_on=timezone.localdate(),
        )

    def pay(self, person, number):
        """Make and sign a run, print its letter for the post and record the cheque. Return the letter (a PDF)."""
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees(person.full_name, "Cheque")
        self.first.click("button", "Make the run")
        run = PaymentRun.objects.latest("pk")
        self.second.go(f"/runs/{run.pk}/")
        self.second.click("button", "Sign off this run")
        self.second.click("button", "Make the documents")
        self.second.page.get_by_role("link", name=re.compile("schedule and letters")).wait_for(timeout=60_000)
        self.first.go(f"/runs/{run.pk}/")
        self.first.click("link", re.compile("Record that it was paid"))
        self.first.fill("Cheque number", number)
        self.first.click("button", "Record")
        with self.first.page.expect_download() as waiting:
            self.first.page.get_by_role("button", name="Print the letters for the post").click()
        assert set(Claim.objects.filter(person=person).values_list("status", flat=True)) == {Claim.Status.PAID}
        return waiting.value.path().read_bytes()

    def nothing_was_wrong(self):
        """Fails with everything that was wrong on a page of either."""
        self.first.nothing_was_wrong()
        self.second.nothing_was_wrong()
