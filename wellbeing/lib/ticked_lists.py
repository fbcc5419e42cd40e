"""Lists whose rows can be ticked, to do one thing with many: a `Listing` with boxes and the bar that counts them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .tables import Column, Listing
from .ticks import TO, Ticks
from .types import Text

# Narrows a list to the rows that are ticked: `?chosen=yes`.
CHOSEN = "chosen"


@dataclass(frozen=True)
class TickColumn:
    """The boxes of a list. `key` names its ticks in the session, `allowed` leaves of any rows those that can be ticked.

    `label` is fn(row) -> the words of its box, only heard. `action` is the label of the button that goes on with the
    ticked rows, `url` where it leads (the page itself unless told). Where several things can be done, `actions` has the
    label and address of each by its key, to choose from beside the button.
    """

    key: str
    allowed: Callable[[QuerySet[Any]], QuerySet[Any]]
    label: Callable[[Any], Text]
    action: Text
    url: str = ""
    actions: Mapping[str, tuple[Text, str]] = field(default_factory=dict)

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """Return key and label of each thing that can be done."""
        return [(key, label) for key, (label, _url) in self.actions.items()]


class TickedListing(Listing):
    """A Listing with a box in each row that its TickColumn allows; without one it is a Listing."""

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        *,
        columns: Iterable[Column],
        boxes: TickColumn | None,
        **options: Any,
    ) -> None:
        self.boxes = boxes
        self.shows_chosen = boxes is not None and request.GET.get(CHOSEN) == "yes"
        self.everything = queryset
        columns = list(columns)
        if boxes is not None:
            self.ticks = Ticks(request, boxes.key)
            columns.insert(0, Column("tick", _("Choose"), value=lambda row: "", html=self.box, screen_only=True))
            if self.shows_chosen:
                queryset = queryset.filter(pk__in=self.ticks.ids)
        super().__init__(request, queryset, columns=columns, **options)

    def answer(self) -> HttpResponseBase | None:
        """Keep the ticks that were sent and do what a button for them asks; None for a page to show or an action."""
        if self.request.method != "POST" or self.boxes is None:
            return None
        self.ticks.take_in()
        _label, url = self.boxes.actions.get(self.request.POST.get(TO, ""), ("", ""))
        if url and "act" in self.request.POST:
            # The same form goes on to where it is done.
            return HttpResponseRedirect(url, preserve_request=True)
        matching = self.boxes.allowed(self.queryset.order_by()).values_list("pk", flat=True)
        return self.ticks.answer(matching=matching)

    @property
    def is_narrowed(self) -> bool:
        """Return whether a search, a filter or the ticks leave rows out."""
        return super().is_narrowed or self.shows_chosen

    @cached_property
    def chosen(self) -> set[int]:
        """Return the ids that are ticked and can be ticked still."""
        if self.boxes is None:
            return set()
        ids = self.ticks.sent.ids if self.request.method == "POST" else self.ticks.ids
        if not ids:
            return set()
        return set(self.boxes.allowed(self.everything.filter(pk__in=ids).order_by()).values_list("pk", flat=True))

    @cached_property
    def can_be_ticked(self) -> set[int]:
        """Return the ids of the rows of this page that have a box."""
        if self.boxes is None:
            return set()
        on_page = [row.pk for row in self.page]
        return set(self.boxes.allowed(self.everything.filter(pk__in=on_page).order_by()).values_list("pk", flat=True))

    @property
    def ticked_here(self) -> list[int]:
        """Return the ids ticked on this page, in order."""
        return sorted(self.chosen & self.can_be_ticked)

    @property
    def ticked_elsewhere(self) -> list[int]:
        """Return the ids ticked that are not on this page, in order."""
        return sorted(self.chosen - self.can_be_ticked)

    @cached_property
    def matching_count(self) -> int:
        """Return how many rows of all pages can be ticked."""
        return 0 if self.boxes is None else self.boxes.allowed(self.queryset.order_by()).count()

    def box(self, row: Any) -> str:
        """Draw the box of `row`; "" where it cannot be ticked."""
        if self.boxes is None or row.pk not in self.can_be_ticked:
            return ""
        context = {"pk": row.pk, "label": self.boxes.label(row), "ticked": row.pk in self.chosen}
        return render_to_string("components/tick.html", context)
