"""Access needs of people and of those who come with them, and when somebody last said that they are right."""

from __future__ import annotations

import datetime as dt

import pghistory
import pgtrigger
from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.directory.models import Person
from wellbeing.lib.texts import LineField, WordsField
from wellbeing.lib.types import Text

KEPT = pgtrigger.Update | pgtrigger.Delete
# The sizes of large print, as letters and papers know them.
PRINT_SIZES = [
    (size.value, format_lazy(_("{points} point"), points=size.points)) for size in Person.LetterSize if size.is_large
]


class Whose(models.TextChoices):
    """Whose a need is: the person's own, or of somebody who comes with them so that they can take part."""

    PERSON = "person", _("The person")
    SUPPORTER = "supporter", _("Their supporter")


def said_of(need: Text, whose: str) -> str:
    """Return the words of a need with whose it is, where it is not the person's own."""
    return _now("For the supporter: %(need)s") % {"need": need} if whose == Whose.SUPPORTER else str(need)


@pghistory.track()
class AccessNeed(models.Model):
    """Something a person needs so that they can take part: identified and recorded once, flagged wherever it matters
    (Accessible Information Standard, DAPB1605).

    The size of large print that a person reads is `Person.letter_size`, by which their letters are printed; that of
    their supporter stands here.
    """

    class Kind(models.TextChoices):
        LARGE_PRINT = "large_print", _("Large print")
        EASY_READ = "easy_read", _("Easy Read")
        BRAILLE = "braille", _("Braille")
        AUDIO = "audio", _("Audio")
        BSL = "bsl", _("British Sign Language interpreter")
        LIP_SPEAKER = "lip_speaker", _("Lip speaker")
        HEARING_LOOP = "hearing_loop", _("Hearing loop")
        CAPTIONS = "captions", _("Captions or speech-to-text")
        LANGUAGE = "language", _("Interpreter for another language")
        SUPPORTER = "supporter", _("Supporter or personal assistant comes too")
        STEP_FREE = "step_free", _("Step-free way in")
        PARKING = "parking", _("Parking close by")
        TRANSPORT = "transport", _("Accessible transport, such as a taxi")
        ASSISTANCE_DOG = "assistance_dog", _("Assistance dog")
        QUIET_ROOM = "quiet_room", _("Quiet room or rest space")
        BREAKS = "breaks", _("Regular breaks")
        DIET = "diet", _("Food and drink")
        OTHER = "other", _("Something else")

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="access_needs")
    whose = models.CharField(
        _("whose need it is"), max_length=10, choices=Whose, default=Whose.PERSON, db_default=Whose.PERSON
    )
    kind = models.CharField(_("need"), max_length=20, choices=Kind)
    detail = WordsField(_("more about it"), max_length=300, blank=True)
    print_size = models.CharField(
        _("size of print"),
        max_length=2,
        choices=PRINT_SIZES,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of a supporter's large print. The person's own is how their letters are printed."),
    )

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")
        ordering = ["whose", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "whose", "kind", "detail"], name="one_access_need_each"),
            models.CheckConstraint(
                condition=Q(whose__in=["person", "supporter"]) & ~Q(whose="supporter", kind="supporter"),
                name="a_supporter_brings_no_supporter",
            ),
            models.CheckConstraint(
                condition=Q(print_size="") | Q(whose="supporter", kind="large_print"),
                name="only_a_supporters_large_print_has_a_size",
            ),
        ]

    def __str__(self) -> str:
        words = self.words
        return f"{self.label}: {words}" if words else self.label

    @property
    def label(self) -> str:
        """Return the kind of need, and whose it is where it is not the person's own."""
        return said_of(self.get_kind_display(), self.whose)

    @property
    def words(self) -> str:
        """Return more about it: the size of large print, and the words that were written."""
        return words_of(self.kind, self.detail, self.size)

    @property
    def size(self) -> str:
        """Return the size of print they chose, as the values of PRINT_SIZES; "" for none, and for other kinds."""
        if self.kind != self.Kind.LARGE_PRINT or self.whose == Whose.SUPPORTER:
            return self.print_size
        size = self.person.letter_size
        return size if Person.LetterSize(size).is_large else ""


