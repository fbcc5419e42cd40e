"""Put papers and links into the welcome pack, take them out, and publish a version of it."""

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.packs import queries, rules, tasks
from programmes.packs.models import WelcomeCopy, WelcomePack, WelcomePackItem, WelcomePaper
from programmes.packs.models.papers import CopyFormat, welcome_copy_path
from programmes.programme.models.programmes import Programme
from wellbeing.lib import sent_files
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.texts import clean_line
from wellbeing.lib.types import User


@action
def add(
    *,
    programme: Programme,
    title: str,
    by: User,
    url: str = "",
    file: UploadedFile | None = None,
    format: str = CopyFormat.STANDARD,
) -> WelcomePaper:
    """Add a link, or a paper with its first file, which a worker checks. Return the WelcomePaper.

    It goes to people with the next version. Raises ActionError for neither or both, without a name, for a file that
    cannot be taken, and where `by` may not. Locks the programme.
    """
    rules.can_keep_pack(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    if not clean_line(title):
        raise ActionError(_("Enter the name of the paper."), field="title")
    if bool(url) == bool(file):
        raise ActionError(_("Choose a file, or enter a link: one of the two."), field="file")
    paper = WelcomePaper.objects.create(programme=programme, title=clean_line(title), url=url, added_by=by.person)
    if file is not None:
        _keep(paper, file, format, by)
    return paper


@action
def add_copy(*, paper: WelcomePaper, file: UploadedFile, format: str, by: User) -> WelcomeCopy:
    """Add a paper in one format, in place of an earlier file of that format. Return the WelcomeCopy.

    Raises ActionError for a link, for a paper that was taken out, for a file that cannot be taken, and where `by` may
    not. Locks the paper.
    """
    paper = _locked(paper, by)
    if paper.url:
        raise ActionError(_("A link has no formats."))
    return _keep(paper, file, format, by)


@action
def take_out(*, paper: WelcomePaper, by: User) -> WelcomePaper:
    """Take a paper or link out of the next version. Return it. Raises ActionError where it is out. Locks the paper."""
    paper = _locked(paper, by)
    paper.taken_out_at, paper.taken_out_by = timezone.now(), by.person
    paper.save(update_fields=["taken_out_at", "taken_out_by"])
    return paper


@action
def publish(*, programme: Programme, by: User) -> WelcomePack:
    """Publish what the pack has now as its next version, which goes with every welcome from now on. Return it.

    One without papers ends it: nothing goes with a welcome. Raises ActionError while a file is being checked, where one
    could not be read, where nothing changed, and where `by` may not. Locks the programme.
    """
    rules.can_keep_pack(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    papers = queries.papers_to_come(programme)
    for one in papers:
        if any(copy.status == WelcomeCopy.Status.CHECKING for copy in one.copies):
            raise ActionError(_("“%(name)s” is still being checked. Wait a minute.") % {"name": one.paper.title})
        if not one.paper.url and not all(copy.is_ready for copy in one.copies):
            raise ActionError(
                _("A file of “%(name)s” could not be read. Send it again, or take the paper out.")
                % {"name": one.paper.title}
            )
    latest = queries.latest(programme)
    before = queries.keys_of(queries.papers_in(latest)) if latest else set()
    if before == queries.keys_of(papers):
        raise ActionError(_("Nothing has changed since the last version."))
    number = latest.number + 1 if latest else 1
    pack = WelcomePack.objects.create(programme=programme, number=number, published_by=by.person)
    for one in papers:
        for copy in one.parts:
            WelcomePackItem.objects.create(pack=pack, paper=one.paper, copy=copy)
    return pack


def _locked(paper: WelcomePaper, by: User) -> WelcomePaper:
    paper = WelcomePaper.objects.select_for_update(of=("self",)).select_related("programme").get(pk=paper.pk)
    rules.can_keep_pack(by, paper.programme).insist()
    if paper.taken_out_at is not None:
        raise ActionError(_("This paper was taken out already."))
    return paper


def _keep(paper: WelcomePaper, file: UploadedFile, format: str, by: User) -> WelcomeCopy:
    row = WelcomeCopy(paper=paper, format=format, added_by=by.person)
    return sent_files.keep(row, file, welcome_copy_path, tasks.clean_welcome_copy)
