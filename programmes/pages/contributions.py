"""Adds to the home page how far the reader's programmes are set up, and to the list the steps of this app."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.registry import AccountColumn, Task
from programmes.pages import queries
from programmes.programme import rules
from programmes.programme.models.programmes import Membership, Programme, Role, programmes_where
from programmes.registry import SetupStep
from wellbeing.lib.dates import today

FINANCE_OFFICERS = 2


def setup_tasks(user):
    """List the programmes of `user` that are not set up yet, for staff and finance."""
    programmes = list(
        Programme.objects.filter(pk__in=programmes_where(user, Role.STAFF, Role.FINANCE), ends_on__gte=today())
    )
    setups = queries.setup_of(user, programmes)
    return [
        Task(
            title=_("Set up %(programme)s") % {"programme": programme},
            detail=_("%(done)s of %(all)s steps are done.") % {"done": setup.done, "all": len(setup.steps)},
            url=f"{programme.get_absolute_url()}#set-up",
        )
        for programme in programmes
        if not (setup := setups[programme.pk]).is_done
    ]


def _roles_today():
    held = Membership.objects.effective_on(today()).filter(person__user=OuterRef("pk"))
    pair = JSONObject(programme="programme__name", role="role")
    return ArraySubquery(held.order_by("programme__name", "role").annotate(held=pair).values("held"))


def _roles_in_words(held):
    roles: dict[str, list[str]] = {}
    for row in held:
        roles.setdefault(row["programme"], []).append(str(Role(row["role"]).label))
    return "; ".join(f"{programme}: {', '.join(names)}" for programme, names in roles.items())


ROLES = AccountColumn(key="roles_today", label=gettext_lazy("Roles"), annotation=_roles_today, words=_roles_in_words)


def _with_lived_experience(programmes):
    return Membership.objects.effective_on(today()).filter(programme__in=programmes, role=Role.LIVED_EXPERIENCE)


def _with_two_in_finance(programmes):
    held = Membership.objects.effective_on(today()).filter(programme__in=programmes, role=Role.FINANCE)
    counted = held.order_by().values("programme").annotate(people=Count("person", distinct=True))
    return counted.filter(people__gte=FINANCE_OFFICERS)


def _add_a_person(programme):
    return reverse("programme_person_new", args=[programme.slug])


PEOPLE = SetupStep(
    title=gettext_lazy("Add people with lived experience"),
    detail=gettext_lazy("At least one person takes part."),
    who=gettext_lazy("Staff"),
    order=10,
    done=_with_lived_experience,
    url=_add_a_person,
    may=rules.can_manage_programme,
)
FINANCE = SetupStep(
    title=gettext_lazy("Add two people of finance"),
    detail=gettext_lazy("One makes a payment run, another signs it off. Each is confirmed by somebody else."),
    who=gettext_lazy("Staff"),
    order=20,
    done=_with_two_in_finance,
    url=_add_a_person,
    may=rules.can_manage_programme,
)
