"""The page on which staff set the ways to be paid."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.recognition import actions, queries, rules
from payments.recognition.forms import OfferForm
from payments.recognition.models import RecognitionOffer
from payments.shared.guards import programme_for
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def recognition_offer(request, slug):
    """Set the charity a programme names and whether it has vouchers; show what was offered before."""
    programme = programme_for(request, slug, rules.can_set_offer)
    today = timezone.localdate()
    current = queries.offer_of(programme, today)
    initial = {}
    if current:
        names = ("charity_name", "charity_number", "vouchers", "cheques", "cash")
        initial = {name: getattr(current, name) for name in names}
    form = OfferForm(posted(request), initial=initial)
    act = partial(actions.offer, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=current or programme):
        messages.success(request, _("Saved. People can choose from this."))
        return redirect("recognition_offer", slug=programme.slug)
    offers = RecognitionOffer.objects.filter(programme=programme).select_related("recorded_by")
    rows = [{"offer": offer, "now": offer == current, "coming": offer.effective_from > today} for offer in offers]
    context = {"programme": programme, "form": form, "rows": rows}
    return render(request, "payments/recognition/offer.html", context)
