"""Choose the words of a programme for what it tells people, and deal with fields that had nothing to say."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.programme import rules as programme_rules
from programmes.programme.models.programmes import Programme
from programmes.wording import checking, queries
from programmes.wording.checking import WordingError
from programmes.wording.models import WordingGap, WordingVersion
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.languages import Language
from wellbeing.lib.types import User


@action
def use_words(
    *,
    programme: Programme,
    kind: str,
    language: str,
    subject: str,
    words: str,
    effective_from: dt.date,
    by: User,
    short: str = "",
    based_on: int | None = None,
) -> WordingVersion:
    """Use these words for a kind of message in a language, from a day on. Return the new WordingVersion.

    The same words for the same day twice are one version. `based_on` is the version that was the newest one when the
    writer began (0 without any). Raises WordingError when `by` may not, for a kind whose words are fixed, for words
    that leave out facts or cannot be filled in, for a day that has gone by, and when somebody else has written a
    version since. Locks the programme.
    """
    programme_rules.can_manage_programme(by, programme).insist(WordingError)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _check_language(language)
    checking.check(checking.kind_of(kind), programme.speaker, subject=subject, words=words, short=short)
    if effective_from < today():
        raise WordingError(_("This day has gone by. Enter today or a later day."), field="effective_from")
    last = queries.newest(programme, kind, language)
    row = WordingVersion(
        programme=programme,
        kind=kind,
        language=language,
        subject=subject.strip(),
        words=words.strip(),
        short=short.strip(),
        effective_from=effective_from,
        written_by=by.person,
    )
    if last and _same(last, row):
        return last
    if based_on is not None and based_on != (last.pk if last else 0):
        raise WordingError(_("Somebody else has changed these words since you began. Look at theirs first."))
    row.save()
    return row


@action
def use_standard(*, programme: Programme, kind: str, language: str, by: User) -> WordingVersion:
    """Use the standard words again from today, also in place of own words that were to begin later.

    Return the new WordingVersion of today. Raises WordingError when `by` may not, and where the standard words are used
    already. Locks the programme.
    """
    programme_rules.can_manage_programme(by, programme).insist(WordingError)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _check_language(language)
    checking.kind_of(kind)
    about = {"programme": programme, "kind": kind, "language": language}
    rows = WordingVersion.objects.filter(**about)
    days = {row.effective_from: row for row in rows.filter(effective_from__gte=today()).order_by("pk")}
    now = queries.version_on(programme, kind, language, today())
    own_later = [day for day, row in days.items() if day > today() and not row.is_standard]
    if (now is None or now.is_standard) and not own_later:
        raise WordingError(_("The standard words are used already."))
    # A new day for each: the newest version of a day counts.
    versions = [
        WordingVersion(**about, is_standard=True, effective_from=day, written_by=by.person)
        for day in [today(), *sorted(own_later)]
    ]
    return WordingVersion.objects.bulk_create(versions)[0]


@action
def deal_with_gaps(*, programme: Programme, kind: str, by: User) -> int:
    """Say that the fields of a kind that had nothing to say are dealt with. Return how many there were.

    Raises WordingError when `by` may not.
    """
    programme_rules.can_manage_programme(by, programme).insist(WordingError)
    rows = WordingGap.objects.unseen().of([programme.pk]).filter(version__kind=kind)
    return rows.update(seen_at=timezone.now(), seen_by=by.person)


def _check_language(language: str) -> None:
    if language not in Language.values:
        raise WordingError(_("Choose a language from the list."))


def _same(one: WordingVersion, other: WordingVersion) -> bool:
    fields = ("is_standard", "subject", "words", "short", "effective_from")
    return all(getattr(one, name) == getattr(other, name) for name in fields)
