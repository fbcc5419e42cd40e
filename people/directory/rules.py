"""Who may change a person's details."""

from people import registry


def can_edit_person(user, person):
    """Whether `user` may change the details of `person`: their own, as an administrator, or by a role."""
    if not user.is_authenticated or not user.is_active:
        return False
    if person.user_id == user.pk or user.is_administrator:
        return True
    return any(may_edit(user, person) for may_edit in registry.person_editors)
