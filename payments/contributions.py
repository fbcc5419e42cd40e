"""Gathers the functions that the wings add to the apps below: home, pages, events and jobs."""

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.advances import contributions as advance_contributions
from payments.approval import contributions as approval_contributions
from payments.approval import queries as approval_queries
from payments.bank_files import contributions as bank_file_contributions
from payments.bank_files import queries as bank_file_queries
from payments.budgets import contributions as budget_contributions
from payments.budgets import rules as budget_rules
from payments.claims import contributions as claim_contributions
from payments.claims import rules as claim_rules
from payments.claims.models.claim import Claim
from payments.claims.queries import is_paid
from payments.my_record import contributions as record_contributions
from payments.pages import privacy as privacy_contributions
from payments.pages.records import KEPT_ONCE, why_not_merged
from payments.payees import contributions as payee_contributions
from payments.payees import destinations
from payments.payees import queries as payee_queries
from payments.policy import contributions as policy_contributions
from payments.policy import rules as policy_rules
from payments.publishing import contributions as publishing_contributions
from payments.reports import contributions as report_contributions
from payments.reports import rules as report_rules
from payments.runs import contributions as run_contributions
from payments.runs import parts as run_parts
from payments.runs import queries as run_queries
from payments.runs import rules as run_rules
from payments.runs.models.documents import Document
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.models.runs import PaymentRun
from people import registry
from people.directory import hooks as directory_hooks
from programmes.models import Programme, Role, only_programme, programmes_where
from wellbeing.lib.dates import short_date
from wellbeing.lib.money import pounds

WINGS = (
    policy_contributions,
    advance_contributions,
    claim_contributions,
    publishing_contributions,
    budget_contributions,
    payee_contributions,
    approval_contributions,
    run_contributions,
    bank_file_contributions,
    record_contributions,
    report_contributions,
    privacy_contributions,
)


def tasks(user):
    """List the tasks of `user` on the home page: as a person, as staff who check claims, as finance."""
    return [
        *claim_contributions.own_tasks(user),
        *approval_contributions.staff_tasks(user),
        *_finance_tasks(user),
        *claim_contributions.entering_tasks(user),
        *_late_elsewhere(user),
    ]


def _finance_tasks(user):
    programmes = Programme.objects.in_bulk(programmes_where(user, Role.FINANCE))
    if not programmes:
        return []
    return [
        *_claims_to_pay(user, programmes),
        *_bank_details_to_check(user, programmes),
        *_accounts_to_confirm(user, programmes),
        *budget_contributions.budget_tasks(programmes),
        *_runs_under_way(user, programmes),
        *run_contributions.letter_tasks(programmes),
    ]


def _claims_to_pay(user, programmes):
    """List the claims that can be paid, those whose money came back, and those with something in the way.

    What waits for bank details to be checked is counted there: `_bank_details_to_check`.
    """
    payable = Claim.objects.payable().filter(programme__in=programmes).exclude(person=user.person)
    by_programme: dict[int, list[Claim]] = {}
    for claim in payable.order_by().only("programme", "person", "status", "pay_by", "money_pence"):
        by_programme.setdefault(claim.programme_id, []).append(claim)
    tasks = []
    for programme_id, claims in by_programme.items():
        ways = destinations.destinations(programme_id, [claim.person_id for claim in claims])
        kinds: dict[str, list[Claim]] = {"to_pay": [], "again": [], "stopped": []}
        for claim in claims:
            problem = ways[claim.person_id].problem if claim.money_pence else None
            if problem is None:
                kinds["again" if claim.status == Claim.Status.PAYMENT_FAILED else "to_pay"].append(claim)
            elif problem != destinations.Problem.ON_HOLD:
                kinds["stopped"].append(claim)
        tasks += [_to_pay(kind, found, programmes[programme_id]) for kind, found in kinds.items() if found]
    return tasks


