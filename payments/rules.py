"""Who may do what with claims, payment runs and the policy. Every rule says yes or no, and why not.

Seeing everything is not the same as being staff or finance: an administrator approves, signs and pays only with the
role, and never what is their own.
"""

from django.utils.translation import gettext as _

from payments import making_queries, queries
from payments.models import Claim, Payment, PaymentRun
from payments.models.reports import FINANCE_ONLY
from people.queries import bank_details_wait_until
from programmes.models import Role
from programmes.models.roles import has_role
from programmes.rules import can_see_programme, no_longer_new_in_finance
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.rulings import YES, Ruling


def is_own(user, claim):
    """Whether the claim is `user`'s own."""
    return user.is_authenticated and claim.person_id == user.person.pk


def fills_in_for(user, claim):
    """Whether `user` entered the claim for its person and is still staff of its programme."""
    return (
        user.is_authenticated
        and claim.entered_by_id is not None
        and claim.entered_by_id == user.person.pk
        and has_role(user, claim.programme_id, Role.STAFF)
    )


def can_fill_in(user, claim):
    """Whether the claim is `user`'s to fill in: their own, or one they entered for somebody."""
    return is_own(user, claim) or fills_in_for(user, claim)


# The policy


def can_see_policy(user, programme):
    """How we pay you before anything is published, and whom to ask: everybody in the programme."""
    if can_see_programme(user, programme):
        return YES
    return Ruling(_("Only people in this programme can read this page."))


def can_set_policy(user, programme):
    """A new version of the policy: programme staff, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF)):
        return YES
    return Ruling(_("Only programme staff can change how people are paid."))


# Claims, by the person whose claim it is


def can_edit(user, claim):
    """Lines and receipts of a claim: its owner, until it is sent and again when it comes back with a question."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can change it."))
    if not claim.is_editable:
        return _moved_on(claim, _("You can change a claim only before you send it."))
    return YES


def can_submit(user, claim):
    """Sending a claim for the first time."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can send it."))
    if claim.status == Claim.Status.RETURNED:
        return Ruling(_("We have a question about this claim. Answer it, and the claim is sent again."))
    if claim.status != Claim.Status.DRAFT:
        return _moved_on(claim, _("This claim has been sent already."))
    return YES


def can_answer(user, claim):
    """Answering a question, which sends the claim again."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can answer."))
    if claim.status != Claim.Status.RETURNED:
        return _moved_on(claim, _("There is no question to answer on this claim."))
    return YES


def can_withdraw(user, claim):
    """Taking a claim back: its owner, until it is approved."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can take it back."))
    if not claim.can_become(Claim.Status.WITHDRAWN):
        return _moved_on(claim, _("This claim can no longer be taken back. Ask the programme if it is wrong."))
    return YES


def can_ask_again(user, claim):
    """Asking to have a claim looked at again that was not approved: its owner, once."""
    if not is_own(user, claim):
        return Ruling(_("Only the person the claim is for can ask to have it looked at again."))
    if claim.status != Claim.Status.DECLINED:
        return _moved_on(claim, _("Only a claim that was not approved can be looked at again."))
    if claim.asked_again_at is not None:
        return Ruling(
            _("Two people have looked at this claim. Ask %(who)s if you think it is wrong.")
            % {"who": claim.programme.contact_name}
        )
    return YES


def can_reopen(user, claim):
    """Starting a claim again that was taken back: its owner, unless staff took it back."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can start it again."))
    if claim.status != Claim.Status.WITHDRAWN:
        return _moved_on(claim, _("This claim has not been taken back."))
    if claim.withdrawn_by_id not in {None, claim.person_id, claim.entered_by_id}:
        return Ruling(_("The programme closed this claim, because our list says you did not come. Ask them about it."))
    return YES


# Claims, as they are made


def can_start_claim(user, programme):
    """Claiming for something that was no event: people who are or were in the programme with lived experience."""
    if making_queries.programmes_of_claimant(user.person).filter(pk=programme.pk).exists():
        return YES
    return Ruling(_("Only people with lived experience in this programme claim here."))


def can_enter_claims(user, programme):
    """Entering claims for somebody who rings up or writes: programme staff."""
    if has_role(user, programme, Role.STAFF):
        return YES
    return Ruling(_("Only staff of this programme enter claims for people."))


def can_enter_for(user, programme, person):
    """Entering a claim for `person`: programme staff, never for themselves."""
    allowed = can_enter_claims(user, programme)
    if allowed and person.pk == user.person.pk:
        return Ruling(_("Make your own claim under “Your claims”. Another member of staff checks it."))
    return allowed


