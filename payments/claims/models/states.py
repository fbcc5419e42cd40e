"""The states of a claim, and the steps from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimStatus(models.TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SUBMITTED = "submitted", _("Sent, being checked")
    RETURNED = "returned", _("We have a question")
    APPROVED = "approved", _("Approved")
    PARTLY_APPROVED = "partly_approved", _("Approved in part")
    DECLINED = "declined", _("Not approved")
    IN_RUN = "in_run", _("Being paid")
    PAID = "paid", _("Paid")
    PAYMENT_FAILED = "payment_failed", _("Payment came back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CLAIM_STEPS = {
    ClaimStatus.DRAFT: (ClaimStatus.SUBMITTED, ClaimStatus.WITHDRAWN),
    ClaimStatus.SUBMITTED: (
        ClaimStatus.RETURNED,
        ClaimStatus.APPROVED,
        ClaimStatus.PARTLY_APPROVED,
        ClaimStatus.DECLINED,
        ClaimStatus.WITHDRAWN,
    ),
    ClaimStatus.RETURNED: (ClaimStatus.SUBMITTED, ClaimStatus.WITHDRAWN),
    ClaimStatus.APPROVED: (ClaimStatus.IN_RUN,),
    ClaimStatus.PARTLY_APPROVED: (ClaimStatus.IN_RUN,),
    # Its person may ask to have it looked at again.
    ClaimStatus.DECLINED: (ClaimStatus.SUBMITTED,),
    # A run that is cancelled gives its claims back as they were.
    ClaimStatus.IN_RUN: (
        ClaimStatus.APPROVED,
        ClaimStatus.PARTLY_APPROVED,
        ClaimStatus.PAYMENT_FAILED,
        ClaimStatus.PAID,
    ),
    ClaimStatus.PAID: (ClaimStatus.PAYMENT_FAILED,),
    ClaimStatus.PAYMENT_FAILED: (ClaimStatus.IN_RUN,),
    ClaimStatus.WITHDRAWN: (ClaimStatus.DRAFT,),
}
