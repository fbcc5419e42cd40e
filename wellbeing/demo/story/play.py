"""Play the story: each step at its own moment, by the person who did it, through the actions of the apps."""

from wellbeing.demo.story.events import EventsPart
from wellbeing.demo.story.programme import ProgrammePart


class Story(ProgrammePart, EventsPart):
    """One telling of the story around a `Week`, in the order it happened."""

    def play(self):
        """Play every step. Return the programme."""
        self.the_beginning()
        self.people_join()
        self.groups_form()
        self.group_decides(until=-9)
        self.next_door()
        self.bank_details_come()
        self.budget_is_set()
        self.curry_day()
        self.curry_is_paid()
        self.one_payment_comes_back()
        self.the_evening_is_planned()
        self.people_say_how_they_are_recognised()
        self.workshop()
        self.group_decides(since=-9)
        self.bank_details_change()
        self.meeting_to_come()
        self.a_raise_is_drafted()
        self.finance_looks_back()
        return self.programme
