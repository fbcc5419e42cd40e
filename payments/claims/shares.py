"""Split the money of a claim by where it goes: taken as money, given away or waived."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from payments.advances import queries as advance_queries
from payments.claims.models.claim import Claim
from payments.policy import calculations
from payments.recognition.choices import RecognitionError
from payments.recognition.queries import GIFTS, offer_of, standing_choice
from wellbeing.lib.types import Pence


def for_new_claim(person, programme):
    """Return the fields of a new Claim for the choice `person` made beforehand: {} where they chose nothing."""
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
    if claim.recognition not in GIFTS or claim.recognition_offer is None:
        return False
    return not claim.recognition_offer.same_as(offer_of(claim.programme_id), claim.recognition)


def shares_of(claim):
    """Split the money of `claim` by where it goes: as fixed when it was approved, before that as it stands now.

    Before approval it reads the lines of the claim and its person's advances.
    """
    if claim.approved_pence is not None:
        return calculations.Shares(
            money=claim.money_pence,
            payroll=claim.payroll_pence,
            voucher=claim.voucher_pence,
            donation=claim.donation_pence,
            waived=claim.waived_pence,
            advance_recovered=claim.advance_recovered_pence,
        )
    sums = calculations.totals((line.is_time, line.amount_pence) for line in claim.lines.all())
    return calculations.shares(
        sums.time,
        sums.expenses,
        claim.recognition,
        claim.recognition_pence,
        advance_pence=advance_queries.open_pence(claim),
    )


@dataclass(frozen=True)
class Share:
    """One line of where a claim's money goes. `key` is the part's name in calculations.Shares."""

    key: str
    label: str
    pence: Pence


def share_lines(claim, shares, own):
    """Put `shares` of `claim` into words, those with nothing left out; `own` speaks to its person, not to staff."""
    charity = claim.recognition_offer.charity_name if claim.recognition_offer else ""
    labels = {
        "money": _("Paid to you") if own else _("Paid to them"),
        "payroll": _("Paid to you through payroll") if own else _("Paid to them through payroll"),
        "voucher": _("As a voucher"),
        "donation": _("Given to %(charity)s") % {"charity": charity} if charity else _("Given to charity"),
        "waived": _("Not taken, as you chose") if own else _("Not taken"),
        "advance_recovered": _("Already paid to you in advance") if own else _("Paid in advance"),
    }
    return [Share(key, label, getattr(shares, key)) for key, label in labels.items() if getattr(shares, key)]


def expects_no_payment(claim):
    """Whether nothing would be paid on a claim not approved yet, as its person chose.

    Reads the totals of `with_totals` where it has them, otherwise its lines.
    """
    if claim.recognition == Claim.Recognition.ALL or claim.approved_pence is not None:
        return False
    if hasattr(claim, "time_pence"):
        time, expenses = claim.time_pence, claim.expenses_pence
    else:
        sums = calculations.totals((line.is_time, line.amount_pence) for line in claim.lines.all())
        time, expenses = sums.time, sums.expenses
    return not calculations.shares(time, expenses, claim.recognition, claim.recognition_pence).owed


def nothing_owed(claim):
    """Say how an approved claim ended on which nobody is owed anything."""
    if claim.advance_recovered_pence:
        return _("Approved. You had this money before, so there is nothing more to pay.")
    return _("Approved. Nothing to pay, as you chose.")


def check_choice_still_offered(claim):
    """Raise RecognitionError when the charity or voucher chosen for `claim` is no longer offered."""
    if not no_longer_offered(claim):
        return
    if claim.recognition == Claim.Recognition.CHARITY and claim.recognition_offer:
        raise RecognitionError(
            _("The programme no longer gives to %(charity)s. Choose again how you want to be recognised.")
            % {"charity": claim.recognition_offer.charity_name}
        )
    raise RecognitionError(_("The programme no longer has vouchers. Choose again how you want to be recognised."))
