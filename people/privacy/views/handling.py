"""Pages for those who handle requests and complaints about data, with rows due to be removed and emergencies."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from people.directory.models import Person
from people.jobs.models import Job
from people.privacy import erasing, forms, hooks, looking, making, rules
from people.privacy.actions import complaints, emergencies, requests, retention
from people.privacy.looking import shows
from people.privacy.models import DueForRetention, Erasure, Look, PrivacyRequest, PrivacyRule
from wellbeing.lib.dates import short_date
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


@form_page
def privacy_ask_for(request, pk):
    """Write down what somebody asked for by phone or letter."""
    person = _person(request, pk)
    form = forms.AskForThemForm(posted(request))
    before = set(PrivacyRequest.objects.open().filter(person=person).values_list("pk", flat=True))
    act = partial(requests.ask, person=person, by=request.user)
    if done := attempt(form, lambda: act(**form.cleaned_data)):
        if done.result.pk in before:
            messages.info(request, _("This was asked for before, and is being answered."))
        else:
            messages.success(request, _("Written down. We are telling them."))
        return redirect("privacy_request", done.result.pk)
    context = {"form": form, "person": person, "title": _("What they ask about their data")}
    return render(request, "people/privacy/for_them.html", context)


@form_page
def complain_for(request, pk):
    """Write down what somebody complained about by phone or letter."""
    person = _person(request, pk)
    form = forms.ComplainForThemForm(posted(request))
    act = partial(complaints.complain, person=person, by=request.user)
    if done := attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Written down. We are telling them."))
        return redirect("complaint", done.result.pk)
    context = {"form": form, "person": person, "title": _("What they complain about")}
    return render(request, "people/privacy/for_them.html", context)


@form_page
@proved_recently
def privacy_request(request, pk):
    """Show a request, and confirm or refuse it."""
    row = get_object_or_404(PrivacyRequest.objects.select_related("person__user", "asked_by", "decided_by"), pk=pk)
    if not rules.can_handle(request.user, row.person):
        raise Http404
    ruling = rules.can_confirm(request.user, row)
    refusing = request.POST.get("refuse") == "yes"
    confirm = forms.ConfirmForm(None if refusing else posted(request), prefix="confirm")
    refuse = forms.RefuseForm(posted(request) if refusing else None, prefix="refuse")
    if request.method == "POST":
        ruling.insist(PermissionDenied)
    form, act = (refuse, requests.refuse) if refusing else (confirm, requests.confirm)
    if attempt(form, lambda: act(request=row, by=request.user, **form.cleaned_data)):
        messages.success(
            request, _("Refused. We are telling them why.") if refusing else _("Confirmed. The work goes on.")
        )
        return redirect("privacy_request", row.pk)
    kind = making.COPY_JOB if row.kind == "copy" else making.ERASURE_JOB
    job = (
        None if row.status != "confirmed" else Job.objects.filter(kind=kind, subject_id=row.pk).order_by("-pk").first()
    )
    context = {
        "row": row,
        "rows": _rows(row, with_words=rules.knows_writer(request.user, row.asked_by)),
        "ruling": ruling,
        "confirm": confirm,
        "refuse": refuse,
        "to_settle": erasing.what_to_settle(row.person) if row.kind == "erasure" and ruling else [],
        "job": job,
        "refresh_seconds": job.refresh_seconds if job else None,
        "erasure": Erasure.objects.filter(request=row).first(),
        "files": [
            {"label": one.get_format_display(), "url": reverse("copy_file", args=[row.pk, one.format])}
            for one in row.files.exclude(made_at=None)
            if row.asked_by_id and request.user.is_administrator
        ],
    }
    return render(request, "people/privacy/request.html", context)


def _rows(row, *, with_words):
    """Return what a request says; without the words of colleagues of another programme unless `with_words`."""
    rows = [
        {"label": _("What they ask for"), "value": row.get_kind_display()},
        {"label": _("Status"), "value": row.get_status_display()},
        {"label": _("Asked"), "value": short_date(row.asked_at)},
        {"label": _("Answer by"), "value": short_date(row.due_on)},
    ]
    words = [
        {"label": _("In their words"), "value": row.words},
        {"label": _("Written down by"), "value": str(row.asked_by or "")},
        {"label": _("How they asked"), "value": row.asked_how},
        {"label": _("Decided by"), "value": str(row.decided_by or "")},
        {"label": _("How it was made sure"), "value": row.proof},
        {"label": _("Reason in law"), "value": row.get_ground_display()},
        {"label": _("Why"), "value": row.refused_why},
    ]
    return [one for one in (*rows, *(words if with_words else ())) if one["value"]]


@form_page
def complaint(request, pk):
    """Show a complaint, and answer it."""
    rows = rules.complaints_handled(request.user)
    rows = rows.select_related("person__user", "made_by", "acknowledged_by", "answered_by")
    row = get_object_or_404(rows, pk=pk)
    form = forms.AnswerForm(posted(request))
    if attempt(form, lambda: complaints.answer(complaint=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Answered. We are telling them."))
        return redirect("complaint", row.pk)
    return render(request, "people/privacy/complaint.html", {"row": row, "form": form})


@button_page
def complaint_acknowledge(request, pk):
    """Say that one looks into a complaint."""
    row = get_object_or_404(rules.complaints_handled(request.user).select_related("person__user"), pk=pk)
    if attempt_button(request, lambda: complaints.acknowledge(complaint=row, by=request.user)):
        messages.success(request, _("Acknowledged. We are telling them."))
    return redirect("complaint", row.pk)


@form_page
@proved_recently
@shows(Look.Kind.NEEDS)
def needs_in_emergency(request, pk):
    """Open what somebody needs to take part in an emergency, with a reason, for a while."""
    person = get_object_or_404(Person.objects.visible_to(request.user).prefetch_related("access_needs"), pk=pk)
    rules.can_open_in_emergency(request.user, person).insist(PermissionDenied)
    form = forms.EmergencyForm(posted(request))
    act = partial(emergencies.open_needs, person=person, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        return redirect("needs_in_emergency", person.pk)
    is_open = rules.is_open_to(request.user, person, timezone.now())
    if is_open:
        looking.note_look(request.user, person, Look.Kind.NEEDS)
    context = {
        "person": person,
        "form": form,
        "needs": [str(need) for need in person.access_needs.all()] if is_open else None,
        "length": rules.time_for(PrivacyRule.Kind.EMERGENCY).length,
    }
    return render(request, "people/privacy/emergency.html", context)


@read_page
def due_for_retention(request):
    """List what is due to be removed, with its day, for administrators."""
    if not request.user.is_administrator:
        raise PermissionDenied
    waiting = DueForRetention.objects.filter(done_at=None)
    names = _names(waiting)
    listing = Listing(
        request,
        waiting,
        columns=[
            Column(
                "what",
                _("What"),
                value=lambda row: names.get((row.kind, row.subject_id), str(row.subject_id)),
                link=lambda row: reverse("retention_line", args=[row.pk]),
            ),
            Column("kind", _("Kind"), value=lambda row: hooks.retention_kinds[row.kind].title, sort="kind"),
            Column("since", _("Kept since"), value="since", kind=DATE, sort="since"),
            Column("removed_on", _("Goes on"), value="removed_on", kind=DATE, sort="removed_on"),
            Column("held_why", _("Why it stays"), value="held_why"),
            Column("problem", _("Why it could not be removed"), value="problem"),
        ],
        name="due-to-be-removed",
        caption=_("Due to be removed"),
        default_sort="removed_on",
        empty_title=_("Nothing is due to be removed"),
        empty_text=_("Each night we look for what has been kept long enough. It is listed here before it goes."),
    )
    if listing.wants_export:
        return listing.export()
    context = {"listing": listing, "rules": PrivacyRule.objects.filter(effective_from__lte=timezone.localdate())}
    return render(request, "people/privacy/due.html", context)


def _names(lines):
    """Return what lines name, by kind and key: one question for each kind."""
    keys: dict[str, list[int]] = {}
    for kind, key in lines.values_list("kind", "subject_id"):
        keys.setdefault(kind, []).append(key)
    return {
        (kind, key): name
        for kind, those in keys.items()
        for key, name in hooks.retention_kinds[kind].describe(those).items()
    }


@form_page
def retention_line(request, pk):
    """Show one thing that is due to be removed, and hold it."""
    if not request.user.is_administrator:
        raise PermissionDenied
    row = get_object_or_404(DueForRetention.objects.select_related("held_by"), pk=pk)
    form = forms.HoldForm(posted(request))
    if attempt(form, lambda: retention.hold(line=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It stays."))
        return redirect("due_for_retention")
    context = {
        "row": row,
        "what": next(iter(_names(DueForRetention.objects.filter(pk=row.pk)).values()), ""),
        "kind": hooks.retention_kinds[row.kind].title,
        "form": form,
    }
    return render(request, "people/privacy/retention_line.html", context)


@button_page
def retention_let_go(request, pk):
    """Let what was held be removed after all."""
    if not request.user.is_administrator:
        raise PermissionDenied
    row = get_object_or_404(DueForRetention, pk=pk)
    if attempt_button(request, lambda: retention.let_go(line=row, by=request.user)):
        messages.success(request, _("It is due to be removed again."))
    return redirect("due_for_retention")


def _person(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    rules.can_handle(request.user, person).insist(PermissionDenied)
    return person
