"""How people wish to be recognised: beforehand, for one claim; and what a programme offers besides money."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from payments import advances, recognition, rules
from payments.actions import claims as claim_actions
from payments.actions import recognition as actions
from payments.forms.recognition import OfferForm, RecognitionForm
from payments.models import Claim, RecognitionOffer
from wellbeing.lib.errors import ActionError

from .guards import own_claim_for, programme_for


def panel(claim, own=True):
    """What the pages of a claim show of where its money goes, as `payments/recognition/panel.html` draws it."""
    lines = recognition.share_lines(claim, recognition.shares_of(claim), own)
    bookings = advances.bookings_for(claim)
    return {
        "own": own,
        "wish": recognition.in_words(claim.recognition, claim.recognition_pence, claim.recognition_offer),
        "takes_all": claim.recognition == Claim.Recognition.ALL,
        "fee_pence": sum(line.amount_pence for line in claim.lines.all() if line.is_time),
        # Where all of it is paid to the person there is nothing to explain.
        "shares": [] if [line.key for line in lines] == ["money"] else lines,
        "nothing_owed": recognition.nothing_owed(claim) if claim.owed_pence == 0 else "",
        "no_longer_offered": own and claim.agreed_pence is None and recognition.no_longer_offered(claim),
        "can_choose": own and claim.status in {Claim.Status.DRAFT, Claim.Status.SUBMITTED, Claim.Status.RETURNED},
        "bookings": bookings,
        "claimed_as_well": advances.claimed_as_well(claim, bookings),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def your_recognition(request, slug):
    """How one wishes to be recognised for all one does in a programme."""
    programme = programme_for(request, slug, rules.can_choose_recognition)
    choice = recognition.standing_choice(request.user.person, programme)
    initial = {"recognition": Claim.Recognition.ALL}
    if choice:
        initial = {"recognition": choice.recognition, "part": choice.recognition_pence}
    data = request.POST if request.method == "POST" else None
    form = RecognitionForm(data, initial=initial, offer=recognition.offer_of(programme))
    if form.is_bound and form.is_valid():
        try:
            actions.choose(programme=programme, by=request.user, **form.values)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Saved. Your next claims start with this. You can change it on each claim."))
            return redirect("your_details")
    return render(request, "payments/recognition/yours.html", {"programme": programme, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_recognition(request, pk):
    """How one wishes to be recognised for one claim, until it is approved."""
    claim = own_claim_for(request, pk)
    ruling = rules.can_choose_for_claim(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    form = RecognitionForm(
        request.POST if request.method == "POST" else None,
        initial={"recognition": claim.recognition, "part": claim.recognition_pence},
        offer=recognition.offer_of(claim.programme),
        fee_pence=fee,
    )
    if form.is_bound and form.is_valid():
        try:
            claim_actions.choose_recognition(claim=claim, by=request.user, **form.values)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Saved. Your claim shows what happens with the money."))
            return redirect("claim_check" if claim.status == Claim.Status.DRAFT else "claim", pk=claim.pk)
    return render(request, "payments/recognition/for_claim.html", {"claim": claim, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def recognition_offer(request, slug):
    """The charity a programme names and whether it has vouchers, with what was offered before."""
    programme = programme_for(request, slug, rules.can_set_offer)
    today = timezone.localdate()
    current = recognition.offer_of(programme, today)
    initial = {}
    if current:
        names = ("charity_name", "charity_number", "vouchers")
        initial = {name: getattr(current, name) for name in names}
    form = OfferForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.offer(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Saved. People can choose from this."))
            return redirect("recognition_offer", slug=programme.slug)
    offers = RecognitionOffer.objects.filter(programme=programme).select_related("recorded_by")
    rows = [{"offer": offer, "now": offer == current, "coming": offer.holds_from > today} for offer in offers]
    context = {"programme": programme, "form": form, "rows": rows}
    return render(request, "payments/recognition/offer.html", context)
