"""Do the long work of imports in a worker, with progress. Each is safe to run twice and to be killed half-way."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.utils.translation import gettext as _

from people.jobs import running
from people.jobs.models import Job
from people.models import User
from programmes.importing import checking, queries
from programmes.importing.actions import bringing, files, rows
from programmes.importing.models import ImportStatus, PeopleImport
from programmes.importing.transitions import ImportRefusedError
from wellbeing.lib import sheet_files
from wellbeing.lib.uploads import UndecidedError, UploadRefusedError

logger = logging.getLogger(__name__)


def read(job: Job) -> None:
    """Read the file of the import `job.subject_id`, or say why it cannot be read."""
    people_import = _import(job)
    if people_import.status != ImportStatus.READING:
        return
    try:
        with people_import.file.open("rb") as file:
            table = sheet_files.read_sheet(
                file.read(),
                most_rows=people_import.rule.most_rows,
                sheet=people_import.sheet,
                encoding=people_import.encoding,
                separator=people_import.separator,
            )
    except UploadRefusedError as refusal:
        files.refuse(people_import=people_import, problem=str(refusal), by=None)
    except FileNotFoundError:
        files.refuse(people_import=people_import, problem=_("We no longer have this file. Send it again."), by=None)
    except UndecidedError as cut_off:
        logger.warning("The file of import %s was not read to its end: %s", people_import.pk, cut_off)
        raise ImportRefusedError(_("The file could not be read just now. Try again.")) from None
    else:
        files.keep(people_import=people_import, table=table, by=None)


def check(job: Job) -> None:
    """Check every row of the import `job.subject_id`."""
    people_import = _import(job)
    if people_import.status != ImportStatus.CHECKING:
        return
    # Taken before: whoever comes into the programme while rows are checked makes them be checked again.
    stamp = queries.stamp_of(people_import.programme)
    checking.check(people_import, progress=lambda done, total: running.progress(job, done, total))
    rows.finish_check(people_import=people_import, stamp=stamp, by=None)


def bring_in(job: Job) -> None:
    """Bring the people of the import `job.subject_id` in, in the name of who asked for it."""
    with _Beside(job) as beside:
        bringing.bring_in(people_import=_import(job), by=_asked_by(job), progress=beside.progress)


def welcome(job: Job) -> None:
    """Tell the people of the import `job.subject_id` that they are in the programme, one after the other."""
    by = _asked_by(job)
    waiting = list(queries.to_welcome(_import(job)).select_related("people_import").order_by("number", "part"))
    for done, row in enumerate(waiting, 1):
        bringing.welcome(row=row, by=by)
        running.progress(job, done, len(waiting))


def undo(job: Job) -> None:
    """Take the people of the import `job.subject_id` out again."""
    bringing.undo(people_import=_import(job), by=_asked_by(job))


def _import(job: Job) -> PeopleImport:
    return PeopleImport.objects.select_related("programme", "rule").get(pk=job.subject_id)


def _asked_by(job: Job) -> User:
    user = job.started_by.user if job.started_by else None
    if user is None:
        raise ImportRefusedError(_("Who asked for this has no account any more. Ask for it again."))
    return user


def _close() -> None:
    # Named within the thread: `connection` is another one in each.
    connection.close()


class _Beside:
    """Writes progress over a connection of its own, so that it is seen while one long transaction goes on."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __enter__(self) -> "_Beside":
        self._pool = ThreadPoolExecutor(max_workers=1)
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.submit(_close).result()
        self._pool.shutdown()

    def progress(self, done: int, total: int) -> None:
        """Write that `done` of `total` are done. Raises TakenOverError as `running.progress` does."""
        self._pool.submit(running.progress, self.job, done, total).result()
