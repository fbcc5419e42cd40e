"""The budget of a programme: its lines, where their money is, and the likely cost of events to come."""

import django_filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payments.budgets import actions, queries, rules
from payments.budgets import forecast as budget_forecast
from payments.budgets import wording as budget_wording
from payments.budgets.forms import BudgetLineForm, initial_line
from payments.budgets.models import BudgetLine
from payments.budgets.wording import left_in_words
from payments.claims.listing import columns as claim_columns
from payments.shared.guards import programme_for
from wellbeing.lib.dates import day_and_times, short_date
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.money import pounds
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

# The whole length of a bar.
BAR = 1000
MONEY = ("amount_pence", "pending_pence", "committed_pence", "paid_pence", "left_pence")


class BudgetLineFilters(django_filters.FilterSet):
    """The filters of the list of budget lines."""

    closed = django_filters.ChoiceFilter(
        label=gettext_lazy("Lines"),
        choices=[("no", gettext_lazy("Open")), ("yes", gettext_lazy("Closed"))],
        empty_label=gettext_lazy("All"),
        method="by_closed",
    )

    class Meta:
        model = BudgetLine
        fields: list[str] = []

    def by_closed(self, rows, name, value):
        """Keep the lines that take claims, or those that no longer do."""
        return rows.filter(closed=value == "yes")


@read_page
def budget(request, slug):
    """Show the budget lines of a programme with their figures, and the forecast with how it was worked out."""
    programme = programme_for(request, slug, rules.can_see_budget)
    today = timezone.localdate()
    forecasts = budget_forecast.forecast(programme)
    expected = budget_forecast.pence_by_line(forecasts)
    lines = queries.lines_of_programme(request.user, programme)
    can_set = bool(rules.can_set_budget(request.user, programme))
    listing = Listing(
        request,
        lines.select_related("programme"),
        name=f"budget-{programme.slug}",
        caption=_("Budget lines"),
        columns=_columns(expected),
        search=["name", "cost_code", "funder"],
        search_label=_("Search by name, cost code or funder"),
        filters=BudgetLineFilters,
        default_sort="-starts_on",
        totals=lambda rows: _totals(rows, expected),
        empty_title=_("No budget lines yet"),
        empty_text=_("With a budget line, approval keeps to its amount, and you see what is left.")
        if can_set
        else _("Finance adds budget lines here. Until then approval has no budget to keep to."),
    )
    if listing.wants_export:
        return listing.export()
    now = [
        line
        for line in lines.select_related("programme")
        if not line.closed and line.starts_on <= today <= line.ends_on
    ]
    context = {
        "programme": programme,
        "listing": listing,
        "cards": _cards(now, expected),
        "bars": [bar(line, expected.get(line.pk, 0)) for line in now],
        "legend": legend(),
        "forecast_columns": _forecast_columns(),
        "forecast_rows": [_forecast_row(row) for row in forecasts],
        "worked_out": [(row.event.title, how_worked_out(row)) for row in forecasts],
        "forecast_total": pounds(sum(row.pence for row in forecasts)),
        "without_line": queries.claims_without_line(request.user, programme).count(),
        "can_set": can_set,
    }
    return render(request, "payments/budgets/list.html", context)


def _columns(expected):
    return [
        Column("name", _("Budget line"), sort="name", link=lambda line: line.get_absolute_url(), detail=_detail),
        Column("cost_code", _("Cost code"), sort="cost_code", shape="code"),
        Column("funder", _("Funder"), export_only=True),
        Column("starts_on", _("First day"), kind=DATE, export_only=True),
        Column("ends_on", _("Last day"), kind=DATE, export_only=True),
        Column("closed", _("Closed"), value=lambda line: _("Yes") if line.closed else "", export_only=True),
        Column("amount_pence", _("Budget"), money=True, sort="amount_pence"),
        Column("paid_pence", _("Paid"), money=True, sort="paid_pence"),
        Column("committed_pence", _("Approved"), money=True, sort="committed_pence"),
        Column("pending_pence", _("Being checked"), money=True, sort="pending_pence"),
        Column("left_pence", _("Left"), money=True, sort="left_pence", detail=_over),
        Column("forecast_pence", _("Forecast"), money=True, value=lambda line: expected.get(line.pk, 0)),
    ]


def _detail(line):
    year = _("%(first)s to %(last)s") % {"first": short_date(line.starts_on), "last": short_date(line.ends_on)}
    return _("Closed. %(year)s") % {"year": year} if line.closed else year


def _over(line):
    return _("Over budget") if line.left_pence < 0 else ""


