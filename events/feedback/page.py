"""Put together the page of what follows an event: thanks, who spoke, feedback and its results, the report."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from events.feedback import documents, queries, rules
from events.feedback.actions.thanking import THANKS
from events.feedback.models import FeedbackRound, FeedbackRule, FeedbackWords, Side, WhoSpoke
from events.feedback.results import Line, Results, Said
from events.planning.models import Event
from events.planning.rules import can_manage_event
from events.planning.tabs import FEEDBACK, tab_url
from people.models import Job
from programmes.reviews.pages import place_of
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.types import User


def page_url(event: Event) -> str:
    """Return where staff see what follows `event`."""
    return tab_url(event, FEEDBACK)


class FeedbackPage:
    """The page of what follows one event, for a reader; a fixed number of queries, however many came and answered."""

    def __init__(self, event: Event, user: User) -> None:
        self.event, self.user = event, user

    @cached_property
    def is_staff(self) -> bool:
        return bool(can_manage_event(self.user, self.event))

    # Thanks
    @cached_property
    def round(self) -> FeedbackRound | None:
        return queries.round_of(self.event)

    @cached_property
    def to_thank(self) -> int:
        """Return how many people who came have not been thanked."""
        return queries.to_thank(self.event).count()

    @property
    def may_thank(self) -> bool:
        """Return whether the reader can thank somebody now."""
        return bool(self.to_thank and rules.can_thank(self.user, self.event))

    @property
    def thanks_by_themselves_on(self) -> Any:
        """Return on which day people are thanked without anybody's doing, while that is to come; None otherwise."""
        if self.round is not None or self.event.status != Event.Status.HELD:
            return None
        on = today()
        rule = FeedbackRule.objects.in_force_on(self.event.programme, on)
        return queries.thanked_on(self.event, rule, on)

    @cached_property
    def job(self) -> Job | None:
        """Return the work of thanking people that is not done, or None."""
        jobs = Job.objects.filter(kind=THANKS, subject_id=self.event.pk).exclude(status=Job.Status.DONE)
        return jobs.order_by("-pk").first()

    # Who spoke
    @cached_property
    def who_spoke(self) -> WhoSpoke | None:
        return WhoSpoke.objects.filter(event=self.event).select_related("noted_by").first()

    @cached_property
    def may_note(self) -> bool:
        return bool(rules.can_note_who_spoke(self.user, self.event))

    # Feedback
    @cached_property
    def asked(self) -> list[Any]:
        """Return everybody asked, for staff."""
        return list(queries.asked_in(self.round)) if self.round and self.is_staff else []

    @property
    def answered_words(self) -> str:
        """Say how many have answered, for staff: that they did, and nothing of what."""
        answered = sum(row.answered_on is not None for row in self.asked)
        return str(_("%(answered)s of %(asked)s have answered.") % {"answered": answered, "asked": len(self.asked)})

    @property
    def silent_rows(self) -> list[dict[str, Any]]:
        """Return rows of those who have not answered, while answers are taken."""
        if self.round is None or not self.may_close:
            return []
        return [
            {
                "cells": [
                    {"text": row.person.full_name, "url": reverse("person", args=[row.person_id])},
                    {"text": row.get_side_display()},
                    *(
                        [
                            {"text": _("Enter their answers"), "url": reverse("feedback_answer_for", args=[row.pk])},
                            {"text": _("Form in their print"), "url": reverse("feedback_form_for", args=[row.pk])},
                        ]
                        if row.person_id != self.user.person.pk
                        else [{"text": _("Use your own link")}, {"text": ""}]
                    ),
                ]
            }
            for row in self.asked
            if row.answered_on is None and row.came
        ]

    @property
    def silent_columns(self) -> list[dict[str, Any]]:
        return [{"label": label} for label in (_("Name"), _("Group"), _("By phone or on paper"), _("Form"))]

    @cached_property
    def may_close(self) -> bool:
        return bool(self.round and rules.can_close(self.user, self.round))

    # Results
    @cached_property
    def results(self) -> Results | None:
        """Return the results once they can be seen."""
        return Results(self.round) if self.round and rules.can_see_results(self.user, self.round) else None

    @property
    def lines(self) -> list[Line]:
        return self.results.lines if self.results and self.results.shown_sides else []

    @property
    def bars(self) -> list[dict[str, Any]]:
        """Return a bar for each question, with a mark for each group."""
        return [
            {
                "label": line.question.words,
                "gap": signed(line.gap),
                "lines": [
                    {"tone": side.value, "label": side.label, "mean": None}
                    if line.cells[side].mean is None
                    else {
                        "tone": side.value,
                        "label": side.label,
                        "mean": line.cells[side].mean,
                        "x": 0,
                        "width": 0,
                        "at": place_of(line.cells[side].mean),
                    }
                    for side in Side
                ],
            }
            for line in self.lines
        ]

    @property
    def columns(self) -> list[dict[str, Any]]:
        columns: list[dict[str, Any]] = [{"label": _("Question")}]
        for side in Side:
            columns += [{"label": side.label, "numeric": True}, {"label": _("Answers"), "numeric": True}]
        return [*columns, {"label": _("Gap"), "numeric": True}]

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows = []
        for line in self.lines:
            cells: list[dict[str, Any]] = [{"text": line.question.words}]
            for side in Side:
                cell = line.cells[side]
                number = "" if cell.mean is None else self._few_or_more if cell.number is None else cell.number
                cells += [{"text": _("Too few") if cell.mean is None else cell.mean}, {"text": number}]
            rows.append({"cells": [*cells, {"text": signed(line.gap)}]})
        return rows

    @property
    def _few_or_more(self) -> str:
        # There are results of a round alone.
        assert self.round is not None
        return _("%(few)s or more") % {"few": self.round.fewest}

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Return how many of each group answered, in words."""
        if self.results is None or self.round is None:
            return []
        few = _("fewer than %(few)s") % {"few": self.round.fewest}
        return [
            (str(side.label), str(number) if number is not None else _("not shown"))
            if side in self.results.shown_sides or number == 0
            else (str(side.label), few)
            for side, number in self.results.answered.items()
        ]

    @property
    def words(self) -> list[tuple[FeedbackWords.Topic, list[Said]]]:
        """Return own words the reader may read, in an order drawn by lot; topics without any are left out."""
        found = self.results.words(for_staff=self.is_staff) if self.results else []
        return [(topic, said) for topic, said in found if said]

    @property
    def closed(self) -> str:
        return short_date(self.round.closed_on) if self.round and self.round.closed_on else ""

    # Papers
    @property
    def forms(self) -> list[tuple[str, str]]:
        """Return label and address of each print of the form to hand out."""
        labels = {
            documents.STANDARD: _("Standard print"),
            documents.LARGE: _("Large print"),
            "easy-read": _("Easy Read layout"),
        }
        return [(label, reverse("feedback_form", args=[self.event.pk, name])) for name, label in labels.items()]

    @property
    def reports(self) -> list[tuple[str, str]]:
        """Return label and address of each print of the report, for those who may read it."""
        if not rules.can_read_report(self.user, self.event):
            return []
        labels = {documents.STANDARD: _("Standard print"), documents.LARGE: _("Large print")}
        return [(label, reverse("event_report", args=[self.event.pk, name])) for name, label in labels.items()]


def signed(gap: Any) -> str:
    """Return a gap with its sign: below nought where people with lived experience answered lower than the others."""
    if gap is None:
        return ""
    return f"+{gap}" if gap > 0 else f"{gap}".replace("-", "−")
