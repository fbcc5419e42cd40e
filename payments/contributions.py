"""What the payments app adds to the apps below it: the offer on an event, a claim for who came, home, pages."""

from django.db.models import Count, Min, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import registry as events_registry
from payments import approval_queries, budget_queries, calculations, documents, queries, rules, wording
from payments.actions import claims
from payments.models import BankDetails, Claim, PaymentRun
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
    if version is None:
        return None
    rule = version.fee_rule_for(event.kind)
    hours = calculations.hours_between(event.starts_at, event.ends_at)
    return events_registry.Offer(
        time=wording.time_offered(version, rule, hours) if rule else _("Expenses only for this session"),
        expenses=wording.expenses_offered(version, event.day),
        when_paid=wording.when_paid(version),
    )


def claim_for_who_came(attendance, by):
    """A claim for a person with lived experience who came; an unsent one closed where they did not come after all."""
    claims.open_for_attendance(attendance=attendance, by=by)


def tasks(user):
    """What waits on the home page: for the person, for staff who check, for finance."""
    return [*_own_tasks(user), *_staff_tasks(user), *_finance_tasks(user)]


def _own_tasks(user):
    waiting = Claim.objects.filter(
        person__user=user, status__in=[Claim.Status.DRAFT, Claim.Status.RETURNED]
    ).select_related("policy", "programme")
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
                    detail=_("You came on %(day)s.") % {"day": long_date(claim.activity_date)},
                    url=claim.get_absolute_url(),
                    due=queries.claim_until(claim),
                )
            )
    return found


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
    approved = Claim.objects.payable().filter(programme__in=programmes).exclude(person=user.person)
    sums = (
        approved.order_by()
        .values("programme")
        .annotate(n=Count("pk"), due=Min("pay_by"), pence=Coalesce(Sum("money_pence"), 0))
    )
    found = [
        registry.Task(
            title=ngettext("%(n)s approved claim to pay: %(sum)s", "%(n)s approved claims to pay: %(sum)s", row["n"])
            % {"n": row["n"], "sum": pounds(row["pence"])},
            detail=str(programmes[row["programme"]]),
            url=reverse("payment_run_new", args=[programmes[row["programme"]].slug]),
            due=row["due"],
            urgent=row["due"] < today,
        )
        for row in sums
    ]
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
    found += _budget_tasks(programmes)
    runs = PaymentRun.objects.filter(
        programme__in=programmes, status__in=[PaymentRun.Status.OPEN, PaymentRun.Status.SIGNED]
    ).prefetch_related("payments", "documents")
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
    payees = {payment.person_id for payment in run.payments.all()}
    total = pounds(sum(payment.amount_pence for payment in run.payments.all()))
    words = {"run": run.reference, "sum": total}
    if run.status == PaymentRun.Status.OPEN:
        if not rules.can_sign(user, run, payees):
            return []
        title = _("Sign off payment run %(run)s: %(sum)s") % words
    elif len(run.documents.all()) <= len(payees):
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
        links.append(registry.NavigationLink(_("Claims"), url, order=60, sections=("/claims/",)))
    if rules.can_see_runs(user, programme):
        url = reverse("payment_runs", args=[programme.slug])
        sections = ("/runs/", reverse("bank_details", args=[programme.slug]))
        links.append(registry.NavigationLink(_("Payments"), url, order=70, sections=sections))
    if rules.can_see_budget(user, programme):
        links.append(registry.NavigationLink(_("Budget"), reverse("budget", args=[programme.slug]), order=75))
    if rules.can_see_policy(user, programme):
        links.append(registry.NavigationLink(_("How we pay you"), reverse("policy", args=[programme.slug]), order=80))
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
    claims_seen = list(
        Claim.objects.visible_to(user).filter(person=person).with_totals().order_by("-activity_date")[:CLAIMS_ON_A_PAGE]
    )
    if not claims_seen:
        return None
    return registry.Panel("payments/panels/person_claims.html", {"claims": claims_seen}, order=60)


def own_bank_panel(user):
    """Where one's money goes, for those who are or were paid."""
    details = BankDetails.objects.filter(person__user=user).first()
    if details is None and not _is_paid(user):
        return None
    return registry.Panel("payments/panels/your_bank.html", {"details": details}, order=60)


def reaches_other_people(user):
    """Finance sees other people's money, so needs a second factor."""
    return bool(programmes_where(user, Role.FINANCE))


def _can_see_job(user, job):
    run = PaymentRun.objects.select_related("programme").filter(pk=job.subject_id).first()
    return run is not None and has_role(user, run.programme, Role.FINANCE)


def _job_page(job: Job):
    return reverse("payment_run", args=[job.subject_id])


def register():
    """Called once, when the app is ready."""
    events_registry.offers.append(offer)
    events_registry.after_attendance.append(claim_for_who_came)
    events_registry.event_panels.append(event_panel)
    registry.home_tasks.append(tasks)
    registry.home_panels.append(money_panel)
    registry.navigation.append(navigation)
    registry.person_panels.append(person_panel)
    registry.own_details_panels.append(own_bank_panel)
    registry.privileged.append(reaches_other_people)
    registry.job_kinds[documents.JOB_KIND] = registry.JobKind(
        run=documents.make_for_run,
        can_see=_can_see_job,
        title=gettext_lazy("Letters and schedule of the payment run"),
        url=_job_page,
    )
