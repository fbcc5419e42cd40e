"""What the payments app adds to the apps below it: the offer on an event, a claim for who came, home, pages."""

from django.db import IntegrityError
from django.db.models import Count, Exists, Min, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import registry as events_registry
from payments import (
    approval_queries,
    budget_queries,
    calculations,
    documents,
    letters,
    making_contributions,
    queries,
    recognition,
    rules,
    run_queries,
    wording,
)
from payments import tasks as work
from payments.actions import cancelling, claims
from payments.models import (
    Advance,
    BankDetails,
    Booking,
    Claim,
    Document,
    InvolvementLetter,
    Payment,
    PaymentRun,
    Receipt,
    RecognitionChoice,
    ReportRun,
    YearStatement,
)
from payments.reports import making, statement
from payments.views.claims import claim_card
from people import registry
from people.models import Job
from programmes.models import Programme, Role
from programmes.models.roles import has_role, only_programme, programmes_where, roles_of
from wellbeing.lib.dates import long_date, short_date
from wellbeing.lib.money import pounds

CARDS_ON_HOME = 3
CLAIMS_ON_A_PAGE = 10


def offer(event):
    """What taking part in `event` is paid, by the policy in force on its day; None where there is none."""
    version = queries.policy_in_force(event.programme, event.day)
    return _offer(event, version, ()) if version else None


def personal_offers(event, people):
    """The offers to those of `people` (ids) who are paid otherwise, for their role there: {person id: Offer}."""
    version = queries.policy_in_force(event.programme, event.day)
    if version is None:
        return {}
    usual = version.fee_rule_for(event.kind)
    return {
        person_id: _offer(event, version, roles)
        for person_id, roles in queries.roles_on(event.programme_id, people, event.day, event).items()
        if version.fee_rule_for(event.kind, roles) != usual
    }


def _offer(event, version, roles):
    rule = version.fee_rule_for(event.kind, roles)
    hours = calculations.hours_between(event.starts_at, event.ends_at)
    return events_registry.Offer(
        time=wording.time_offered(version, rule, hours) if rule else _("Expenses only for this session"),
        expenses=wording.expenses_offered(version, event.day),
        when_paid=wording.when_paid(version),
        if_cancelled=wording.if_cancelled(version) if rule else "",
    )


def cost_of_cancelling(event):
    """What staff should know before they cancel `event`: how many people are paid all the same, and how much; or ""."""
    dues = cancelling.dues(event)
    if not dues:
        return ""
    return ngettext(
        "It is late to cancel, so %(n)s person who said yes is paid all the same: %(sum)s.",
        "It is late to cancel, so %(n)s people who said yes are paid all the same: %(sum)s in all.",
        len(dues),
    ) % {"n": len(dues), "sum": pounds(sum(due.pence for due in dues))}


def claims_for_who_said_yes(event, by):
    """Claims for the people with lived experience who had said yes to an event that was cancelled late."""
    cancelling.open_for_cancelled(event=event, by=by)


def claim_for_who_came(attendance, by):
    """A claim for a person with lived experience who came; an unsent one closed where they did not come after all."""
    claims.open_for_attendance(attendance=attendance, by=by)


def tasks(user):
    """What waits on the home page: for the person, for staff who check, for finance."""
    return [*_own_tasks(user), *_staff_tasks(user), *_finance_tasks(user), *making_contributions.tasks(user)]


def _own_tasks(user):
    waiting = Claim.objects.filter(
        person__user=user, status__in=[Claim.Status.DRAFT, Claim.Status.RETURNED]
    ).select_related("policy", "programme", "event")
    found = []
    for claim in waiting.order_by("activity_date")[:20]:
        if claim.status == Claim.Status.RETURNED:
            found.append(
                registry.Task(
                    title=_("Answer a question about your claim"),
                    detail=f"{claim.reference}, {claim.description}",
                    url=claim.get_absolute_url(),
                    urgent=True,
                )
            )
        else:
            found.append(
                registry.Task(
                    title=_("Send your claim: %(what)s") % {"what": claim.description},
                    detail=_what_for(claim),
                    url=claim.get_absolute_url(),
                    due=queries.claim_until(claim),
                )
            )
    return found


def _what_for(claim):
    if claim.is_for_cancelled:
        return _("We cancelled it. You are still paid.")
    words = _("You came on %(day)s.") if claim.event_id else _("For %(day)s.")
    return words % {"day": long_date(claim.activity_date)}


