"""Changes of a claim that the database refuses."""

import pgtrigger

from payments.claims.models.states import CLAIM_STEPS
from wellbeing.lib.states import steps_trigger

TRIGGERS = [
    steps_trigger("claim_status", CLAIM_STEPS),
    pgtrigger.Trigger(
        name="large_claims_need_two_approvals",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__approved_by__isnull=False, new__first_approved_by__isnull=True),
        func=(
            "IF TG_OP = 'UPDATE' AND OLD.approved_by_id IS NOT NULL THEN RETURN NEW; END IF;"
            " IF EXISTS (SELECT 1 FROM payments_policyversion WHERE id = NEW.policy_id"
            " AND second_approval_above_pence < NEW.approved_pence) THEN"
            " RAISE EXCEPTION 'a claim above the limit needs two approvals'; END IF;"
            " IF EXISTS (SELECT 1 FROM payments_policyversion WHERE id = NEW.policy_id"
            " AND no_receipt_second_above_pence < (SELECT SUM(l.approved_pence) FROM payments_claimline l"
            " WHERE l.claim_id = NEW.id AND l.no_receipt_reason <> '')) THEN"
            " RAISE EXCEPTION 'a claim without receipts needs two approvals'; END IF; RETURN NEW;"
        ),
    ),
    pgtrigger.Trigger(
        name="declined_claims_are_decided_by_another",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__declined_by__isnull=False),
        func=(
            "IF OLD.status = 'declined' AND NEW.status = 'submitted' AND"
            " (NEW.asked_again_at IS NULL OR OLD.asked_again_at IS NOT NULL) THEN"
            " RAISE EXCEPTION 'a claim is looked at again once'; END IF;"
            " IF OLD.status = 'submitted' AND NEW.status = 'declined'"
            " AND NEW.declined_by_id = OLD.declined_by_id THEN"
            " RAISE EXCEPTION 'who declined a claim does not decide it again'; END IF;"
            " IF (NEW.status <> 'declined' OR OLD.status = 'declined')"
            " AND ROW(NEW.declined_by_id, NEW.declined_at, NEW.decline_reason)"
            " IS DISTINCT FROM ROW(OLD.declined_by_id, OLD.declined_at, OLD.decline_reason) THEN"
            " RAISE EXCEPTION 'who declined a claim, and why, is kept'; END IF; RETURN NEW;"
        ),
    ),
    pgtrigger.Trigger(
        name="second_looks_are_at_a_claim_and_by_another",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("first", "payments_claim%ROWTYPE")],
        func=(
            "IF TG_OP = 'UPDATE' AND NEW.looks_again_at_id IS DISTINCT FROM OLD.looks_again_at_id THEN"
            " RAISE EXCEPTION 'a second look stays at its claim'; END IF;"
            " IF NEW.looks_again_at_id IS NULL THEN RETURN NEW; END IF;"
            " SELECT * INTO first FROM payments_claim WHERE id = NEW.looks_again_at_id;"
            " IF first.approved_pence IS NULL OR first.looks_again_at_id IS NOT NULL"
            " OR first.asked_again_at IS NOT NULL OR ROW(first.person_id, first.programme_id, first.policy_id)"
            " <> ROW(NEW.person_id, NEW.programme_id, NEW.policy_id) THEN"
            " RAISE EXCEPTION 'a second look is at an approved claim of the same person, once'; END IF;"
            " IF ARRAY[NEW.approved_by_id, NEW.first_approved_by_id, NEW.declined_by_id]"
            " && ARRAY[first.approved_by_id, first.first_approved_by_id] THEN"
            " RAISE EXCEPTION 'who approved a claim does not decide on its second look'; END IF;"
            " RETURN NEW;"
        ),
    ),
    pgtrigger.Trigger(
        name="paid_claims_never_change",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__status="paid"),
        # The bank may still send the money back.
        func=(
            "IF NEW.status <> 'payment_failed' OR"
            " to_jsonb(NEW) - 'status' - 'paid_on' <> to_jsonb(OLD) - 'status' - 'paid_on' THEN"
            " RAISE EXCEPTION 'a paid claim never changes'; END IF; RETURN NEW;"
        ),
    ),
    pgtrigger.Trigger(
        name="a_claim_is_paid_once_its_money_went",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__status="paid") & ~pgtrigger.Q(old__status="paid"),
        func=(
            "IF NOT EXISTS (SELECT FROM payments_paymentitem WHERE claim_id = NEW.id AND live) THEN"
            " RAISE EXCEPTION 'a claim is paid in a payment'; END IF;"
            " IF EXISTS (SELECT FROM payments_paymentitem i JOIN payments_payment p ON p.id = i.payment_id"
            " CROSS JOIN LATERAL (VALUES (p.method::text, i.amount_pence), ('payroll', i.payroll_pence),"
            " ('voucher', i.voucher_pence), ('charity', i.donation_pence)) AS part(method, pence)"
            " WHERE i.claim_id = NEW.id AND i.live AND part.pence > 0"
            " AND NOT EXISTS (SELECT FROM payments_paymentmade m"
            " WHERE m.payment_id = p.id AND m.method = part.method)) THEN"
            " RAISE EXCEPTION 'a claim is paid once its money went'; END IF; RETURN NEW;"
        ),
    ),
    pgtrigger.Trigger(
        name="agreed_amounts_never_change",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__approved_pence__isnull=False),
        func=(
            # Of what is still to be paid, more may come off for money given before; nothing else may change with it.
            "IF OLD.status IN ('approved', 'partly_approved')"
            " AND NEW.advance_recovered_pence > OLD.advance_recovered_pence"
            " AND NEW.money_pence + NEW.advance_recovered_pence = OLD.money_pence + OLD.advance_recovered_pence"
            " AND to_jsonb(NEW) - 'money_pence' - 'advance_recovered_pence'"
            " = to_jsonb(OLD) - 'money_pence' - 'advance_recovered_pence' THEN RETURN NEW; END IF;"
            " IF ROW(NEW.approved_pence, NEW.money_pence, NEW.payroll_pence, NEW.voucher_pence,"
            " NEW.donation_pence, NEW.waived_pence, NEW.advance_recovered_pence, NEW.recognition,"
            " NEW.recognition_pence, NEW.recognition_offer_id, NEW.person_id, NEW.policy_id, NEW.offered_id,"
            " NEW.approved_by_id, NEW.first_approved_by_id, NEW.duplicate_reason)"
            " IS DISTINCT FROM ROW(OLD.approved_pence, OLD.money_pence, OLD.payroll_pence, OLD.voucher_pence,"
            " OLD.donation_pence, OLD.waived_pence, OLD.advance_recovered_pence, OLD.recognition,"
            " OLD.recognition_pence, OLD.recognition_offer_id, OLD.person_id, OLD.policy_id, OLD.offered_id,"
            " OLD.approved_by_id, OLD.first_approved_by_id, OLD.duplicate_reason) THEN"
            " RAISE EXCEPTION 'what was agreed on a claim never changes'; END IF; RETURN NEW;"
        ),
    ),
    pgtrigger.Trigger(
        name="who_entered_a_sent_claim_is_kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=(
            "IF OLD.status NOT IN ('draft', 'withdrawn') AND"
            " ROW(NEW.entered_by_id, NEW.entered_how, NEW.late_reason)"
            " IS DISTINCT FROM ROW(OLD.entered_by_id, OLD.entered_how, OLD.late_reason) THEN"
            " RAISE EXCEPTION 'who entered a claim, and why it was late, never changes once it is sent';"
            " END IF; RETURN NEW;"
        ),
    ),
    pgtrigger.Trigger(
        name="claim_budget_line_is_its_programmes",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=(
            "IF TG_OP = 'UPDATE' AND OLD.status IN ('in_run', 'paid', 'payment_failed')"
            " AND NEW.budget_line_id IS DISTINCT FROM OLD.budget_line_id THEN"
            " RAISE EXCEPTION 'a claim in a payment run stays on its budget line'; END IF;"
            " IF NEW.budget_line_id IS NOT NULL AND NOT EXISTS (SELECT FROM payments_budgetline"
            " WHERE id = NEW.budget_line_id AND programme_id = NEW.programme_id) THEN"
            " RAISE EXCEPTION 'a claim is paid from a budget line of its own programme'; END IF;"
            " RETURN NEW;"
        ),
    ),
    pgtrigger.Protect(name="claims_are_kept", operation=pgtrigger.Delete),
]
