"""The list of a programme's people: its columns, of which each reader chooses theirs, and its boxes."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from people.directory.queries import tell_apart
from people.models import Person
from people.needs.flags import need_flags
from programmes import registry
from programmes.directory import queries
from programmes.directory.filters import people_filter
from programmes.directory.models import Tag
from programmes.programme import queries as programme_queries
from programmes.programme import rules as programme_rules
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Membership
from wellbeing.lib import phones
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column
from wellbeing.lib.ticked_lists import TickColumn, TickedListing

# Columns that are always there, and columns that everybody reads until they choose.
ALWAYS = "name"
USUAL = ("roles", "organisation", "channel", "area", "last", "needs")


def ticks_key(programme):
    """Return the name by which the ticks of the list of people are kept."""
    return f"people-{programme.pk}"


class PeopleListing(TickedListing):
    """The list of people, in the columns its reader chose."""

    shows_needs = False

    @property
    def rows(self):
        """Return the rows of this page, with what tells namesakes apart."""
        tell_apart(self.page)
        return super().rows


def people_listing(request, programme):
    """Make the list of the people of `programme` for the reader of `request`."""
    may_manage = bool(programme_rules.can_manage_programme(request.user, programme))
    with_needs = programme_rules.can_see_access_needs(request.user, programme)
    offered = offered_columns(staff=may_manage, with_needs=with_needs)
    chosen = shown_keys(request.user, offered)
    people = queries.people_with_tags(programme)
    for extra in registry.people_columns if may_manage else ():
        if extra.key in chosen:
            people = people.annotate(**{f"shown_{extra.key}": extra.annotation(programme)})
    listing = PeopleListing(
        request,
        people,
        columns=[_always(), *(column for column in offered if column.key in chosen)],
        boxes=_boxes(programme) if may_manage else None,
        search=["search_key", "email", "phone"],
        also_found=partial(queries.at_organisation, programme),
        search_label=_("Name, email, phone or organisation"),
        filters=partial(people_filter(programme, staff=may_manage), programme=programme),
        default_sort="sort_key",
        name=f"{programme.slug}-people",
        caption=_("People of %(programme)s") % {"programme": programme},
        empty_title=_("Nobody is here yet"),
        empty_text=_("Add the people who take part, so that you can invite them."),
        empty_url=reverse("programme_person_new", args=[programme.slug]) if may_manage else "",
        empty_action=_("Add a person"),
    )
    listing.shows_needs = with_needs and "needs" in chosen
    return listing


def shown_keys(user, offered):
    """Return the keys of the columns that `user` reads: those they chose, among those `offered` to them."""
    chosen = queries.chosen_columns(user)
    wanted = USUAL if chosen is None else chosen
    return [column.key for column in offered if column.key in wanted]


def offered_columns(*, staff, with_needs):
    """Return every column a reader may choose, but the name."""
    columns = [
        Column("roles", _("Roles"), value=roles_text),
        Column("groups", _("Groups"), value=_groups_text),
        Column(
            "organisation",
            _("Organisation"),
            value=lambda row: row.organisation.name if row.organisation else "",
            sort="organisation__name",
        ),
        Column("job_title", _("Job title"), value="job_title", sort="job_title"),
        Column(
            "channel", _("Best way to reach"), value=lambda row: row.get_channel_display(), sort="channel", shape="code"
        ),
        Column("email", _("Email address"), value="email", sort="email"),
        Column("phone", _("Phone number"), value=lambda row: phones.shown(row.phone), shape="code"),
        Column("letters", _("Letters"), value=_letters_text, sort="letter_size", shape="code"),
        Column("language", _("Language"), value=lambda row: row.get_language_display(), sort="language"),
        Column("since", _("Here since"), value=_since, kind=DATE),
    ]
    if staff:
        columns += [
            Column("area", _("Area"), value=partial(_tags_text, kind=Tag.Kind.AREA)),
            Column("tags", _("Tags"), value=partial(_tags_text, kind=Tag.Kind.TAG)),
            *(_plugged_in(extra) for extra in registry.people_columns),
        ]
    if with_needs:
        columns += [
            Column("needs", _("Access needs"), value=_needs_text, export_only=True),
            Column("needs", _("Access needs"), value=lambda row: "", tags=_need_flags, screen_only=True),
        ]
    return columns


def _always():
    return Column(ALWAYS, _("Name"), value="name_in_list", sort="sort_key", link=_page_of)


def _plugged_in(extra):
    return Column(
        extra.key,
        extra.label,
        value=f"shown_{extra.key}",
        sort=f"shown_{extra.key}",
        kind=extra.kind,
        numeric=extra.numeric,
    )


def _boxes(programme):
    actions = [
        ("write", _("Write to them"), reverse("people_write", args=[programme.slug]), 10),
        ("group", _("Add them to a group"), reverse("people_group", args=[programme.slug]), 30),
        ("tag", _("Tag them"), reverse("people_tag", args=[programme.slug]), 40),
        *((extra.key, extra.label, extra.url(programme), extra.order) for extra in registry.people_actions),
    ]
    actions.sort(key=lambda action: action[3])
    return TickColumn(
        key=ticks_key(programme),
        allowed=lambda people: people,
        label=lambda person: _("Choose %(name)s") % {"name": person.name_in_list},
        action=_("Go on"),
        actions={key: (label, url) for key, label, url, _order in actions},
    )


def _page_of(person):
    return reverse("person", args=[person.pk])


def roles_text(person):
    """Name the roles for a row of the list: those held today, or the last ones with the day they ended."""
    rows = [*person.held, *person.seats]
    now = [row for row in rows if programme_queries.holds_on(row, today())]
    if now:
        return ", ".join(dict.fromkeys(_role_name(row) for row in now))
    return ", ".join(
        _("%(role)s until %(date)s") % {"role": _role_name(row), "date": short_date(row.ends_on)}
        if row.ends_on and row.ends_on < today()
        else _("%(role)s from %(date)s") % {"role": _role_name(row), "date": short_date(row.starts_on)}
        for row in rows
    )


def _role_name(row):
    if isinstance(row, Membership):
        return row.get_role_display()
    return row.group.name if row.office == Term.Office.MEMBER else f"{row.group.name} ({row.get_office_display()})"


def _groups_text(person):
    return ", ".join(sorted({row.group.name for row in person.seats if programme_queries.holds_on(row, today())}))


def _since(person):
    return min((row.starts_on for row in (*person.held, *person.seats)), default=None)


def _tags_text(person, kind):
    return ", ".join(sorted(row.tag.name for row in person.own_tags if row.tag.kind == kind))


def _letters_text(person):
    """Return the letter size only where it is out of the ordinary, so that it stands out."""
    return person.get_letter_size_display() if person.letter_size != Person.LetterSize.STANDARD else ""


def _needs_text(person):
    return "; ".join(str(need) for need in person.access_needs.all())


def _need_flags(person):
    return need_flags(person.access_needs.all())
