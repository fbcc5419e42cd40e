"""The demo programme, how many rows there are of everything, what is no part of its story, and loading it again."""

import io

from django.core.management import call_command

from events.models import (
    ArrangementDays,
    FeedbackQuestion,
    FeedbackRule,
    InvitationRules,
    MeetingRules,
    OfferRules,
    Technique,
    VenueCheckRule,
)
from payments.models import MileageRate, ReturnReason, Signpost, SmallNumberRule, WarningThresholds
from people.models import (
    ConsentWording,
    MonitoringPromise,
    MonitoringQuestion,
    NeedsReviewRule,
    PostageRule,
    PrivacyRule,
    SendingLimit,
    WaitingTime,
)
from programmes.models import (
    FewestShown,
    ImportRule,
    InvolvedRule,
    MergeRule,
    Programme,
    ReminderRule,
    ReviewRule,
    ReviewStatement,
)
from wellbeing.demo.clock import history_models, our_models

# Rows that migrations bring: when they hold from is no part of the story.
FACTS = (
    ArrangementDays,
    ConsentWording,
    FeedbackQuestion,
    FeedbackRule,
    FewestShown,
    ImportRule,
    InvolvedRule,
    MergeRule,
    InvitationRules,
    MileageRate,
    MonitoringPromise,
    MonitoringQuestion,
    NeedsReviewRule,
    OfferRules,
    PostageRule,
    MeetingRules,
    PrivacyRule,
    ReminderRule,
    ReturnReason,
    ReviewRule,
    ReviewStatement,
    SendingLimit,
    Signpost,
    SmallNumberRule,
    Technique,
    VenueCheckRule,
    WaitingTime,
    WarningThresholds,
)


def wow():
    return Programme.objects.get(slug="wellbeing-our-way")


def counts():
    return {model.__name__: model._default_manager.count() for model in (*our_models(), *history_models())}


def run_load_demo():
    """Return the words of `manage.py load_demo`."""
    said = io.StringIO()
    call_command("load_demo", stdout=said, skip_checks=True)
    return said.getvalue()
