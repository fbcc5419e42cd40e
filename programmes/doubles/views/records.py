"""Pages for staff: the records that may be one person, two of them beside each other, and those put together."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.jobs import actions as jobs
from people.models import Person
from programmes.directory.guards import person_of_programme
from programmes.doubles import actions, queries, rules
from programmes.doubles.forms import MergeForm, OtherRecordForm
from programmes.doubles.guards import merge_or_404, programme_of_doubles, two_records
from programmes.doubles.models import MergeStatus
from programmes.doubles.page import Foreseen
from programmes.doubles.work import KIND
from programmes.programme.queries import took_part
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import long_date, short_date
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_sent, posted, read_page
from wellbeing.lib.tables import Column, Listing

AT_MOST = 20
TONES = {
    MergeStatus.ASKED: "attention",
    MergeStatus.DONE: "good",
    MergeStatus.UNDONE: "quiet",
    MergeStatus.DECLINED: "quiet",
    MergeStatus.WITHDRAWN: "quiet",
}


@read_page
def doubles(request, slug):
    """List the records of a programme that may be one person, and lead to those put together."""
    programme = programme_of_doubles(request, slug)
    listing = Listing(
        request,
        queries.doubles_of(programme),
        columns=[
            Column("one", _("Record"), value=lambda row: row.one.full_name, sort="one__sort_key", link=_url),
            Column("other", _("May be the same person as"), value=lambda row: row.other.full_name),
            Column("same", _("The same"), value=lambda row: row.same_in_words),
            Column("found", _("Found"), value=lambda row: short_date(row.found_at), sort="found_at", shape="date"),
        ],
        search=["one__search_key", "other__search_key"],
        search_label=_("Search by name"),
        default_sort="-found_at",
        name=f"{programme.slug}-doubles",
        caption=_("Records of %(programme)s that may be one person") % {"programme": programme},
        empty_title=_("No two records look like one person"),
        empty_text=_("We look every night, and when you ask for it."),
    )
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "merges": _lately(programme)}
    return render(request, "programmes/doubles/doubles.html", context)


def _lately(programme):
    """Return the latest records put together or asked about, each with the tone of its status."""
    rows = queries.merges_of(programme)[:AT_MOST]
    return [{"merge": row, "tone": TONES[MergeStatus(row.status)]} for row in rows]


def _url(row):
    return row.get_absolute_url()


@button_page
def doubles_look(request, slug):
    """Have a worker look through the programme for records that may be one person."""
    programme = programme_of_doubles(request, slug)
    if done := attempt_button(request, lambda: jobs.start(kind=KIND, subject_id=programme.pk, by=request.user)):
        return redirect("job", done.result.pk)
    return redirect("doubles", slug)


@form_page
def double(request, slug, one_pk, other_pk):
    """Show two records beside each other; put them together once it was seen what that does, or tell them apart."""
    page = two_records(request, slug, one_pk, other_pk)
    if page.record.pk == page.person.pk:
        return redirect("double_of", slug, page.person.pk)
    form = MergeForm(posted(request), record=page.record, person=page.person)
    foreseen = None
    if is_sent(form) and page.ruling and not page.is_asked_first:
        foreseen = Foreseen(page, form.taken)
        if "confirmed" in request.POST and not foreseen.refusal:
            act = partial(_put_together, request, page)
            if done := attempt(form, lambda: act(details=form.taken)):
                return redirect(done.result)
    context = {
        "programme": page.programme,
        "page": page,
        "form": form,
        "foreseen": foreseen,
        "chosen": form.chosen_in_words if foreseen else [],
        "kept": [(name, form.data.get(name, "")) for name in form.names] if foreseen else [],
    }
    return render(request, "programmes/doubles/double.html", context)


def _put_together(request, page, details):
    merge = actions.put_together(
        programme=page.programme, one=page.record, other=page.person, details=details, by=request.user
    )
    messages.success(request, _("The two records of %(name)s are one now.") % {"name": merge.person})
    return merge


@button_page
def double_ask(request, slug, one_pk, other_pk):
    """Ask the person with an account whether the other record is theirs, too."""
    page = two_records(request, slug, one_pk, other_pk)
    act = partial(actions.ask, programme=page.programme, one=page.record, other=page.person, by=request.user)
    if done := attempt_button(request, act):
        messages.success(request, _("A message to %(name)s is on its way.") % {"name": page.person})
        return redirect(done.result)
    return redirect("double", slug, one_pk, other_pk)


@button_page
def double_apart(request, slug, one_pk, other_pk):
    """Note that two records are two people, or that they may be one after all."""
    page = two_records(request, slug, one_pk, other_pk)
    are_two = page.double is not None and page.double.are_two
    act = actions.reopen if are_two else actions.tell_apart
    if attempt_button(
        request, lambda: act(programme=page.programme, one=page.record, other=page.person, by=request.user)
    ):
        if are_two:
            messages.success(request, _("They may be one person again."))
            return redirect("double", slug, one_pk, other_pk)
        messages.success(request, _("It is noted that they are two people. Nobody is asked about them again."))
        return redirect("doubles", slug)
    return redirect("double", slug, one_pk, other_pk)


@form_page
def double_of(request, slug, person_pk):
    """Choose the other record of a person."""
    programme, person = person_of_programme(request, slug, person_pk)
    people = Person.objects.filter(took_part(programme)).exclude(pk=person.pk).order_by("sort_key", "pk")
    form = OtherRecordForm(posted(request), people=people)
    if is_sent(form):
        return redirect("double", slug, person.pk, form.cleaned_data["other"].pk)
    return show_form(
        request,
        form,
        title=_("Another record of %(name)s") % {"name": person.full_name},
        caption=programme.name,
        lead=_("You see both beside each other before anything happens."),
        back_url=reverse("person", args=[person.pk]),
        submit=_("Compare them"),
    )


@read_page
def merge(request, slug, pk):
    """Show two records that were put together, or about which their person is asked."""
    row = merge_or_404(request, slug, pk)
    may_undo = rules.can_undo(request.user, row)
    context = {
        "programme": row.programme,
        "merge": row,
        "tone": TONES[MergeStatus(row.status)],
        "rows": _rows(row),
        "may_undo": bool(may_undo),
        "why_not": may_undo.why_not if row.status == MergeStatus.DONE and not may_undo else "",
        "may_withdraw": bool(rules.can_withdraw(request.user, row)),
    }
    return render(request, "programmes/doubles/merge.html", context)


def _rows(row):
    """Return what is known of it, as components/summary_list.html takes rows."""
    facts = [
        {"label": _("Person"), "value": row.person.full_name, "link": reverse("person", args=[row.person_id])},
        {"label": _("The other record"), "value": row.record_name},
        {"label": _("By"), "value": f"{row.set_by.full_name}, {long_date(row.set_at)}"},
    ]
    if row.status == MergeStatus.DONE:
        facts.append({"label": _("Can be undone until"), "value": long_date(row.undo_until)})
    return facts


@button_page
def merge_undo(request, slug, pk):
    """Take two records apart again."""
    row = merge_or_404(request, slug, pk)
    if done := attempt_button(request, lambda: actions.undo(merge=row, by=request.user)):
        _merge, left = done.result
        messages.success(request, _("They are two records again."))
        if left:
            messages.warning(
                request,
                ngettext(
                    "%(n)s thing has been changed since, so it stays with %(name)s. Look through both records.",
                    "%(n)s things have been changed since, so they stay with %(name)s. Look through both records.",
                    left,
                )
                % {"n": left, "name": row.person.full_name},
            )
    return redirect("merge", slug, pk)


@button_page
def merge_withdraw(request, slug, pk):
    """Take the question to a person back."""
    row = merge_or_404(request, slug, pk)
    if attempt_button(request, lambda: actions.withdraw(merge=row, by=request.user)):
        messages.success(request, _("They are not asked any more."))
    return redirect("merge", slug, pk)