def _totals(rows, expected):
    sums = dict.fromkeys(MONEY, 0)
    forecast = 0
    for line in rows:
        forecast += expected.get(line.pk, 0)
        for name in MONEY:
            sums[name] += getattr(line, name)
    return {"name": _("Total"), **sums, "forecast_pence": forecast}


def _cards(lines, expected):
    if not lines:
        return []
    left = sum(line.left_pence for line in lines)
    forecast = sum(expected.get(line.pk, 0) for line in lines)
    return [
        {
            "title": _("Budget of this year"),
            "figure": pounds(sum(line.amount_pence for line in lines)),
            "text": ngettext("%(n)s line", "%(n)s lines", len(lines)) % {"n": len(lines)},
        },
        {
            "title": _("Left"),
            "figure": pounds(left),
            "text": _("After what is paid, approved and being checked."),
        },
        {
            "title": _("Left after events to come"),
            "figure": pounds(left - forecast),
            "text": _("A forecast: they are likely to cost %(sum)s.") % {"sum": pounds(forecast)},
        },
    ]


def legend():
    """Describe the colours of a bar for `components/bars.html`."""
    return [
        {"tone": "paid", "label": _("Paid")},
        {"tone": "approved", "label": _("Approved")},
        {"tone": "committed", "label": _("Being checked")},
        {"tone": "forecast", "label": _("Forecast")},
    ]