def can_tell(user, claim):
    """Recording that somebody was told of a claim entered for them: programme staff."""
    allowed = can_enter_claims(user, claim.programme_id)
    if allowed and not making_queries.must_be_told(claim):
        return Ruling(_("Nobody has to be told of this claim now."))
    return allowed


# How people wish to be recognised


def can_choose_recognition(user, programme):
    """Saying beforehand how one wishes to be recognised in `programme`: whoever is paid for taking part in it."""
    if has_role(user, programme, Role.LIVED_EXPERIENCE) or (
        user.is_authenticated and Claim.objects.filter(programme=programme, person=user.person).exists()
    ):
        return YES
    return Ruling(_("Only people who are paid for taking part choose this."))


def can_choose_for_claim(user, claim):
    """Saying how one wishes to be recognised for one claim: its owner alone, until it is approved."""
    if not is_own(user, claim):
        return Ruling(_("Only the person the claim is for can choose this."))
    if claim.status not in {Claim.Status.DRAFT, Claim.Status.SUBMITTED, Claim.Status.RETURNED}:
        return _moved_on(claim, _("You can choose this until your claim is approved."))
    return YES


def can_see_shares(user, claim):
    """Where the money of a claim goes: its owner, and those who approve and pay it. Not administrators."""
    if is_own(user, claim) or has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return YES
    return Ruling(_("Only the person and those who pay them can see this."))


def can_set_offer(user, programme):
    """The charity a programme names and whether it has vouchers: its staff and finance, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE)):
        return YES
    return Ruling(_("Only programme staff and finance can change what is offered besides money."))


# What people had before they claimed it


def can_see_advances(user, programme):
    """The lists of advances and of things booked and paid direct: staff, finance, and administrators."""
    return can_see_claims(user, programme)


def can_record_advances(user, programme):
    """Recording them: staff and finance. `programme` is a Programme or its id."""
    if has_role(user, programme, Role.STAFF, Role.FINANCE):
        return YES
    return Ruling(_("Only staff and finance of this programme can record what people had before."))


# Claims, by those who check them


def can_see_claims(user, programme):
    """The list of a programme's claims: its staff, finance, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE)):
        return YES
    return Ruling(_("Only programme staff and finance can see claims."))


def can_check_claims(user, programme):
    """Approving and returning claims at all: programme staff. `programme` is a Programme or its id."""
    if has_role(user, programme, Role.STAFF):
        return YES
    return Ruling(_("Only staff of this programme can check claims."))


def can_approve(user, claim):
    """Approving: programme staff, never their own claim, one they sent or entered, approved once or turned down."""
    checked = _can_decide(user, claim, _("You cannot approve your own claim. Another member of staff does that."))
    if checked and claim.entered_by_id == user.person.pk:
        return Ruling(_("You entered this claim, so another member of staff approves it."))
    if checked and claim.submitted_by_id == user.person.pk:
        return Ruling(_("You sent this claim, so another member of staff approves it."))
    if checked and claim.first_approved_by_id == user.person.pk:
        return Ruling(_("You approved this claim once. Another member of staff approves it the second time."))
    return checked


def can_decline(user, claim):
    """Not approving at all, with a reason: programme staff, never their own claim or one they turned down before."""
    return _can_decide(user, claim, _("You cannot decide on your own claim. Another member of staff does that."))


def can_return(user, claim):
    """Returning a claim with a question: programme staff, never their own or one they entered."""
    checked = _can_check(user, claim, _("You cannot check your own claim. Another member of staff does that."))
    if checked and claim.entered_by_id == user.person.pk:
        return Ruling(_("You entered this claim, so another member of staff checks it."))
    return checked


def can_note(user, claim):
    """Writing a note for colleagues on a sent claim: programme staff and finance, never on their own."""
    if is_own(user, claim):
        return Ruling(_("This is your own claim, so you cannot write notes for staff on it."))
    if not has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return Ruling(_("Only staff and finance of this programme write notes on a claim."))
    return YES


def can_see_notes(user, claim):
    """Reading what colleagues noted on a claim: as who writes them, and administrators; never whose claim it is."""
    if is_own(user, claim):
        return Ruling(_("These notes are for staff."))
    return YES if user.is_administrator else can_note(user, claim)


def _can_decide(user, claim, own):
    checked = _can_check(user, claim, own)
    if checked and claim.declined_by_id == user.person.pk:
        return Ruling(_("You did not approve this claim before, so another member of staff looks at it again."))
    return checked


