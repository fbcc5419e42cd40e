"""The letter that tells somebody of the claim staff entered for them."""

from payments.policy import calculations
from payments.policy import wording as policy_wording
from payments.shared.documents import render_document
from people.models import Person


def entered_letter(claim, made_on):
    """Draw the letter (PDF) that says what was entered and sent for the person, and how to say that something is wrong.

    `claim` comes from `pages.queries.whole_claim`.
    """
    lines = list(claim.lines.all())
    context = {
        "claim": claim,
        "person": claim.person,
        "programme": claim.programme,
        "lines": lines,
        "totals": calculations.totals((line.is_time, line.amount_pence) for line in lines),
        "when_paid": policy_wording.when_paid(claim.terms),
        "made_on": made_on,
        "large": claim.person.letter_size == Person.LetterSize.LARGE,
    }
    return render_document("entered", context)
