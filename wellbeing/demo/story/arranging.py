"""Access at the demo's events: what is arranged, what nobody sees to yet, and how far needs were met."""

from events.access.actions import arranging, recording
from events.access.models.arrangements import LISTS
from events.models import Arrangement, EventNeed, NeedsTold
from wellbeing.demo import access
from wellbeing.demo.clock import FRI, MON, THU, moment
from wellbeing.demo.story.steps import Steps, in_the_day


class ArrangingPart(Steps):
    """The part of the story in which needs become work, and people hear how far they were met."""

    def access_at_the_curry_day(self):
        """Everything was arranged before the day; afterwards it was recorded, and people said whether it is so."""
        needs = self.needs_of(self.curry)
        with self.at(-11, MON, 10):
            for key, (owner, how) in access.CURRY_ARRANGED.items():
                self.arrange(needs[key].arrangement, owner, how)
            rest = Arrangement.objects.filter(event=self.curry, status=Arrangement.Status.TO_DO)
            for arrangement in rest.order_by("pk"):
                self.arrange(arrangement, "tamsin", "")

    def the_curry_day_is_looked_back_on(self):
        needs = self.needs_of(self.curry)
        with self.at(-8, FRI, 14):
            recorded = {need.pk: access.CURRY_RESULTS.get(key, ("met", "")) for key, need in needs.items()}
            recording.record(event=self.curry, results=recorded, by=self.user("tamsin"))
        for number, (who, kind, said, words) in enumerate(access.CURRY_REPLIES):
            with moment(in_the_day(self.week.at(-7, MON, 9, 30), number)):
                told = NeedsTold.objects.get(event=self.curry, person=self.people[who])
                recording.reply(told=told, replies={needs[kind, who].pk: (said, words)}, by=self.user(who))

    def access_at_the_meeting_to_come(self):
        """Some of it is done, some has somebody who sees to it, and the assistants' lunch has nobody yet."""
        event = self.meeting
        needs = self.needs_of(event)
        with self.at(-1, THU, 14):
            for kind, who, owner, how in access.MEETING_ARRANGED:
                self.arrange(needs[kind, who].arrangement, owner, how, done=bool(how))
            for title, owner, lists in access.MEETING_ADDED:
                arranging.add(
                    event=event,
                    title=title,
                    due_on=event.day,
                    owner=self.people[owner] if owner else None,
                    lists=lists,
                    by=self.user("idris"),
                )

    def needs_of(self, event):
        """Return the needs of `event` by (kind, key of the person)."""
        keys = {person.pk: key for key, person in self.people.items()}
        rows = EventNeed.objects.current().filter(event=event).select_related("arrangement")
        return {(need.kind, keys[need.person_id]): need for need in rows}

    def arrange(self, arrangement, owner, how, *, done=True):
        """Have `owner` see to it, and say how it is done."""
        arranging.edit(
            arrangement=arrangement,
            title=arrangement.title,
            due_on=arrangement.due_on,
            owner=self.people[owner],
            how=how,
            lists=[name for name, field in LISTS.items() if getattr(arrangement, field)],
            by=self.user("tamsin"),
        )
        if done:
            arranging.mark_done(arrangement=arrangement, how=how, by=self.user("tamsin"))
