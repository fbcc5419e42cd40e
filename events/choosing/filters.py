"""Filter the people who can be invited to an event; each choice stays in the address."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choosing import queries
from events.day.models import Attendance
from events.planning.queries import groups_of
from programmes.directory.filters import narrowed
from programmes.models import Membership, Role, Term
from wellbeing.lib.dates import short_date
from wellbeing.lib.ticks import whole_numbers

# The filter "list", which a saved filter never holds itself.
LIST = "list"


class PeopleFilter(django_filters.FilterSet):
    """People by what they are in the programme, where they live, how often they were asked, and saved lists.

    Those who take a break or would be asked more often than they wish are left out unless they are asked for. Made for
    one event by `invite_filter`.
    """

    def __init__(self, *args, event, left_out, **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.left_out = event, left_out

    def filter_queryset(self, queryset):
        """Return the people that every filter finds; without those past their wish, unless the reader asks for them."""
        people = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("wish"):
            return people
        return people.exclude(pk__in=self.left_out, invited=False)

    def filter_role(self, queryset, name, value):
        """Return those with this role on the day of the event."""
        held = Membership.objects.effective_on(self.event.day).filter(
            person=OuterRef("pk"), programme=self.event.programme_id, role=value
        )
        return queryset.filter(Exists(held))

    def filter_group(self, queryset, name, value):
        """Return the members of a group on the day of the event."""
        terms = Term.objects.effective_on(self.event.day).filter(person=OuterRef("pk"), group=value)
        return queryset.filter(Exists(terms))

    def filter_invited(self, queryset, name, value):
        """Return those who are invited, or those who are not."""
        return queryset.filter(invited=value == "yes")

    def filter_place(self, queryset, name, value):
        """Return those whose address has these words, or a postcode that begins so."""
        return queryset.filter(queries.in_place(value))

    def filter_past(self, queryset, name, value):
        """Return those who came, who were never asked, or who were asked and never came."""
        now = timezone.now()
        came = queries.attended(self.event.programme_id)
        if value == "came":
            return queryset.filter(queries.attended(self.event.programme_id, queries.a_year_before(now)))
        asked = queries.past_invitations(self.event.programme_id, now)
        if value == "not_asked":
            return queryset.filter(~asked & ~came, asked=0)
        return queryset.filter(asked & ~came)

    def filter_came_to(self, queryset, name, value):
        """Return those who are recorded to have come to an event."""
        return queryset.filter(Exists(Attendance.objects.filter(person=OuterRef("pk"), event=value, came=True)))

    def filter_list(self, queryset, name, value):
        """Return those on a saved list; of one that is found by filters, those its filters find."""
        saved = queries.lists_of(self.event.programme_id).filter(pk__in=whole_numbers([value])).first()
        if saved is None:
            return queryset.none()
        if not saved.query:
            return queryset.filter(queries.on_list(saved.pk))
        filters = {name: value for name, value in saved.filters.items() if name != LIST}
        # Those past their wish are left out by this list itself, where its reader does not ask for them.
        inner = type(self)({**filters, "wish": "any"}, queryset=queryset, event=self.event, left_out=[])
        people = inner.qs
        # Filters of the list of people that this page does not have, or not with this choice.
        others = {name: value for name, value in filters.items() if name not in inner.form.cleaned_data}
        return narrowed(people, self.event.programme, others) if others else people

    def filter_wish(self, queryset, name, value):
        """Return those who would be asked more often than they wish; with "any", everybody."""
        return queryset.filter(pk__in=self.left_out) if value == "past" else queryset


def invite_filter(event):
    """Return the FilterSet class for choosing whom to invite to `event`."""
    groups = [(str(group.pk), group.name) for group in groups_of(event.programme_id)]
    past = [
        (str(row.pk), f"{row.title}, {short_date(row.starts_at)}")
        for row in queries.events_somebody_came_to(event.programme_id)
    ]
    lists = [(str(row.pk), row.name) for row in queries.lists_of(event.programme_id)]
    choice = django_filters.ChoiceFilter
    made_for_event = {
        "role": choice(
            label=_("Role"),
            choices=[choice for choice in Role.choices if choice[0] != Role.STEERING],
            method="filter_role",
            empty_label=_("Any role"),
        ),
        "group": choice(label=_("Group"), choices=groups, method="filter_group", empty_label=_("Any group")),
        "list": choice(label=_("Saved list"), choices=lists, method="filter_list", empty_label=_("Any list")),
        "invited": choice(
            label=_("Invited"),
            choices=[("no", _("Not yet invited")), ("yes", _("Already invited"))],
            method="filter_invited",
            empty_label=_("Everyone"),
        ),
        "past": choice(
            label=_("Before"),
            choices=[
                ("not_asked", _("Never been asked")),
                ("asked", _("Asked and never came")),
                ("came", _("Came in the last twelve months")),
            ],
            method="filter_past",
            empty_label=_("Any"),
        ),
        "came_to": choice(
            label=_("Came to"), choices=past, method="filter_came_to", empty_label=_("Any event or none")
        ),
        "place": django_filters.CharFilter(label=_("Town or postcode"), max_length=50, method="filter_place"),
        "about": django_filters.CharFilter(
            label=_("What they say about themselves"), max_length=50, field_name="about", lookup_expr="icontains"
        ),
        "wish": choice(
            label=_("How often they wish to be asked"),
            choices=[("past", _("Taking a break, or would be asked more often")), ("any", _("Everybody"))],
            method="filter_wish",
            empty_label=_("As often as they wish"),
        ),
    }
    return type("InviteFilter", (PeopleFilter,), {"__doc__": PeopleFilter.__doc__, **made_for_event})
