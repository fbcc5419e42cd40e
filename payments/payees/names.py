"""Compare names on accounts with the names of people."""

from wellbeing.lib.names import TITLES, name_key


def same_name(on_account, full_name):
    """Whether the name on an account can be that of `full_name`: the last name, and a first name or its letter.

    Banks write "MS J SMITH" for Jane Smith; a joint account names two people.
    """
    account, person = _words(on_account), _words(full_name)
    if not account or not person:
        return False
    if person[-1] not in account:
        return False
    others = [word for word in account if word != person[-1]]
    return not others or any(word[0] == person[0][0] and (len(word) == 1 or word == person[0]) for word in others)


def _words(name):
    # Banks write without accents: ZOLKIEWSKI.
    return [word for word in name_key(name).split() if word not in TITLES]
