"""Name the people the demo's sign-in page offers to look around as."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people import registry

from . import people


def demo_roles():
    """Return one person for each thing there is to see."""
    someone = people.EVERYBODY
    shown = (
        (someone["shanelle"], _("A person with lived experience"), _("replies to invitations, claims time and fares")),
        (someone["ros"], _("Programme staff"), _("invites people, records who came, checks claims")),
        (someone["maggie"], _("Steering group member"), _("has lived experience too, and chairs the group")),
        (someone["graham"], _("Finance officer"), _("makes payment runs and pays them")),
        (someone["nkechi"], _("Second finance officer"), _("signs off what the first one made")),
    )
    roles = [
        registry.DemoRole(label=label, email=person.email, name=person.name, detail=detail, order=10 * position)
        for position, (person, label, detail) in enumerate(shown, start=1)
    ]
    email, name = people.ADMINISTRATOR
    roles.append(
        registry.DemoRole(
            label=_("Administrator"), email=email, name=name, detail=_("looks after the installation"), order=60
        )
    )
    roles.append(
        registry.DemoRole(
            label=_("Staff of another programme"),
            email=people.NEXT_DOOR_STAFF.email,
            name=people.NEXT_DOOR_STAFF.name,
            detail=_("sees nothing of this programme"),
            order=70,
        )
    )
    return roles


def register():
    """Offer them, in demo mode only."""
    if settings.DEMO_MODE:
        registry.demo_roles.append(demo_roles)
