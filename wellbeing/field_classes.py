"""Class every field of our models in one place; a test fails on a field that is missing here.

No code reads the classes yet: export and erasure of a person's data will. Until then they tell authors which fields
must never reach a log or a screen.

- SENSITIVE: health, access needs, beliefs, views given in confidence, or the means to act as someone. Never in a log,
  never on a screen for anyone who does not need it.
- PERSONAL: says something about, or leads to, one person.
- NEUTRAL: about the programme's own work.

History tables keep copies of these fields and take their class from them.
"""

SENSITIVE, PERSONAL, NEUTRAL = "sensitive", "personal", "neutral"


def _classes(*, sensitive="", personal="", neutral=""):
    classed = {}
    for name, fields in ((SENSITIVE, sensitive), (PERSONAL, personal), (NEUTRAL, neutral)):
        for field in fields.split():
            if field in classed:
                raise ValueError(f"{field} is classed twice")
            classed[field] = name
    return classed


FIELD_CLASSES = {
    "people.User": _classes(
        sensitive="password",
        personal="email last_login date_joined",
        neutral="id is_superuser is_active groups user_permissions",
    ),
    "people.Session": _classes(
        sensitive="session_key session_data",
        personal="user started_at seen_at own work device",
        neutral="expire_date",
    ),
    "people.Job": _classes(
        personal="started_by",
        neutral="id kind subject_id status total done attempts problem created_at touched_at finished_at",
    ),
    "people.Message": _classes(
        sensitive="subject text_body html_body last_error",
        personal="person to_address reply_to",
        neutral="id key kind audience status attempts next_try_at taken_at sent_at created_at",
    ),
    "people.MessagePart": _classes(sensitive="content", personal="name", neutral="id message content_type"),
    "people.DemoMail": _classes(sensitive="raw subject", personal="to_address", neutral="id arrived_at"),
    "people.Organisation": _classes(neutral="id name kind about"),
    "people.Person": _classes(
        sensitive="about letter_size",
        personal="user full_name known_as sort_key search_key email phone postal_address organisation channel",
        neutral="id created_at joined_at address_changed_at",
    ),
    "people.AddressChange": _classes(
        sensitive="key new_key asked_how agreed_how",
        personal="person old_address new_address asked_by agreed_by stopped_by",
        neutral="id status asked_at agreed_at takes_effect_at done_at stopped_at",
    ),
    "people.WaitingTime": _classes(neutral="id kind hours effective_from"),
    "people.AccessNeed": _classes(sensitive="kind detail", personal="person", neutral="id"),
    "programmes.Programme": _classes(
        personal="contact_name contact_email contact_phone letters_signed_by letters_signed_as",
        neutral="id name slug short_code purpose host host_address host_number funder starts_on ends_on cost_code"
        " financial_year_starts policy_needs_two_people created_at",
    ),
    "programmes.Partnership": _classes(neutral="id programme organisation"),
    "programmes.Membership": _classes(
        sensitive="role", personal="person", neutral="id programme starts_on ends_on appointment"
    ),
    "programmes.Joining": _classes(
        sensitive="key", personal="person address asked_by answer", neutral="id programme asked_at tries answered_at"
    ),
    "programmes.Appointment": _classes(
        sensitive="key role",
        personal="person proposed_by decided_by",
        neutral="id programme starts_on status proposed_at way decided_at",
    ),
    "programmes.CreatorRight": _classes(personal="person given_by", neutral="id given_at ended_at"),
    "programmes.RoleNotice": _classes(
        sensitive="text told_how", personal="person told_by", neutral="id programme created_at told_at"
    ),
    "programmes.Group": _classes(neutral="id programme name kind purpose"),
    "programmes.Term": _classes(sensitive="seat", personal="person", neutral="id group office starts_on ends_on"),
    "programmes.Decision": _classes(
        personal="proposed_by recorded_by",
        neutral="id programme group title wording background status opened_on closes_on outcome outcome_reason"
        " what_changes decided_on withdrawn_on review_on",
    ),
    "programmes.Position": _classes(
        sensitive="seat stance reason", personal="person", neutral="id decision named given_at"
    ),
    "programmes.AgreedTerm": _classes(neutral="id programme term replaces why agreed_on agreed_at"),
    "events.Event": _classes(
        personal="organiser",
        neutral="id programme group title kind purpose starts_at ends_at venue_name venue_address online_link reply_by"
        " status cancel_reason sequence created_at",
    ),
    "events.Invitation": _classes(
        sensitive="link_key access_needs question answer",
        personal="person message invited_by reply reply_taken_by answered_by",
        neutral="id event facilitates invited_at replied_at answered_at",
    ),
    "events.Attendance": _classes(personal="person came hours recorded_by", neutral="id event recorded_at"),
    "payments.PolicyVersion": _classes(
        neutral="id programme number effective_from published_at preparation_included pay_within_working_days"
        " claim_window_months changed_at cancel_within_days cancel_share_percent remind_days_before"
        " second_approval_above_pence no_receipt_up_to_pence no_receipt_second_above_pence"
    ),
    "payments.InvitationOffer": _classes(personal="invitation version notice", neutral="id made_at"),
    "payments.Publication": _classes(
        personal="requested_by confirmed_by sent_back_by",
        neutral="id version decision reason keeps_offers requested_at sent_back_at sent_back_reason published_at told"
        " claims_made",
    ),
    "payments.FeeRule": _classes(
        neutral="id version activity role method half_day_pence full_day_pence half_day_hours limit_is_half_day"
        " unit_pence unit_hours"
    ),
    "payments.ExpenseRule": _classes(
        neutral="id version kind cap_pence receipt_above_pence receipt_needed pence_per_mile hmrc_rates"
        " needs_prior_approval cap_per agreed_by need_is_enough"
    ),
    "payments.SubsistenceBand": _classes(neutral="id rule from_hours cap_pence"),
    "payments.ClosedDay": _classes(neutral="id programme day name"),
    "payments.MileageRate": _classes(
        neutral="id effective_from vehicle first_band_pence first_band_miles after_pence passenger_pence source"
    ),
    "payments.BudgetLine": _classes(
        personal="amount_set_by",
        neutral="id programme cost_code name funder starts_on ends_on amount_pence amount_reason amount_set_at closed",
    ),
    "payments.BudgetRule": _classes(neutral="id programme activity budget_line"),
    "payments.BudgetOverride": _classes(
        sensitive="reason", personal="by up_to_pence over_by_pence", neutral="id claim line at"
    ),
    "payments.Claim": _classes(
        sensitive="recognition recognition_pence recognition_offer payroll_pence voucher_pence donation_pence"
        " waived_pence advance_recovered_pence late_reason duplicate_reason decline_reason",
        personal="person submitted_by approved_by first_approved_by declined_by withdrawn_by approved_pence money_pence"
        " entered_by entered_how",
        neutral="id programme event reference activity description activity_date policy offered status created_at"
        " submitted_at approved_at first_approved_at declined_at asked_again_at looks_again_at pay_by paid_on"
        " budget_line",
    ),
    "payments.ClaimLine": _classes(
        sensitive="expense_kind description prior_approval_by decision_reason no_receipt_reason no_receipt_words"
        " hours_reason",
        personal="hours miles vehicle passengers nights hours_spent amount_pence approved_pence by_offer",
        neutral="id claim category on rate_note adds_to",
    ),
    "payments.Receipt": _classes(
        sensitive="file original_name",
        personal="added_by sha256 picture_hash",
        neutral="id claim content_type size status problem tries taken_at added_at lines",
    ),
    "payments.ClaimNotice": _classes(personal="by how", neutral="id claim at"),
    "payments.FormDraft": _classes(sensitive="fields", personal="user", neutral="id page saved_at"),
    "payments.ClaimNote": _classes(sensitive="body", personal="by", neutral="id claim kind written_at"),
    "payments.StaffNote": _classes(sensitive="body", personal="by", neutral="id claim written_at"),
    "payments.ApproverAssignment": _classes(
        personal="person deputises_for set_by", neutral="id programme starts_on ends_on set_at"
    ),
    "payments.WarningThresholds": _classes(
        personal="set_by",
        neutral="id programme effective_from picture_distance usual_percent usual_examples usual_months"
        " long_route_miles ask_above_pence ask_times_usual set_at",
    ),
    "payments.ReferenceCounter": _classes(neutral="id programme last_claim last_run"),
    "payments.PaymentRun": _classes(
        personal="made_by signed_by exported_by paid_recorded_by closed_by",
        neutral="id programme reference status made_at signed_at exported_at paid_on closed_at statement_pence",
    ),
    "payments.Payment": _classes(
        sensitive="account_name sort_code account_number roll_number",
        personal="person amount_pence payroll_pence voucher_pence donation_pence account_digits method said_how",
        neutral="id run reference",
    ),
    "payments.PaymentMade": _classes(
        personal="method reference handed_over_by received_by recorded_by", neutral="id payment on recorded_at"
    ),
    "payments.TakenOut": _classes(sensitive="reason", personal="person pence claims by", neutral="id run reference at"),
    "payments.MethodChoice": _classes(
        sensitive="said_how", personal="person method told_how changed_by", neutral="id told_on changed_at"
    ),
    "payments.NameCheckOverride": _classes(sensitive="reason", personal="by", neutral="id name_check at"),
    "payments.AccountLook": _classes(personal="person last_digits by", neutral="id payment programme at about"),
    "payments.BankDetails": _classes(
        sensitive="account_name sort_code account_number roll_number account_index confirmed_how",
        personal="person last_digits changed_by confirmed_by told_how told_by asked_again_by",
        neutral="id checked changed_at on_hold_since confirmed_at told_on asked_again_at",
    ),
    "payments.BankConfirmation": _classes(
        sensitive="how", personal="bank_details confirmed_by", neutral="id programme confirmed_at"
    ),
    "payments.NameCheck": _classes(
        sensitive="name_returned", personal="bank_details outcome recorded_by", neutral="id recorded_at"
    ),
    "payments.RunFileDownload": _classes(
        personal="by", neutral="id run kind made_with at sha256 payments_count total_pence"
    ),
    "payments.PayingAccount": _classes(
        sensitive="account_name sort_code account_number",
        personal="set_by confirmed_by",
        neutral="id programme effective_from last_digits service_user_number set_at confirmed_at",
    ),
    "payments.BankFileFormat": _classes(
        personal="set_by", neutral="id programme columns headings amount date_format capitals set_at"
    ),
    "payments.JournalFormat": _classes(
        personal="set_by", neutral="id programme package by_claim tax_code tracking codes set_at"
    ),
    "payments.PaymentItem": _classes(
        personal="amount_pence payroll_pence voucher_pence donation_pence", neutral="id payment claim live"
    ),
    "payments.PaymentReturn": _classes(
        sensitive="reason note", personal="recorded_by", neutral="id payment on recorded_at"
    ),
    "payments.ReturnReason": _classes(neutral="id method code effective_from until words advice tells_person source"),
    "payments.TaxTreatment": _classes(
        sensitive="treatment note", personal="person set_by", neutral="id programme effective_from set_at"
    ),
    "payments.DocumentRequest": _classes(sensitive="reason", personal="by", neutral="id run payment at"),
    "payments.Document": _classes(
        sensitive="file", personal="sha256", neutral="id run payment kind version size made_at"
    ),
    "payments.PaperProblem": _classes(personal="payment", neutral="id run kind version reason at"),
    "payments.ReportRun": _classes(
        personal="asked_by", neutral="id programme kind parameters asked_at for_month made_at rows_count"
    ),
    "payments.ReportFile": _classes(sensitive="file", personal="sha256", neutral="id report format size made_at"),
    "payments.ReportSubscription": _classes(personal="person set_by", neutral="id programme kind set_at stopped_at"),
    "payments.SmallNumberRule": _classes(neutral="id effective_from least"),
    "payments.YearStatement": _classes(
        sensitive="file", personal="person asked_by sha256", neutral="id programme year asked_at made_at size"
    ),
    "payments.RecognitionOffer": _classes(
        personal="recorded_by",
        neutral="id programme effective_from charity_name charity_number vouchers cheques cash recorded_at",
    ),
    "payments.RecognitionChoice": _classes(
        sensitive="recognition recognition_pence offer", personal="person", neutral="id programme changed_at"
    ),
    "payments.Advance": _classes(
        sensitive="note closed_reason",
        personal="person event amount_pence paid_on how recorded_by closed_by",
        neutral="id programme recorded_at closed_at",
    ),
    "payments.AdvanceUse": _classes(personal="advance claim pence", neutral="id"),
    "payments.Booking": _classes(
        sensitive="kind description removed_reason",
        personal="person event cost_pence on recorded_by removed_by",
        neutral="id programme recorded_at removed_at",
    ),
    "payments.EarningsLimit": _classes(sensitive="label week month", personal="person changed_at", neutral="id"),
    "payments.InvolvementLetter": _classes(
        sensitive="file with_choice with_days",
        personal="person sha256 asked_at made_at",
        neutral="id programme size",
    ),
    "payments.Signpost": _classes(neutral="id key kind place effective_from title text url source checked_on"),
    "payments.LetterDispatch": _classes(personal="way by", neutral="id document at"),
}