def bar(line, forecast_pence):
    """Describe a line with figures as a bar for `components/bars.html`: its parts, and where its amount ends."""
    parts = [
        ("paid", line.paid_pence),
        ("approved", line.committed_pence),
        ("committed", line.pending_pence),
        ("forecast", forecast_pence),
    ]
    whole = max(line.amount_pence, sum(pence for _tone, pence in parts), 1)
    drawn, start = [], 0
    for tone, pence in parts:
        end = start + pence
        x = start * BAR // whole
        if pence:
            # However little, it can be seen.
            drawn.append({"tone": tone, "x": x, "width": max(end * BAR // whole - x, 4)})
        start = end
    params = {"left": left_in_words(line.left_pence), "amount": pounds(line.amount_pence)}
    return {
        "label": str(line),
        "url": line.get_absolute_url(),
        "text": _("%(left)s, of %(amount)s") % params,
        "parts": drawn,
        "limit": line.amount_pence * BAR // whole,
    }


def _forecast_columns():
    return [
        {"label": _("Event")},
        {"label": _("Budget line")},
        {"label": _("People"), "numeric": True},
        {"label": _("For each"), "numeric": True},
        {"label": _("Likely to cost"), "numeric": True},
    ]


def _forecast_row(forecast):
    event = forecast.event
    return {
        "cells": [
            {
                "text": event.title,
                "url": event.get_absolute_url(),
                "detail": day_and_times(event.starts_at, event.ends_at),
            },
            {"text": str(forecast.line) if forecast.line else _("None")},
            {"text": forecast.people},
            {"text": pounds(forecast.fee_pence + forecast.expenses_pence)},
            {"text": pounds(forecast.pence)},
        ]
    }


def how_worked_out(forecast):
    """Say how the forecast of an event was worked out."""
    if not forecast.said_yes and not forecast.maybe:
        return _("Nobody who is paid is invited yet, so nothing is counted.")
    sentences = [_("Nobody has said yes yet.")]
    if forecast.said_yes:
        sentences = [
            ngettext("%(n)s person said yes.", "%(n)s people said yes.", forecast.said_yes) % {"n": forecast.said_yes}
        ]
    if forecast.maybe:
        rate = forecast.rate
        params = {"n": forecast.maybe, "counted": forecast.expected_maybe, "yes": rate.yes, "invited": rate.invited}
        if rate.invited:
            sentences.append(
                ngettext(
                    "%(n)s has not replied. Before, %(yes)s of %(invited)s said yes, so we count %(counted)s of them.",
                    "%(n)s have not replied. Before, %(yes)s of %(invited)s said yes, so we count %(counted)s of them.",
                    forecast.maybe,
                )
                % params
            )
        else:
            sentences.append(
                ngettext("%(n)s has not said and is counted.", "%(n)s have not said and are counted.", forecast.maybe)
                % params
            )
    if forecast.capped:
        sentences.append(_("No more are counted than there are places."))
    amounts = {"fee": pounds(forecast.fee_pence), "expenses": pounds(forecast.expenses_pence)}
    if forecast.same_kind:
        sentences.append(
            _("%(fee)s for time, and %(expenses)s for expenses, as at past events of this kind.") % amounts
        )
    else:
        sentences.append(_("%(fee)s for time, and %(expenses)s for expenses, as at all past events.") % amounts)
    return " ".join(sentences)


@read_page
def budget_no_line(request, slug):
    """List the claims that are on no budget line, though their day is in the year of one."""
    programme = programme_for(request, slug, rules.can_see_budget)
    listing = Listing(
        request,
        queries.claims_without_line(request.user, programme),
        name=f"claims-without-budget-line-{programme.slug}",
        caption=_("Claims on no budget line"),
        columns=claim_columns(timezone.localdate()),
        search=["reference", "person__search_key", "description"],
        search_label=_("Search by name, reference or event"),
        default_sort="-activity_date",
        empty_title=_("Every claim is on a budget line"),
        empty_text=_("Nothing needs doing here."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "payments/budgets/no_line.html", {"programme": programme, "listing": listing})


@read_page
def budget_line(request, slug, pk):
    """Show one budget line: its figures, its claims, the amounts it had and the claims allowed over it."""
    programme = programme_for(request, slug, rules.can_see_budget)
    line = get_object_or_404(queries.lines_of_programme(request.user, programme), pk=pk)
    line.programme = programme
    listing = Listing(
        request,
        queries.claims_of_line(request.user, line),
        name=f"claims-{slugify(line.cost_code) or line.pk}",
        caption=_("Claims"),
        columns=[
            *claim_columns(timezone.localdate()),
            Column("approved_pence", _("Agreed"), money=True, sort="approved_pence"),
            Column("cost_code", _("Cost code"), value=lambda claim: line.cost_code, export_only=True),
        ],
        search=["reference", "person__search_key", "description"],
        search_label=_("Search by name, reference or event"),
        default_sort="-activity_date",
        empty_title=_("No claims on this line yet"),
        empty_text=_("Claims come here when people send them."),
    )
    if listing.wants_export:
        return listing.export()
    forecast_pence = budget_forecast.pence_by_line(budget_forecast.forecast(programme)).get(line.pk, 0)
    context = {
        "programme": programme,
        "line": line,
        "listing": listing,
        "over_pence": max(0, -line.left_pence),
        "figures": _figures(line, forecast_pence),
        "bars": [{**bar(line, forecast_pence), "label": _("Where the money is"), "url": ""}],
        "legend": legend(),
        "activities": [budget_wording.activity_label(rule.activity) for rule in line.rules.all()],
        "amounts": queries.amounts_of_line(line),
        "overrides": list(queries.overrides_of_line(line)),
        "can_set": bool(rules.can_set_budget(request.user, programme)),
    }
    return render(request, "payments/budgets/line.html", context)


def _figures(line, forecast_pence):
    return [
        {"label": _("Budget"), "pence": line.amount_pence},
        {"label": _("Paid"), "pence": line.paid_pence},
        {"label": _("Approved, to be paid"), "pence": line.committed_pence},
        {"label": _("Sent, being checked"), "pence": line.pending_pence},
        {"label": _("Left"), "pence": line.left_pence, "strong": True},
        {"label": _("Forecast for events to come"), "pence": forecast_pence},
        {"label": _("Left after the forecast"), "pence": line.left_pence - forecast_pence},
    ]


@form_page
def budget_line_new(request, slug):
    """Add a budget line."""
    programme = programme_for(request, slug, rules.can_set_budget)
    starts_on, ends_on = queries.year_of(programme, timezone.localdate())
    first = not queries.has_budget(programme)
    form = BudgetLineForm(
        posted(request),
        initial={
            "cost_code": programme.cost_code if first else "",
            "funder": programme.funder,
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
    )
    if done := attempt(form, lambda: actions.add_line(programme=programme, by=request.user, **form.values)):
        line = done.result
        messages.success(request, _("The budget line %(line)s has been added.") % {"line": line})
        return redirect(line)
    return render(request, "payments/budgets/new.html", {"programme": programme, "form": form})


@form_page
def budget_line_change(request, slug, pk):
    """Change a budget line, or close it."""
    programme = programme_for(request, slug, rules.can_set_budget)
    line = get_object_or_404(BudgetLine.objects.filter(programme=programme), pk=pk)
    line.programme = programme
    form = BudgetLineForm(posted(request), line=line, initial=initial_line(line))
    if attempt(form, lambda: actions.change_line(line=line, by=request.user, **form.values), edits=line):
        messages.success(request, _("The budget line is changed."))
        return redirect(line)
    return render(request, "payments/budgets/change.html", {"programme": programme, "line": line, "form": form})
