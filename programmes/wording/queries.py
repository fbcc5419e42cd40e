"""Find out which words a programme uses for which messages."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, Count, Min, QuerySet, When

from people import registry
from people.models import Person
from people.wordings import OwnWords, WordsInForce
from programmes.programme.models.programmes import Programme, message_audience
from programmes.programme.queries import holding
from programmes.wording.models import WordingGap, WordingVersion
from wellbeing.lib.dates import today
from wellbeing.lib.languages import Language
from wellbeing.lib.types import ProgrammeId

# People offered at once to see a message as one of them; a name finds others.
MAX_CHOICES = 50
# Fields with nothing to say that are told one by one.
MAX_GAPS = 20


def words_in_force(voices: Collection[str], kinds: Collection[str]) -> WordsInForce:
    """Return the own words of programmes with these `voices` today for these `kinds`, by (voice, kind, language)."""
    programmes = [int(pk) for name, _colon, pk in (voice.partition(":") for voice in voices) if name == "programme"]
    rows = WordingVersion.objects.filter(programme__in=programmes, kind__in=kinds).in_force(today())
    return {
        (message_audience(row.programme_id), row.kind, row.language): row.own_words
        for row in rows
        if not row.is_standard
    }


@dataclass
class KindOfMessage:
    """A kind of message, with the versions that count, those that will, and what has gone wrong."""

    kind: registry.NoticeKind
    in_force: dict[str, WordingVersion] = field(default_factory=dict)
    to_come: list[WordingVersion] = field(default_factory=list)
    gaps: int = 0

    @property
    def own(self) -> list[WordingVersion]:
        """Return the programme's own words that are used now, English first."""
        used = [row for row in self.in_force.values() if not row.is_standard]
        return sorted(used, key=lambda row: (row.language != Language.ENGLISH, row.get_language_display()))

    @property
    def languages(self) -> str:
        """Return the languages of those words, as a list in words."""
        return ", ".join(str(row.get_language_display()) for row in self.own)

    @property
    def latest(self) -> WordingVersion | None:
        """Return the version that was written last."""
        return max([*self.in_force.values(), *self.to_come], key=lambda row: row.pk, default=None)


def kinds_of(programme: Programme) -> list[KindOfMessage]:
    """Return every kind of message that `programme` may say in its own words, with its state. With three queries."""
    on = today()
    free = [kind for kind in registry.notice_kinds.values() if kind.can_be_reworded]
    kinds = {kind.key: KindOfMessage(kind) for kind in free}
    rows = programme.wordings.select_related("written_by")
    for row in rows.in_force(on):
        if row.kind in kinds:
            kinds[row.kind].in_force[row.language] = row
    later: dict[str, list[WordingVersion]] = {}
    for row in rows.filter(effective_from__gt=on).order_by("effective_from", "pk"):
        later.setdefault(row.kind, []).append(row)
    for key in kinds.keys() & later.keys():
        kinds[key].to_come = _that_will_count(later[key], kinds[key].in_force)
    unseen = WordingGap.objects.unseen().of([programme.pk])
    for key, number in unseen.order_by().values_list("version__kind").annotate(number=Count("notice", distinct=True)):
        if key in kinds:
            kinds[key].gaps = number
    return sorted(kinds.values(), key=lambda one: str(one.kind.title))


def _that_will_count(later: Iterable[WordingVersion], in_force: Mapping[str, WordingVersion]) -> list[WordingVersion]:
    """Return those of `later`, versions of one kind by day and key, that will change what is used.

    Of one language and day only the newest counts; the standard words after the standard words change nothing.
    """
    newest = {(row.effective_from, row.language): row for row in later}
    own = {language for language, row in in_force.items() if not row.is_standard}
    found = []
    for (_day, language), row in newest.items():
        if not row.is_standard:
            own.add(language)
            found.append(row)
        elif language in own:
            own.remove(language)
            found.append(row)
    return found


def fixed_kinds() -> list[registry.NoticeKind]:
    """Return the kinds of messages whose words cannot be changed, by name."""
    fixed = [kind for kind in registry.notice_kinds.values() if not kind.can_be_reworded]
    return sorted(fixed, key=lambda kind: str(kind.title))


def version_on(programme: Programme, kind: str, language: str, on: dt.date) -> WordingVersion | None:
    """Return the version that counts on the day `on`; None where there never was one."""
    return programme.wordings.filter(kind=kind, language=language).in_force(on).first()


def newest(programme: Programme, kind: str, language: str) -> WordingVersion | None:
    """Return the version that was written last, whenever it counts from; None without any."""
    return programme.wordings.filter(kind=kind, language=language).order_by("-pk").first()


def starting_words(programme: Programme, kind: registry.NoticeKind, language: str) -> OwnWords:
    """Return the words to begin with: those used now in `language`; else those in English; else the standard ones."""
    for tongue in dict.fromkeys([language, Language.ENGLISH.value]):
        row = version_on(programme, kind.key, tongue, today())
        if row and not row.is_standard:
            return OwnWords(row.pk, row.subject, row.words, row.short, language)
    return OwnWords(0, str(kind.standard.subject), str(kind.standard.words), language=language)


def people_of(programme: Programme, name: str = "", language: str = Language.ENGLISH) -> QuerySet[Person]:
    """Return people with a role in `programme` today whose name has `name` in it: first those who read `language`."""
    reads_it = Case(When(language=language, then=0), default=1)
    people = Person.objects.filter(holding(programme, on=today())).order_by(reads_it, "sort_key", "pk")
    return people.filter(full_name__icontains=name) if name else people


def person_of(programme: Programme, key: str) -> list[Person]:
    """Return the person of `programme` with the key `key`, in a list; [] for anybody else's, and for no key."""
    # No key of Postgres is longer.
    is_key = key.isdecimal() and len(key) <= 18
    return list(people_of(programme).filter(pk=int(key))) if is_key else []


def gaps_of(programme: Programme, kind: str) -> QuerySet[WordingGap]:
    """Return the fields that had nothing to say and that nobody has dealt with, in the words of a kind of message."""
    rows = WordingGap.objects.unseen().of([programme.pk]).filter(version__kind=kind)
    return rows.select_related("version", "notice__person").order_by("pk")


def first_gaps(programmes: Collection[ProgrammeId]) -> list[tuple[WordingGap, int]]:
    """Return, for each kind of message of `programmes` with gaps, the first one, and how many people had one."""
    rows = WordingGap.objects.unseen().of(programmes).order_by()
    kinds = rows.values("version__programme", "version__kind")
    numbers = dict(
        kinds.annotate(first=Min("pk"), people=Count("notice", distinct=True)).values_list("first", "people")
    )
    gaps = WordingGap.objects.filter(pk__in=numbers).select_related("version__programme", "notice__person")
    return [(gap, numbers[gap.pk]) for gap in gaps.order_by("version__programme__name", "version__kind")]
