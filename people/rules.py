"""Who may do what in this app."""

from people import registry


def needs_second_factor(user):
    """Whether `user` reaches other people's data, by any role, and so must show a second factor when signing in."""
    return user.is_administrator or any(privileged(user) for privileged in registry.privileged)


def can_read_messages(user):
    """Whether there are messages `user` may read: administrators, and whom the apps above name."""
    return user.is_administrator or any(reads(user) for reads in registry.message_readers)


def can_edit_person(user, person):
    """Whether `user` may change the details of `person`: their own, as an administrator, or by a role."""
    if not user.is_authenticated or not user.is_active:
        return False
    if person.user_id == user.pk or user.is_administrator:
        return True
    return any(may_edit(user, person) for may_edit in registry.person_editors)


def can_change_address(user, person):
    """Whether `user` may change the e-mail address `person` signs in with.

    Whoever can change it can sign in as them. So people change their own by showing that the new one works; staff
    change it for people with no role that reaches others' data; only an administrator changes it for the rest.
    """
    if not can_edit_person(user, person):
        return False
    if person.user is None or user.is_administrator:
        return True
    if person.user_id == user.pk:
        return False
    return not needs_second_factor(person.user)
