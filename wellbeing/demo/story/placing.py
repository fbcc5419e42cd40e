"""An event that is full, its waiting list, a saved list, and wishes how often to be asked."""

from events.choosing import actions as choosing
from events.inviting.actions import invitations
from events.places.actions import numbers
from wellbeing.demo import claims, places
from wellbeing.demo.clock import MON, SUN, TUE, WED
from wellbeing.demo.story.steps import Steps


class PlacingPart(Steps):
    """The part of the story in which more people want to come than there is room for."""

    def the_park_cafe_is_full(self):
        with self.at(-2, MON, 13):
            event = self.park = self.plan(places.PARK, by="tamsin")
            numbers.set_places(event=event, number=places.NUMBER, kept=places.KEPT, by=self.user("tamsin"))
        with self.at(-2, MON, 13, 30):
            self.invite(event, [*places.CAME_FIRST, *places.WAIT, *places.SILENT], by="tamsin")
        self.replies(event, places.CAME_FIRST, claims.Reply.COMING, self.week.at(-2, MON, 15))
        self.replies(event, places.WAIT, claims.Reply.COMING, self.week.at(-1, MON, 15))

    def people_say_how_often_they_wish_to_be_asked(self):
        with self.at(-1, TUE, 12):
            name, keys = places.GOOD_WITH_NEWCOMERS
            people = [self.people[key] for key in keys]
            choosing.save_list(programme=self.programme, name=name, people=people, by=self.user("tamsin"))
        for key, number, months in places.WISHES:
            with self.at(-1, WED, 13):
                choosing.set_limit(person=self.people[key], number=number, months=months, by=self.account(key))

    def somebody_drops_out(self):
        """The evening before this week, so that the place is still offered in it."""
        with self.at(-1, SUN, 18):
            invitation = self.park.invitations.get(person=self.people[places.DROPS_OUT])
            reply = claims.Reply.NOT_COMING
            invitations.reply(invitation=invitation, reply=reply, by=self.account(places.DROPS_OUT))
