"""Add papers to an event in several formats, note formats made elsewhere, and withdraw papers with a reason."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from events.meetings.models import AgendaItem
from events.papers import queries, rules, tasks
from events.papers.models import AttachedPaper, PaperCopy, PaperFormat, PaperMade
from events.papers.models.attached import ELSEWHERE, IN_WORDS, paper_copy_path
from events.planning.models import Event
from events.planning.transitions import lock_event
from wellbeing.lib import sent_files
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.languages import Language
from wellbeing.lib.types import User


@action
def add(
    *,
    event: Event,
    title: str,
    purpose: str,
    by: User,
    item: AgendaItem | None = None,
    format: str = PaperFormat.STANDARD,
    language: str = "",
    file: UploadedFile | None = None,
    words: str = "",
) -> AttachedPaper:
    """Add a paper to the event, with its first format. Return the AttachedPaper.

    Raises ActionError as `add_copy` does, for another meeting's item, and once the minutes are agreed. Locks the
    event.
    """
    event = lock_event(event.pk)
    rules.can_add_papers(by, event).insist()
    _of_the_agenda(event, item)
    paper = AttachedPaper.objects.create(
        event=event, title=title.strip(), purpose=purpose, item=item, added_by=by.person
    )
    _keep(paper, format, language, file, words, by)
    return paper


@action
def change(
    *, paper: AttachedPaper, title: str, purpose: str, by: User, item: AgendaItem | None = None
) -> AttachedPaper:
    """Change the name of a paper, what it is for and where it belongs. Return it. Locks the event and the paper."""
    paper = _locked(paper)
    rules.can_change_paper(by, paper).insist()
    _of_the_agenda(paper.event, item)
    paper.title, paper.purpose, paper.item = title.strip(), purpose, item
    paper.save(update_fields=["title", "purpose", "item"])
    return paper


@action
def add_copy(
    *,
    paper: AttachedPaper,
    format: str,
    by: User,
    language: str = "",
    file: UploadedFile | None = None,
    words: str = "",
) -> PaperCopy:
    """Add a paper in one format: a file, which a worker checks, or words. Return the PaperCopy.

    The one there was in that format stays readable as an older version. Raises ActionError for a file that cannot be
    taken or stored, for neither or both, and for words in a format that is not read on a page. Locks the event and
    the paper.
    """
    paper = _locked(paper)
    rules.can_change_paper(by, paper).insist()
    return _keep(paper, format, language, file, words, by)


@action
def withdraw(*, paper: AttachedPaper, why: str, by: User) -> AttachedPaper:
    """Withdraw a paper: readers see that it was withdrawn and why, and no longer the paper. Return it.

    Raises ActionError without a reason, and for one that was withdrawn. Locks the event and the paper.
    """
    paper = _locked(paper)
    rules.can_keep_papers(by, paper.event).insist()
    _withdraw(paper, why, by)
    return paper


@action
def withdraw_copy(*, copy: PaperCopy, why: str, by: User) -> PaperCopy:
    """Withdraw a paper in one format, as `withdraw` does for the whole paper. Return it. Locks the event and it."""
    paper = _locked(copy.paper)
    rules.can_keep_papers(by, paper.event).insist()
    copy = PaperCopy.objects.select_for_update().get(pk=copy.pk)
    _withdraw(copy, why, by)
    return copy


@action
def note_made(
    *,
    event: Event,
    format: str,
    made_by: str,
    made_on: dt.date,
    by: User,
    language: str = "",
    how: str = "",
    paper: AttachedPaper | None = None,
    what: str = "",
) -> PaperMade:
    """Note that `paper`, or the agenda or minutes (`what`), was made in a format elsewhere. Return the PaperMade.

    Raises ActionError for a day to come, for a paper that was withdrawn, and for an agenda of no meeting. Locks the
    event.
    """
    event = lock_event(event.pk)
    rules.can_keep_papers(by, event).insist()
    if what and queries.meeting_of(event) is None:
        raise ActionError(_("This event is no meeting, so it has no agenda and no minutes."))
    if made_on > today():
        raise ActionError(_("Enter today or an earlier date: note it once it is made."), field="made_on")
    if paper is not None:
        paper = _locked(paper)
        if paper.is_withdrawn:
            raise ActionError(_("This paper was withdrawn."))
    return PaperMade.objects.create(
        event=event,
        paper=paper,
        what=what,
        format=format,
        language=_language(format, language),
        made_by=made_by.strip(),
        made_on=made_on,
        how=how.strip(),
        noted_by=by.person,
    )


@action
def remove_note(*, made: PaperMade, by: User) -> None:
    """Remove a note that a format was made, which was written by mistake. Its history stays. Locks the event."""
    event = lock_event(made.event_id)
    rules.can_keep_papers(by, event).insist()
    made.delete()


def _locked(paper: AttachedPaper) -> AttachedPaper:
    event = lock_event(paper.event_id)
    paper = AttachedPaper.objects.select_for_update().get(pk=paper.pk)
    paper.event = event
    return paper


def _of_the_agenda(event: Event, item: AgendaItem | None) -> None:
    if item is not None and (item.meeting.event_id != event.pk or item.is_break):
        raise ActionError(_("Choose something that is on the agenda of this meeting."), field="item")


def _language(format: str, language: str) -> str:
    """Return the language to keep: that of a paper in another one. Raises ActionError where it is not said."""
    if format != PaperFormat.LANGUAGE:
        return ""
    if not language or language == Language.ENGLISH:
        raise ActionError(_("Choose the language."), field="language")
    return language


def _keep(
    paper: AttachedPaper, format: str, language: str, file: UploadedFile | None, words: str, by: User
) -> PaperCopy:
    if format in ELSEWHERE:
        raise ActionError(_("This format is made elsewhere. Note it as made, once it is."), field="format")
    language = _language(format, language)
    row = PaperCopy(paper=paper, format=format, language=language, added_by=by.person)
    words = words.strip()
    if file is not None and words:
        raise ActionError(_("Choose a file or type the words, not both."), field="file")
    if file is not None:
        kept: PaperCopy = sent_files.keep(row, file, paper_copy_path, tasks.clean_paper)
        return kept
    if not words:
        raise ActionError(_("Choose a file, or type the words."), field="file")
    if format not in IN_WORDS:
        raise ActionError(_("Choose a file: this format is not read on a page."), field="file")
    row.words, row.status, row.content_type, row.size = words, PaperCopy.Status.READY, "text/plain", 0
    row.save()
    return row


def _withdraw(row: AttachedPaper | PaperCopy, why: str, by: User) -> None:
    if row.is_withdrawn:
        raise ActionError(_("This was withdrawn already."))
    if not why.strip():
        raise ActionError(_("Say why it is withdrawn."), field="why")
    row.withdrawn_on, row.withdrawn_by, row.withdrawn_why = today(), by.person, why.strip()
    row.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_why"])
