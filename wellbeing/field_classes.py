"""Class every field of our models in one place; a test fails on a field that is missing here.

`people.privacy` reads them: the copy of a person's data, its erasure, the times things are kept, and the log. A model
with a personal or sensitive field also has a line in `whose_rows.py`.

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
    "people.SignInProvider": _classes(
        sensitive="secret",
        neutral="id name discovery_url client_id secret_set_at trusts_addresses is_required is_on added_at",
    ),
    "people.SignInDomain": _classes(neutral="id provider domain"),
    "people.SignInLink": _classes(personal="user subject linked_at last_used_at", neutral="id provider"),
    "people.MonitoringQuestion": _classes(
        neutral="id key effective_from is_asked position title words hint options source"
    ),
    "people.MonitoringPromise": _classes(neutral="id effective_from words"),
    "people.MonitoringAnswer": _classes(
        sensitive="option own_words", personal="key", neutral="question promise answered_in"
    ),
    "people.MonitoringClosed": _classes(personal="person", neutral="id"),
    "people.FileToRemove": _classes(neutral="id name since"),
    "people.Job": _classes(
        personal="started_by",
        neutral="id kind subject_id status total done attempts problem created_at touched_at finished_at",
    ),
    "people.Notice": _classes(
        sensitive="subject text_body html_body short link read_key language",
        personal="person reply_to",
        neutral="id key kind audience voice mailing created_at facts_from facts_to",
    ),
    "people.Mailing": _classes(
        sensitive="title",
        personal="started_by paused_by cancelled_by",
        neutral="id key audience created_at not_before paused_at cancelled_at",
    ),
    "people.SendingLimit": _classes(neutral="id channel per_minute quiet_from quiet_until effective_from"),
    "people.SendingClock": _classes(neutral="channel free_at"),
    "people.NoticePart": _classes(sensitive="content", personal="name", neutral="id notice content_type"),
    "people.Message": _classes(
        sensitive="last_error told_how",
        personal="to via colleague told_by",
        neutral="id notice channel status attempts next_try_at taken_at sent_at delivered_at provider_ref by_service "
        "created_at",
    ),
    "people.IncomingText": _classes(
        sensitive="words understood_as",
        personal="number person read_by",
        neutral="id provider_ref received_at notice audience for_a_colleague read_at",
    ),
    "people.TextReceipt": _classes(neutral="id message provider_ref outcome received_at"),
    "people.DemoText": _classes(sensitive="words", personal="number", neutral="id from_phone reference at"),
    "people.Call": _classes(sensitive="note", personal="by", neutral="id message outcome at"),
    "people.LetterBatch": _classes(
        personal="made_by ended_by",
        neutral="id audience day status count pages file sha256 size asked_at made_at ended_at",
    ),
    "people.BatchedLetter": _classes(personal="problem", neutral="id batch message position is_live"),
    "people.PostageRule": _classes(neutral="id postage handed_over_at effective_from"),
    "people.LetterPart": _classes(neutral="id batch number file sha256 size"),
    "people.AddressMark": _classes(
        sensitive="said", personal="address ended_by", neutral="id channel reason since ended_at"
    ),
    "people.MailReport": _classes(
        sensitive="said subject",
        personal="sender seen_by",
        neutral="id ref message outcome received_at for_an_administrator seen_at",
    ),
    "people.EmailStop": _classes(personal="person kind", neutral="id since ended_at"),
    "people.ConsentWording": _classes(neutral="id purpose effective_from words"),
    "people.Consent": _classes(
        sensitive="how", personal="person agreed noted_by", neutral="id purpose wording answered_at"
    ),
    "people.FormerRecord": _classes(personal="person", neutral="id key put_together_at"),
    "people.Supporter": _classes(
        sensitive="relationship consent_how",
        personal="person name channel email phone postal_address recorded_by",
        neutral="id consent_on",
    ),
    "people.DemoMail": _classes(sensitive="raw subject", personal="to_address", neutral="id arrived_at"),
    "people.Organisation": _classes(neutral="id name kind about"),
    "people.Person": _classes(
        sensitive="about letter_size language",
        personal="user full_name known_as sort_key search_key email shares_address phone postal_address organisation"
        " job_title channel second_channel call_time",
        neutral="id created_at joined_at address_changed_at",
    ),
    "people.AddressChange": _classes(
        sensitive="key new_key asked_how agreed_how",
        personal="person old_address new_address asked_by agreed_by stopped_by",
        neutral="id status asked_at agreed_at takes_effect_at done_at stopped_at",
    ),
    "people.WaitingTime": _classes(neutral="id kind hours effective_from"),
    "people.PrivacyRule": _classes(neutral="id kind number unit source effective_from"),
    "people.PrivacyRequest": _classes(
        sensitive="words asked_how proof refused_why",
        personal="person asked_by decided_by",
        neutral="id kind status asked_at due_on decided_at ground done_at",
    ),
    "people.CopyFile": _classes(sensitive="file", neutral="id request format sha256 size asked_at made_at"),
    "people.Erasure": _classes(
        personal="person confirmed_by",
        neutral="id request because reference counts kept to_look_at done_at told_at last_kept_until",
    ),
    "people.DueForRetention": _classes(
        sensitive="held_why",
        personal="held_by",
        neutral="id kind subject_id since listed_on removed_on done_at held_at problem",
    ),
    "people.Look": _classes(personal="reader person on role", neutral="id kind"),
    "people.EmergencyLook": _classes(sensitive="reason", personal="reader person opened_at", neutral="id closes_at"),
    "people.Complaint": _classes(
        sensitive="words answer made_how",
        personal="person made_by acknowledged_by answered_by",
        neutral="id status made_at acknowledge_by acknowledged_at answered_at",
    ),
    "people.AccessNeed": _classes(sensitive="kind detail print_size", personal="person", neutral="id whose"),
    "people.NeedsReview": _classes(sensitive="has_needs how", personal="person noted_by", neutral="id reviewed_at"),
    "people.NeedsReviewRule": _classes(neutral="id effective_from months ask_days first_days"),
    "programmes.Programme": _classes(
        personal="contact_name contact_email contact_phone letters_signed_by letters_signed_as",
        neutral="id name slug short_code purpose host host_address host_number funder starts_on ends_on cost_code"
        " financial_year_starts policy_needs_two_people created_at",
    ),
    "programmes.Partnership": _classes(neutral="id programme organisation"),
    "programmes.Pause": _classes(personal="person starts_on ends_on set_by", neutral="id programme set_at"),
    "programmes.NamedContact": _classes(
        personal="person role given_by taken_by", neutral="id programme given_at taken_at"
    ),
    "programmes.UsualContact": _classes(personal="role set_by", neutral="id programme starts_on set_at"),
    "programmes.Comeback": _classes(
        sensitive="words answer", personal="person answered_by", neutral="id programme asked_at answered_at is_welcome"
    ),
    "programmes.InvolvedRule": _classes(neutral="id programme effective_from least_seconds most_waiting"),
    "programmes.OpenForm": _classes(personal="changed_by", neutral="id programme is_open words changed_at"),
    "programmes.InvolvementInterest": _classes(
        sensitive="words needs answer",
        personal="full_name email phone person answered_by",
        neutral="id programme sent_at status answered_at",
    ),
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
    "programmes.Group": _classes(neutral="id programme name kind purpose"),
    "programmes.Tag": _classes(personal="name made_by", neutral="id programme kind made_at ended_at"),
    "programmes.PersonTag": _classes(
        sensitive="tag", personal="person given_by taken_by", neutral="id given_at taken_at"
    ),
    "programmes.PersonNote": _classes(
        sensitive="words",
        personal="person readers written_by taken_by",
        neutral="id programme written_at changed_at taken_at",
    ),
    "programmes.NoteReader": _classes(personal="person", neutral="id note"),
    "programmes.OrganisationEntry": _classes(
        personal="contact email phone postal_address added_by",
        neutral="id programme organisation kind about website added_at",
    ),
    "programmes.ColumnChoice": _classes(personal="person", neutral="id columns"),
    "programmes.Term": _classes(
        sensitive="seat", personal="person deputy_for", neutral="id group office starts_on ends_on"
    ),
    "programmes.GroupRules": _classes(
        personal="set_by",
        neutral="id group starts_on terms_of_reference quorum lived_experience_minimum methods support_percent"
        " proposers open_days amended_days answer_days urgency_rule ratify_days interest_days reach tells_programme"
        " fewest_inside fewest_public agreed_by set_at",
    ),
    "programmes.SeatNumber": _classes(neutral="id rules seat number"),
    "programmes.Interest": _classes(
        sensitive="nature outline", personal="person recorded_by", neutral="id group declared_on ended_on"
    ),
    "programmes.InterestReview": _classes(personal="person recorded_by", neutral="id group reviewed_on"),
    "programmes.Decision": _classes(
        personal="proposed_by recorded_by",
        neutral="id programme group rules method title version background affected cost easy_read contributions"
        " hides_views status opened_on deciding_from closes_on earlier relation outcome outcome_reason what_changes"
        " urgency_reason decided_on withdrawn_on in_force_on review_on safe_to_try",
    ),
    "programmes.Version": _classes(personal="written_by", neutral="id decision number wording why asked_on"),
    "programmes.Option": _classes(
        personal="added_by", neutral="id decision number title for_it against_it cost made_from"
    ),
    "programmes.Position": _classes(
        sensitive="seat stance reason matters",
        personal="person member recorded_by way",
        neutral="id decision version named given_at",
    ),
    "programmes.LateView": _classes(sensitive="stance reason", personal="person", neutral="id decision named said_at"),
    "programmes.DeclaredInterest": _classes(
        sensitive="nature outline taken_back_why",
        personal="person interest recorded_by",
        neutral="id decision in_advance declared_on taken_back_on",
    ),
    "programmes.Question": _classes(
        sensitive="words", personal="person answered_by", neutral="id decision named asked_at answer answered_at"
    ),
    "programmes.Thought": _classes(
        sensitive="seat words matters passes", personal="person", neutral="id decision version named said_at"
    ),
    "programmes.Objection": _classes(
        sensitive="words is_objection closed_as",
        personal="person member position closed_by closing_recorded_by",
        neutral="id decision version raised_at closed_at",
    ),
    "programmes.ObjectionReply": _classes(personal="person", neutral="id objection words version answered_on"),
    "programmes.CountedVoice": _classes(sensitive="seat", personal="member position", neutral="id decision"),
    # The record names people who chose not to be named.
    "programmes.Seal": _classes(sensitive="content", neutral="id group decision number previous digest sealed_at"),
    "programmes.Resealing": _classes(neutral="id seal digest_before changed_record resealed_at"),
    "programmes.ActionPoint": _classes(
        personal="owner created_by",
        neutral="id group decision title due_on status progress progress_on created_on closed_on",
    ),
    "programmes.DecisionReview": _classes(
        personal="recorded_by", neutral="id decision reviewed_on happened result next_on"
    ),
    "programmes.DecisionDraft": _classes(
        sensitive="fields", personal="user", neutral="id decision version kind saved_at"
    ),
    "programmes.DecisionFile": _classes(
        personal="added_by original_name",
        neutral="id decision title is_easy_read file content_type size sha256 status problem tries taken_at added_at",
    ),
    "programmes.WordingVersion": _classes(
        personal="written_by",
        neutral="id programme kind language is_standard subject words short effective_from created_at",
    ),
    "programmes.WordingGap": _classes(personal="seen_by", neutral="id version notice part line field seen_at"),
    "programmes.AgreedTerm": _classes(neutral="id programme term replaces why agreed_on agreed_at decision"),
    "programmes.Contribution": _classes(
        sensitive="words correction_reason",
        personal="owner recorded_by corrected_by hidden_by hidden_how",
        neutral="id programme theme said_on said_at group way rung status outcome due_on recorded_at corrected_at"
        " reopened_at reopened_reason hidden_at",
    ),
    "programmes.Contributor": _classes(
        sensitive="person", personal="added_by", neutral="id contribution named wants_to_be_told"
    ),
    "programmes.ContributionDraft": _classes(
        sensitive="theme words", personal="person", neutral="id programme named wants_to_be_told saved_at"
    ),
    "programmes.ContributionOutcome": _classes(
        personal="answered_by",
        neutral="id contribution number kind what_changed reason evidence evidence_url answered_on",
    ),
    "programmes.ToldBack": _classes(
        sensitive="contributor notice reply reply_words",
        personal="reply_by responded_by",
        neutral="id outcome reply_named replied_at reply_how response responded_at",
    ),
    "programmes.Vision": _classes(
        personal="written_by", neutral="id programme words agreed_at effective_from written_at"
    ),
    "programmes.Aim": _classes(
        personal="written_by",
        neutral="id programme title signs position starts_on ends_on ended_because replaces",
    ),
    "programmes.Activity": _classes(
        neutral="id programme name serves rung starts_on ends_on aim methods went_well went_badly influence reflection"
    ),
    "programmes.Change": _classes(
        personal="recorded_by",
        neutral="id programme title for_whom happened_on detail evidence evidence_url harm aim activity contributions",
    ),
    "programmes.BoardPaper": _classes(
        personal="asked_by", neutral="id programme layout asked_at file sha256 size made_at"
    ),
    "programmes.AreaShare": _classes(
        personal="set_by", neutral="id programme question option percent source counted_on"
    ),
    "programmes.ParticipationReport": _classes(
        personal="made_by", neutral="id programme first_on last_on made_on content"
    ),
    "programmes.ImpactPaper": _classes(
        personal="asked_by", neutral="id programme layout asked_at file sha256 size made_at"
    ),
    "programmes.ImpactSharing": _classes(personal="shared_by ended_by", neutral="id programme shared_at ended_at"),
    "programmes.EvidenceFile": _classes(
        personal="added_by original_name",
        neutral="id outcome file content_type size sha256 status problem tries taken_at added_at",
    ),
    "programmes.WelcomePaper": _classes(
        personal="added_by taken_out_by", neutral="id programme title url added_at taken_out_at"
    ),
    "programmes.WelcomeCopy": _classes(
        personal="added_by original_name",
        neutral="id paper format file content_type size sha256 status problem tries taken_at added_at",
    ),
    "programmes.WelcomePack": _classes(personal="published_by", neutral="id programme number published_at"),
    "programmes.WelcomePackItem": _classes(neutral="id pack paper copy"),
    "programmes.PackGiven": _classes(
        personal="person by_post given_by posted_by", neutral="id pack notice given_at posted_on"
    ),
    "programmes.FewestShown": _classes(neutral="id readers effective_from fewest"),
    "programmes.MergeRule": _classes(neutral="id programme effective_from undo_days"),
    "programmes.Double": _classes(
        personal="one other same decided_by", neutral="id programme found_at are_two decided_at"
    ),
    "programmes.Merge": _classes(
        sensitive="changes",
        personal="person record record_name set_by ended_by",
        neutral="id programme record_key details had_account status set_at done_at undo_until ended_at cleared_at",
    ),
    "programmes.ImportRule": _classes(neutral="id programme effective_from most_rows most_bytes undo_days keep_days"),
    # Its file has all that the rows have, access needs among it.
    "programmes.PeopleImport": _classes(
        sensitive="file",
        personal="original_name headings sent_by brought_by welcomed_by undone_by",
        neutral="id programme rule status problem sha256 size kind sheets sheet encoding separator heading_row mapping "
        "role group seat starts_on checked_against sent_at brought_at welcomed_at undone_at cleared_at",
    ),
    "programmes.ImportRow": _classes(
        sensitive="cells details problems",
        personal="person same_as changed_by stayed_because",
        neutral="id people_import number part status is_somebody_else welcomed_at",
    ),
    "programmes.RememberedColumn": _classes(neutral="id programme heading target"),
    "programmes.ReviewStatement": _classes(neutral="id programme effective_from section position words staff_words"),
    "programmes.ReviewRule": _classes(
        personal="set_by", neutral="id programme effective_from fewest low_mean open_days"
    ),
    "programmes.ReviewRound": _classes(
        personal="made_by",
        neutral="id programme title about opens_on closes_on asks_lived_experience asks_staff asks_steering status "
        "rule closed_on published_on",
    ),
    "programmes.ReviewAsked": _classes(
        sensitive="side link_key", personal="person answered_on way taken_by", neutral="id round asked_on"
    ),
    "programmes.ReviewTally": _classes(sensitive="number", neutral="id round statement side value"),
    "programmes.ReviewComment": _classes(sensitive="words", neutral="id round section side"),
    "programmes.ReviewAction": _classes(neutral="id round statement point"),
    "programmes.ResultsPaper": _classes(
        personal="asked_by", neutral="id round layout asked_at file sha256 size made_at"
    ),
    "programmes.ReminderRule": _classes(
        personal="set_by", neutral="id programme subject effective_from is_on days when again_after at_most set_at"
    ),
    "programmes.Reminder": _classes(
        sensitive="words", personal="person thing notice", neutral="id programme subject number on"
    ),
    "events.Event": _classes(
        personal="organiser",
        neutral="id programme group title kind purpose starts_at ends_at day_starts day_ends can_change cannot_change"
        " series venue venue_name venue_address online_link reply_by status cancel_reason sequence created_at",
    ),
    "events.EventSeries": _classes(personal="made_by", neutral="id programme made_at"),
    "events.Venue": _classes(
        personal="checked_by",
        neutral="id programme name address how_to_find station checked_on archived_at created_at",
    ),
    "events.VenueFact": _classes(neutral="id venue kind answer note"),
    "events.VenueCheckRule": _classes(neutral="id effective_from months"),
    "events.Technique": _classes(neutral="id programme name"),
    "events.EventSession": _classes(neutral="id event day starts ends title aim technique room link"),
    "events.SessionFacilitator": _classes(personal="person is_co", neutral="id session"),
    "events.Invitation": _classes(
        sensitive="link_key access_needs question answer",
        personal="person notice invited_by reply reply_taken_by joins part_of_day answered_by",
        neutral="id event facilitates invited_sequence invited_at replied_at replied_for_start replied_for_end"
        " answered_at link_made_at",
    ),
    "events.InvitationRules": _classes(neutral="id effective_from link_days details_days"),
    "events.Places": _classes(personal="set_by closed_by", neutral="id event number kept open_from closed_at"),
    "events.OfferRules": _classes(
        neutral="id effective_from hours by_hand_hours near_within near_hours none_within",
    ),
    "events.WaitingPlace": _classes(
        sensitive="reason",
        personal="status offered_by notice",
        neutral="id invitation since offered_at until hours beyond ended_at",
    ),
    "events.InvitationLimit": _classes(personal="person number months set_by", neutral="id set_at"),
    "events.SavedList": _classes(personal="made_by name query", neutral="id programme made_at"),
    "events.SavedListPerson": _classes(personal="person added_by", neutral="id saved_list added_at"),
    "events.DoorNote": _classes(personal="person what at supporters noted_by", neutral="id key event received_at"),
    "events.ArrangementDays": _classes(neutral="id kind effective_from days_before"),
    "events.Arrangement": _classes(
        sensitive="title how",
        personal="owner added_by done_by",
        neutral="id event kind due_on status dropped_why change for_caterer for_venue for_facilitators for_desk"
        " done_at",
    ),
    "events.EventNeed": _classes(
        sensitive="kind words words_before result note reply_words",
        personal="person recorded_by reply reply_taken_by",
        neutral="id event arrangement whose change gone_at recorded_at replied_at",
    ),
    "events.NeedsTold": _classes(sensitive="link_key", personal="person", neutral="id event times"),
    "events.CalendarFeed": _classes(sensitive="key", personal="person", neutral="id made_at"),
    "events.MeetingRules": _classes(
        personal="set_by",
        neutral="id group starts_on longest_stretch break_minutes item_minutes days_before format_days",
    ),
    "events.Meeting": _classes(
        personal="made_by agreed_by published_by",
        neutral="id event group made_at agenda_sent_at minutes agreed_at_meeting agreed_on published_on",
    ),
    "events.AgendaItem": _classes(
        sensitive="said agreed",
        personal="leader added_by",
        neutral="id meeting kind source position title detail minutes decision earlier_meeting added_at is_out"
        " members_only",
    ),
    "events.MeetingAction": _classes(neutral="id meeting item point"),
    "events.MeetingPaper": _classes(
        personal="asked_by", neutral="id meeting what layout asked_at file sha256 size made_at"
    ),
    "events.AttachedPaper": _classes(
        sensitive="withdrawn_why",
        personal="added_by withdrawn_by",
        neutral="id event title purpose item added_at withdrawn_on",
    ),
    "events.PaperCopy": _classes(
        sensitive="withdrawn_why",
        personal="added_by original_name withdrawn_by",
        neutral="id paper format language words file content_type size sha256 status problem tries taken_at added_at"
        " withdrawn_on",
    ),
    "events.PaperMade": _classes(
        personal="made_by noted_by", neutral="id event paper what format language made_on how noted_at"
    ),
    "events.Correction": _classes(
        sensitive="words settled_why", personal="person settled_by", neutral="id meeting item said_at settled_as"
    ),
    "events.AgreedRecord": _classes(sensitive="facts", neutral="id meeting kept_at"),
    "events.MinutesNote": _classes(
        sensitive="words", personal="written_by", neutral="id meeting members_only written_on"
    ),
    "events.SaidAtEvent": _classes(neutral="id contribution event"),
    "events.Talk": _classes(personal="who offered_by", neutral="id meeting kind starts_at how offered_at"),
    "events.TalkAnswer": _classes(sensitive="wants", personal="person taken_by", neutral="id talk answered_at"),
    "events.DayThere": _classes(personal="attendance day hours", neutral="id"),
    "events.FeedbackQuestion": _classes(neutral="id programme effective_from position words"),
    "events.FeedbackRule": _classes(
        personal="set_by",
        neutral="id programme effective_from thank_after_days thank_within_days open_days after_meetings",
    ),
    "events.FeedbackRound": _classes(
        personal="started_by", neutral="id event asked_on closes_on fewest next_words status closed_on"
    ),
    "events.FeedbackAsked": _classes(
        sensitive="link_key", personal="person side answered_on way taken_by", neutral="id round asked_on"
    ),
    "events.FeedbackTally": _classes(sensitive="number", neutral="id round question side value"),
    "events.FeedbackWords": _classes(sensitive="words name", neutral="id round side topic readers"),
    "events.WhoSpoke": _classes(personal="noted_by", neutral="id event lived_experience partners staff note noted_at"),
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
    "payments.AskedBefore": _classes(personal="person what wants taken_by", neutral="id event asked_at"),
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
