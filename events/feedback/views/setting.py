"""Pages on which a programme sets what it asks about its events, and when."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from events.feedback.actions import setting
from events.feedback.forms import QuestionsForm, RuleForm
from events.feedback.models import FeedbackQuestion, FeedbackRule
from events.planning.guards import programme_of_events
from programmes.programme.rules import can_manage_programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.form_pages import attempt, form_page, posted


def _run_programme(request, slug):
    programme = programme_of_events(request, slug)
    can_manage_programme(request.user, programme).insist(PermissionDenied)
    return programme


@form_page
def feedback_questions(request, slug):
    """Show the questions asked about events, and let staff write others."""
    programme = _run_programme(request, slug)
    there = FeedbackQuestion.objects.in_force_on(programme, today())
    initial = {"questions": "\n".join(one.words for one in there), "effective_from": today()}
    form = QuestionsForm(posted(request), initial=initial)
    act = partial(setting.set_questions, programme=programme, by=request.user)
    if attempt(form, lambda: act(effective_from=form.cleaned_data["effective_from"], questions=form.lines)):
        day = long_date(form.cleaned_data["effective_from"])
        messages.success(request, _("Saved. People thanked from %(day)s are asked these questions.") % {"day": day})
        return redirect("events", slug)
    return show_form(
        request,
        form,
        title=_("What people are asked about events"),
        caption=programme.name,
        lead=_(
            "Each is answered yes, partly, no or does not apply. Keep questions the same where you can: only then can"
            " you see what changes."
        ),
        back_url=reverse("events", args=[slug]),
        submit=_("Save these questions"),
    )


@form_page
def feedback_rule(request, slug):
    """Show when who came is thanked and asked, and let staff change it."""
    programme = _run_programme(request, slug)
    rule = FeedbackRule.objects.in_force_on(programme, today())
    fields = ("thank_after_days", "thank_within_days", "open_days", "after_meetings")
    initial = {"effective_from": today(), **{name: getattr(rule, name) for name in fields}}
    form = RuleForm(posted(request), initial=initial)
    act = partial(setting.set_rule, programme=programme, by=request.user)
    if done := attempt(form, lambda: act(**form.cleaned_data)):
        day = long_date(done.result.effective_from)
        messages.success(request, _("Saved. This starts on %(day)s.") % {"day": day})
        return redirect("events", slug)
    return show_form(
        request,
        form,
        title=_("When people are thanked and asked"),
        caption=programme.name,
        back_url=reverse("events", args=[slug]),
        submit=_("Save"),
    )
