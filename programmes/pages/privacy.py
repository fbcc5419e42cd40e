"""Parts that programmes add to privacy: roles that end, decisions sealed anew, who decides, handles and was a part."""

import datetime as dt

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from people.privacy import hooks
from people.privacy.walking import addresses_of
from programmes.dashboard import documents as dashboard_documents
from programmes.decisions import resealing
from programmes.decisions.models import Position
from programmes.impact import documents as impact_documents
from programmes.importing.actions import files as import_files
from programmes.importing.models import ImportRow, PeopleImport
from programmes.members.contributions import is_near, works_for_a_programme
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Membership, Programme, Role, programmes_where, roles_of
from programmes.reviews import documents as review_documents
from wellbeing.lib.dates import today
from wellbeing.lib.keys import one_of


def register():
    """Register them once, when the app is ready."""
    hooks.before_erasure_settle.append(roles_at_work)
    hooks.before_erasure += [end_roles, clear_their_imports, note_faulty_seals]
    hooks.after_erasure.append(seal_anew)
    hooks.kept_after_erasure.append(decisions_that_stay)
    hooks.last_days.append(last_day_of_roles)
    hooks.roles_of_readers.append(role_of_reader)
    hooks.emergency_readers.append(is_near)
    hooks.people_handled.append(people_of_own_staff)
    hooks.controllers.append(hosts_of)
    hooks.files_made_anew |= {
        "programmes.BoardPaper": dashboard_documents.JOB_KIND,
        "programmes.ImpactPaper": impact_documents.JOB_KIND,
        "programmes.ResultsPaper": review_documents.JOB_KIND,
    }


def roles_at_work(person):
    """Ask to end what `person` does for a programme first, and to name another contact."""
    sentences = []
    if works_for_a_programme(person):
        sentences.append(_("They are staff or finance of a programme, or proposed for it. End this role first."))
    written_small = Programme.objects.annotate(contact_address=Lower("contact_email"))
    contacts = written_small.filter(contact_address__in=addresses_of(person))
    sentences += [
        _("They are the contact of %(programme)s. Name somebody else there first.") % {"programme": programme.name}
        for programme in contacts
    ]
    return sentences


def end_roles(person):
    """End the roles and seats of `person` with yesterday."""
    yesterday = today() - dt.timedelta(days=1)
    for model in (Membership, Term):
        for held in model.objects.filter(Q(ends_on=None) | Q(ends_on__gt=yesterday), person=person):
            held.ends_on = max(yesterday, held.starts_on - dt.timedelta(days=1))
            held.save(update_fields=["ends_on"])


def clear_their_imports(person):
    """Delete the files in which `person` came from a spreadsheet, and throw away those that wait with their row.

    A row that was left out, or has to be put right, is known by its address or number.
    """
    addresses = list(addresses_of(person))
    theirs = Q(details__email__in=addresses) | Q(details__phone__in=addresses)
    rows = ImportRow.objects.filter(Q(person=person) | Q(same_as=person) | Q(person=None) & theirs)
    for people_import in PeopleImport.objects.filter(rows__in=rows, cleared_at=None).distinct():
        import_files.clear(people_import=people_import, by=None)


def note_faulty_seals(person):
    """Remember which seals do not fit their records before anything is removed: those are not sealed anew."""
    person.faulty_seals = resealing.faulty()


def seal_anew(person, _by):
    """Seal anew the decisions from which words of `person` were removed."""
    resealing.seal_anew(person.faulty_seals)


def decisions_that_stay(person):
    """Say that decisions stay, without the words of `person`."""
    if not Position.objects.filter(Q(person=person) | Q(member=person)).exists():
        return []
    return [
        _(
            "Decisions you took part in: that a member of the group agreed or disagreed, without your name or words."
            " Their records are sealed anew, and the seal of before is kept as a number in which nothing can be read."
        )
    ]


def last_day_of_roles(person):
    """Return the last day on which `person` held a role or seat; None while they hold one."""
    days = [
        *person.memberships.values_list("ends_on", flat=True),
        *Term.objects.filter(person=person).values_list("ends_on", flat=True),
    ]
    if None in days or any(day >= today() for day in days):
        return None
    return max(days, default=dt.date.min)


def role_of_reader(user):
    """Return in which role `user` reads what is about others: the first they hold today of staff, finance, steering."""
    held = {role for roles in roles_of(user).values() for role in roles}
    for role in (Role.STAFF, Role.FINANCE, Role.STEERING):
        if role in held:
            return str(role.label)
    return _("Administrator") if user.is_administrator else ""


def people_of_own_staff(user):
    """Return Q: the people with a role or seat today in a programme whose staff `user` is."""
    programmes = programmes_where(user, Role.STAFF)
    held = Membership.objects.effective_on(today()).filter(programme__in=programmes)
    seats = Term.objects.effective_on(today()).filter(group__programme__in=programmes)
    return one_of(held.values("person"), seats.values("person"))


def hosts_of(person):
    """Return who decides how data of `person` is used: the hosts of their programmes, as their notices speak."""
    groups = Group.objects.filter(terms__person=person).values("programme")
    theirs = one_of(person.memberships.values("programme"), groups)
    return [programme.speaker for programme in Programme.objects.filter(theirs).order_by("name")]