def _staff_tasks(user):
    today = timezone.localdate()
    programmes = Programme.objects.in_bulk(programmes_where(user, Role.STAFF))
    to_check = (
        approval_queries.claims_asked_of(user, programmes, today)
        .order_by()
        .values("programme")
        .annotate(n=Count("pk"), due=Min("pay_by"), oldest=Min("submitted_at"))
    )
    return [
        registry.Task(
            title=ngettext("%(n)s claim to check", "%(n)s claims to check", row["n"]) % {"n": row["n"]},
            detail=_("%(programme)s. The oldest was sent on %(day)s.")
            % {"programme": programmes[row["programme"]], "day": short_date(row["oldest"])},
            url=f"{reverse('claims', args=[programmes[row['programme']].slug])}?status=submitted&sort=submitted_at",
            due=row["due"],
            urgent=row["due"] < today,
        )
        for row in to_check
    ]


def _finance_tasks(user):
    programmes = Programme.objects.in_bulk(programmes_where(user, Role.FINANCE))
    if not programmes:
        return []
    today = timezone.localdate()
    payable = Claim.objects.payable().filter(programme__in=programmes).exclude(person=user.person)
    sums = (
        payable.order_by()
        .values("programme", sent_back=Q(status=Claim.Status.PAYMENT_FAILED))
        .annotate(n=Count("pk"), due=Min("pay_by"), pence=Coalesce(Sum("money_pence"), 0))
    )
    found = []
    for row in sums:
        programme, words = programmes[row["programme"]], {"n": row["n"], "sum": pounds(row["pence"])}
        address = reverse("payment_run_new", args=[programme.slug])
        if row["sent_back"]:
            title = ngettext(
                "%(n)s claim the bank sent back, to pay again: %(sum)s",
                "%(n)s claims the bank sent back, to pay again: %(sum)s",
                row["n"],
            )
            address += "?only=sent_back"
        else:
            title = ngettext("%(n)s approved claim to pay: %(sum)s", "%(n)s approved claims to pay: %(sum)s", row["n"])
        found.append(
            registry.Task(
                title=title % words, detail=str(programme), url=address, due=row["due"], urgent=row["due"] < today
            )
        )
    for programme_id, held in queries.held_by_programme(programmes, not_of=user.person).items():
        found.append(
            registry.Task(
                title=ngettext(
                    "%(n)s person's bank details to check", "Bank details of %(n)s people to check", len(held)
                )
                % {"n": len(held)},
                detail=_("%(programme)s. Nothing is paid to them before.") % {"programme": programmes[programme_id]},
                url=reverse("bank_details", args=[programmes[programme_id].slug]),
            )
        )
    found += [
        registry.Task(
            title=_("Confirm the account the programme pays from"),
            detail=str(programmes[account.programme_id]),
            url=reverse("paying_account", args=[programmes[account.programme_id].slug, account.pk]),
        )
        for account in queries.paying_accounts_to_confirm(programmes, not_set_by=user.person)
    ]
    found += _budget_tasks(programmes)
    runs = run_queries.totals_of_runs(PaymentRun.objects.filter(programme__in=programmes).under_way()).annotate(
        pays_me=Exists(Payment.objects.filter(run=OuterRef("pk"), person=user.person)),
        # The last of the first papers.
        has_papers=Exists(Document.objects.filter(run=OuterRef("pk"), kind=Document.Kind.SCHEDULE)),
    )
    for run in runs.order_by("made_at"):
        found += _run_task(user, run, programmes[run.programme_id])
    return found


def _budget_tasks(programmes):
    return [
        registry.Task(
            title=_("More is asked for than is left: %(line)s") % {"line": line},
            detail=_("%(programme)s. Claims wait that would take it %(over)s over budget.")
            % {"programme": line.programme, "over": pounds(-line.left_pence)},
            url=line.get_absolute_url(),
        )
        for line in budget_queries.lines_asked_for_too_much(programmes)
    ]


def _run_task(user, run, programme):
    payees = {user.person.pk} if run.pays_me else set()
    words = {"run": run.reference, "sum": pounds(run.total_pence)}
    if run.status == PaymentRun.Status.OPEN:
        if not rules.can_sign(user, run, payees):
            return []
        title = _("Sign off payment run %(run)s: %(sum)s") % words
    elif run.status == PaymentRun.Status.PAID:
        title = _("Check payment run %(run)s against the bank statement, and close it") % words
    elif not run.has_papers:
        title = _("Make the documents of payment run %(run)s") % words
    else:
        title = _("Pay run %(run)s and mark it as paid: %(sum)s") % words
    return [registry.Task(title=title, detail=str(programme), url=run.get_absolute_url())]


def money_panel(user):
    """Where the money of the person signed in is: their latest claims."""
    latest = list(queries.claims_of_person(user.person).exclude(status=Claim.Status.WITHDRAWN)[:CARDS_ON_HOME])
    if not latest:
        return []
    today = timezone.localdate()
    context = {"cards": [claim_card(claim, today) for claim in latest]}
    return [registry.Panel("payments/panels/my_money.html", context, order=60)]


