"""The pages of a programme's own words, as objects a template reads and a test can ask without a request."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from people.messages.hints import Words
from people.messages.previews import WordsPreview
from people.wordings import DETAILS, LINK, OwnWords
from programmes.wording import queries
from wellbeing.lib import languages, phones
from wellbeing.lib.dates import short_date
from wellbeing.lib.languages import Language


def state_of(row):
    """Say which words are used for a kind of message now: (words, tone) of a tag."""
    return (_("Own words"), "good") if row.own else (_("Standard words"), "quiet")


def _changed(version):
    return _("%(day)s, %(who)s") % {"day": short_date(version.created_at), "who": version.written_by.full_name}


def columns():
    """Return the headings of the table of all kinds of messages."""
    return [{"label": label} for label in (_("Message"), _("Words"), _("Last changed"))]


def row_of(slug, row):
    """Return the row of a kind of message for the table of all of them."""
    label, tone = state_of(row)
    latest = row.latest
    url = reverse("wording", args=[slug, row.kind.key])
    cells = [
        {"text": row.kind.title, "url": url},
        {"text": row.languages, "tag": {"label": label, "tone": tone}},
        {"text": _changed(latest) if latest else _("Never")},
    ]
    note = []
    if row.to_come:
        coming = row.to_come[0]
        words = _("The standard words again from %(day)s.") if coming.is_standard else _("New words from %(day)s.")
        note.append(words % {"day": short_date(coming.effective_from)})
    if row.gaps:
        note.append(_("Some people got the standard words, as there was nothing to put for a field."))
    return {"cells": cells, "note": " ".join(note)}


def _gap_in_words(gap):
    words = _("%(person)s, %(day)s: %(part)s in %(language)s, %(field)s was empty.")
    if gap.is_in_several_lines:
        words = _("%(person)s, %(day)s: %(part)s in %(language)s, line %(line)s, %(field)s was empty.")
    return words % {
        "person": gap.notice.person or _("Somebody"),
        "day": short_date(gap.notice.created_at),
        "part": gap.get_part_display(),
        "language": gap.version.get_language_display(),
        "line": gap.line,
        "field": gap,
    }


class KindPage:
    """One kind of message of a programme: the words used in each language, what went wrong, and every version."""

    def __init__(self, programme, kind):
        self.programme, self.kind = programme, kind
        self.versions = list(programme.wordings.filter(kind=kind.key).select_related("written_by").order_by("-pk"))

    @cached_property
    def row(self):
        """The kind with the versions that count."""
        return next(row for row in queries.kinds_of(self.programme) if row.kind == self.kind)

    @property
    def used(self):
        """The languages there are words in, English first: what is used now, and what is to come."""
        english = [Language.ENGLISH.value]
        tongues = dict.fromkeys([*english, *(row.language for row in self.row.own), *self._to_come])
        return [
            {
                "language": tongue,
                "label": Language(tongue).label,
                "version": next((row for row in self.row.own if row.language == tongue), None),
                "to_come": self._to_come.get(tongue),
                "edit_url": self.url_of("wording_edit", tongue),
                "standard_url": self.url_of("wording_standard", tongue),
            }
            for tongue in tongues
        ]

    @property
    def other_languages(self):
        """The languages there are no words in yet, with the page to write some."""
        there = {one["language"] for one in self.used}
        return [(self.url_of("wording_edit", key), label) for key, label in languages.to_choose() if key not in there]

    @cached_property
    def gaps(self):
        """The fields that had nothing to say to somebody, with what to do about them."""
        rows = list(queries.gaps_of(self.programme, self.kind.key)[: queries.MAX_GAPS])
        return [_gap_in_words(gap) for gap in rows]

    @property
    def more_gaps(self):
        """How many of them are not told one by one."""
        return queries.gaps_of(self.programme, self.kind.key).count() - len(self.gaps) if self.gaps else 0

    @property
    def standard(self):
        """The standard words."""
        return self.kind.standard

    @cached_property
    def _to_come(self):
        return {row.language: row for row in reversed(self.row.to_come)}

    def url_of(self, name, language):
        return reverse(name, args=[self.programme.slug, self.kind.key, language])


class EditorPage:
    """The page on which somebody writes words: beside them their fields, the figure, and words to avoid."""

    def __init__(self, programme, kind, own):
        self.programme, self.kind, self.own = programme, kind, own

    @property
    def language(self):
        return Language(self.own.language)

    @property
    def looked_at(self):
        """The subject and the words together."""
        return Words(f"{self.own.subject}\n\n{self.own.words}\n\n{self.own.short}", self.programme.voice, self.language)

    @property
    def fields(self):
        """Each merge field, what it says, and an example; the ones the words must have are marked."""
        speaker = self.programme.speaker
        phone = phones.shown(speaker.phone) or _("Your programme has none")
        own = [
            ("name", _("What the person likes to be called"), _("Alex"), ""),
            ("programme", _("The name of your programme"), speaker.name, ""),
            ("contact", _("Who to ask"), speaker.contact, ""),
            ("phone", _("The phone number of your programme"), phone, ""),
        ]
        theirs = [(field.key, field.says, field.example, self._remark(field)) for field in self.kind.standard.fields]
        holds = _("What we fill in: %(holds)s") % {"holds": self.kind.standard.holds}
        facts = (DETAILS, holds, "", _("The words must have it."))
        link = (LINK, _("The address of the page to read"), "", _("Only in the text message, which must have it."))
        return [
            {"field": "{" + key + "}", "says": says, "example": example, "remark": remark}
            for key, says, example, remark in [facts, *theirs, *own, link]
        ]

    @property
    def standard(self):
        return self.kind.standard

    def _remark(self, field):
        if field.needed:
            return _("The words must have it.")
        return _("Empty for some people, who then get the standard words.") if field.may_be_empty else ""


class CheckPage:
    """Words before they are used, as one person of the programme would get them: its `reader`, where it has nobody."""

    def __init__(self, programme, kind, own, reader, find="", chosen=""):
        self.programme, self.kind, self.own, self.find = programme, kind, own, find
        self.editor = EditorPage(programme, kind, own)
        people = queries.people_of(programme, find, own.language)
        self.people = list(people[: queries.MAX_CHOICES + 1])
        self.has_more = len(self.people) > queries.MAX_CHOICES
        del self.people[queries.MAX_CHOICES :]
        # A new search means somebody else, where the one chosen before is not found by it.
        picked = [person for person in self.people if str(person.pk) == chosen]
        if not picked and not find:
            picked = queries.person_of(programme, chosen)
        self.person = (picked or self.people or [reader])[0]

    @cached_property
    def preview(self):
        """The words as the person would get them."""
        return WordsPreview(self.kind, self.own, self.programme.voice, self.person)

    @property
    def reads_another(self):
        """Say who gets these words in place of the person, where the person reads another language; "" otherwise."""
        params = {"language": self.person.get_language_display()}
        if self.person.language == self.own.language:
            return ""
        if self.own.language == Language.ENGLISH:
            return _("They read %(language)s. They get English only where you have no words in %(language)s.") % params
        return _("They read %(language)s, so they would not get these words.") % params


def own_words_of(language, values):
    """Return what somebody typed into the form as words of a language."""
    return OwnWords(0, values["subject"], values["words"], values["short"], language)
