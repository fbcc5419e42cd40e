"""The names that signatures give to plain numbers, texts and accounts, so that a reader sees what they are.

The numbers are names for `int`, not types of their own: a sum of pence stays pence without a cast, and Django's stubs
give every `pk` as `int`. mypy still refuses pence where pounds are wanted, because pounds are always `Decimal`.
"""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    # The stubs read `_User` as AUTH_USER_MODEL, `people.User`: so every app and wing can name the account that acts. A
    # rule that visitors reach gets an AnonymousUser, and asks `is_authenticated` first.
    from django.contrib.auth.models import _User as User

    # Lazy texts: a class of the stubs, which Django does not have.
    from django.utils.functional import _StrPromise as LazyText
else:
    from django.utils.functional import Promise as LazyText

    User = object

Pence: TypeAlias = int
PersonId: TypeAlias = int
ProgrammeId: TypeAlias = int
EventId: TypeAlias = int
ClaimId: TypeAlias = int
InvitationId: TypeAlias = int

# A sentence or label for the screen, translated already or when it is shown (gettext, gettext_lazy).
Text: TypeAlias = str | LazyText
