"""Make a claim for something that was no event, one question a page; each answer is in the address of the next."""

import datetime as dt

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.autosave import views as autosave_views
from payments.claims import drafts, queries
from payments.claims.actions import entering
from payments.claims.forms.entering import ActivityForm, DayForm, HoursForm, ProgrammeForm, WhatForm, activity_called
from payments.claims.guards import programme_to_claim_in
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.shared import wording as shared_wording
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, form_page, is_sent, posted
from wellbeing.lib.money import pounds


@form_page
def claim_new(request):
    """Ask which programme it is for, where there are several."""
    today = timezone.localdate()
    programmes = [
        programme
        for programme in queries.programmes_of_claimant(request.user.person)
        if queries.activities_apart(programme, today)
    ]
    if len(programmes) == 1:
        return redirect("claim_new_activity", slug=programmes[0].slug)
    if not programmes:
        return render(request, "payments/claims/entering/nothing.html")
    form = ProgrammeForm(posted(request), programmes=programmes)
    if is_sent(form):
        return redirect("claim_new_activity", slug=form.cleaned_data["programme"])
    return _page(request, form, reverse("my_claims"))


@form_page
def claim_new_activity(request, slug):
    """Ask what they did, of the activities the programme pays outside events."""
    programme = programme_to_claim_in(request, slug)
    activities = queries.activities_apart(programme, timezone.localdate())
    if not activities:
        return render(request, "payments/claims/entering/nothing.html", {"programme": programme})
    form = ActivityForm(
        posted(request),
        activities=activities,
        initial={"activity": request.GET.get("activity", "")},
    )
    if is_sent(form):
        return redirect("claim_new_day", slug=slug, activity=form.cleaned_data["activity"])
    return _page(request, form, reverse("my_claims"), programme=programme)


@form_page
def claim_new_day(request, slug, activity):
    """Ask which day it was."""
    programme = programme_to_claim_in(request, slug)
    activity = _activity(activity)
    form = DayForm(posted(request), initial={"day": _day_in_address(request)})
    if is_sent(form):
        day = form.cleaned_data["day"]
        try:
            drafts.check_day(programme=programme, person=request.user.person, activity=activity, on=day)
        except ActionError as error:
            form.add_error("day", str(error))
        else:
            return redirect("claim_new_hours", slug=slug, activity=activity, day=day.isoformat())
    back = f"{reverse('claim_new_activity', args=[slug])}?activity={activity}"
    return _page(request, form, back, programme=programme, activity=activity)


@form_page
def claim_new_hours(request, slug, activity, day):
    """Ask how long it took."""
    programme = programme_to_claim_in(request, slug)
    activity, day = _activity(activity), _day(day)
    form = HoursForm(posted(request), initial={"hours": request.GET.get("hours")})
    if is_sent(form):
        hours = shared_wording.plain_number(form.cleaned_data["hours"])
        return redirect("claim_new_what", slug=slug, activity=activity, day=day.isoformat(), hours=hours)
    back = f"{reverse('claim_new_day', args=[slug, activity])}?day={day.isoformat()}"
    return _page(request, form, back, programme=programme, activity=activity, day=day)


@form_page
def claim_new_what(request, slug, activity, day, hours):
    """Ask what it was, and make the claim, priced, to be checked and sent."""
    programme = programme_to_claim_in(request, slug)
    activity, day, hours = _activity(activity), _day(day), _hours(hours)
    form = WhatForm(posted(request))
    if done := attempt(
        form,
        lambda: entering.start(
            programme=programme,
            by=request.user,
            activity=activity,
            on=day,
            hours=hours,
            description=form.cleaned_data["description"],
        ),
    ):
        claim = done.result
        autosave_views.forget(request)
        return redirect(claim)
    policy = policy_queries.policy_in_force(programme, day)
    rule = policy.fee_rule_for(activity) if policy else None
    worth = _("%(hours)s. We pay %(amount)s for this.") if rule else "%(hours)s"
    params = {
        "hours": shared_wording.hours_in_words(hours),
        "amount": pounds(calculations.fee(rule.terms, hours)) if rule else "",
    }
    page_before = reverse("claim_new_hours", args=[slug, activity, day.isoformat()])
    back = f"{page_before}?hours={shared_wording.plain_number(hours)}"
    more = {"programme": programme, "activity": activity, "day": day, "worth": worth % params}
    return _page(request, form, back, submit=_("Make this claim"), **more, **autosave_views.kept(request, form))


def _page(request, form, back_url, **more):
    so_far = [more["activity"].label] if "activity" in more else []
    if "day" in more:
        so_far.append(long_date(more["day"]))
    context = {"form": form, "back_url": back_url, "so_far": ", ".join(map(str, so_far)), **more}
    return render(request, "payments/claims/entering/question.html", context)


def _activity(value):
    activity = activity_called(value)
    if activity is None:
        raise Http404
    return activity


def _day(text):
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _day_in_address(request):
    try:
        return _day(request.GET.get("day", ""))
    except Http404:
        return None


def _hours(text):
    form = HoursForm({"hours": text})
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["hours"]
