"""Say who may choose how they are paid."""

from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from people.models import User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling


# How people wish to be recognised
def can_choose_recognition(user: User, programme: Programme) -> Ruling:
    """May `user` choose beforehand how they are paid in `programme`? Yes if they are paid for taking part in it."""
    if has_role(user, programme, Role.LIVED_EXPERIENCE) or (
        user.is_authenticated and Claim.objects.filter(programme=programme, person=user.person).exists()
    ):
        return YES
    return Ruling(_("Only people who are paid for taking part choose this."))
