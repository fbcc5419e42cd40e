"""Play the story: each step at its own moment, by the person who did it, through the actions of the apps."""

from wellbeing.demo.story.aiming import AimingPart
from wellbeing.demo.story.events import EventsPart
from wellbeing.demo.story.fairness import FairnessPart
from wellbeing.demo.story.finding import FindingPart
from wellbeing.demo.story.following import FollowingPart
from wellbeing.demo.story.hearing import HearingPart
from wellbeing.demo.story.joining import JoiningPart
from wellbeing.demo.story.meeting import MeetingPart
from wellbeing.demo.story.placing import PlacingPart
from wellbeing.demo.story.planning import PlanningPart
from wellbeing.demo.story.privacy import PrivacyPart
from wellbeing.demo.story.programme import ProgrammePart
from wellbeing.demo.story.reminding import RemindingPart
from wellbeing.demo.story.reviewing import ReviewingPart
from wellbeing.demo.story.telling import TellingPart


class Story(
    ProgrammePart,
    EventsPart,
    PlanningPart,
    FollowingPart,
    HearingPart,
    AimingPart,
    MeetingPart,
    PlacingPart,
    FindingPart,
    FairnessPart,
    JoiningPart,
    RemindingPart,
    ReviewingPart,
    TellingPart,
    PrivacyPart,
):
    """One telling of the story around a `Week`, in the order it happened."""

    def play(self):
        """Play every step. Return the programme."""
        self.the_beginning()
        self.people_join()
        self.somebody_is_added_and_never_answers()
        self.groups_form()
        self.first_aims()
        self.group_decides(until=-9)
        self.next_door()
        self.bank_details_come()
        self.budget_is_set()
        self.the_venue_book_is_kept()
        self.curry_day()
        self.the_curry_day_is_followed_up()
        self.the_room_agrees_its_aims()
        self.the_curry_day_is_looked_back_on()
        self.curry_is_paid()
        self.one_payment_comes_back()
        self.the_evening_is_planned()
        self.people_say_how_they_are_recognised()
        self.stan_is_reached_through_his_daughter()
        self.own_words()
        self.the_community_prepares_its_workshop()
        self.workshop()
        self.the_workshop_is_minuted()
        self.people_are_heard()
        self.impact_is_written_down()
        self.group_decides(since=-9)
        self.the_group_follows_up()
        self.a_proposal_is_talked_over()
        self.bank_details_change()
        self.meeting_to_come()
        self.access_at_the_meeting_to_come()
        self.the_residential_is_planned()
        self.more_is_planned()
        self.the_steering_groups_agenda()
        self.the_park_cafe_is_full()
        self.people_say_how_often_they_wish_to_be_asked()
        self.the_directory_is_put_in_order()
        self.people_say_what_they_agree_to()
        self.somebody_says_that_her_needs_are_right()
        self.somebody_takes_a_break()
        self.somebody_is_typed_in_twice()
        self.two_people_write_by_the_open_form()
        self.people_say_who_they_are()
        self.the_area_is_known()
        self.who_takes_part_is_counted()
        self.the_last_weeks()
        self.a_pack_is_put_together()
        self.a_choir_comes_in_with_a_spreadsheet()
        return self.programme

    def the_last_weeks(self):
        """Play the last weeks before the demo is opened."""
        self.manjit_reads_her_husbands_emails()
        self.staff_ask_earlier_for_replies()
        self.people_are_reminded()
        self.a_raise_is_drafted()
        self.a_review_is_closed()
        self.a_review_is_open()
        self.finance_looks_back()
        self.single_sign_on_is_written_down()
        self.colleagues_tell()
        self.a_service_posts_letters()
        self.somebody_drops_out()
        self.people_ask_about_their_data()
