"""Make a report in a worker: read its rows once, keep them, and draw every file from the rows kept."""

from tempfile import TemporaryFile

from django.utils import timezone

from payments.reports import catalogue, files, monthly
from payments.reports.models import ReportFile, ReportRun
from payments.reports.monthly import JOB_KIND
from payments.reports.stored_rows import Kept, write
from people.jobs.running import progress
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.stored_files import store_once

__all__ = ["JOB_KIND", "keep", "make"]
Format = ReportFile.Format
# The files drawn from the rows, in this order.
DRAWN = (Format.CSV, Format.XLSX, Format.PDF)


def make(job):
    """Do a `payment_report` job: the rows, then each file, then the message to those who get it every month.

    Safe to run twice and to be killed half-way: files kept already stay as they are, and of a file two workers make at
    once the database keeps one, from which both go on.
    """
    report = ReportRun.objects.select_related("programme").get(pk=job.subject_id)
    if not report.is_made:
        _make_files(report, job)
        ReportRun.objects.filter(pk=report.pk, made_at=None).update(
            made_at=timezone.now(), rows_count=_rows_count(report)
        )
        progress(job, job.total, job.total)
    monthly.tell(report.pk)


def _make_files(report, job):
    there = set(report.files.values_list("format", flat=True))
    if Format.DATA not in there:
        _keep_rows(report, job)
    rows = _rows_count(report)
    total = 3 * rows + 1
    for index, form in enumerate(DRAWN, start=1):
        step = _Steps(job, index * rows, total)
        if form not in there:
            with _open(report) as source, TemporaryFile() as out:
                _draw(form, Kept(source), out, step)
                keep(report, form, out)
    progress(job, total, total)


def _keep_rows(report, job):
    now = timezone.localtime()
    built = catalogue.build(report, now.date())
    expected = built.expected() if callable(built.expected) else built.expected
    with TemporaryFile() as out:
        made_at = f"{long_date(now)}, {time_of_day(now)}"
        step = _Steps(job, 0, 3 * expected + 1)
        write(built, out, programme=str(report.programme), made=made_at, step=step)
        keep(report, Format.DATA, out)


def _draw(form, kept, out, step):
    if form == Format.CSV:
        files.write_csv(kept, out, step)
    elif form == Format.XLSX:
        files.write_xlsx(kept, out, step)
    else:
        out.write(files.pdf_bytes(kept))


def keep(report, form, out):
    """Keep the content of `out` as one file of a ReportRun. Returns the ReportFile, or None if there is one."""
    name = f"report-{report.pk}.{'jsonl' if form == Format.DATA else form}"
    return store_once(ReportFile(report=report, format=form), name, out)


def _open(report):
    return report.files.get(format=Format.DATA).file.open("rb")


def _rows_count(report):
    with _open(report) as source:
        return Kept(source).rows_count


class _Steps:
    """Counts rows for the progress bar, never past where the next file begins."""

    def __init__(self, job, done, total):
        self.job, self.done, self.total = job, done, total

    def __call__(self):
        self.done = min(self.done + 1, self.total - 1)
        progress(self.job, self.done, self.total)
