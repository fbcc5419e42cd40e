"""Adds the tasks of payment runs to the home page, and their documents to the jobs."""

from django.db import IntegrityError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payments.payees.models.methods import PaymentMethod
from payments.payees.models.name_checks import NameCheckOverride
from payments.runs import documents, queries, rules, tasks, wordings
from payments.runs.models.made import PaymentMade
from payments.runs.models.returns import PaymentReturn
from payments.runs.models.runs import PaymentRun
from people import registry
from people.models import Job
from programmes.models import Role, has_role
from wellbeing.lib.dates import short_date
from wellbeing.lib.money import pounds


def run_task(user, run, programme, waiting):
    """Describe the next step of `run` as a task for `user`, in a list; [] where it is not theirs.

    `waiting` are the methods by which parts of it have yet to be made; `run.due` is the earliest day a claim of it was
    promised for, None once the money is on its way: no promise hangs on it then.
    """
    payees = {user.person.pk} if run.pays_me else set()
    others = [_in_words(method) for method in waiting if method != PaymentMethod.BANK]
    params = {"run": run.reference, "sum": pounds(run.total_pence)}
    if run.status == PaymentRun.Status.OPEN:
        if not rules.can_sign(user, run, payees):
            return []
        title = _("Sign off payment run %(run)s: %(sum)s") % params
    elif run.status == PaymentRun.Status.PAID and others:
        title = _("Record what was paid of payment run %(run)s: %(what)s") % {**params, "what": ", ".join(others)}
    elif run.status == PaymentRun.Status.PAID:
        title = _("Check payment run %(run)s against the bank statement, and close it") % params
    elif not run.has_papers:
        title = _("Make the documents of payment run %(run)s") % params
    elif PaymentMethod.BANK not in waiting and others:
        title = _("Pay run %(run)s, %(sum)s, and record what was paid: %(what)s") % {
            **params,
            "what": ", ".join(others),
        }
    else:
        title = _("Pay run %(run)s and mark it as paid: %(sum)s") % params
    urgent = run.due is not None and run.due < timezone.localdate()
    return [registry.Task(title=title, detail=str(programme), url=run.get_absolute_url(), due=run.due, urgent=urgent)]


def letter_tasks(programmes):
    """List the runs whose payment letters wait to be printed and posted: their people are told by letter alone."""
    return [
        registry.Task(
            title=ngettext("Print and post %(n)s payment letter", "Print and post %(n)s payment letters", number)
            % {"n": number},
            detail=_("Payment run %(run)s") % {"run": run.reference},
            url=run.get_absolute_url(),
        )
        for run, number in queries.runs_with_letters_to_post(programmes).items()
    ]


def _in_words(method):
    return _("by another way") if method == PaymentMethod.OTHER else str(method.label).lower()


def _can_see_job(user, job):
    run = PaymentRun.objects.select_related("programme").filter(pk=job.subject_id).first()
    return run is not None and has_role(user, run.programme, Role.FINANCE)


def _job_page(job: Job):
    return reverse("payment_run", args=[job.subject_id])


def paid_by_nobody_of_themselves(record, person):
    """Raise IntegrityError where `person` made, signed or recorded a run that pays `record`, who is them."""
    runs = PaymentRun.objects.filter(payments__person=record)
    made = PaymentMade.objects.filter(payment__person=record, recorded_by=person)
    came_back = PaymentReturn.objects.filter(payment__person=record, recorded_by=person)
    agreed = NameCheckOverride.objects.filter(name_check__bank_details__person=record, by=person)
    if made.exists() or came_back.exists() or agreed.exists():
        raise IntegrityError("nobody records or agrees to a payment to themself")
    if runs.filter(Q(made_by=person) | Q(signed_by=person) | Q(paid_recorded_by=person)).exists():
        raise IntegrityError("nobody makes, signs or pays a run that pays them")


def register():
    """Called once, when the app is ready."""
    registry.before_take_over.append(paid_by_nobody_of_themselves)
    registry.add_notice_kinds(
        registry.NoticeKind("payment_made", gettext_lazy("Payment made"), own_letter=True, wording=wordings.MADE),
        registry.NoticeKind("payment_returned", gettext_lazy("Payment that came back"), wording=wordings.RETURNED),
    )
    registry.job_kinds[documents.JOB_KIND] = registry.JobKind(
        run=tasks.make_documents,
        can_see=_can_see_job,
        title=gettext_lazy("Letters and schedule of the payment run"),
        url=_job_page,
    )
    registry.finders.append(RUNS)


def _found_runs(runs):
    return [
        registry.Found(
            label=run.reference,
            url=run.get_absolute_url(),
            detail=f"{run.programme}, {run.get_status_display()}, {short_date(run.made_at)}",
        )
        for run in runs
    ]


def _run_of(user, text):
    """Return the page of the run with this reference, or with a payment that has it: banks show that one."""
    runs = PaymentRun.objects.visible_to(user)
    run = runs.filter(Q(reference__iexact=text) | Q(payments__reference__iexact=text)).first()
    return run.get_absolute_url() if run else ""


RUNS = registry.Finder(
    title=gettext_lazy("Payment runs"),
    rows=lambda user: PaymentRun.objects.visible_to(user).select_related("programme").order_by("-pk"),
    fields=("reference",),
    show=_found_runs,
    exact=_run_of,
    order=50,
)
