"""Tests of who gets what at every address: the table that tests/test_permissions.py holds the project to.

A number is the HTTP status; `in` means sent to sign in. 404 for strangers, who learn nothing; 403, with the reason,
for people of the programme without the role. A row per address and method; a method without a row answers 405, but for
GET at the address of a button, which leads everybody to the page above it.

out: signed out. none: an account with no role. else: every role, but in another programme. owner: the person with
lived experience whose row it is. peer: another one. steer: a steering group member. admin: installation administrator,
without a role.
"""

VISITORS = ("out", "none", "else", "owner", "peer", "steer", "staff", "finance", "admin")

TABLE = """
# address                with out  none else own. peer ste. sta. fin. adm.
healthz                  GET  200  200  200  200  200  200  200  200  200
readyz                   GET  503  503  503  503  503  503  503  503  503
gallery                  GET  200  200  200  200  200  200  200  200  200
gallery_progress         GET  200  200  200  200  200  200  200  200  200
home                     GET  200  200  200  200  200  200  200  200  200
find                     GET  in   403  200  403  403  200  200  200  200
your_details             GET  in   200  200  200  200  200  200  200  200
your_details_edit        GET  in   200  200  200  200  200  200  200  200
your_details_edit        POST in   200  200  200  200  200  200  200  200
your_access_needs        GET  in   200  200  200  200  200  200  200  200
your_access_needs        POST in   302  302  302  302  302  302  302  302
sign_in_again            POST in   in   in   in   in   in   in   in   in
prove_by_code            GET  in   200  200  200  200  200  200  200  200
prove_by_code            POST in   302  302  302  302  302  302  302  302
prove_go_on              GET  in   302  302  302  302  302  302  302  302
prove_go_on              POST in   302  302  302  302  302  302  302  302
accounts                 GET  in   403  403  403  403  403  403  403  200
your_sessions            GET  in   200  200  200  200  200  200  200  200
session_end              POST in   302  302  302  302  302  302  302  302
session_end_all          POST in   302  302  302  302  302  302  302  302
session_device           POST in   302  302  302  302  302  302  302  302
session_left             GET  200  200  200  200  200  200  200  200  200
session_left             POST 200  200  200  200  200  200  200  200  200
second_step              GET  in   302  302  302  302  302  302  302  302
person                   GET  in   404  404  200  404  404  200  200  200
person_edit              GET  in   404  404  302  404  404  200  403  200
person_edit              POST in   404  404  302  404  404  200  403  200
address_ask              GET  in   404  404  403  404  404  200  403  200
address_ask              POST in   404  404  403  404  404  200  403  200
address_change           GET  in   404  404  200  404  404  200  200  200
address_change           POST in   404  404  200  404  404  200  200  200
address_link             GET  200  200  200  200  200  200  200  200  200
address_link             POST 200  200  200  200  200  200  200  200  200
person_access_needs      GET  in   404  404  200  404  404  200  403  200
person_access_needs      POST in   404  404  302  404  404  302  403  302
messages                 GET  in   403  200  403  403  403  200  403  200
message                  GET  in   403  404  403  403  403  200  403  200
message_try_again        POST in   403  404  403  403  403  302  403  302
job                      GET  in   404  404  404  404  404  200  404  200
job_try_again            POST in   404  404  404  404  404  302  404  302
accessibility            GET  200  200  200  200  200  200  200  200  200
privacy                  GET  200  200  200  200  200  200  200  200  200
contact                  GET  200  200  200  200  200  200  200  200  200
demo_sign_in             POST 404  404  404  404  404  404  404  404  404
demo_mailbox             GET  404  404  404  404  404  404  404  404  404
demo_mail                GET  404  404  404  404  404  404  404  404  404
demo_mail_html           GET  404  404  404  404  404  404  404  404  404
demo_mail_part           GET  404  404  404  404  404  404  404  404  404
programmes               GET  in   200  200  200  200  200  200  200  200
programme_new            GET  in   403  403  403  403  403  403  403  200
programme_new            POST in   403  403  403  403  403  403  403  200
creators                 GET  in   403  403  403  403  403  403  403  200
creators                 POST in   403  403  403  403  403  403  403  200
creator_end              POST in   403  403  403  403  403  403  403  302
programme                GET  in   404  404  200  200  200  200  200  200
programme_edit           GET  in   404  404  403  403  403  200  403  200
programme_edit           POST in   404  404  403  403  403  200  403  200
partnership_new          GET  in   404  404  403  403  403  200  403  200
partnership_new          POST in   404  404  403  403  403  200  403  200
partnership_remove       POST in   404  404  403  403  403  302  403  302
programme_people         GET  in   404  404  403  403  403  200  200  200
programme_person_new     GET  in   404  404  403  403  403  200  403  200
programme_person_new     POST in   404  404  403  403  403  200  403  200
membership_new           GET  in   404  404  403  403  403  200  403  200
membership_new           POST in   404  404  403  403  403  200  403  200
joinings                 GET  in   200  200  200  200  200  200  200  200
joinings                 POST in   404  404  404  404  404  404  404  404
joining_send_again       POST in   404  404  403  403  403  302  403  302
joining_in_person        GET  in   404  404  403  403  403  200  403  200
joining_in_person        POST in   404  404  403  403  403  200  403  200
joining_link             GET  200  200  200  200  200  200  200  200  200
joining_link             POST 200  200  200  200  200  200  200  200  200
appointment              GET  in   404  404  404  404  404  200  200  200
appointment              POST in   404  404  404  404  404  302  302  302
appointment_link         GET  200  200  200  200  200  200  200  200  200
appointment_link         POST 200  200  200  200  200  200  200  200  200
role_notice              GET  in   404  404  403  403  403  200  403  200
role_notice              POST in   404  404  403  403  403  200  403  200
membership_end           GET  in   404  404  403  403  403  200  403  200
membership_end           POST in   404  404  403  403  403  200  403  200
term_end                 GET  in   404  404  403  403  403  200  403  200
term_end                 POST in   404  404  403  403  403  200  403  200
groups                   GET  in   404  404  200  200  200  200  200  200
group_new                GET  in   404  404  403  403  403  200  403  200
group_new                POST in   404  404  403  403  403  200  403  200
group                    GET  in   404  404  200  200  200  200  200  200
group_edit               GET  in   404  404  403  403  403  200  403  200
group_edit               POST in   404  404  403  403  403  200  403  200
term_new                 GET  in   404  404  403  403  403  200  403  200
term_new                 POST in   404  404  403  403  403  200  403  200
terms_new                GET  in   404  404  403  403  403  200  403  200
terms_new                POST in   404  404  403  403  403  200  403  200
decisions                GET  in   404  404  403  403  200  200  403  200
decision_new             GET  in   404  404  403  403  200  200  403  200
decision_new             POST in   404  404  403  403  200  200  403  200
decision                 GET  in   404  404  404  404  200  200  404  200
decision_edit            GET  in   404  404  404  404  403  200  404  200
decision_edit            POST in   404  404  404  404  403  200  404  200
decision_position        GET  in   404  404  404  404  200  403  404  403
decision_position        POST in   404  404  404  404  200  403  404  403
decision_outcome         GET  in   404  404  404  404  403  200  404  200
decision_outcome         POST in   404  404  404  404  403  200  404  200
decision_withdraw        GET  in   404  404  404  404  403  200  404  200
decision_withdraw        POST in   404  404  404  404  403  302  404  302
agreed_language          GET  in   404  404  200  200  200  200  200  200
agreed_term_new          GET  in   404  404  403  403  403  200  403  200
agreed_term_new          POST in   404  404  403  403  403  200  403  200
agreed_term_edit         GET  in   404  404  403  403  403  200  403  200
agreed_term_edit         POST in   404  404  403  403  403  200  403  200
events                   GET  in   404  404  403  403  200  200  200  200
event_new                GET  in   404  404  403  403  403  200  403  200
event_new                POST in   404  404  403  403  403  200  403  200
event                    GET  in   404  404  200  403  200  200  200  200
event_edit               GET  in   404  404  403  403  403  200  403  200
event_edit               POST in   404  404  403  403  403  200  403  200
event_cancel             GET  in   404  404  403  403  403  200  403  200
event_cancel             POST in   404  404  403  403  403  302  403  302
event_invite             GET  in   404  404  403  403  403  200  403  200
event_invite             POST in   404  404  403  403  403  200  403  200
event_send               POST in   404  404  403  403  403  302  403  302
event_facilitators       GET  in   404  404  403  403  403  200  403  200
event_facilitators       POST in   404  404  403  403  403  302  403  302
event_attendance         GET  in   404  404  403  403  403  200  403  200
event_attendance         POST in   404  404  403  403  403  200  403  200
invitation_answer        GET  in   404  404  403  404  404  200  404  200
invitation_answer        POST in   404  404  403  404  404  200  404  200
invitation_reply_for     GET  in   404  404  403  404  404  200  404  200
invitation_reply_for     POST in   404  404  403  404  404  200  404  200
my_events                GET  in   200  200  200  200  200  200  200  200
reply                    GET  200  200  200  200  200  200  200  200  200
reply                    POST 200  200  200  200  200  200  200  200  200
reply_done               GET  302  302  302  302  302  302  302  302  302
event_calendar           GET  200  200  200  200  200  200  200  200  200
my_claims                GET  in   200  200  200  200  200  200  200  200
claim_new                GET  in   200  200  302  302  200  200  200  200
claim_new                POST in   200  200  302  302  200  200  200  200
claim_new_activity       GET  in   404  404  200  200  403  403  403  403
claim_new_activity       POST in   404  404  200  200  403  403  403  403
claim_new_day            GET  in   404  404  200  200  403  403  403  403
claim_new_day            POST in   404  404  200  200  403  403  403  403
claim_new_hours          GET  in   404  404  200  200  403  403  403  403
claim_new_hours          POST in   404  404  200  200  403  403  403  403
claim_new_what           GET  in   404  404  200  200  403  403  403  403
claim_new_what           POST in   404  404  200  200  403  403  403  403
form_draft               POST in   400  400  400  400  400  400  400  400
form_draft_discard       POST in   400  400  400  400  400  400  400  400
claim_receipt_use        POST in   404  404  302  404  404  404  404  404
claim_receipt_remove     POST in   404  404  302  404  404  404  404  404
claim_hours              GET  in   404  404  200  404  404  404  404  404
claim_hours              POST in   404  404  200  404  404  404  404  404
claim_journey_again      POST in   404  404  302  404  404  404  404  404
claims_enter             GET  in   404  404  403  403  403  200  403  403
claim_enter              GET  in   404  404  403  403  403  200  403  403
claim_enter              POST in   404  404  403  403  403  200  403  403
claim_told               GET  in   404  404  403  404  404  200  403  403
claim_told               POST in   404  404  403  404  404  200  403  403
claim_told_letter        GET  in   404  404  403  404  404  200  403  403
claim                    GET  in   404  404  200  404  404  200  200  200
claim_expense_new        GET  in   404  404  200  404  404  404  404  404
claim_expense_new        POST in   404  404  200  404  404  404  404  404
claim_expense_cost       GET  in   404  404  200  404  404  404  404  404
claim_expense_cost       POST in   404  404  200  404  404  404  404  404
claim_line_edit          GET  in   404  404  200  404  404  404  404  404
claim_line_edit          POST in   404  404  200  404  404  404  404  404
claim_line_receipt       GET  in   404  404  200  404  404  404  404  404
claim_line_receipt       POST in   404  404  200  404  404  404  404  404
claim_line_no_receipt    GET  in   404  404  200  404  404  404  404  404
claim_line_no_receipt    POST in   404  404  200  404  404  404  404  404
claim_line_remove        POST in   404  404  302  404  404  404  404  404
claim_check              GET  in   404  404  200  404  404  404  404  404
claim_submit             POST in   404  404  200  404  404  404  404  404
claim_sent               GET  in   404  404  200  404  404  403  403  403
claim_answer             POST in   404  404  200  404  404  403  403  403
claim_withdraw           GET  in   404  404  200  404  404  403  403  403
claim_withdraw           POST in   404  404  302  404  404  403  403  403
claim_reopen             POST in   404  404  302  404  404  404  404  404
claim_recognition        GET  in   404  404  200  404  404  403  403  403
claim_recognition        POST in   404  404  200  404  404  403  403  403
your_recognition         GET  in   404  404  200  200  403  403  403  403
your_recognition         POST in   404  404  200  200  403  403  403  403
recognition_offer        GET  in   404  404  403  403  403  200  200  200
recognition_offer        POST in   404  404  403  403  403  200  200  200
your_record              GET  in   200  200  200  200  200  200  200  200
your_limit               GET  in   200  200  200  200  200  200  200  200
your_limit               POST in   302  302  302  302  302  302  302  302
your_letters             GET  in   200  200  200  200  200  200  200  200
your_letters             POST in   200  200  200  200  200  200  200  200
your_letter              GET  in   404  404  200  404  404  404  404  404
money_and_benefits       GET  200  200  200  200  200  200  200  200  200
advances                 GET  in   404  404  403  403  403  200  200  200
advance_new              GET  in   404  404  403  403  403  200  200  403
advance_new              POST in   404  404  403  403  403  200  200  403
advance                  GET  in   404  404  403  404  404  200  200  200
advance                  POST in   404  404  403  404  404  200  200  403
bookings                 GET  in   404  404  403  403  403  200  200  200
booking_new              GET  in   404  404  403  403  403  200  200  403
booking_new              POST in   404  404  403  403  403  200  200  403
booking                  GET  in   404  404  403  404  404  200  200  200
booking                  POST in   404  404  403  404  404  200  200  403
claim_ask_again          GET  in   404  404  200  404  404  403  403  403
claim_ask_again          POST in   404  404  200  404  404  403  403  403
claim_decide             GET  in   404  404  403  404  404  200  403  403
claim_decide             POST in   404  404  403  404  404  200  403  403
claim_decline            GET  in   404  404  403  404  404  200  403  403
claim_decline            POST in   404  404  403  404  404  200  403  403
claim_note               GET  in   404  404  403  404  404  200  200  403
claim_note               POST in   404  404  403  404  404  200  200  403
claims_approve           GET  in   404  404  403  403  403  200  403  403
claims_approve           POST in   404  404  403  403  403  200  403  403
approvers                GET  in   404  404  403  403  403  200  403  403
approvers                POST in   404  404  403  403  403  200  403  403
approver_end             POST in   404  404  403  403  403  302  403  403
warning_limits           GET  in   404  404  403  403  403  200  403  403
warning_limits           POST in   404  404  403  403  403  200  403  403
claim_approve            POST in   404  404  403  404  404  302  403  403
claim_return             GET  in   404  404  403  404  404  200  403  403
claim_return             POST in   404  404  403  404  404  200  403  403
claim_budget             GET  in   404  404  403  404  404  200  200  302
claim_budget             POST in   404  404  403  404  404  200  200  302
claim_over_budget        GET  in   404  404  403  404  404  403  200  403
claim_over_budget        POST in   404  404  403  404  404  403  200  403
receipt                  GET  in   404  404  200  404  404  200  200  200
claim_receipts_beside    GET  in   404  404  403  404  404  200  200  200
document                 GET  in   404  404  200  404  404  404  200  200
claims                   GET  in   404  404  403  403  403  200  200  200
claims                   POST in   404  404  403  403  403  200  200  200
budget                   GET  in   404  404  403  403  403  200  200  200
budget_no_line           GET  in   404  404  403  403  403  200  200  200
budget_line              GET  in   404  404  403  403  403  200  200  200
budget_line_new          GET  in   404  404  403  403  403  403  200  403
budget_line_new          POST in   404  404  403  403  403  403  200  403
budget_line_change       GET  in   404  404  403  403  403  403  200  403
budget_line_change       POST in   404  404  403  403  403  403  200  403
payment_runs             GET  in   404  404  403  403  403  403  200  200
payment_run_new          GET  in   404  404  403  403  403  403  200  403
payment_run_new          POST in   404  404  403  403  403  403  200  403
payment_run              GET  in   404  404  404  404  404  404  200  200
payment_run_sign         POST in   404  404  404  404  404  404  302  403
payment_run_documents    POST in   404  404  404  404  404  404  302  403
payment_run_again        GET  in   404  404  404  404  404  404  200  403
payment_run_again        POST in   404  404  404  404  404  404  200  403
payment_letter_again     GET  in   404  404  404  404  404  404  200  403
payment_letter_again     POST in   404  404  404  404  404  404  200  403
payment_run_print        POST in   404  404  404  404  404  404  302  403
payment_run_close        GET  in   404  404  404  404  404  404  200  403
payment_run_close        POST in   404  404  404  404  404  404  200  403
payment_run_accounts     GET  in   404  404  404  404  404  404  200  403
payment_run_together     GET  in   404  404  404  404  404  404  302  403
payment_run_together     POST in   404  404  404  404  404  404  302  403
payment_made             GET  in   404  404  404  404  404  404  200  403
payment_made             POST in   404  404  404  404  404  404  200  403
payment_take_out         GET  in   404  404  404  404  404  404  200  403
payment_take_out         POST in   404  404  404  404  404  404  200  403
payment_returned         GET  in   404  404  404  404  404  404  200  403
payment_returned         POST in   404  404  404  404  404  404  200  403
tax_treatments           GET  in   404  404  403  403  403  403  200  403
tax_treatment            GET  in   404  404  403  403  403  403  200  403
tax_treatment            POST in   404  404  403  403  403  403  200  403
payment_run_pay          POST in   404  404  404  404  404  404  200  403
payment_run_cancel       GET  in   404  404  404  404  404  404  200  403
payment_run_cancel       POST in   404  404  404  404  404  404  302  403
bank_file                GET  in   404  404  404  404  404  404  200  403
bank_file                POST in   404  404  404  404  404  404  200  403
run_file                 GET  in   404  404  404  404  404  404  200  403
run_file                 POST in   404  404  404  404  404  404  200  403
file_settings            GET  in   404  404  403  403  403  403  200  403
paying_account_new       GET  in   404  404  403  403  403  403  200  403
paying_account_new       POST in   404  404  403  403  403  403  200  403
paying_account           GET  in   404  404  403  403  403  403  200  403
paying_account           POST in   404  404  403  403  403  403  302  403
bank_layout              GET  in   404  404  403  403  403  403  200  403
bank_layout              POST in   404  404  403  403  403  403  200  403
journal_layout           GET  in   404  404  403  403  403  403  200  403
journal_layout           POST in   404  404  403  403  403  403  200  403
bank_details_name_check  GET  in   404  404  403  403  403  403  200  403
bank_details_name_check  POST in   404  404  403  403  403  403  200  403
bank_details_override    GET  in   404  404  403  403  403  403  200  403
bank_details_override    POST in   404  404  403  403  403  403  200  403
bank_details_wrong       POST in   404  404  403  403  403  403  302  403
payee_bank               GET  in   404  404  403  403  403  403  200  403
payee_bank               POST in   404  404  403  403  403  403  200  403
payee_method             GET  in   404  404  403  403  403  403  200  403
payee_method             POST in   404  404  403  403  403  403  200  403
bank_details             GET  in   404  404  403  403  403  403  200  403
bank_details_confirm     GET  in   404  404  403  403  403  403  200  403
bank_details_confirm     POST in   404  404  403  403  403  403  200  403
reports                  GET  in   404  404  403  403  403  200  200  200
report_new               GET  in   404  404  403  403  403  403  200  200
report_new               POST in   404  404  403  403  403  403  200  200
report                   GET  in   404  404  404  404  404  200  200  200
report_file              GET  in   404  404  404  404  404  200  200  200
report_emails            GET  in   404  404  403  403  403  403  200  403
report_emails            POST in   404  404  403  403  403  403  302  403
your_statements          GET  in   200  200  200  200  200  200  200  200
your_statements          POST in   302  302  302  302  302  302  302  302
programme_statements     GET  in   404  404  403  403  403  403  200  403
programme_statements     POST in   404  404  403  403  403  403  302  403
programme_statements_file GET in   404  404  403  403  403  403  200  403
person_statements        GET  in   404  404  403  403  403  403  200  403
person_statements        POST in   404  404  403  403  403  403  302  403
statement                GET  in   404  404  200  404  404  404  404  404
your_bank                GET  in   200  200  200  200  200  200  200  200
your_method              GET  in   200  200  200  200  200  200  200  200
your_method              POST in   200  200  200  200  200  200  200  200
your_bank_change         GET  in   200  200  200  200  200  200  200  200
your_bank_change         POST in   200  200  200  200  200  200  200  200
policy                   GET  200  200  200  200  200  200  200  200  200
policy_paper             GET  200  200  200  200  200  200  200  200  200
policy_draft             GET  in   404  404  403  403  403  200  403  200
policy_draft             POST in   404  404  403  403  403  200  403  200
policy_preview           GET  in   404  404  403  403  403  200  403  200
policy_publish           GET  in   404  404  403  403  403  200  403  200
policy_publish           POST in   404  404  403  403  403  200  403  200
policy_published         GET  in   404  404  403  403  403  200  403  200
policy_discard           GET  in   404  404  403  403  403  200  403  200
policy_discard           POST in   404  404  403  403  403  302  403  302
closed_days              GET  in   404  404  403  403  403  200  403  200
closed_days              POST in   404  404  403  403  403  200  403  200
closed_day_remove        POST in   404  404  403  403  403  302  403  302
"""

