"""Rows of a claim that the database refuses by themselves."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["event", "person"],
        condition=Q(event__isnull=False),
        name="one_claim_per_person_and_event",
    ),
    models.CheckConstraint(
        condition=Q(approved_by=None) | (~Q(approved_by=F("person")) & ~Q(approved_by=F("submitted_by"))),
        name="nobody_approves_their_own_claim",
    ),
    models.CheckConstraint(
        condition=Q(entered_by=None)
        | (
            (Q(approved_by=None) | ~Q(approved_by=F("entered_by")))
            & (Q(first_approved_by=None) | ~Q(first_approved_by=F("entered_by")))
        ),
        name="nobody_approves_a_claim_they_entered",
    ),
    models.CheckConstraint(
        condition=Q(entered_by=None, entered_how="")
        | (Q(entered_by__isnull=False) & ~Q(entered_how="") & ~Q(entered_by=F("person"))),
        name="claim_entered_has_who_and_how",
    ),
    models.CheckConstraint(
        condition=Q(event__isnull=False) | Q(activity_date__lte=TruncDate("created_at")),
        name="claim_without_event_is_for_a_day_gone_by",
    ),
    models.CheckConstraint(
        condition=Q(first_approved_by=None, first_approved_at=None)
        | (
            Q(first_approved_by__isnull=False, first_approved_at__isnull=False)
            & ~Q(first_approved_by=F("person"))
            & ~Q(first_approved_by=F("submitted_by"))
            & (Q(approved_by=None) | ~Q(approved_by=F("first_approved_by")))
            & ~Q(status__in=["draft", "returned", "declined", "withdrawn"])
        ),
        name="two_approvals_are_by_two_people",
    ),
    models.CheckConstraint(
        condition=(
            Q(declined_by=None, declined_at=None, decline_reason="", asked_again_at=None) & ~Q(status="declined")
        )
        | (
            Q(declined_by__isnull=False, declined_at__isnull=False)
            & ~Q(decline_reason="")
            & ~Q(declined_by=F("person"))
        ),
        name="claim_declined_has_who_when_and_why",
    ),
    models.CheckConstraint(
        condition=Q(declined_by=None)
        | (
            (Q(approved_by=None) | ~Q(approved_by=F("declined_by")))
            & (Q(first_approved_by=None) | ~Q(first_approved_by=F("declined_by")))
        ),
        name="who_declined_a_claim_does_not_approve_it",
    ),
    models.CheckConstraint(
        condition=Q(status__in=["draft", "withdrawn"])
        | Q(submitted_at__isnull=False, submitted_by__isnull=False, pay_by__isnull=False),
        name="claim_sent_has_who_and_when",
    ),
    models.CheckConstraint(
        condition=Q(
            status__in=["approved", "partly_approved", "in_run", "paid", "payment_failed"],
            approved_at__isnull=False,
            approved_by__isnull=False,
        )
        | Q(
            status__in=["draft", "submitted", "returned", "declined", "withdrawn"],
            approved_at__isnull=True,
            approved_by__isnull=True,
        ),
        name="claim_approved_has_who_and_when",
    ),
    models.CheckConstraint(
        condition=Q(
            approved_at__isnull=False,
            approved_pence=F("money_pence")
            + F("payroll_pence")
            + F("voucher_pence")
            + F("donation_pence")
            + F("waived_pence")
            + F("advance_recovered_pence"),
            approved_pence__isnull=False,
            money_pence__isnull=False,
            payroll_pence__isnull=False,
            voucher_pence__isnull=False,
            donation_pence__isnull=False,
            waived_pence__isnull=False,
            advance_recovered_pence__isnull=False,
        )
        | Q(
            approved_at__isnull=True,
            approved_pence__isnull=True,
            money_pence__isnull=True,
            payroll_pence__isnull=True,
            voucher_pence__isnull=True,
            donation_pence__isnull=True,
            waived_pence__isnull=True,
            advance_recovered_pence__isnull=True,
        ),
        name="claim_agreed_goes_somewhere_to_the_penny",
    ),
    models.CheckConstraint(
        condition=Q(recognition="part", recognition_pence__isnull=False, recognition_pence__gt=0)
        | (~Q(recognition="part") & Q(recognition_pence__isnull=True)),
        name="claim_part_payment_says_how_much",
    ),
    models.CheckConstraint(
        condition=Q(status="paid", paid_on__isnull=False) | (~Q(status="paid") & Q(paid_on__isnull=True)),
        name="claim_paid_has_its_date",
    ),
]
