"""Say who may publish a version, ask for it, and answer such a request."""

from django.utils.translation import gettext as _

from payments.publishing.models import Publication
from people.models import User
from programmes.models import Role, has_role
from wellbeing.lib.rulings import YES, Ruling


def can_answer(user: User, publication: Publication) -> Ruling:
    """May `user` publish what another asked for, or send it back? Yes for other staff, no for administrators alone."""
    if not has_role(user, publication.version.programme_id, Role.STAFF):
        return Ruling(_("Only another member of the programme's staff can answer this."))
    if publication.requested_by_id == user.person.pk:
        return Ruling(_("You asked for this yourself. Another member of staff has to answer."))
    return YES
