"""What follows the demo's curry and co-production day: who spoke, thanks, and how people found it."""

from events.feedback.actions import answering, speaking, thanking
from events.feedback.models import FeedbackAsked, FeedbackRound, Side
from events.feedback.queries import questions_of
from wellbeing.demo import claims, feedback
from wellbeing.demo.clock import FRI, MON, THU, TUE, WED
from wellbeing.demo.story.steps import Steps


class FollowingPart(Steps):
    """The part of the story about what follows an event."""

    def the_curry_day_is_followed_up(self):
        """Everybody who came is thanked; people with lived experience, staff and partners say how they found it."""
        with self.at(-8, THU, 17):
            speaking.note(event=self.curry, by=self.user("tamsin"), **feedback.SPOKE)
        with self.at(-8, FRI, 9):
            thanking.thank(event=self.curry, next_words=feedback.NEXT_WORDS, by=self.user("tamsin"))
        round = FeedbackRound.objects.get(event=self.curry)
        lived = list(round.asked.filter(side=Side.LIVED_EXPERIENCE).order_by("person__sort_key", "pk"))
        with self.at(-7, TUE, 10):
            self._say(round, lived[: len(feedback.LIVED) - 2], feedback.LIVED)
        with self.at(-7, WED, 15):
            others = lived[len(feedback.LIVED) - 2 : len(feedback.LIVED)]
            for asked, way, said in zip(others, feedback.BY_HAND, feedback.LIVED[-2:], strict=True):
                self._say(round, [asked], [said], way=way, by=self.user("ros"))
        with self.at(-7, THU, 12):
            self._say(round, [self._asked(round, key) for key in feedback.COLLEAGUES], feedback.STAFF)
            self._say(round, [self._asked(round, key) for key in claims.CURRY_PARTNERS[:2]], feedback.PARTNERS)
        with self.at(-5, MON, 9):
            thanking.close(round=round, by=self.user("tamsin"))

    def _asked(self, round, key) -> FeedbackAsked:
        return round.asked.get(person=self.people[key])

    def _say(self, round, people, answers, *, by=None, way=FeedbackAsked.Way.PAGE):
        """Let each of `people` answer: {words of a question: answer}, and yes for the rest."""
        questions = {one.words: one.pk for one in questions_of(round)}
        for asked, (given, more) in zip(people, answers, strict=False):
            values = {pk: given.get(words, feedback.Answer.YES) for words, pk in questions.items()}
            answering.answer(asked=asked, values=values, by=by, way=way, **more)
