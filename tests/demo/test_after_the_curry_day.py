"""The weeks after the demo's curry and co-production day."""

from events.feedback.report import EventReport
from events.models import Event, FeedbackAsked, WhoSpoke
from people.models import Notice


def test_the_curry_day_was_followed_up(demo):
    event = Event.objects.get(title="Curry and co-production")
    report = EventReport(event)
    assert report.results.answered == {"lived_experience": 8, "staff": 6}
    widest = max(report.lines, key=lambda line: abs(line.gap))
    assert widest.question.words == "I knew what could and could not change"
    asked = FeedbackAsked.objects.filter(round__event=event)
    assert set(asked.exclude(answered_on=None).values_list("way", flat=True)) == {"page", "paper", "phone"}
    assert Notice.objects.filter(kind="event_thanks").count() == asked.count() == report.came
    assert WhoSpoke.objects.get(event=event).lived_experience == "most"
    assert report.cost_lines
