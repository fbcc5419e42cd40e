"""Offer ways to be paid."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.recognition import rules
from payments.recognition.choices import RecognitionError
from payments.recognition.models import RecognitionOffer
from people.models import User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date


@action
def offer(
    *,
    programme: Programme,
    by: User,
    effective_from: dt.date,
    charity_name: str = "",
    charity_number: str = "",
    vouchers: bool = False,
    cheques: bool = True,
    cash: bool = False,
) -> RecognitionOffer:
    """Set what `programme` offers besides bank payments from the day `effective_from` on. Returns the offer.

    Earlier choices of people stay as they are. Raises RecognitionError for a day that has passed, and for a charity
    number without a charity.
    """
    rules.can_set_offer(by, programme).insist(RecognitionError)
    today = timezone.localdate()
    if effective_from < today:
        raise RecognitionError(
            _("What was offered on a day that has passed stays. Choose %(day)s or later.") % {"day": long_date(today)},
            field="effective_from",
        )
    if charity_number.strip() and not charity_name.strip():
        raise RecognitionError(_("Write the name of the charity too."), field="charity_name")
    return RecognitionOffer.objects.create(
        programme=programme,
        effective_from=effective_from,
        charity_name=" ".join(charity_name.split()),
        charity_number=charity_number.strip(),
        vouchers=vouchers,
        cheques=cheques,
        cash=cash,
        recorded_by=by.person,
    )
