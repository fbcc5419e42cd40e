"""The part of the story about fairness: people answer, the area is known, and a report is made."""

import datetime as dt
from random import Random

from people.models import User
from people.monitoring import actions as monitoring_actions
from people.monitoring import queries as monitoring
from programmes.models import Membership, Role
from programmes.participation import periods
from programmes.participation.actions import profile, reports
from wellbeing.demo import fairness
from wellbeing.demo.clock import FRI, MON, TUE
from wellbeing.demo.story.steps import Steps
from wellbeing.lib.dates import today


class FairnessPart(Steps):
    """The part of the story about whom the programme reaches and whom it misses."""

    def people_say_who_they_are(self):
        """Those who sign in answer some of the questions, or none: drawn by lot, the same each time.

        Shanelle has not looked at them yet, so that visitors see how people are asked.
        """
        with self.at(-3, TUE, 18):
            asked = {one.key: one for one in monitoring.questions(today())}
            held = Membership.objects.filter(programme=self.programme, role=Role.LIVED_EXPERIENCE)
            rows = User.objects.filter(person__memberships__in=held).exclude(person=self.people["shanelle"])
            users = list(rows.select_related("person").order_by("pk"))
            lot = Random(4)  # noqa: S311  (no secret: the demo is the same each time)
            for key, numbers in fairness.ANSWERS.items():
                options = [option for option, number in numbers.items() for _one in range(number)]
                for user, option in zip(lot.sample(users, len(users)), options, strict=False):
                    monitoring_actions.answer(person=user.person, question=asked[key], option=option, by=user)

    def the_area_is_known(self):
        """Tamsin types in who lives in the area."""
        with self.at(-2, MON, 11):
            asked = {one.key: one for one in monitoring.questions(today())}
            for key, shares in fairness.SHARES.items():
                profile.set_shares(
                    programme=self.programme,
                    question=asked[key],
                    shares=shares,
                    source=fairness.SOURCE,
                    counted_on=dt.date(2021, 3, 21),
                    by=self.user("tamsin"),
                )

    def who_takes_part_is_counted(self):
        """Tamsin makes the report on the quarter that has just ended."""
        with self.at(-1, FRI, 15):
            latest = periods.periods_over(self.programme, today())[0]
            reports.make(programme=self.programme, number=latest.number, by=self.user("tamsin"))
