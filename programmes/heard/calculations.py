"""Say whether a reply may be shown without a name, so that it does not show who gave it."""

from collections.abc import Collection


def can_be_anyones(may_have_said_it: Collection[bool], fewest: int) -> bool:
    """Return whether a reply without a name shows nobody.

    `may_have_said_it` has one entry for each person who may have given it, true for one whom the page names as having
    said the contribution. Where the page names all of them, and they are fewer than `fewest`, a reader could tell.
    """
    return not all(may_have_said_it) or len(may_have_said_it) >= fewest
