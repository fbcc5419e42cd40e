"""Helpers: what staff type to publish a policy with limits, and a version published in one go."""

from payments.policy import actions as policy_actions


def publish_at_once(*, by, **terms):
    """Draft and publish a version in one go, in place of any draft. `terms` and errors are those of `save_draft`."""
    version = policy_actions.save_draft(by=by, **terms)
    return policy_actions.publish_draft(programme=version.programme, by=by)


# Setting it on the page

TYPED_LIMITS = {
    "effective_from_day": "1",
    "effective_from_month": "1",
    "effective_from_year": "2099",
    "method": "fixed",
    "unit": "10",
    "mileage": "none",
    "preparation_included": "yes",
    "pay_within_working_days": "10",
    "claim_window_months": "3",
    "rates": "0",
    "overnight-covered": "on",
    "overnight-cap": "120",
    "overnight-cap_per": "night",
    "overnight-receipt_needed": "on",
    "subsistence-covered": "on",
    "subsistence-cap_per": "hours_away",
    "subsistence-from1": "10",
    "subsistence-upto1": "25",
    "subsistence-from2": "5",
    "subsistence-upto2": "10",
    "subsistence-receipt_needed": "on",
    "subsistence-receipt_above": "5",
    "childcare-covered": "on",
    "childcare-cap": "15",
    "childcare-cap_per": "hour",
    "taxi-covered": "on",
    "taxi-needs_prior_approval": "on",
    "taxi-agreed_by": "finance",
    "taxi-need_is_enough": "on",
    "interpreter-covered": "on",
    "printing-covered": "on",
    "other-covered": "on",
}
