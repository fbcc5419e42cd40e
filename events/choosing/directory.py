"""Parts that events add to a programme's list of people: who came and when last, whom one may ask, and saved lists."""

from django.db.models import Exists, Max, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choosing import queries
from events.choosing.calculations import months_before
from events.day.models import Attendance
from events.inviting.models import Invitation
from events.planning.models import Event
from programmes.directory.filters import narrowed
from programmes.programme.queries import away_on
from programmes.registry import PeopleAction, PeopleColumn, PeopleFilter
from wellbeing.lib.dates import short_date
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.ticks import whole_numbers

LIST = "list"
# By the value of the filter: how many months back somebody came last.
WITHIN = {"3": 3, "12": 12}


def last_involved(programme):
    """Return an expression over Person: the day of the last event of `programme` to which they came."""
    came = Attendance.objects.filter(person=OuterRef("pk"), event__programme=programme, came=True).order_by()
    return TruncDate(Subquery(came.values("person").annotate(last=Max("event__starts_at")).values("last")))


def narrow_by_last(people, programme, value):
    """Return those of `people` who came lately, who came before and not since, or who never came."""
    today = timezone.localdate()
    came = Attendance.objects.filter(person=OuterRef("pk"), event__programme=programme, came=True)
    if value == "never":
        return people.filter(~Exists(came))
    months = WITHIN.get(value, 12)
    lately = Exists(came.filter(event__starts_at__date__gt=months_before(today, months)))
    return people.filter(lately) if value in WITHIN else people.filter(~lately & Exists(came))


def narrow_by_wish(people, programme, value):
    """Return those of `people` who can be asked now, or those who take a break or were asked as often as they wish."""
    past = {*queries.who_would_pass(), *away_on(programme, timezone.localdate())}
    return people.filter(pk__in=past) if value == "past" else people.exclude(pk__in=past)


def narrow_by_list(people, programme, value):
    """Return those of `people` on a saved list of `programme`; of one found by filters, those its filters find."""
    saved = queries.lists_of(programme).filter(pk__in=whole_numbers([value])).first()
    if saved is None:
        return people.none()
    if not saved.query:
        return people.filter(queries.on_list(saved.pk))
    return narrowed(people, programme, {name: said for name, said in saved.filters.items() if name != LIST})


def narrow_by_came_to(people, programme, value):
    """Return those of `people` who are recorded to have come to an event."""
    came = Attendance.objects.filter(person=OuterRef("pk"), event__programme=programme, event=value, came=True)
    return people.filter(Exists(came))


def narrow_by_past(people, programme, value):
    """Return those of `people` who came in the last year, who were never asked, or asked and never came."""
    now = timezone.now()
    if value == "came":
        return people.filter(queries.attended(programme.pk, queries.a_year_before(now)))
    came, asked = queries.attended(programme.pk), queries.past_invitations(programme.pk, now)
    return people.filter(~asked & ~came if value == "not_asked" else asked & ~came)


def narrow_by_place(people, _programme, value):
    """Return those of `people` whose address has these words, or a postcode that begins so."""
    return people.filter(queries.in_place(value))


def _number_of(rows):
    return queries.number_of(rows.filter(person=OuterRef("pk")))


def times_came(programme):
    """Return an expression over Person: to how many events of `programme` they came in the last twelve months."""
    since = queries.a_year_before(timezone.now())
    return _number_of(Attendance.objects.filter(event__programme=programme, event__starts_at__gte=since, came=True))


def times_asked(programme):
    """Return an expression over Person: to how many events of `programme` they were invited in the last year."""
    since = queries.a_year_before(timezone.now())
    asked = Invitation.objects.filter(event__programme=programme, invited_at__gte=since)
    return _number_of(asked.exclude(event__status=Event.Status.CANCELLED))


def _lists(programme):
    return [(str(row.pk), row.name) for row in queries.lists_of(programme)]


def _events(programme):
    rows = queries.events_somebody_came_to(programme.pk)
    return [(str(row.pk), f"{row.title}, {short_date(row.starts_at)}") for row in rows]


FILTERS = (
    PeopleFilter("list", _("Saved list"), narrow_by_list, _lists, _("Any list"), order=10),
    PeopleFilter(
        "last",
        _("Last involved"),
        narrow_by_last,
        lambda programme: [
            ("3", _("In the last 3 months")),
            ("12", _("In the last 12 months")),
            ("before", _("More than 12 months ago")),
            ("never", _("Never came yet")),
        ],
        _("Any time or never"),
        order=20,
    ),
    PeopleFilter(
        "wish",
        _("Available"),
        narrow_by_wish,
        lambda programme: [
            ("open", _("Can be asked now")),
            ("past", _("Taking a break, or asked as often as they wish")),
        ],
        _("Everybody"),
        order=30,
    ),
    PeopleFilter("place", _("Town or postcode"), narrow_by_place, order=40),
    PeopleFilter("came_to", _("Came to"), narrow_by_came_to, _events, _("Any event or none"), order=50),
    PeopleFilter(
        "past",
        _("Invited before"),
        narrow_by_past,
        lambda programme: [
            ("not_asked", _("Never been asked")),
            ("asked", _("Asked and never came")),
            ("came", _("Came in the last twelve months")),
        ],
        _("Any"),
        order=60,
    ),
)
COLUMNS = (
    PeopleColumn("last", _("Last involved"), last_involved, kind=DATE),
    PeopleColumn("came", _("Came, 12 months"), times_came, numeric=True),
    PeopleColumn("asked", _("Asked, 12 months"), times_asked, numeric=True),
)
ACTIONS = (
    PeopleAction(
        "invite", _("Invite them"), lambda programme: reverse("people_invite", args=[programme.slug]), order=20
    ),
    PeopleAction(
        "list", _("Save them as a list"), lambda programme: reverse("people_list", args=[programme.slug]), order=50
    ),
)


def links(programme, query):
    """Return the links above the list of people: saved lists, and saving the filters of the address as one."""
    found = [(_("Saved lists"), reverse("saved_lists", args=[programme.slug]))]
    if query:
        found.append((_("Save these filters"), f"{reverse('people_list', args=[programme.slug])}?{query}"))
    return found
