"""Say for how long one was at an event, where that is not what the list of who came says."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payments.autosave import views as autosave_views
from payments.claims import queries, rules
from payments.claims.actions import hours
from payments.claims.forms.claims import HoursForm
from payments.claims.guards import fillable_claim_for
from payments.shared.wording import hours_in_words
from wellbeing.lib.dates import long_date
from wellbeing.lib.form_pages import attempt, form_page, posted
from wellbeing.lib.ticks import whole_numbers


@form_page
def claim_hours(request, pk):
    """Ask for how long somebody was at the event, and why that is not what staff recorded.

    ?line=<id> is the day that is asked about, where the event has several.
    """
    claim = fillable_claim_for(request, pk)
    ruling = rules.can_say_hours(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    times = sorted((line for line in claim.lines.all() if line.is_time), key=lambda line: (line.on, line.pk))
    wanted = whole_numbers(request.GET.getlist("line"))
    line = next((line for line in times if line.pk in wanted), times[0])
    recorded = queries.hours_recorded(claim, line.on)
    form = HoursForm(posted(request), initial={"hours": line.hours, "reason": line.hours_reason})
    if done := attempt(form, lambda: hours.say(claim=claim, line=line, by=request.user, **form.cleaned_data)):
        autosave_views.forget(request)
        messages.success(request, _("Your claim now says: %(what)s.") % {"what": done.result.description})
        return redirect(claim)
    context = {
        "claim": claim,
        "form": form,
        "title": _("Your time on %(day)s") % {"day": long_date(line.on)} if len(times) > 1 else _("Your time"),
        "conditions": _("We have written down that you were there for %(hours)s.") % {"hours": hours_in_words(recorded)}
        if recorded
        else "",
        "back_url": claim.get_absolute_url(),
        **autosave_views.kept(request, form),
    }
    return render(request, "payments/claims/question.html", context)
