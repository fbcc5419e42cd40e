"""Every address of the project, and which row or words of `tests.world` stands in each."""

import datetime as dt

from django.urls import URLPattern, get_resolver


def addresses():
    """(name, pattern) of every address; those of allauth and the admin site with their namespace or module."""
    found = []

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.append((f"{namespace}{pattern.name}", pattern))
            else:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                walk(pattern.url_patterns, inner)

    walk(get_resolver().url_patterns)
    return found


def ours():
    """Names of the addresses that are this project's own."""
    return [
        name
        for name, pattern in addresses()
        if pattern.callback.__module__.split(".")[0] in {"people", "programmes", "events", "payments", "wellbeing"}
    ]


def rows_of_addresses(world):
    """Return the row whose key stands in each address that has nothing but a key, by the address's name."""
    return {
        "person": world.owner,
        "person_edit": world.owner,
        "person_access_needs": world.owner,
        "address_ask": world.owner,
        "address_change": world.address_change,
        "joining_send_again": world.added.joining,
        "joining_in_person": world.added.joining,
        "appointment": world.appointment,
        "role_notice": world.notice,
        "creator_end": world.right,
        "message": world.message,
        "message_try_again": world.message,
        "job": world.job,
        "job_try_again": world.job,
        "demo_mail": world.mail,
        "demo_mail_html": world.mail,
        "membership_end": world.owner.memberships.get(),
        "term_end": world.term,
        "decision": world.decision,
        "decision_edit": world.decision,
        "decision_position": world.decision,
        "decision_outcome": world.decision,
        "decision_withdraw": world.decision,
        "agreed_term_edit": world.agreed,
        "event": world.coming,
        "event_edit": world.coming,
        "event_cancel": world.coming,
        "event_invite": world.coming,
        "event_send": world.coming,
        "event_attendance": world.past,
        "event_facilitators": world.coming,
        "invitation_answer": world.asked,
        "invitation_reply_for": world.invitation,
        "claim": world.sent,
        "claim_expense_new": world.draft,
        "claim_check": world.draft,
        "claim_hours": world.draft,
        "claim_submit": world.draft,
        "claim_sent": world.sent,
        "claim_answer": world.returned,
        "claim_withdraw": world.sent,
        "claim_reopen": world.withdrawn,
        "claim_approve": world.sent,
        "claim_recognition": world.sent,
        "your_letter": world.involvement_letter,
        "advance": world.advance,
        "booking": world.booking,
        "claim_ask_again": world.declined,
        "claim_decide": world.sent,
        "claim_decline": world.sent,
        "claim_note": world.sent,
        "claim_return": world.sent,
        "claim_journey_again": world.draft,
        "claim_told": world.entered,
        "claim_told_letter": world.entered,
        "claim_budget": world.sent,
        "claim_over_budget": world.sent,
        "receipt": world.receipt,
        "report": world.report,
        "statement": world.statement,
        "document": world.letter,
        "payment_run": world.open_run,
        "bank_file": world.signed_run,
        "payment_run_sign": world.open_run,
        "payment_run_documents": world.signed_run,
        "payment_run_again": world.paid_run,
        "payment_run_print": world.paid_run,
        "payment_run_close": world.paid_run,
        "payment_returned": world.paid_run.payments.get(),
        "payment_run_pay": world.signed_run,
        "payment_run_accounts": world.signed_run,
        "payment_take_out": world.open_run.payments.get(),
        "payment_run_cancel": world.open_run,
    }


def words_of_addresses(world):
    """Return the words that stand in each address that has more than a key, by the address's name."""
    slug = {"slug": world.a.slug}
    other_work = {**slug, "activity": "document_review", "day": (world.today - dt.timedelta(days=3)).isoformat()}
    receipt = {"pk": world.draft.pk, "line_pk": world.line.pk, "receipt_pk": world.draft_receipt.pk}
    return {
        "claim_new_day": {**slug, "activity": "document_review"},
        "claim_new_hours": other_work,
        "claim_new_what": {**other_work, "hours": "2.5"},
        "claim_receipt_use": receipt,
        "claim_receipt_remove": receipt,
        "claim_receipts_beside": {
            "pk": world.returned.pk,
            "receipt_pk": world.receipt.pk,
            "other_pk": world.alike_receipt.pk,
        },
        "claim_enter": {**slug, "person_pk": world.owner.pk},
        "policy_paper": {**slug, "layout": "large-print"},
        "policy_published": {**slug, "number": world.policy.number},
        "demo_mail_part": {"pk": world.mail.pk, "number": 1},
        "partnership_remove": {**slug, "pk": world.partnership.pk},
        "membership_new": {**slug, "person_pk": world.owner.pk},
        "report_new": {**slug, "kind": "audit"},
        "report_file": {"pk": world.report.pk, "form": "csv"},
        "person_statements": {**slug, "person_pk": world.owner.pk},
        "programme_statements_file": {**slug, "year": world.programme_statement.year},
        "budget_line": {**slug, "pk": world.budget_line.pk},
        "budget_line_change": {**slug, "pk": world.budget_line.pk},
        "approver_end": {**slug, "pk": world.duty.pk},
        "bank_details_confirm": {**slug, "pk": world.bank.pk},
        "bank_details_name_check": {**slug, "pk": world.bank.pk},
        "bank_details_override": {**slug, "pk": world.bank.pk},
        "bank_details_wrong": {**slug, "pk": world.bank.pk},
        "payee_bank": {**slug, "pk": world.owner.pk},
        "payee_method": {**slug, "pk": world.owner.pk},
        "payment_made": {"pk": world.cheque.pk, "method": "cheque"},
        "payment_run_together": {"pk": world.cheque.run_id, "method": "payroll"},
        "paying_account": {**slug, "pk": world.account.pk},
        "run_file": {"pk": world.signed_run.pk, "kind": "standard-18"},
        "payment_letter_again": {"pk": world.paid_run.pk, "payment_pk": world.letter.payment_id},
        "tax_treatment": {**slug, "pk": world.owner.pk},
        "group": {**slug, "pk": world.group.pk},
        "group_edit": {**slug, "pk": world.group.pk},
        "term_new": {**slug, "pk": world.group.pk},
        "terms_new": {**slug, "pk": world.group.pk},
        "closed_day_remove": {**slug, "pk": world.closed_day.pk},
        "claim_expense_cost": {"pk": world.draft.pk, "kind": "parking"},
        "claim_line_edit": {"pk": world.draft.pk, "line_pk": world.line.pk},
        "claim_line_receipt": {"pk": world.draft.pk, "line_pk": world.line.pk},
        "claim_line_no_receipt": {"pk": world.draft.pk, "line_pk": world.line.pk},
        "claim_line_remove": {"pk": world.draft.pk, "line_pk": world.line.pk},
        "address_link": {"key": world.address_change.key},
        "joining_link": {"key": world.added.joining.key},
        "appointment_link": {"key": world.appointment.key},
        "reply": {"key": world.invitation.link_key},
        "reply_done": {"key": world.invitation.link_key},
        "event_calendar": {"key": world.invitation.link_key},
    }
