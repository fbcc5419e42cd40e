"""Makers of rows for tests of a programme's directory: tags, areas, notes and organisations."""

from people.models import Organisation
from programmes.models import NamedContact, NoteReader, OrganisationEntry, PersonNote, PersonTag, Tag


def a_tag(programme, name="Speaks at events", *people, by, kind=Tag.Kind.TAG):
    """A tag that `people` have."""
    tag = Tag.objects.create(programme=programme, kind=kind, name=name, made_by=by)
    for person in people:
        PersonTag.objects.create(tag=tag, person=person, given_by=by)
    return tag


def an_area(programme, name="Larkhampton", *people, by):
    """An area in which `people` are."""
    return a_tag(programme, name, *people, by=by, kind=Tag.Kind.AREA)


def a_note(programme, person, *named, by, words="Likes to be rung in the morning.", readers="staff"):
    """A note about `person`; `named` are colleagues who may read it."""
    note = PersonNote.objects.create(
        programme=programme, person=person, words=words, readers="named" if named else readers, written_by=by
    )
    for colleague in named:
        NoteReader.objects.create(note=note, person=colleague)
    return note


def an_organisation(programme, name="Otterby Living Well", *, by, kind="charity", **fields):
    """An organisation in the directory of a programme."""
    organisation, _new = Organisation.objects.get_or_create(name=name)
    return OrganisationEntry.objects.create(
        programme=programme, organisation=organisation, kind=kind, added_by=by, **fields
    )


def a_contact(programme, person, contact, *, by=None):
    """The choice of `contact`, who is staff, as the contact of `person`."""
    role = contact.memberships.get(programme=programme, role="staff", ends_on=None)
    return NamedContact.objects.create(person=person, programme=programme, role=role, given_by=by or contact)


def make_directory(world):
    """Give the world a tag, a note, a contact and an organisation."""
    a_contact(world.a, world.owner, world.staff)
    world.tag = a_tag(world.a, "Speaks at events", world.owner, by=world.staff)
    world.note = a_note(world.a, world.owner, by=world.staff)
    world.organisation = an_organisation(world.a, "The Invented Hospital", by=world.staff, kind="health").organisation