def words_of(kind: str, detail: str, size: str) -> str:
    """Return more about a need of a `kind`: the `size` of large print, and what was written, each once."""
    points = str(dict(PRINT_SIZES).get(size, "")) if kind == AccessNeed.Kind.LARGE_PRINT else ""
    return "; ".join(dict.fromkeys(part for part in (points, detail) if part))


class NeedsReviewRuleQuerySet(models.QuerySet["NeedsReviewRule"]):
    def in_force_on(self, on: dt.date) -> NeedsReviewRule:
        """Return the rule of the day `on`; the first one, which comes with the product, on days before it as well."""
        rule = self.filter(effective_from__lte=on).order_by("-effective_from").first()
        rule = rule or self.order_by("effective_from").first()
        assert rule is not None
        return rule


class NeedsReviewRule(models.Model):
    """How often people are asked whether their access needs are still right, from a day on. Rows never change."""

    effective_from = models.DateField(_("starts"), unique=True)
    months = models.PositiveSmallIntegerField(_("months until needs are reviewed again"))
    ask_days = models.PositiveSmallIntegerField(_("days before that day on which people are asked"))
    first_days = models.PositiveSmallIntegerField(
        _("days after which somebody who was added is asked"), help_text=_("Where they have not said anything yet.")
    )

    objects = NeedsReviewRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of reviews of access needs")
        verbose_name_plural = _("rules of reviews of access needs")
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(1, 60), ask_days__lte=27, first_days__lte=365),
                name="needs_review_rule_within_reason",
            ),
        ]
        triggers = [pgtrigger.Protect(name="needs_review_rules_are_kept", operation=KEPT)]

    def __str__(self) -> str:
        return str(self.effective_from)

    def due_on(self, reviewed_on: dt.date) -> dt.date:
        """Return the day on which needs that were reviewed on a day are due again."""
        return reviewed_on + relativedelta(months=self.months)

    def due_first(self, added_on: dt.date) -> dt.date:
        """Return the day on which needs of somebody who was added on a day, and said nothing yet, are due."""
        return added_on + dt.timedelta(days=self.first_days)

    def asked_from(self, reviewed_on: dt.date) -> dt.date:
        """Return the day from which somebody is asked whose needs were reviewed on a day."""
        return self.due_on(reviewed_on) - dt.timedelta(days=self.ask_days)

    def last_asked_about(self, on: dt.date) -> dt.date:
        """Return the latest day of a review after which somebody is asked again by the day `on`."""
        day = on + dt.timedelta(days=self.ask_days) - relativedelta(months=self.months)
        # Months end on different days: the last days of a long one fall together a year later.
        while self.asked_from(day + dt.timedelta(days=1)) <= on:
            day += dt.timedelta(days=1)
        return day


class NeedsReview(models.Model):
    """One time somebody said that what is recorded of a person's needs is right: they themselves, or a colleague for
    them, with how the person told them. Rows never change, so they are their own history.

    `has_needs` False is an answer as well: the person needs nothing. Without a row nobody has said anything.
    """

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="needs_reviews")
    reviewed_at = models.DateTimeField(_("reviewed"), default=timezone.now)
    has_needs = models.BooleanField(_("has access needs"))
    noted_by = who_field(_("noted by"), help_text=_("Empty: they said it themselves."))
    how = LineField(_("how they told us"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("review of access needs")
        verbose_name_plural = _("reviews of access needs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-id"], name="needs_reviews_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(noted_by=None, how="") | (Q(noted_by__isnull=False) & ~Q(how="")),
                name="a_noted_needs_review_says_how",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="needs_reviews_are_kept", operation=KEPT),
            pgtrigger.Trigger(
                name="a_needs_review_is_of_what_is_recorded",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF NEW.has_needs <> EXISTS (SELECT FROM people_accessneed n WHERE n.person_id ="
                    " NEW.person_id) THEN"
                    " RAISE EXCEPTION 'a review says whether needs are recorded'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.reviewed_at:%Y-%m-%d}"
