"""Adds reports and statements to the jobs, and the money to the dashboard of the steering group."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from payments.reports import board, event_cost, generate, statement
from payments.reports.models import ReportRun, YearStatement
from people import registry
from people.models import Job
from people.wordings import Wording
from programmes import registry as programmes_registry
from programmes.models import Programme


def _can_see_report_job(user, job):
    return ReportRun.objects.visible_to(user).filter(pk=job.subject_id).exists()


def _report_page(job: Job):
    return reverse("report", args=[job.subject_id])


def _can_see_statement_job(user, job):
    return YearStatement.objects.visible_to(user).filter(pk=job.subject_id).exists()


def _statement_page(job: Job):
    row = YearStatement.objects.select_related("programme").get(pk=job.subject_id)
    if row.programme is None:
        return reverse("your_statements")
    return reverse("person_statements", args=[row.programme.slug, row.person_id])


def _statements_page(job: Job):
    return reverse("programme_statements", args=[Programme.objects.get(year_statements=job.subject_id).slug])


def register():
    """Called once, when the app is ready."""
    programmes_registry.add_dashboard_part(board.MONEY)
    events_registry.costs.append(event_cost.cost_of)
    registry.add_notice_kinds(
        registry.NoticeKind(
            "monthly_report",
            gettext_lazy("Monthly report"),
            essential=False,
            wording=Wording(
                subject=gettext_lazy("{report}, {period}: {programme}"),
                heading=gettext_lazy("{report}, {period}"),
                holds=gettext_lazy("the report, and the link to it"),
                example="",
            ),
            fixed=gettext_lazy("It goes to colleagues who asked for it."),
        )
    )
    registry.job_kinds[generate.JOB_KIND] = registry.JobKind(
        run=generate.make, can_see=_can_see_report_job, title=gettext_lazy("Making the report"), url=_report_page
    )
    registry.job_kinds[statement.JOB_KIND] = registry.JobKind(
        run=statement.make,
        can_see=_can_see_statement_job,
        title=gettext_lazy("Making the statement"),
        url=_statement_page,
    )
    registry.job_kinds[statement.ALL_JOB_KIND] = registry.JobKind(
        run=statement.make_all,
        can_see=_can_see_statement_job,
        title=gettext_lazy("Making the statements"),
        url=_statements_page,
    )