def _to_pay(kind, claims, programme):
    n, due = len(claims), min(claim.pay_by for claim in claims)
    params = {"n": n, "sum": pounds(sum(claim.money_pence or 0 for claim in claims))}
    address = reverse("payment_run_new", args=[programme.slug])
    if kind == "again":
        title = ngettext(
            "%(n)s claim to pay again, as the money came back: %(sum)s",
            "%(n)s claims to pay again, as the money came back: %(sum)s",
            n,
        )
        address += "?only=sent_back"
    elif kind == "stopped":
        title = ngettext(
            "%(n)s approved claim cannot be paid yet, see why: %(sum)s",
            "%(n)s approved claims cannot be paid yet, see why: %(sum)s",
            n,
        )
    else:
        title = ngettext("%(n)s approved claim to pay: %(sum)s", "%(n)s approved claims to pay: %(sum)s", n)
    urgent = due < timezone.localdate()
    return registry.Task(title=title % params, detail=str(programme), url=address, due=due, urgent=urgent)


def _bank_details_to_check(user, programmes):
    on_hold = payee_queries.people_on_hold_by_programme(programmes, not_of=user.person)
    waiting = (
        Claim.objects.payable()
        .filter(programme__in=on_hold, person__in=set().union(*on_hold.values()))
        .order_by()
        .values("programme")
        .annotate(due=Min("pay_by"), came_back=Count("pk", filter=Q(status=Claim.Status.PAYMENT_FAILED)))
    )
    claims = {row["programme"]: row for row in waiting}
    return [_to_check(programmes[pk], len(people), claims.get(pk)) for pk, people in on_hold.items()]


def _to_check(programme, n, claims):
    """Make the task to check the details of `n` people; `claims` says what waits for that, None where nothing does."""
    detail = _("%(programme)s. They cannot be paid until you do.") % {"programme": programme}
    due = claims["due"] if claims else None
    if claims and claims["came_back"]:
        back = claims["came_back"]
        words = ngettext("The money of %(n)s claim came back.", "The money of %(n)s claims came back.", back)
        detail = f"{detail} {words % {'n': back}}"
    return registry.Task(
        title=ngettext("%(n)s person's bank details to check", "Bank details of %(n)s people to check", n) % {"n": n},
        detail=detail,
        url=reverse("bank_details", args=[programme.slug]),
        due=due,
        urgent=due is not None and due < timezone.localdate(),
    )


def _accounts_to_confirm(user, programmes):
    return [
        registry.Task(
            title=_("Confirm the account the programme pays from"),
            detail=str(programmes[account.programme_id]),
            url=reverse("paying_account", args=[programmes[account.programme_id].slug, account.pk]),
        )
        for account in bank_file_queries.paying_accounts_to_confirm(programmes, not_set_by=user.person)
    ]


def _runs_under_way(user, programmes):
    rows = []
    first_due = (
        PaymentItem.objects.filter(payment__run=OuterRef("pk")).order_by("claim__pay_by").values("claim__pay_by")[:1]
    )
    runs = run_queries.totals_of_runs(PaymentRun.objects.filter(programme__in=programmes).under_way()).annotate(
        pays_me=Exists(Payment.objects.filter(run=OuterRef("pk"), person=user.person)),
        # The last of the first papers.
        has_papers=Exists(Document.objects.filter(run=OuterRef("pk"), kind=Document.Kind.SCHEDULE)),
        # A run whose money has gone is late for nobody, and its claims need not be looked at.
        due=Case(When(~Q(status=PaymentRun.Status.PAID), then=Subquery(first_due))),
    )
    under_way = list(runs.order_by("made_at"))
    waiting = run_parts.methods_not_made([run.pk for run in under_way if run.status != PaymentRun.Status.OPEN])
    for run in under_way:
        rows += run_contributions.run_task(user, run, programmes[run.programme_id], waiting.get(run.pk, []))
    return rows


