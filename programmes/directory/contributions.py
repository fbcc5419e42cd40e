"""Add tags, notes and organisations to a person's page, to its history and to the search box."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.directory.models import Organisation
from people.privacy.looking import note_look
from people.privacy.models import Look
from people.registry import Finder, Found, Panel
from programmes.directory import queries, rules
from programmes.directory.history import history_of_person
from programmes.directory.models import NoteReader, PersonNote, PersonTag, Tag
from programmes.programme.models.programmes import Role, programmes_where
from programmes.programme.queries import programmes_of_work

__all__ = ["history_of_person"]


def _programmes(user, person):
    """Return the programmes whose staff `user` is and in whose directory `person` is; all for an administrator."""
    return queries.programmes_in_common(person, programmes_of_work(user, Role.STAFF))


def tags_panel(user, person):
    """Show staff the area and tags of `person` in each programme of theirs, and lead to where they change them."""
    programmes = _programmes(user, person)
    if not programmes:
        return None
    given = list(queries.tags_given(person, [programme.pk for programme in programmes]))
    blocks = [
        {
            "programme": programme,
            "areas": [row for row in given if row.tag.programme == programme and row.tag.kind == Tag.Kind.AREA],
            "tags": [row for row in given if row.tag.programme == programme and row.tag.kind == Tag.Kind.TAG],
        }
        for programme in programmes
    ]
    return Panel("programmes/directory/panels/tags.html", {"blocks": blocks, "person": person}, order=4)


def notes_panel(user, person):
    """Show staff and finance the notes about `person` that they may read, and lead staff to where they write one."""
    if person.pk == user.person.pk or not (user.is_administrator or programmes_where(user, Role.STAFF, Role.FINANCE)):
        return None
    programmes = _programmes(user, person)
    rows = PersonNote.objects.kept().readable_by(user).filter(person=person)
    rows = rows.select_related("programme", "written_by").prefetch_related("named__person")
    notes = [{"note": note, "readers": _readers(note), "may": rules.can_change_note(user, note)} for note in rows]
    writable = [one for one in programmes if rules.can_write_note(user, one, person)]
    if not notes and not writable:
        return None
    if notes:
        note_look(user, person, Look.Kind.NOTES)
    several = len({programme.pk for programme in programmes} | {row.programme_id for row in rows}) > 1
    context = {"notes": notes, "writable": writable, "person": person, "several": several}
    return Panel("programmes/directory/panels/notes.html", context, order=30)


def _readers(note):
    if note.readers == PersonNote.Readers.STAFF:
        return _("All staff of the programme can read it.")
    if note.readers == PersonNote.Readers.WRITER:
        return _("Only the person who wrote it can read it.")
    if note.readers == PersonNote.Readers.FINANCE:
        return _("Only finance of the programme can read it, and the person who wrote it.")
    names = ", ".join(row.person.full_name for row in note.named.all())
    return _("Only the person who wrote it can read it, and: %(names)s.") % {"names": names}


def organisations_of_their_programmes(user):
    """Return a Q: staff and finance may know of the organisations of their programmes."""
    return queries.organisations_in(programmes_where(user, Role.STAFF, Role.FINANCE))


def one_of_each(record, person):
    """Take tags and an area from a record that its person has as well, so that both can be put together."""
    given = PersonTag.objects.filter(person=record, taken_at=None).select_related("tag")
    theirs = list(PersonTag.objects.filter(person=person, taken_at=None).select_related("tag"))
    areas = {row.tag.programme_id for row in theirs if row.tag.kind == Tag.Kind.AREA}
    tags = {row.tag_id for row in theirs}
    for row in given:
        if row.tag_id in tags or (row.tag.kind == Tag.Kind.AREA and row.tag.programme_id in areas):
            row.delete()
    read = NoteReader.objects.filter(person=person).values("note")
    NoteReader.objects.filter(person=record, note__in=read).delete()


def _found_organisations(rows):
    return [
        Found(label=row.name, url=reverse("organisation", args=[row.slug, row.pk]), detail=row.get_kind_display())
        for row in rows
        if row.slug
    ]


def _organisations(user):
    """Return the organisations `user` may know of, each with the `slug` of a programme of theirs that has it."""
    programmes = programmes_of_work(user, Role.STAFF, Role.FINANCE)
    has = programmes.filter(queries.has_organisation(OuterRef("pk"))).order_by("name")
    return Organisation.objects.visible_to(user).annotate(slug=Subquery(has.values("slug")[:1])).order_by("name")


ORGANISATIONS = Finder(
    title=gettext_lazy("Organisations"),
    rows=_organisations,
    fields=("name",),
    show=_found_organisations,
    order=15,
)
