"""Kinds that a policy names: activities, roles, vehicles, expenses and limits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event


class Activity(models.TextChoices):
    """The activities people give their time to: every kind of event, and work that is not tied to one."""

    COPRODUCTION = Event.Kind.COPRODUCTION.value, Event.Kind.COPRODUCTION.label
    WORKSHOP = Event.Kind.WORKSHOP.value, Event.Kind.WORKSHOP.label
    COMMUNITY = Event.Kind.COMMUNITY.value, Event.Kind.COMMUNITY.label
    MEETING = Event.Kind.MEETING.value, Event.Kind.MEETING.label
    ONLINE = Event.Kind.ONLINE.value, Event.Kind.ONLINE.label
    DOCUMENT_REVIEW = "document_review", _("Reading and commenting on a document")
    CONVERSATION = "conversation", _("An interview or conversation, by phone or online")
    PREPARATION = "preparation", _("Preparation")
    FACILITATING = "facilitating", _("Leading or helping to run a session")
    INTERVIEW_PANEL = "interview_panel", _("Interview panel")


class ActivityRole(models.TextChoices):
    """The roles at an activity besides taking part, where the policy pays them differently.

    In the order in which they count for a person who does several.
    """

    CHAIRING = "chairing", _("Chair or co-chair")
    FACILITATING = "facilitating", _("Co-facilitator")
    STEERING = "steering", _("Steering group member")


class Vehicle(models.TextChoices):
    """The vehicles for which HMRC has rates of their own."""

    CAR = "car", _("Car or van")
    MOTORCYCLE = "motorcycle", _("Motorcycle")
    BICYCLE = "bicycle", _("Bicycle")


class ExpenseKind(models.TextChoices):
    """The kinds of expense."""

    PUBLIC_TRANSPORT = "public_transport", _("Train, bus or tram fare")
    MILEAGE = "mileage", _("Driving your own car")
    TAXI = "taxi", _("Taxi")
    PARKING = "parking", _("Parking")
    OVERNIGHT = "overnight", _("Overnight stay")
    SUBSISTENCE = "subsistence", _("Meals while you are away")
    CHILDCARE = "childcare", _("Childcare")
    REPLACEMENT_CARER = "replacement_carer", _("Someone to care for the person you look after")
    PERSONAL_ASSISTANT = "personal_assistant", _("Your personal assistant (PA)")
    INTERPRETER = "interpreter", _("Interpreter")
    PRINTING = "printing", _("Printing, phone or internet costs")
    FOOD = "food", _("Food and drink")
    OTHER = "other", _("Something else")


class CapPer(models.TextChoices):
    """The ways to count the limit of an expense."""

    EACH_TIME = "each_time", _("each time")
    NIGHT = "night", _("a night")
    HOUR = "hour", _("an hour")
    HOURS_AWAY = "hours_away", _("by how long somebody is away")