def _can_check(user, claim, own):
    if is_own(user, claim):
        return Ruling(own)
    allowed = can_check_claims(user, claim.programme_id)
    if not allowed:
        return allowed
    if claim.status != Claim.Status.SUBMITTED:
        return _moved_on(claim, _("Only a claim that was sent and waits to be checked can be approved or returned."))
    return YES


# Budgets


def can_see_budget(user, programme):
    """The budget lines of a programme and what is on them: its staff, finance, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE)):
        return YES
    return Ruling(_("Only programme staff and finance can see the budget."))


def can_set_budget(user, programme):
    """Adding and changing budget lines: finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can change the budget."))


def can_choose_budget_line(user, claim):
    """Which budget line a claim is paid from: staff and finance, never their own claim, until a run takes it."""
    if is_own(user, claim):
        return Ruling(_("You cannot choose the budget line of your own claim. Somebody else does that."))
    if not has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return Ruling(_("Only programme staff and finance can choose the budget line of a claim."))
    status = Claim.Status
    if claim.status not in {status.SUBMITTED, status.RETURNED, status.APPROVED, status.PARTLY_APPROVED}:
        return _moved_on(claim, _("The budget line can be chosen until a payment run takes the claim."))
    return YES


def can_override_budget(user, claim):
    """Letting a claim go over its budget line: finance, never their own claim, before it is approved."""
    if is_own(user, claim):
        return Ruling(_("You cannot let your own claim go over budget. Another person in finance does that."))
    if not has_role(user, claim.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can let a claim go over budget."))
    if claim.status not in {Claim.Status.SUBMITTED, Claim.Status.RETURNED}:
        return _moved_on(claim, _("This is for claims that were sent and wait to be checked."))
    if claim.budget_line_id is None:
        return Ruling(_("Choose the budget line of this claim first."))
    return YES


def can_set_approvers(user, programme):
    """Saying who is asked to check claims, who covers for whom, and when to be warned: programme staff."""
    return can_check_claims(user, programme)


# Payment runs


def can_see_runs(user, programme):
    """Payment runs: finance of the programme, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.FINANCE)):
        return YES
    return Ruling(_("Only finance can see payment runs."))


def can_make_run(user, programme):
    """Making a payment run: finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can make a payment run."))


def can_sign(user, run, payees):
    """Signing a run off: a second finance person whom it does not pay. `payees` are the ids of the people it pays."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can sign off a payment run."))
    if run.status != PaymentRun.Status.OPEN:
        return _run_moved_on(run)
    if run.made_by_id == user.person.pk:
        return Ruling(_("You made this run, so a second person has to sign it off."))
    own = _not_a_payee(user, payees, _("This run pays you, so somebody else has to sign it off."))
    return own and no_longer_new_in_finance(user, run.programme_id)


def can_cancel(user, run):
    """Cancelling a run that is not signed off: finance."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can cancel a payment run."))
    if run.status != PaymentRun.Status.OPEN:
        return _run_moved_on(run)
    return YES


def can_make_documents(user, run):
    """Making the letters and the schedule of a signed run, and making them again: finance."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can make the documents of a run."))
    if run.status not in PaymentRun.SIGNED_OFF:
        return Ruling(_("The documents are made once the run is signed off."))
    return YES


def can_pay(user, run, payees):
    """Marking a signed run as paid: finance, never one that pays them."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can mark a run as paid."))
    if run.status not in PaymentRun.TO_PAY:
        return _run_moved_on(run)
    return _not_a_payee(user, payees, _("This run pays you, so somebody else has to mark it as paid."))


def can_close(user, run):
    """Closing a paid run against the bank statement: finance."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can close a payment run."))
    if run.status != PaymentRun.Status.PAID:
        return _run_moved_on(run)
    return YES


def can_print_letters(user, run):
    """Taking the letters that go by post: finance, once the run is paid, as they say that the money is on its way."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can print the letters of a run."))
    if run.status not in PaymentRun.SETTLED:
        return Ruling(_("Mark the run as paid first. Then print the letters for the post."))
    return YES


