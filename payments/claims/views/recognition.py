"""The page on which a person chooses how a claim is paid."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payments.claims import rules
from payments.claims.actions import payment_choice
from payments.claims.guards import own_claim_for
from payments.claims.models.claim import Claim
from payments.recognition import queries as recognition_queries
from payments.recognition.forms import RecognitionForm
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def claim_recognition(request, pk):
    """Choose how one claim of the reader is paid, until it is approved."""
    claim = own_claim_for(request, pk)
    ruling = rules.can_choose_for_claim(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    form = RecognitionForm(
        posted(request),
        initial={"recognition": claim.recognition, "part": claim.recognition_pence},
        offer=recognition_queries.offer_of(claim.programme),
        fee_pence=fee,
    )
    act = partial(payment_choice.choose_recognition, claim=claim, by=request.user)
    if attempt(form, lambda: act(**form.values), edits=claim):
        messages.success(request, _("Saved. Your claim now shows where the money will go."))
        return redirect("claim_check" if claim.status == Claim.Status.DRAFT else "claim", pk=claim.pk)
    return render(request, "payments/recognition/for_claim.html", {"claim": claim, "form": form})