def navigation(user, programme):
    """Links of the header: one's own claims; claims, payments and the policy of the programme one is looking at."""
    links = []
    if _is_paid(user):
        links.append(registry.NavigationLink(_("Your claims"), reverse("my_claims"), order=14))
    programme = programme or only_programme(user)
    if programme is None:
        return links
    if rules.can_see_claims(user, programme):
        url = reverse("claims", args=[programme.slug])
        beside = tuple(reverse(name, args=[programme.slug]) for name in ("advances", "bookings", "recognition_offer"))
        sections = ("/claims/", "/advances/", "/bookings/", *beside)
        links.append(registry.NavigationLink(_("Claims"), url, order=60, sections=sections))
    if rules.can_see_runs(user, programme):
        url = reverse("payment_runs", args=[programme.slug])
        sections = (
            "/runs/",
            "/payments/",
            *(reverse(name, args=[programme.slug]) for name in ("bank_details", "file_settings", "tax_treatments")),
        )
        links.append(registry.NavigationLink(_("Payments"), url, order=70, sections=sections))
    if rules.can_see_reports(user, programme):
        url = reverse("reports", args=[programme.slug])
        links.append(registry.NavigationLink(_("Reports"), url, order=75, sections=("/reports/",)))
    if rules.can_see_budget(user, programme):
        links.append(registry.NavigationLink(_("Budget"), reverse("budget", args=[programme.slug]), order=72))
    if rules.can_see_policy(user, programme):
        url = reverse("policy", args=[programme.slug])
        sections = (reverse("closed_days", args=[programme.slug]),)
        links.append(registry.NavigationLink(_("How we pay you"), url, order=80, sections=sections))
    return links


def _is_paid(user):
    roles = roles_of(user).values()
    return any(Role.LIVED_EXPERIENCE in held for held in roles) or Claim.objects.filter(person__user=user).exists()


def event_panel(user, event):
    """How the claims of an event stand, for those who check or pay them; for anyone else their own claim."""
    if not rules.can_see_claims(user, event.programme):
        own = queries.claims_of_person(user.person).filter(event=event).first()
        if own is None:
            return None
        context = {"card": claim_card(own, timezone.localdate())}
        return registry.Panel("payments/panels/event_my_claim.html", context, order=60)
    counts = [
        {"label": status.label, "status": status.value, "n": number}
        for status, number in queries.claims_of_event(event)
    ]
    context = {
        "counts": counts,
        "no_policy": queries.policy_in_force(event.programme, event.day) is None,
        "programme": event.programme,
        "can_set": bool(rules.can_set_policy(user, event.programme)),
    }
    return registry.Panel("payments/panels/event_claims.html", context, order=60)


def person_panel(user, person):
    """The latest claims of a person, in the programmes where the reader checks or pays them."""
    if person.pk == user.person.pk:
        return None
    seen = Claim.objects.visible_to(user).filter(person=person)
    claims_seen = list(seen.with_totals().order_by("-activity_date")[:CLAIMS_ON_A_PAGE])
    ways = making_contributions.ways_to_enter(user, person)
    if not claims_seen and not ways:
        return None
    paid = seen.filter(status=Claim.Status.PAID, programme__in=programmes_where(user, Role.FINANCE))
    context = {
        "claims": claims_seen,
        "person": person,
        "ways": ways,
        "statements": Programme.objects.filter(pk__in=paid.values("programme")),
    }
    return registry.Panel("payments/panels/person_claims.html", context, order=60)


def advances_panel(user, person):
    """What a person had before they claimed it, in the programmes where the reader is staff or finance."""
    if person.pk == user.person.pk:
        return None
    where = programmes_where(user, Role.STAFF, Role.FINANCE)
    programmes = list(letters.programmes_of(person).filter(pk__in=where))
    given = list(Advance.objects.visible_to(user).filter(person=person).with_used()[:CLAIMS_ON_A_PAGE])
    booked = list(Booking.objects.visible_to(user).standing().filter(person=person)[:CLAIMS_ON_A_PAGE])
    if not (programmes or given or booked):
        return None
    context = {"person": person, "programmes": programmes, "advances": given, "bookings": booked}
    return registry.Panel("payments/panels/person_advances.html", context, order=61)


