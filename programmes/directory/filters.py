"""Filter the people of a programme; each choice stays in the address."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import AccessNeed, Organisation
from people.needs import queries as needs_queries
from programmes import registry
from programmes.directory import queries
from programmes.directory.models import Tag
from programmes.programme import queries as programme_queries
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Programme, Role
from wellbeing.lib.dates import today
from wellbeing.lib.ticks import whole_numbers

# The filters that mean something together alone: `filter_queryset` reads both.
TOGETHER = ("role", "when")
REVIEWS = [("due", _("Needs to be reviewed")), ("never", _("Nothing said yet"))]


class PeopleFilter(django_filters.FilterSet):
    """People of `programme`: those who hold a role now, unless the reader asks for others. Made by `people_filter`."""

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme

    def leave(self, queryset, name, value):
        """Leave the rows as they are: role and time only make sense together, and `filter_queryset` reads both."""
        return queryset

    def filter_queryset(self, queryset):
        """Return people who hold the role now, who held it and no longer do, or both."""
        queryset = super().filter_queryset(queryset)
        answers = self.form.cleaned_data
        role, when = answers.get("role") or None, answers.get("when")
        now = programme_queries.holding(self.programme, role, on=today())
        if when == "past":
            return queryset.filter(programme_queries.holding(self.programme, role) & ~Q(now))
        if when == "ever":
            return queryset.filter(programme_queries.holding(self.programme, role))
        return queryset.filter(now)

    def filter_group(self, queryset, name, value):
        """Return those with a term on the group today."""
        terms = Term.objects.effective_on(today()).filter(person=OuterRef("pk"), group=value)
        return queryset.filter(Exists(terms))

    def filter_tag(self, queryset, name, value):
        """Return those who have the tag or are of the area."""
        return queryset.filter(queries.tagged(int(value)))

    def filter_need(self, queryset, name, value):
        """Return people with this access need; each once, even if it is recorded several times."""
        return queryset.filter(pk__in=AccessNeed.objects.filter(kind=value).values("person"))

    def filter_review(self, queryset, name, value):
        """Return those who take part and whose needs are to be reviewed, or those who have not said anything yet."""
        if value == "never":
            return queryset.filter(~needs_queries.reviewed())
        return queryset.filter(programme_queries.takes_part(self.programme, today()), needs_queries.to_review(today()))

    def filter_organisation(self, queryset, name, value):
        """Return those who belong to the organisation."""
        return queryset.filter(organisation__in=whole_numbers([value]))

    def filter_about(self, queryset, name, value):
        """Return those who say this about themselves."""
        return queryset.filter(about__icontains=value)


class PartOfPeopleFilter(PeopleFilter):
    """The same filters for part of what a list holds: without "now" where nothing was said about roles."""

    def filter_queryset(self, queryset):
        """Return those whom the filters that were set find."""
        if set(TOGETHER) & set(self.data):
            return super().filter_queryset(queryset)
        return django_filters.FilterSet.filter_queryset(self, queryset)


def people_filter(programme: Programme, *, staff: bool, base: type[PeopleFilter] = PeopleFilter) -> type[PeopleFilter]:
    """Return the FilterSet class for the people of `programme`; `staff` is for those who arrange what people need."""
    made = _for_everybody(programme) | (_for_staff(programme) if staff else {})
    return type("PeopleFilterOfProgramme", (base,), {"__doc__": base.__doc__, **made})


def narrowed(people: QuerySet[Any], programme: Programme, values: Mapping[str, str]) -> QuerySet[Any]:
    """Return those of `people` whom the filters `values` of the list find; nobody where a filter is no longer there."""
    filterset = people_filter(programme, staff=True, base=PartOfPeopleFilter)
    unknown = set(values) - set(filterset.base_filters)
    made = filterset(dict(values), queryset=people, programme=programme)
    return people.none() if unknown or not made.is_valid() else made.qs


def _choice(label, choices, empty, method, **options):
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=empty, method=method, **options)


def _for_everybody(programme):
    groups = [(str(group.pk), group.name) for group in programme.groups.all()]
    organisations = [
        (str(pk), name) for pk, name in queries.organisations_of(programme).order_by("name").values_list("pk", "name")
    ]
    return {
        "role": _choice(_("Role"), Role.choices, _("Any role"), "leave"),
        "group": _choice(_("Group"), groups, _("Any group"), "filter_group"),
        "when": _choice(_("When"), [("past", _("No longer")), ("ever", _("Now or before"))], _("Now"), "leave"),
        "organisation": _choice(_("Organisation"), organisations, _("Any or none"), "filter_organisation"),
    }


def _for_staff(programme):
    areas, tags = (
        [(str(tag.pk), tag.name) for tag in queries.tags_of(programme, kind)] for kind in (Tag.Kind.AREA, Tag.Kind.TAG)
    )
    made = {
        "area": _choice(_("Area"), areas, _("Any area"), "filter_tag"),
        "tag": _choice(_("Tag"), tags, _("Any tag"), "filter_tag"),
        "need": _choice(_("Access need"), AccessNeed.Kind.choices, _("Any or none"), "filter_need"),
        "review": _choice(_("Review of needs"), REVIEWS, _("Any"), "filter_review"),
        "about": django_filters.CharFilter(
            label=_("Experience, in their own words"), max_length=50, method="filter_about"
        ),
    }
    for extra in sorted(registry.people_filters, key=lambda one: one.order):
        made[extra.key] = _plugged_in(extra, programme)
    return made


def _plugged_in(extra, programme):
    def narrow(queryset, _name, value):
        return extra.narrow(queryset, programme, value)

    if extra.choices is None:
        return django_filters.CharFilter(label=extra.label, max_length=50, method=narrow)
    return _choice(extra.label, extra.choices(programme), extra.empty, narrow)


class OrganisationFilter(django_filters.FilterSet):
    """Organisations of a programme by what they are to it."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Organisation.Kind.choices, empty_label=_("Any kind"), field_name="kind_here"
    )
    partner = django_filters.ChoiceFilter(
        label=_("Partner"), choices=[("yes", _("Partners"))], empty_label=_("Any"), method="filter_partner"
    )

    def filter_partner(self, queryset, name, value):
        """Return those named as partners."""
        return queryset.filter(is_partner=True)
