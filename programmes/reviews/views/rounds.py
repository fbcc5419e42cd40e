"""Pages on which staff plan, open, close and share reviews."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from programmes.reviews import queries, rules
from programmes.reviews.actions import rounds
from programmes.reviews.forms import MoreTimeForm, RoundForm, SureForm, first_values, values_of
from programmes.reviews.guards import inside_review, run_programme, run_review
from programmes.reviews.models import Layout, ReviewRound, ReviewRule, Side
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

TONES = {"planned": "quiet", "open": "waiting", "closed": "attention", "published": "good"}


def _tag(review):
    return {"label": review.get_status_display(), "tone": TONES[review.status]}


@read_page
def reviews(request, slug):
    """List the reviews of a programme that the reader may see."""
    programme = programme_or_404(request, slug)
    inside = rules.is_inside(request.user, programme)
    may_run = bool(rules.can_run_reviews(request.user, programme))
    to = "review" if inside else "review_results"
    columns = [
        Column("title", _("Review"), sort="title", link=lambda row: reverse(to, args=[row.pk])),
        Column("status", _("Status"), value=lambda row: row.get_status_display(), sort="status", tag=_tag),
        Column("opens_on", _("From"), kind=DATE, sort="opens_on"),
        Column("closes_on", _("Until"), kind=DATE, sort="closes_on"),
    ]
    if inside:
        columns += [
            Column("asked_count", _("Asked"), sort="asked_count", numeric=True),
            Column("answered_count", _("Answered"), sort="answered_count", numeric=True),
        ]
    listing = Listing(
        request,
        queries.reviews_of(programme, request.user),
        columns=columns,
        search=["title", "about"],
        default_sort="-opens_on",
        name=f"{programme.slug}-reviews",
        caption=_("4Pi reviews of %(programme)s") % {"programme": programme},
        empty_title=_("There are no 4Pi reviews yet"),
        empty_text=_("A review asks people with lived experience and staff the same questions.") if may_run else "",
        empty_url=reverse("review_new", args=[slug]) if may_run else "",
        empty_action=_("Plan a review"),
    )
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "may_run": may_run, "inside": inside}
    return render(request, "programmes/reviews/reviews.html", context)


@form_page
def review_new(request, slug):
    """Plan a review."""
    programme = run_programme(request, slug)
    rule = ReviewRule.objects.in_force_on(programme, today())
    form = RoundForm(posted(request), initial=first_values(rule.open_days))
    if done := attempt(form, lambda: rounds.plan(programme=programme, by=request.user, **form.values)):
        messages.success(request, _("The review is planned. Nobody has been asked yet."))
        return redirect("review", done.result.pk)
    return show_form(
        request,
        form,
        title=_("Plan a 4Pi review"),
        caption=programme.name,
        lead=_("Nobody is asked before you open it."),
        back_url=reverse("reviews", args=[slug]),
        submit=_("Plan this review"),
    )


@read_page
def review_page(request, pk):
    """Show a review: how many have answered, who has not, and what can be done."""
    review = inside_review(request, pk)
    may_run = bool(rules.can_run_reviews(request.user, review.programme))
    asked = list(queries.asked_in(review))
    context = {
        "programme": review.programme,
        "review": review,
        "tag": _tag(review),
        "may_run": may_run,
        "may_see_results": bool(rules.can_see_results(request.user, review)),
        "takes_answers": bool(rules.can_answer(review)),
        "statements": _by_section(queries.statements_of(review)),
        "counts": _counts(asked) if may_run else _count_of_all(asked),
        "columns": [{"label": _("Name"), "shape": "code"}, {"label": _("Group")}, {"label": _("Answered")}]
        + ([{"label": _("Enter answers"), "hidden": True}] if rules.can_answer(review) else []),
        "rows": [_row(review, one, request.user.person.pk) for one in asked] if may_run else [],
        "layouts": Layout,
        "sides": [side for side in Side if side in {one.side for one in asked}] or list(Side)[:2],
        "to_ask": len(queries.people_not_asked(review, today())) if may_run and rules.can_answer(review) else 0,
        "will_ask": len(queries.people_to_ask(review, today())) if review.status == ReviewRound.Status.PLANNED else 0,
    }
    return render(request, "programmes/reviews/review.html", context)


def _by_section(statements):
    found: dict[str, list] = {}
    for one in statements:
        found.setdefault(one.get_section_display(), []).append(one)
    return list(found.items())


def _count_of_all(asked):
    """List one line for everybody: the steering group learns how many of each group answered from the results."""
    return [(_("Everyone who is asked"), sum(one.answered_on is not None for one in asked), len(asked))]


def _counts(asked):
    """List each group that is asked: its label, how many answered, of how many."""
    return [
        (side.label, sum(one.answered_on is not None for one in of_side), len(of_side))
        for side in Side
        if (of_side := [one for one in asked if one.side == side])
    ]


def _row(review, asked, reader):
    detail = ""
    if asked.taken_by:
        detail = _("%(way)s, entered by %(who)s") % {"way": asked.get_way_display(), "who": asked.taken_by}
    cells = [
        {"text": asked.person.full_name},
        {"text": asked.get_side_display()},
        {"text": short_date(asked.answered_on) if asked.answered_on else _("Not yet"), "detail": detail},
    ]
    if rules.can_answer(review):
        # Their own answers go through their own link.
        waits = asked.answered_on is None and asked.person_id != reader
        url = reverse("review_answer_for", args=[asked.pk]) if waits else ""
        cells.append({"text": _("Enter answers") if waits else "", "url": url})
    return {"cells": cells}


@form_page
def review_edit(request, pk):
    """Change a review that nobody has been asked in yet."""
    review = run_review(request, pk)
    form = RoundForm(posted(request), initial=values_of(review))
    if attempt(form, lambda: rounds.change(review=review, by=request.user, **form.values), edits=review):
        messages.success(request, _("The changes are saved."))
        return redirect("review", pk)
    return _form_of(request, review, form, title=_("Change this review"), submit=_("Save"))


@button_page
def review_open(request, pk):
    """Ask everybody."""
    review = run_review(request, pk)
    if attempt_button(request, partial(rounds.open_round, review=review, by=request.user)):
        number = review.asked.count()
        words = ngettext(
            "The review is open. %(number)s person is being asked in the way they chose.",
            "The review is open. %(number)s people are being asked, each in the way they chose.",
            number,
        )
        messages.success(request, words % {"number": number})
    return redirect("review", pk)


@button_page
def review_ask_more(request, pk):
    """Ask the people who have joined since."""
    review = run_review(request, pk)
    if done := attempt_button(request, partial(rounds.ask_more, review=review, by=request.user)):
        words = ngettext(
            "%(number)s more person is being asked.", "%(number)s more people are being asked.", done.result
        )
        messages.success(request, words % {"number": done.result})
    return redirect("review", pk)


@form_page
def review_longer(request, pk):
    """Give people more time to answer."""
    review = run_review(request, pk)
    form = MoreTimeForm(posted(request), initial={"closes_on": review.closes_on})
    act = partial(rounds.give_more_time, review=review, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=review):
        messages.success(request, _("The last day to answer has changed. Those who were asked are not told."))
        return redirect("review", pk)
    return _form_of(request, review, form, title=_("Give people more time"), submit=_("Save the new day"))


@form_page
def review_close(request, pk):
    """Close a review for good, once the reader has seen how many have answered."""
    review = run_review(request, pk)
    form = SureForm(posted(request))
    if attempt(form, partial(rounds.close, review=review, by=request.user)):
        messages.success(request, _("The review is closed. You can see what people said."))
        return redirect("review_results", pk)
    silent = review.asked.filter(answered_on=None).count()
    words = ngettext(
        "%(number)s person has not answered. After this they cannot. A review that is closed is never opened again.",
        "%(number)s people have not answered. After this they cannot. A review that is closed is never opened again.",
        silent,
    )
    return _form_of(
        request,
        review,
        form,
        title=_("Close this review?"),
        lead=words % {"number": silent},
        submit=_("Close the review"),
        warning=True,
    )


@form_page
def review_publish(request, pk):
    """Share the results with everyone in the programme, once the reader has seen what that means."""
    review = run_review(request, pk)
    form = SureForm(posted(request))
    if attempt(form, partial(rounds.publish, review=review, by=request.user)):
        messages.success(request, _("The results are shared. Those who were asked are being told."))
        return redirect("review_results", pk)
    return _form_of(
        request,
        review,
        form,
        title=_("Share the results?"),
        lead=_(
            "Everyone in the programme can then see the results, without the comments. Those who were asked are told. "
            "You cannot take it back."
        ),
        submit=_("Share the results"),
    )


def _form_of(request, review, form, *, title, submit, **more):
    back = reverse("review", args=[review.pk])
    return show_form(request, form, title=title, caption=review.title, back_url=back, submit=submit, **more)
