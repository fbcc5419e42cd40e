"""Papers of events: those that come with one, in several formats, and a meeting's agenda and minutes as PDFs."""

from .attached import AttachedPaper, PaperCopy, PaperFormat, PaperMade
from .meeting_papers import MeetingPaper

__all__ = ["AttachedPaper", "MeetingPaper", "PaperCopy", "PaperFormat", "PaperMade"]
