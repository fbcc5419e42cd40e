"""How people of the demo are reminded: staff set when, and the mornings on which something was due."""

from programmes.reminders import actions, tasks
from wellbeing.demo.clock import MON, THU, TUE
from wellbeing.demo.story.steps import Steps


class RemindingPart(Steps):
    """The part of the story about reminders. What is due today still waits for the morning."""

    def staff_ask_earlier_for_replies(self):
        """Ros books rooms and taxis early, so she wants to know sooner than the usual five days before."""
        with self.at(-3, THU, 11):
            actions.set_rule(
                programme=self.programme,
                subject="replies",
                by=self.user("ros"),
                effective_from=self.week.day(-2, MON),
                is_on=True,
                days=16,
                again_after=7,
                at_most=2,
            )

    def people_are_reminded(self):
        for morning in ((-2, MON), (-1, TUE)):
            with self.at(*morning, 9, 5):
                tasks.send_reminders.delay()
