"""Questions about how people wish to be recognised, and where the money of a claim goes: for pages and papers."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from payments import advances, calculations
from payments.models import Claim, RecognitionChoice, RecognitionOffer
from wellbeing.lib.money import pounds

# What needs an offer of the programme before anyone can choose it.
GIFTS = (Claim.Recognition.CHARITY, Claim.Recognition.VOUCHER)


def offer_of(programme, on=None):
    """What `programme` (or its id) offers besides money on the date `on` (today unless told), or None."""
    return RecognitionOffer.objects.in_force(programme, on or timezone.localdate())


def standing_choice(person, programme):
    """What `person` chose beforehand for all they do in `programme` (RecognitionChoice), or None: then it is all."""
    return RecognitionChoice.objects.select_related("offer").filter(person=person, programme=programme).first()


def for_new_claim(person, programme):
    """The fields of a new Claim that carry what `person` chose beforehand: {} where they chose nothing."""
    choice = standing_choice(person, programme)
    if choice is None:
        return {}
    return {
        "recognition": choice.recognition,
        "recognition_pence": choice.recognition_pence,
        "recognition_offer": choice.offer,
    }


def no_longer_offered(claim):
    """Whether `claim` asks for a charity or a voucher that its programme has stopped offering since it was chosen."""
    if claim.recognition not in GIFTS or claim.recognition_offer_id is None:
        return False
    return not claim.recognition_offer.same_as(offer_of(claim.programme_id), claim.recognition)


def in_words(recognition, pence=None, offer=None):
    """A choice as its person reads it: "£20.00 of the payment", "Give it to the Brook House Trust"."""
    if recognition == Claim.Recognition.PART:
        return _("%(amount)s of the payment") % {"amount": pounds(pence)}
    if recognition == Claim.Recognition.CHARITY and offer is not None:
        return _("Give it to %(charity)s") % {"charity": offer.charity_name}
    return str(Claim.Recognition(recognition).label)


def shares_of(claim):
    """Where every penny of `claim` goes (calculations.Shares): as settled when it was approved, before that as it
    stands now. Reads its lines, and before approval its person's advances.
    """
    if claim.agreed_pence is not None:
        return calculations.Shares(
            money=claim.money_pence,
            payroll=claim.payroll_pence,
            voucher=claim.voucher_pence,
            donation=claim.donation_pence,
            declined=claim.declined_pence,
            netted=claim.netted_pence,
        )
    asked = calculations.totals((line.is_time, line.amount_pence) for line in claim.lines.all())
    return calculations.shares(
        asked.time,
        asked.expenses,
        claim.recognition,
        claim.recognition_pence,
        advance_pence=advances.open_pence(claim),
    )


@dataclass(frozen=True)
class Share:
    """One line of where a claim's money goes. `key` is the part's name in calculations.Shares."""

    key: str
    label: str
    pence: int


def share_lines(claim, shares, own):
    """`shares` of `claim` in words, those with nothing left out: [Share, …]. `own`: told to its person, or to staff."""
    charity = claim.recognition_offer.charity_name if claim.recognition_offer_id else ""
    labels = {
        "money": _("Paid to you") if own else _("Paid to them"),
        "payroll": _("Paid to you through payroll") if own else _("Paid to them through payroll"),
        "voucher": _("As a voucher"),
        "donation": _("Given to %(charity)s") % {"charity": charity} if charity else _("Given to charity"),
        "declined": _("Not taken, as you chose") if own else _("Not taken"),
        "netted": _("You had this before") if own else _("Paid in advance"),
    }
    return [Share(key, label, getattr(shares, key)) for key, label in labels.items() if getattr(shares, key)]


def nothing_owed(claim):
    """For an approved claim on which nobody is owed anything: how it ended, in a sentence."""
    if claim.netted_pence:
        return _("Approved. You had this money before, so there is nothing more to pay.")
    return _("Approved. Nothing to pay, as you chose.")
