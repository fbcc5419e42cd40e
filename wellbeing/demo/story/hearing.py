"""The part of the story about contributions, answers, and whether they are true."""

from datetime import timedelta

from django.utils import timezone

from events.models import Event
from programmes.heard.actions import answering, saying
from wellbeing.demo import said
from wellbeing.demo.clock import WED, moment
from wellbeing.demo.story.steps import Steps


class HearingPart(Steps):
    """The part of the story in which people are heard and told back."""

    def people_are_heard(self):
        """Four things said at events, a meeting and by phone, in every state; one more is sent from the page."""
        for one in said.SAID:
            with self.at(*one.on, 17):
                contribution = saying.record(
                    programme=self.programme,
                    theme=one.theme,
                    words=one.words,
                    way=one.way,
                    said_on=self.day(one.on),
                    said_at=one.at,
                    place=self._event_on(self.day(one.on)),
                    rung=one.rung,
                    people=[self.people[key] for key in one.people],
                    named=one.named,
                    owner=self.people["tamsin"],
                    due_on=self.day(one.due) if one.due else None,
                    by=self.user("tamsin"),
                )
            if one.answer:
                self._is_answered(contribution, one)
        with self.at(-1, WED, 20):
            key, theme, words = said.SENT
            saying.send(programme=self.programme, theme=theme, words=words, by=self.user(key))

    def _event_on(self, day):
        """Return the key of the event of that day which has begun, as staff choose it; "" for none."""
        begun = Event.objects.filter(programme=self.programme, starts_at__date=day, starts_at__lte=timezone.now())
        event = begun.first()
        return str(event.pk) if event else ""

    def _is_answered(self, contribution, one):
        at = self.week.at(*one.answer.on, 11)
        with moment(at):
            answering.answer(
                contribution=contribution,
                kind=one.answer.kind,
                what_changed=one.answer.changed,
                reason=one.answer.reason,
                evidence=one.answer.evidence,
                by=self.user("tamsin"),
            )
        for number, (key, reply, words, named) in enumerate(one.replies, start=1):
            with moment(at + timedelta(hours=5 * number)):
                answering.reply(contribution=contribution, reply=reply, words=words, named=named, by=self.user(key))
