"""How people of the demo say how it is to work together: one review that is closed, and one that is open."""

from programmes.reviews.actions import answering, following, rounds
from programmes.reviews.models import ReviewAsked, ReviewStatement, Side
from wellbeing.demo import reviews
from wellbeing.demo.clock import FRI, MON, THU, TUE, WED
from wellbeing.demo.story.steps import Steps


class ReviewingPart(Steps):
    """The part of the story about 4Pi reviews."""

    def a_review_is_closed(self):
        """Nine people with lived experience and all who are paid to run the programme answer; the gap is wide."""
        with self.at(-9, MON, 10):
            review = rounds.plan(
                programme=self.programme,
                title=reviews.REVIEW["title"],
                about=reviews.REVIEW["about"],
                opens_on=self.day((-9, MON)),
                closes_on=self.day((-6, FRI)),
                by=self.user("ros"),
            )
            review = rounds.open_round(review=review, by=self.user("ros"))
        with self.at(-8, TUE, 14):
            self.answer(review, Side.LIVED_EXPERIENCE, reviews.REVIEW_LIVED, by_phone=1)
            self.answer(review, Side.STAFF, reviews.REVIEW_STAFF)
        with self.at(-5, MON, 9, 30):
            review = rounds.close(review=review, by=self.user("ros"))
        with self.at(-5, THU, 15):
            statement = ReviewStatement.objects.filter(tallies__round=review, words=reviews.REVIEW_GAP).first()
            following.add_action(
                review=review,
                statement=statement,
                title=reviews.REVIEW_ACTION,
                owner=self.people["tamsin"],
                due_on=self.day((3, FRI)),
                by=self.user("ros"),
            )
            rounds.publish(review=review, by=self.user("ros"))

    def a_review_is_open(self):
        """People are asked once more, after the workshop; some have answered."""
        with self.at(-1, MON, 10):
            review = rounds.plan(
                programme=self.programme,
                title=reviews.SECOND_REVIEW["title"],
                about=reviews.SECOND_REVIEW["about"],
                opens_on=self.day((-1, MON)),
                closes_on=self.day((2, FRI)),
                asks_steering=True,
                by=self.user("ros"),
            )
            review = rounds.open_round(review=review, by=self.user("ros"))
        with self.at(-1, WED, 11):
            self.answer(review, Side.LIVED_EXPERIENCE, reviews.REVIEW_LIVED[:3])

    def answer(self, review, side, answers, *, by_phone=0):
        """Let people of `side` answer: {words of a statement: answer}, and 4 for the rest; the last ones by phone."""
        everybody = review.asked.filter(side=side, answered_on=None).order_by("-person__sort_key", "pk")
        statements = {row.words: row.pk for row in ReviewStatement.objects.filter(tallies__round=review).distinct()}
        for number, (asked, (given, comments)) in enumerate(zip(everybody, answers, strict=False)):
            values = {pk: given.get(words, 4) for words, pk in statements.items()}
            entered = number >= len(answers) - by_phone
            answering.answer(
                asked=asked,
                values=values,
                comments=comments,
                by=self.user("ros") if entered else None,
                way=ReviewAsked.Way.PHONE if entered else ReviewAsked.Way.PAGE,
            )
