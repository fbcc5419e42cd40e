"""The message with a monthly report."""

from payments.shared.emails import draft_message
from people.messages.emails import absolute_url


def monthly_report(report, person, period, subscription, parts):
    """Draft the message that a monthly report is there, with a link to it, and `parts` (its PDF) attached.

    `period` is in words; `subscription` is the key of the ReportSubscription.
    """
    context = {
        "report": report,
        "period": period,
        "attached": bool(parts),
        "link": absolute_url("report", report.pk),
        "settings_link": absolute_url("report_emails", report.programme.slug),
    }
    values = {"report": report.get_kind_display(), "period": period}
    key = f"monthly-report-{subscription}-{report.for_month:%Y-%m}"
    return {**draft_message(key, "monthly_report", person, report.programme, context, values), "parts": parts}
