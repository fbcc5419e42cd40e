"""Amounts left of a budget in words."""

from django.utils.translation import gettext as _

from payments.policy.models.kinds import Activity
from wellbeing.lib.money import pounds


def left_in_words(pence):
    """Say what a budget line has left, or by how much it is over: "£12.50 left", "£3.00 over budget"."""
    if pence < 0:
        return _("%(amount)s over budget") % {"amount": pounds(-pence)}
    return _("%(amount)s left") % {"amount": pounds(pence)}


def activity_label(activity):
    """Name an activity; "" is every activity without a rule of its own."""
    return str(dict(Activity.choices).get(activity, activity)) if activity else _("Everything else")
