"""Add to a reminder, for a colleague who is on the phone, where to write down what its person says."""

from people.registry import Panel
from programmes import registry
from programmes.reminders.models import Reminder


def answers_to_reminders(user, notice):
    """Return the links by which `user` writes down the answers to the things of a reminder, or None."""
    subjects = registry.reminder_subjects
    links = [
        link
        for row in Reminder.objects.filter(notice=notice).order_by("pk")
        if row.subject in subjects and (link := subjects[row.subject].answer(user, row.thing))
    ]
    return Panel("programmes/reminders/answers.html", {"links": links}) if links else None
