"""Questions about ways to be paid: what a programme offers, what a person has chosen."""

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.recognition.models import PaymentChoice, RecognitionChoice, RecognitionOffer
from wellbeing.lib.money import pounds

# What needs an offer of the programme before anyone can choose it.
GIFTS = (PaymentChoice.CHARITY, PaymentChoice.VOUCHER)


def offer_of(programme, on=None):
    """What `programme` (or its id) offers besides money on the date `on` (today unless told), or None."""
    return RecognitionOffer.objects.effective_on(programme, on or timezone.localdate())


def standing_choice(person, programme):
    """What `person` chose beforehand for all they do in `programme` (RecognitionChoice), or None: then it is all."""
    return RecognitionChoice.objects.select_related("offer").filter(person=person, programme=programme).first()


def in_words(recognition, pence=None, offer=None):
    """A choice as its person reads it: "£20.00 of the payment", "Give it to the Brook House Trust"."""
    if recognition == PaymentChoice.PART:
        return _("%(amount)s of the payment") % {"amount": pounds(pence)}
    if recognition == PaymentChoice.CHARITY and offer is not None:
        return _("Give it to %(charity)s") % {"charity": offer.charity_name}
    return str(PaymentChoice(recognition).label)