def can_record_return(user, payment):
    """Recording that the bank sent a payment back: finance, once its run is paid, never one's own payment."""
    if not has_role(user, payment.run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can record that a payment came back."))
    if payment.run.status not in PaymentRun.SETTLED:
        return Ruling(_("This payment has not been made yet, so it cannot have come back."))
    if payment.method != Payment.Method.BANK or not payment.amount_pence:
        return Ruling(_("This payment did not go by bank file, so no bank can have sent it back."))
    if payment.person_id == user.person.pk:
        return Ruling(_("This is your own payment, so somebody else in finance has to record it."))
    return YES


# Tax


def can_see_tax(user, programme):
    """How people's payments are taxed: finance of the programme alone."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can see how payments are taxed."))


def can_set_tax(user, person, programme):
    """Deciding how somebody's payments are taxed: finance, never their own."""
    seen = can_see_tax(user, programme)
    if not seen:
        return seen
    if user.person.pk == person.pk:
        return Ruling(_("These are your own payments, so somebody else in finance decides."))
    return YES


# Bank details and the bank file


def can_see_bank_details(user, programme):
    """The bank details of the people in a programme: its finance alone, not even administrators."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can see bank details."))


def can_confirm_bank_details(user, details, programme):
    """Confirming bank details: finance of `programme`, never one's own and never what one changed."""
    seen = can_see_bank_details(user, programme)
    if not seen:
        return seen
    if user.person.pk in {details.person_id, details.changed_by_id}:
        return Ruling(_("These are your own bank details, so another person in finance has to check them."))
    if queries.confirmation_for(details, programme) is not None:
        return Ruling(_("These bank details have been checked already."))
    return no_longer_new_in_finance(user, programme)


def can_change_bank_details(person):
    """Whether `person` may change where their money goes: not for a while after their sign-in address changed."""
    until = bank_details_wait_until(person)
    if until is None:
        return YES
    return Ruling(
        _("Your email address changed lately. To keep your money safe, you can change your bank details from %(when)s.")
        % {"when": f"{long_date(until)}, {time_of_day(until)}"}
    )


def can_download_bank_file(user, run):
    """Taking a file of a run (for the bank, the accounts, a list): finance, once a second person has signed it off."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can download the files of a run."))
    if run.status in {PaymentRun.Status.OPEN, PaymentRun.Status.CANCELLED}:
        return Ruling(_("The files are ready once the run is signed off."))
    return no_longer_new_in_finance(user, run.programme_id)


def can_record_name_check(user, details, programme):
    """Recording what the bank said about the name on an account: finance of `programme`, never about their own."""
    seen = can_see_bank_details(user, programme)
    if not seen:
        return seen
    if user.person.pk == details.person_id:
        return Ruling(_("These are your own bank details, so another person in finance records this."))
    return YES


def can_set_files(user, programme):
    """The account a programme pays from and what its files look like: its finance."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can set up its files and the account it pays from."))


def can_confirm_paying_account(user, account):
    """Confirming the account a programme pays from: a second person of its finance."""
    allowed = can_set_files(user, account.programme_id)
    if not allowed:
        return allowed
    if account.confirmed_at is not None:
        return Ruling(_("This account has been confirmed already."))
    if account.set_by_id == user.person.pk:
        return Ruling(_("You entered this account, so a second person in finance has to confirm it."))
    return no_longer_new_in_finance(user, account.programme_id)


# Reports and statements


def can_see_reports(user, programme):
    """The reports page: staff, finance, and administrators."""
    if can_see_claims(user, programme):
        return YES
    return Ruling(_("Only programme staff and finance can see reports."))


def can_see_report(user, programme, kind):
    """Making and reading a report of a ReportKind: who sees claims; those that name people, who sees payment runs."""
    if kind not in FINANCE_ONLY:
        return can_see_reports(user, programme)
    if can_see_runs(user, programme):
        return YES
    return Ruling(_("This report names people and their money, so only finance can see it."))


def can_set_monthly(user, programme):
    """Saying who gets a report every month: finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can set up monthly reports."))


def can_see_statements(user, programme):
    """Statements of what a programme paid a person in a tax year: its finance. Not staff, not administrators."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can have people's statements."))


def can_have_statement(user, person, programme=None):
    """A person's statement of a tax year: their own of all programmes; of one `programme`'s part, its finance."""
    if programme is not None:
        return can_see_statements(user, programme)
    if user.is_authenticated and user.person.pk == person.pk:
        return YES
    return Ruling(_("Only the person themselves can have this statement."))


def _not_a_payee(user, payees, why_not):
    return Ruling(why_not) if user.person.pk in payees else YES


def _moved_on(claim, sentence):
    return Ruling(
        _("%(sentence)s It is now: %(status)s.") % {"sentence": sentence, "status": claim.get_status_display()}
    )


def _run_moved_on(run):
    return Ruling(
        _("This run has moved on. It is now: %(status)s. Open the page again.") % {"status": run.get_status_display()}
    )
