"""Papers that come with an event, each in several formats, and formats that were made elsewhere."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from events.meetings.models import AgendaItem
from events.papers.models.meeting_papers import MeetingPaper
from events.planning.models import Event
from people.directory.fields import who_field
from programmes.programme.models.sent_files import SentFile, SentFileQuerySet
from wellbeing.lib.dates import long_date
from wellbeing.lib.languages import Language
from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import Text

# A row is withdrawn with the day, who did it and why, or not at all.
WITHDRAWN_SAYS_WHY = Q(withdrawn_on=None, withdrawn_by=None, withdrawn_why="") | (
    Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")
)


class PaperFormat(models.TextChoices):
    """How a paper can be read. The values of those that people need are the kinds of their access needs."""

    STANDARD = "standard", _("Standard")
    LARGE_PRINT = "large_print", _("Large print")
    EASY_READ = "easy_read", _("Easy Read")
    BRAILLE = "braille", _("Braille")
    AUDIO = "audio", _("Audio")
    PLAIN = "plain", _("Plain text")
    LANGUAGE = "language", _("Another language")


# Formats that can be typed as words, to be read on a page.
IN_WORDS = (PaperFormat.STANDARD, PaperFormat.EASY_READ, PaperFormat.PLAIN, PaperFormat.LANGUAGE)
# Formats that are no file and no words here: somebody makes them elsewhere.
ELSEWHERE = (PaperFormat.BRAILLE, PaperFormat.AUDIO)
# A language is said where the paper is in another than English, and nowhere else.
LANGUAGE_WHERE_WANTED = (Q(format="language") & ~Q(language="") & ~Q(language="en")) | (
    ~Q(format="language") & Q(language="")
)
# A format, and the language where that is the format.
FormatKey = tuple[str, str]


def format_label(key: FormatKey) -> Text:
    """Return the words for a format: its name, or that of the language."""
    kind, language = key
    return Language(language).label if language else PaperFormat(kind).label


def withdrawn_stay(name: str, *fields: str) -> pgtrigger.Protect:
    """Return the trigger `name`: a row that is withdrawn keeps `fields`, and stays withdrawn as it was."""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.UpdateOf(*fields, "withdrawn_on", "withdrawn_by_id", "withdrawn_why"),
        condition=pgtrigger.Q(old__withdrawn_on__isnull=False),
    )


@pghistory.track()
class AttachedPaper(models.Model):
    """A paper that comes with an event, such as a meeting. It is never deleted: it is withdrawn, with a reason."""

    class Purpose(models.TextChoices):
        DECIDE = "decide", _("To decide")
        DISCUSS = "discuss", _("To discuss")
        NOTE = "note", _("To note")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="attached_papers")
    title = LineField(_("name of the paper"), max_length=150)
    purpose = models.CharField(_("what it is for"), max_length=10, choices=Purpose)
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("item of the agenda"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attached",
    )
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = who_field(_("withdrawn by"))
    withdrawn_why = LimitedTextField(_("why it was withdrawn"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("paper that comes with an event")
        verbose_name_plural = _("papers that come with events")
        ordering = ["event_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=WITHDRAWN_SAYS_WHY, name="attached_paper_withdrawn_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="attached_papers_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="attached_papers_stay_with_their_event", fields=["event", "added_by", "added_at"]),
            withdrawn_stay("attached_papers_stay_withdrawn", "title", "purpose", "item_id"),
            pgtrigger.Trigger(
                name="attached_papers_belong_to_their_agenda",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("state", "text")],
                func=(
                    "IF NEW.item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events_agendaitem i"
                    " JOIN events_meeting m ON m.id = i.meeting_id"
                    " WHERE i.id = NEW.item_id AND m.event_id = NEW.event_id) THEN"
                    " RAISE EXCEPTION 'a paper belongs to an item of its own meeting'; END IF;"
                    " IF TG_OP = 'INSERT' THEN"
                    " SELECT minutes INTO state FROM events_meeting WHERE event_id = NEW.event_id FOR SHARE;"
                    " IF state = 'agreed' THEN RAISE EXCEPTION 'no paper comes once the minutes are agreed'; END IF;"
                    " END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None


def paper_copy_path(row: "PaperCopy", filename: str) -> str:
    """Return the path of a file, by paper, under its own random name, never the name it arrived with."""
    return f"papers/{row.paper_id}/{filename}"


class PaperCopy(SentFile):
    """A paper in one format: a file, or words to read on a page. A later one of its format takes its place."""

    paper = models.ForeignKey(AttachedPaper, verbose_name=_("paper"), on_delete=models.PROTECT, related_name="copies")
    format = models.CharField(_("format"), max_length=15, choices=PaperFormat)
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    words = LimitedTextField(_("the paper in words"), max_length=40_000, blank=True)
    file = models.FileField(_("file"), upload_to=paper_copy_path, max_length=200, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = who_field(_("withdrawn by"))
    withdrawn_why = LimitedTextField(_("why it was withdrawn"), max_length=2000, blank=True)

    objects = SentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper in one format")
        verbose_name_plural = _("papers in their formats")
        ordering = ["paper_id", "-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(words="", status="refused", file="")
                | (Q(words="") & ~Q(status="refused") & ~Q(file=""))
                | (~Q(words="") & Q(file="", status="ready", format__in=IN_WORDS)),
                name="paper_copy_is_a_file_or_words",
            ),
            models.CheckConstraint(condition=~Q(format__in=ELSEWHERE), name="paper_copy_is_kept_here"),
            models.CheckConstraint(condition=LANGUAGE_WHERE_WANTED, name="paper_copy_says_its_language"),
            models.CheckConstraint(condition=WITHDRAWN_SAYS_WHY, name="paper_copy_withdrawn_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="paper_copies_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="paper_copies_never_change_once_checked",
                operation=pgtrigger.UpdateOf("paper_id", "format", "language", "words", "file", "sha256", "status"),
                condition=pgtrigger.Q(old__status__in=["ready", "refused"]),
            ),
            withdrawn_stay("paper_copies_stay_withdrawn"),
            pgtrigger.Trigger(
                name="no_copy_of_a_withdrawn_paper",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("gone", "date")],
                func=(
                    "SELECT withdrawn_on INTO gone FROM events_attachedpaper WHERE id = NEW.paper_id FOR SHARE;"
                    " IF gone IS NOT NULL THEN RAISE EXCEPTION 'the paper was withdrawn'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def key(self) -> FormatKey:
        return (self.format, self.language)

    @property
    def label(self) -> Text:
        return format_label(self.key)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def can_be_read(self) -> bool:
        """Return whether readers of the paper have it: checked, and not withdrawn."""
        return self.is_ready and not self.is_withdrawn

    @property
    def added_on(self) -> dt.date:
        return timezone.localdate(self.added_at)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PaperMade(models.Model):
    """A format made elsewhere, such as braille that was posted: of an attached paper, or a meeting's agenda or minutes.

    One noted by mistake is deleted; its history keeps it.
    """

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="made_elsewhere")
    paper = models.ForeignKey(
        AttachedPaper,
        verbose_name=_("paper"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="made_elsewhere",
    )
    what = models.CharField(_("agenda or minutes"), max_length=10, choices=MeetingPaper.What, blank=True)
    format = models.CharField(_("format"), max_length=15, choices=PaperFormat)
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    made_by = LineField(_("who made it"), max_length=150)
    made_on = models.DateField(_("made"))
    how = LineField(_("what became of it"), max_length=200, blank=True)
    noted_by = models.ForeignKey(
        "people.Person", verbose_name=_("noted by"), on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)

    class Meta:
        verbose_name = _("format made elsewhere")
        verbose_name_plural = _("formats made elsewhere")
        ordering = ["event_id", "-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False, what="") | (Q(paper__isnull=True) & ~Q(what="")),
                name="paper_made_is_of_one_thing",
            ),
            models.CheckConstraint(condition=LANGUAGE_WHERE_WANTED, name="paper_made_says_its_language"),
            models.CheckConstraint(condition=~Q(made_by=""), name="paper_made_says_by_whom"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="paper_made_is_of_its_event",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF NEW.paper_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events_attachedpaper p"
                    " WHERE p.id = NEW.paper_id AND p.event_id = NEW.event_id) THEN"
                    " RAISE EXCEPTION 'the paper is one of its own event'; END IF;"
                    " IF NEW.what <> '' AND NOT EXISTS"
                    " (SELECT 1 FROM events_meeting m WHERE m.event_id = NEW.event_id) THEN"
                    " RAISE EXCEPTION 'a meeting has an agenda and minutes, no other event'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def key(self) -> FormatKey:
        return (self.format, self.language)

    @property
    def label(self) -> Text:
        return format_label(self.key)

    @property
    def sentence(self) -> str:
        """Say in which format it was made, by whom, when, and what became of it."""
        said = now_("%(format)s: made by %(name)s on %(day)s") % {
            "format": self.label,
            "name": self.made_by,
            "day": long_date(self.made_on),
        }
        return f"{said}, {self.how}." if self.how else f"{said}."
