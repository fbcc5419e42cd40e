"""Questions about ways to be paid: what a programme offers, what a person has chosen."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.recognition.models import PaymentChoice, RecognitionChoice, RecognitionOffer
from people.models import Person
from programmes.models import Programme
from wellbeing.lib.money import pounds
from wellbeing.lib.types import Pence, ProgrammeId

# Only what the programme offers of these can be chosen.
GIFTS = (PaymentChoice.CHARITY, PaymentChoice.VOUCHER)


def offer_of(programme: Programme | ProgrammeId, on: dt.date | None = None) -> RecognitionOffer | None:
    """Return the offer of `programme` besides money on the day `on` (today unless told), or None."""
    return RecognitionOffer.objects.effective_on(programme, on or timezone.localdate())


def standing_choice(person: Person, programme: Programme | ProgrammeId) -> RecognitionChoice | None:
    """Return the choice of `person` for all they do in `programme`, or None: then they take all of the payment."""
    return RecognitionChoice.objects.select_related("offer").filter(person=person, programme=programme).first()


def in_words(recognition: str, pence: Pence | None = None, offer: RecognitionOffer | None = None) -> str:
    """Write a choice as its person reads it: "£20.00 of the payment", "Give it to the Brook House Trust"."""
    if recognition == PaymentChoice.PART:
        assert pence is not None, "a choice of part says how much"
        return _("%(amount)s of the payment") % {"amount": pounds(pence)}
    if recognition == PaymentChoice.CHARITY and offer is not None:
        return _("Give it to %(charity)s") % {"charity": offer.charity_name}
    return str(PaymentChoice(recognition).label)
