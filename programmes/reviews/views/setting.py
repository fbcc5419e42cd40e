"""Pages on which a programme sets what its reviews ask and what they show."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from programmes.reviews import rules
from programmes.reviews.actions import setting
from programmes.reviews.forms import RuleForm, StatementsForm
from programmes.reviews.guards import run_programme
from programmes.reviews.models import ReviewRule, ReviewStatement, Side
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page


@read_page
def review_statements(request, slug):
    """Show the statements that a review opened today would ask, and the rule for what it would show."""
    programme = programme_or_404(request, slug)
    if not rules.is_inside(request.user, programme):
        raise PermissionDenied
    statements = ReviewStatement.objects.in_force_on(programme, today())
    later = ReviewStatement.objects.filter(programme=programme, effective_from__gt=today())
    context = {
        "programme": programme,
        "rule": ReviewRule.objects.in_force_on(programme, today()),
        "may_run": bool(rules.can_run_reviews(request.user, programme)),
        "own": bool(statements) and statements[0].programme_id is not None,
        "since": statements[0].effective_from if statements else None,
        "later": sorted(set(later.values_list("effective_from", flat=True))),
        "columns": [
            {"label": _("Section")},
            {"label": _("Statement for people with lived experience")},
            {"label": _("Statement for staff")},
        ],
        "rows": [
            {
                "cells": [
                    {"text": one.get_section_display()},
                    {"text": one.words},
                    {"text": one.words_for(Side.STAFF)},
                ]
            }
            for one in statements
        ],
    }
    return render(request, "programmes/reviews/statements.html", context)


@form_page
def review_statements_own(request, slug):
    """Write the programme's own statements."""
    programme = run_programme(request, slug)
    statements = ReviewStatement.objects.in_force_on(programme, today())
    form = StatementsForm(posted(request), statements=statements, initial={"effective_from": today()})
    act = partial(setting.use_statements, programme=programme, by=request.user)
    if attempt(form, lambda: act(effective_from=form.cleaned_data["effective_from"], statements=form.words)):
        day = long_date(form.cleaned_data["effective_from"])
        messages.success(request, _("Saved. Reviews that are opened from %(day)s ask these statements.") % {"day": day})
        return redirect("review_statements", slug)
    return show_form(
        request,
        form,
        title=_("Use our own statements"),
        caption=programme.name,
        lead=_("Keep statements the same from review to review where you can: only then can you see what changes."),
        back_url=reverse("review_statements", args=[slug]),
        submit=_("Save these statements"),
    )


@form_page
def review_rule(request, slug):
    """Set what reviews show."""
    programme = run_programme(request, slug)
    rule = ReviewRule.objects.in_force_on(programme, today())
    fields = ("fewest", "low_mean", "open_days")
    initial = {"effective_from": today(), **{name: getattr(rule, name) for name in fields}}
    form = RuleForm(posted(request), initial=initial)
    act = partial(setting.set_rule, programme=programme, by=request.user)
    if done := attempt(form, lambda: act(**form.cleaned_data)):
        day = long_date(done.result.effective_from)
        messages.success(request, _("Saved. This starts on %(day)s.") % {"day": day})
        return redirect("review_statements", slug)
    return show_form(
        request,
        form,
        title=_("What reviews show"),
        caption=programme.name,
        back_url=reverse("review_statements", args=[slug]),
        submit=_("Save"),
    )