def own_payments_panel(user):
    """How one wishes to be recognised in each programme, what one had before, and the pages nobody else can open."""
    person = user.person
    programmes = list(letters.programmes_of(person))
    if not programmes:
        return None
    chosen = {
        choice.programme_id: choice
        for choice in RecognitionChoice.objects.filter(person=person).select_related("offer")
    }
    wishes = []
    for programme in programmes:
        choice = chosen.get(programme.pk)
        words = (
            recognition.in_words(choice.recognition, choice.recognition_pence, choice.offer)
            if choice
            else recognition.in_words(Claim.Recognition.ALL)
        )
        wishes.append({"programme": programme, "wish": words})
    context = {
        "wishes": wishes,
        "advances": [row for row in Advance.objects.filter(person=person).with_used() if row.left_pence],
        "bookings": list(Booking.objects.standing().filter(person=person, on__gte=timezone.localdate())),
    }
    return registry.Panel("payments/panels/your_payments.html", context, order=61)


def own_bank_panel(user):
    """Where one's money goes, for those who are or were paid."""
    details = BankDetails.objects.filter(person__user=user).first()
    if details is None and not _is_paid(user):
        return None
    return registry.Panel("payments/panels/your_bank.html", {"details": details}, order=60)


def reaches_other_people(user):
    """Finance sees other people's money, so needs a second factor."""
    return bool(programmes_where(user, Role.FINANCE))


def _can_see_letter_job(user, job):
    return InvolvementLetter.objects.filter(pk=job.subject_id, person__user=user).exists()


def _letters_page(job):
    return reverse("your_letters")


def _can_see_job(user, job):
    run = PaymentRun.objects.select_related("programme").filter(pk=job.subject_id).first()
    return run is not None and has_role(user, run.programme, Role.FINANCE)


def _job_page(job: Job):
    return reverse("payment_run", args=[job.subject_id])


def _can_see_report_job(user, job):
    return ReportRun.objects.visible_to(user).filter(pk=job.subject_id).exists()


def _report_page(job: Job):
    return reverse("report", args=[job.subject_id])


def _can_see_statement_job(user, job):
    return YearStatement.objects.visible_to(user).filter(pk=job.subject_id).exists()


def _statement_page(job: Job):
    made = YearStatement.objects.select_related("programme").get(pk=job.subject_id)
    if made.programme is None:
        return reverse("your_statements")
    return reverse("person_statements", args=[made.programme.slug, made.person_id])


def paid_by_nobody_of_themselves(record, person):
    """Raise IntegrityError where `person` made, signed or recorded a run that pays `record`, who is them."""
    runs = PaymentRun.objects.filter(payments__person=record)
    if runs.filter(Q(made_by=person) | Q(signed_by=person) | Q(paid_recorded_by=person)).exists():
        raise IntegrityError("nobody makes, signs or pays a run that pays them")


def hold_account(person):
    """Hold the bank details of `person`, whose sign-in address has changed, until finance has checked them again."""
    details = BankDetails.objects.select_for_update().filter(person=person).first()
    if details is not None:
        details.held_since = timezone.now()
        details.confirmed_at, details.confirmed_by, details.confirmed_how = None, None, ""
        details.save(update_fields=["held_since", "confirmed_at", "confirmed_by", "confirmed_how"])


def register():
    """Called once, when the app is ready."""
    events_registry.offers.append(offer)
    events_registry.personal_offers.append(personal_offers)
    events_registry.before_cancelling.append(cost_of_cancelling)
    events_registry.after_cancelling.append(claims_for_who_said_yes)
    events_registry.after_attendance.append(claim_for_who_came)
    events_registry.event_panels.append(event_panel)
    registry.home_tasks.append(tasks)
    registry.home_panels.append(money_panel)
    registry.navigation.append(navigation)
    registry.address_changed.append(hold_account)
    registry.before_take_over.append(paid_by_nobody_of_themselves)
    registry.due_work.append(
        registry.DueWork("receipts_due", gettext_lazy("Receipts to check"), lambda now: Receipt.objects.oldest_due(now))
    )
    registry.person_panels.append(person_panel)
    registry.person_panels.append(advances_panel)
    registry.own_details_panels.append(own_bank_panel)
    registry.own_details_panels.append(own_payments_panel)
    registry.privileged.append(reaches_other_people)
    registry.job_kinds[documents.JOB_KIND] = registry.JobKind(
        run=work.make_documents,
        can_see=_can_see_job,
        title=gettext_lazy("Letters and schedule of the payment run"),
        url=_job_page,
    )
    registry.job_kinds[making.JOB_KIND] = registry.JobKind(
        run=making.make, can_see=_can_see_report_job, title=gettext_lazy("Making the report"), url=_report_page
    )
    registry.job_kinds[statement.JOB_KIND] = registry.JobKind(
        run=statement.make,
        can_see=_can_see_statement_job,
        title=gettext_lazy("Making the statement"),
        url=_statement_page,
    )
    registry.job_kinds[letters.JOB_KIND] = registry.JobKind(
        run=letters.make,
        can_see=_can_see_letter_job,
        title=gettext_lazy("Your letter"),
        url=_letters_page,
    )
