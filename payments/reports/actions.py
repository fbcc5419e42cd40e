"""Ask for reports and statements, and set who gets a report every month."""

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.reports import catalogue, generate, queries, rules, statement
from payments.reports.models import ReportKind, ReportRun, ReportSubscription, YearStatement
from people.jobs import actions as job_actions
from people.jobs.queries import UNFINISHED
from people.models import Job, Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import PersonId


class ReportError(ActionError):
    """A rule refused something about a report."""


@action
def ask(*, programme: Programme, kind: str, by: User, period: str = "") -> ReportRun:
    """Have a worker make a report of `programme` and keep it. `period` is a key of `reports.periods`, "" for none.

    Returns the ReportRun; the one under way when the same was asked a moment ago. Raises ReportError when the period is
    not offered. Locks the programme.
    """
    # One at a time for each programme, so that pressing the button twice makes one report.
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    kind = ReportKind(kind)
    rules.can_see_report(by, programme, kind).insist(ReportError)
    today = timezone.localdate()
    if not catalogue.KINDS[kind].takes(period, today, programme):
        raise ReportError(_("Choose one of the periods in the list."), field="period")
    parameters = {"period": period} if period else {}
    waiting = Job.objects.filter(kind=generate.JOB_KIND, status__in=UNFINISHED).values("subject_id")
    same = ReportRun.objects.filter(
        programme=programme, kind=kind, parameters=parameters, made_at=None, for_month=None, pk__in=waiting
    ).first()
    if same:
        return same
    report = ReportRun.objects.create(programme=programme, kind=kind, parameters=parameters, asked_by=by.person)
    job_actions.start(kind=generate.JOB_KIND, subject_id=report.pk, by=by)
    return report


@action
def set_monthly(*, programme: Programme, wanted: Mapping[str, Collection[PersonId]], by: User) -> None:
    """Set who gets which report every month: `wanted` are ids of people by ReportKind. Nobody else gets these kinds.

    Kinds that are not in `wanted` stay as they are. Raises ReportError for anybody who is not in the programme's
    finance now. Locks the programme.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_set_monthly(by, programme).insist(ReportError)
    finance = set(queries.finance_people(programme).values_list("pk", flat=True))
    now = ReportSubscription.objects.filter(programme=programme, stopped_at=None)
    getting = {(subscription.kind, subscription.person_id) for subscription in now}
    new = {(str(kind), person) for kind, people in wanted.items() for person in people} - getting
    if any(person not in finance for _kind, person in new):
        raise ReportError(_("Reports are sent to people in this programme's finance only."))
    for kind, people in wanted.items():
        now.filter(kind=kind).exclude(person__in=people).update(stopped_at=timezone.now())
    ReportSubscription.objects.bulk_create(
        [
            ReportSubscription(programme=programme, kind=kind, person_id=person, set_by=by.person)
            for kind, person in sorted(new)
        ]
    )


@action
def ask_statement(*, person: Person, year: int, by: User, programme: Programme | None = None) -> YearStatement:
    """Have a worker make the statement of `person` for the tax year that starts in `year`, and keep it.

    Of all programmes for the person; of `programme` for its finance. Returns the YearStatement; the one under way when
    the same was asked a moment ago. Raises ReportError when nothing was paid in that year. Locks the person.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    rules.can_have_statement(by, person, programme).insist(ReportError)
    if year not in {period.first.year for period, _sums in statement.years(person, programme)}:
        raise ReportError(_("Nothing was paid in that tax year."), field="year")
    waiting = Job.objects.filter(kind=statement.JOB_KIND, status__in=UNFINISHED).values("subject_id")
    same = YearStatement.objects.filter(
        person=person, programme=programme, year=year, made_at=None, asked_by=by.person, pk__in=waiting
    ).first()
    if same:
        return same
    created = YearStatement.objects.create(person=person, programme=programme, year=year, asked_by=by.person)
    job_actions.start(kind=statement.JOB_KIND, subject_id=created.pk, by=by, total=1)
    return created


@action
def ask_statements_of_all(*, programme: Programme, year: int, by: User) -> Job:
    """Have a worker make the statements of everybody `programme` paid in the tax year that starts in `year`.

    Returns the Job; the one under way for the same year. Raises ReportError when nobody was paid in that year. Locks
    the programme.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_see_statements(by, programme).insist(ReportError)
    people = list(statement.people_paid(programme, year))
    if not people:
        raise ReportError(_("Nobody was paid in that tax year."), field="year")
    asked = YearStatement.objects.filter(programme=programme, year=year).values("pk")
    running = Job.objects.filter(kind=statement.ALL_JOB_KIND, status__in=UNFINISHED, subject_id__in=asked).first()
    if running:
        return running
    now = timezone.now()
    rows = YearStatement.objects.bulk_create(
        [
            YearStatement(person_id=person, programme=programme, year=year, asked_by=by.person, asked_at=now)
            for person in people
        ],
        batch_size=500,
    )
    return job_actions.start(kind=statement.ALL_JOB_KIND, subject_id=rows[0].pk, by=by, total=len(rows))
