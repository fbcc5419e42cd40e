"""Add contacts to people's own pages, to a person's page and history, to the list of people and to the home page."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.directory import hooks as directory_hooks
from people.directory.models import Person
from people.home.history import made_by, rows_of
from people.registry import HistoryLine, Panel, Task
from programmes import registry as programmes_registry
from programmes.contacts import queries
from programmes.directory.queries import programmes_in_common
from programmes.programme.contacts import (
    colleagues_to_name,
    contact_key,
    contacts_of,
    without_contact,
)
from programmes.programme.models.contacts import NamedContact
from programmes.programme.models.programmes import Membership, Programme, Role, has_role, programmes_where, roles_of
from programmes.programme.queries import programmes_of_work
from programmes.registry import PeopleAction, PeopleColumn, PeopleFilter
from wellbeing.lib.dates import today
from wellbeing.lib.ticks import whole_numbers
from wellbeing.lib.types import User

NOBODY = "none"


def register():
    """Register them once, when the app is ready."""
    registry.person_panels.append(contact_panel)
    registry.person_history.append(history_of_contacts)
    registry.home_panels.append(own_contacts)
    registry.home_tasks.append(people_without_contact)
    registry.before_take_over.insert(0, keep_contacts)
    directory_hooks.kept_once.append(directory_hooks.KeptOnce("programmes.NamedContact"))
    directory_hooks.move_others.append("programmes.Membership")
    programmes_registry.programme_panels.append(own_contact_here)
    programmes_registry.people_filters.append(FILTER)
    programmes_registry.people_columns.append(COLUMN)
    programmes_registry.people_actions.append(ACTION)
    programmes_registry.people_links.append(_links)


def contact_panel(user: User, person: Person) -> Panel | None:
    """Show staff who is the contact of `person` in each programme of theirs, and lead to where they choose one."""
    programmes = programmes_in_common(person, programmes_of_work(user, Role.STAFF))
    if not programmes:
        return None
    found = {one.programme: one.person for one in contacts_of(person, programmes)}
    blocks = []
    for programme in programmes:
        chosen = queries.named_now(person, programme)
        contact = found.get(programme)
        blocks.append({"programme": programme, "contact": contact, "chosen": chosen, "gone": chosen and not contact})
    return Panel("programmes/contacts/panel.html", {"blocks": blocks, "person": person}, order=3)


def history_of_contacts(user: User, person: Person) -> Iterator[HistoryLine]:
    """Return who was chosen as the contact of `person` in programmes whose staff `user` is."""
    names = dict(programmes_of_work(user, Role.STAFF).values_list("pk", "name"))
    rows = list(rows_of(NamedContact, person_id=person.pk, programme_id__in=names))
    roles = Membership.objects.filter(pk__in={row.role_id for row in rows}).select_related("person")
    contacts = {role.pk: role.person.full_name for role in roles}
    for row in rows:
        words = _("Contact: %(name)s, %(programme)s")
        if row.taken_at is not None:
            words = _("No longer the contact: %(name)s, %(programme)s")
        facts = {"name": contacts.get(row.role_id, ""), "programme": names[row.programme_id]}
        yield HistoryLine(row.pgh_created_at, words % facts, made_by(row))


def own_contacts(user: User) -> list[Panel]:
    """Show the reader their contact in each programme in which they take part."""
    taking_part = [pk for pk, held in roles_of(user).items() if held & {Role.LIVED_EXPERIENCE, Role.STEERING}]
    if not taking_part:
        return []
    found = contacts_of(user.person, Programme.objects.filter(pk__in=taking_part).order_by("name"))
    return [_own_panel(found, several=len(taking_part) > 1)] if found else []


def own_contact_here(user: User, programme: Programme) -> Panel | None:
    """Show the reader their contact in `programme`."""
    if not has_role(user, programme, Role.LIVED_EXPERIENCE, Role.STEERING):
        return None
    found = contacts_of(user.person, [programme])
    return _own_panel(found, several=False) if found else None


def _own_panel(found, *, several):
    contacts = [{"programme": one.programme, "name": one.person.full_name, "contact": one.person} for one in found]
    return Panel("programmes/contacts/own.html", {"contacts": contacts, "several": several}, order=15)


def people_without_contact(user: User) -> list[Task]:
    """Tell staff how many people of a programme that names contacts have none."""
    tasks = []
    own = Programme.objects.filter(pk__in=programmes_where(user, Role.STAFF))
    for programme in queries.with_contacts(own).order_by("name"):
        if number := without_contact(programme, today()).count():
            tasks.append(
                Task(
                    title=_("People without a contact: %(number)s") % {"number": number},
                    url=f"{reverse('programme_people', args=[programme.slug])}?contact={NOBODY}",
                    detail=_("%(programme)s. Tick them, and choose their contact.") % {"programme": programme},
                )
            )
    return tasks


def keep_contacts(record: Person, person: Person) -> None:
    """Keep who is whose contact where two records of one person become one, who is not their own contact."""
    queries.between(record, person).delete()
    for held in Membership.objects.filter(person=record, role=Role.STAFF, ends_on=None):
        own = person.memberships.filter(programme=held.programme_id, role=held.role, ends_on=None).first()
        if own is not None:
            held.contact_of.update(role=own)
            held.usual_contact_of.update(role=own)


def _narrow(people, programme, value):
    if value == NOBODY:
        return people.filter(pk__in=without_contact(programme, today()).values("pk"))
    number = next(iter(whole_numbers([value])), 0)
    return people.filter(pk__in=queries.whose_contact(programme, number, today()).values("pk"))


def _choices(programme):
    colleagues = [(str(one.pk), one.full_name) for one in colleagues_to_name(programme)]
    return [(NOBODY, _("Nobody")), *colleagues]


def _name(programme):
    named = Person.objects.filter(pk=OuterRef("contact_here")).values("full_name")[:1]
    here = Person.objects.filter(pk=OuterRef("pk")).annotate(contact_here=contact_key(programme, today()))
    return Subquery(here.annotate(contact_name=Subquery(named)).values("contact_name")[:1])


def _links(programme, _query):
    return [(gettext_lazy("Contacts"), reverse("contacts", args=[programme.slug]))]


FILTER = PeopleFilter("contact", gettext_lazy("Contact"), _narrow, _choices, gettext_lazy("Anybody or nobody"), order=5)
COLUMN = PeopleColumn("contact", gettext_lazy("Contact"), _name)
ACTION = PeopleAction(
    "contact",
    gettext_lazy("Choose their contact"),
    lambda programme: reverse("people_contact", args=[programme.slug]),
    order=45,
)