def _late_elsewhere(user):
    """List the programmes of `user` with late claims that wait for somebody else; their own tasks count the others."""
    today, finance = timezone.localdate(), programmes_where(user, Role.FINANCE)
    staff = programmes_where(user, Role.STAFF)
    programmes = Programme.objects.in_bulk({*staff, *finance})
    waits_for_others = PaymentItem.objects.filter(
        Q(payment__run__made_by=user.person) | Q(payment__run__payments__person=user.person),
        claim=OuterRef("pk"),
        payment__run__status=PaymentRun.Status.OPEN,
    )
    late = (
        Claim.objects.overdue(today)
        .filter(programme__in=programmes)
        .exclude(person=user.person)
        .exclude(pk__in=approval_queries.claims_asked_of(user, staff, today).values("pk"))
        .exclude(status__in=Claim.PAYABLE, programme__in=finance)
        .exclude(Q(status=Claim.Status.IN_RUN, programme__in=finance) & ~Exists(waits_for_others))
        .order_by()
        .values("programme")
        .annotate(n=Count("pk"), due=Min("pay_by"))
    )
    return [
        registry.Task(
            title=ngettext(
                "%(n)s late claim is waiting for somebody else",
                "%(n)s late claims are waiting for somebody else",
                row["n"],
            )
            % {"n": row["n"]},
            detail=_("%(programme)s. The oldest was due to be paid by %(day)s.")
            % {"programme": programmes[row["programme"]], "day": short_date(row["due"])},
            url=f"{reverse('claims', args=[programmes[row['programme']].slug])}?overdue=yes&sort=pay_by",
            due=row["due"],
            urgent=True,
        )
        for row in late
    ]


def navigation(user, programme):
    """List links of the header: to the claims of `user`, and to the pages of the programme they are looking at."""
    links = []
    if is_paid(user):
        links.append(registry.NavigationLink(_("Your claims"), reverse("my_claims"), order=14))
    programme = programme or only_programme(user)
    if programme is None:
        return links
    if claim_rules.can_see_claims(user, programme):
        url = reverse("claims", args=[programme.slug])
        beside = tuple(reverse(name, args=[programme.slug]) for name in ("advances", "bookings", "recognition_offer"))
        sections = ("/claims/", "/advances/", "/bookings/", *beside)
        links.append(registry.NavigationLink(_("Claims"), url, order=60, sections=sections))
    if run_rules.can_see_runs(user, programme):
        url = reverse("payment_runs", args=[programme.slug])
        sections = (
            "/runs/",
            "/payments/",
            *(reverse(name, args=[programme.slug]) for name in ("bank_details", "file_settings", "tax_treatments")),
        )
        links.append(registry.NavigationLink(_("Payments"), url, order=70, sections=sections))
    if report_rules.can_see_reports(user, programme):
        url = reverse("reports", args=[programme.slug])
        sections = ("/reports/", reverse("programme_statements", args=[programme.slug]))
        links.append(registry.NavigationLink(_("Reports"), url, order=75, sections=sections))
    if budget_rules.can_see_budget(user, programme):
        links.append(registry.NavigationLink(_("Budget"), reverse("budget", args=[programme.slug]), order=72))
    if policy_rules.can_see_policy(user, programme):
        url = reverse("policy", args=[programme.slug])
        sections = (reverse("closed_days", args=[programme.slug]),)
        runs_it = claim_rules.can_see_claims(user, programme)
        label = _("Payment policy") if runs_it else _("How we pay you")
        links.append(registry.NavigationLink(label, url, order=80, sections=sections))
    return links


def reaches_other_people(user):
    """Whether `user` sees other people's money, as finance does, and so needs a second factor."""
    return bool(programmes_where(user, Role.FINANCE))


def register():
    """Called once, when the app is ready."""
    registry.home_tasks.append(tasks)
    registry.navigation.append(navigation)
    registry.privileged.append(reaches_other_people)
    directory_hooks.kept_once += KEPT_ONCE
    directory_hooks.why_not_merged.append(why_not_merged)
    for wing in WINGS:
        wing.register()
