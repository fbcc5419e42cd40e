"""Records that a programme keeps of its people and organisations beside their own details."""

from programmes.directory.models.columns import ColumnChoice
from programmes.directory.models.notes import NoteReader, PersonNote
from programmes.directory.models.organisations import OrganisationEntry
from programmes.directory.models.tags import PersonTag, Tag

__all__ = ["ColumnChoice", "NoteReader", "OrganisationEntry", "PersonNote", "PersonTag", "Tag"]