SIGN_IN_VISITORS = ("out", "none", "staff", "admin")

# Sign-in and account pages (allauth), by GET. They show a reader nothing but their own account.
SIGN_IN_TABLE = """
# address                                out  none sta. adm.
account_login                            200  302  302  302
account_logout                           302  200  200  200
account_inactive                         200  200  200  200
account_signup                           200  302  302  302
account_reauthenticate                   in   302  302  302
account_email                            in   200  200  200
account_email_verification_sent          in   302  302  302
account_change_password                  in   302  302  302
account_set_password                     in   200  200  200
account_reset_password                   200  200  200  200
account_confirm_login_code               in   302  302  302
account_reset_password_from_key_done     200  200  200  200
account_reset_password_done              200  200  200  200
account_request_login_code               200  302  302  302
mfa_index                                in   200  200  200
mfa_authenticate                         in   302  302  302
mfa_reauthenticate                       in   302  302  302
mfa_activate_totp                        in   200  200  200
mfa_deactivate_totp                      in   404  404  404
mfa_view_recovery_codes                  in   404  404  404
mfa_generate_recovery_codes              in   200  200  200
mfa_download_recovery_codes              in   404  404  404
mfa_list_webauthn                        in   200  200  200
mfa_add_webauthn                         in   200  200  200
mfa_reauthenticate_webauthn              in   302  302  302
mfa_login_webauthn                       in   302  302  302
account_reset_password_from_key          200  200  200  200
mfa_remove_webauthn                      in   404  404  404
mfa_edit_webauthn                        in   404  404  404
"""


def rows(table):
    """The rows of a table above: lists of words."""
    return [line.split() for line in table.strip().splitlines() if not line.startswith("#")]
