"""Users read again, with their roles of now."""


def fresh(user):
    """The user as the next request reads them: roles are kept on the object for one request."""
    return type(user).objects.get(pk=user.pk)
