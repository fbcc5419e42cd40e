"""Emails that came back: what mail services report, and what administrators see to."""

from anymail import urls as services
from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people import registry
from people.messages.models import MailReport
from people.messages.returns import actions, events, queries, rules
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.form_pages import attempt_button, button_page, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing

# A body that is none of the service's own.
NOT_THEIRS = (AnymailError, ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError)


@csrf_exempt
@login_not_required
@require_http_methods(["POST", "HEAD"])
def mail_report(request):
    """Take the reports of the mail service that EMAIL_BACKEND names; anymail tells that they are its own.

    Everything that is kept or changes nothing is answered 200. 503 asks the service to bring it again.
    """
    if not settings.MAIL_SERVICE:
        raise Http404
    view = _view()
    view.setup(request)
    if request.method == "HEAD":
        # Some services look whether the address is there.
        return HttpResponse()
    try:
        view.run_validators(request)
    except AnymailWebhookValidationFailure:
        return JsonResponse({"error": "not signed by the mail service"}, status=403)
    except NOT_THEIRS:
        return JsonResponse({"error": "not understood"}, status=400)
    try:
        found = view.parse_events(request)
    except NOT_THEIRS:
        return JsonResponse({"error": "not understood"}, status=400)
    try:
        for event in found:
            view.signal.send(sender=type(view), event=event, esp_name=view.esp_name)
    except events.NotYetError:
        return JsonResponse({"error": "try again in a minute"}, status=503)
    return HttpResponse()


def _view():
    """Return anymail's own view for the reports of our mail service."""
    name = f"{settings.MAIL_SERVICE}_tracking_webhook"
    return next(pattern.callback.view_class() for pattern in services.urlpatterns if pattern.name == name)


@read_page
def mail_reports(request):
    """List the reports on emails that wait for an administrator, the oldest first."""
    rules.can_see_reports(request.user).insist(PermissionDenied)
    listing = Listing(
        request,
        queries.reports_to_see(),
        columns=[
            Column("about", _("Email"), value=_about, link=lambda row: reverse("mail_report_page", args=[row.pk])),
            Column("outcome", _("Outcome"), value=lambda row: row.get_outcome_display(), sort="outcome", shape="code"),
            Column("to", _("Sent to"), value=lambda row: row.message.to if row.message else ""),
            Column("said", _("Reason given"), value=lambda row: row.said),
            Column("received_at", _("Received"), kind=MOMENT, sort="received_at"),
        ],
        name="mail-reports",
        caption=_("Emails that came back"),
        search=["subject", "sender", "said", "message__to", "message__notice__subject"],
        search_label=_("Subject or address"),
        default_sort="received_at",
        empty_title=_("No email waits to be seen to"),
        empty_text=_("Emails that came back appear here where nobody else is told of them."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/messages/mail_reports.html", {"listing": listing})


@read_page
def mail_report_page(request, pk):
    """Show one report on an email, and what there is to do."""
    rules.can_see_reports(request.user).insist(PermissionDenied)
    report = get_object_or_404(_rows(), pk=pk)
    context = {"report": report, "title": _about(report), "rows": _details(report)}
    context["folder"] = settings.BOUNCE_LEFT_FOLDER
    return render(request, "people/messages/mail_report.html", context)


@button_page
def mail_report_seen(request, pk):
    """Record that the reader has seen to a report."""
    rules.can_see_reports(request.user).insist(PermissionDenied)
    report = get_object_or_404(_rows(), pk=pk)
    if attempt_button(request, lambda: actions.mark_seen(report=report, by=request.user)):
        notices.success(request, _("Done. It has left the list."))
        return redirect("mail_reports")
    return redirect("mail_report_page", pk)


def tasks(user):
    """Tell administrators, on the home page, how many emails came back that nobody else sees to."""
    if not rules.can_see_reports(user):
        return []
    rows = queries.reports_to_see()
    number, first = rows.count(), rows.first()
    if first is None:
        return []
    title = ngettext("See to an email that came back", "See to %(number)s emails that came back", number)
    url = reverse("mail_report_page", args=[first.pk]) if number == 1 else reverse("mail_reports")
    return [registry.Task(title=title % {"number": number}, url=url, due=timezone.localdate(first.received_at))]


def _rows():
    rows = MailReport.objects.filter(for_an_administrator=True)
    return rows.select_related("message__notice__person", "seen_by")


def _about(report):
    if report.message:
        return report.message.notice.subject
    return report.subject or _("No subject")


def _details(report):
    rows = [{"label": _("Outcome"), "value": report.get_outcome_display()}]
    if report.message:
        rows.append(
            {
                "label": _("Message"),
                "value": report.message.notice.subject,
                "link": reverse("message", args=[report.message.pk]),
            }
        )
        rows.append({"label": _("Sent to"), "value": report.message.to})
    else:
        rows.append({"label": _("From"), "value": report.sender or _("Not known")})
    rows.append({"label": _("Reason given"), "value": report.said or _("None")})
    rows.append({"label": _("Received"), "value": _when(report.received_at)})
    if report.seen_by:
        rows.append({"label": _("Seen to by"), "value": f"{report.seen_by.full_name}, {_when(report.seen_at)}"})
    return rows


def _when(moment):
    return f"{short_date(moment)}, {time_of_day(moment)}"
