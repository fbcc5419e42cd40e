"""Lists: search, filters, order, pages and an export of exactly what is shown. A view makes a `Listing` and draws it
with `components/listing.html`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters import FilterSet

from wellbeing.lib.types import Text

from . import phones
from .dates import short_date, time_of_day
from .money import pounds
from .names import found_by, set_nearness
from .spreadsheets import DATE, MOMENT, MONEY, NUMBER, TEXT
from .table_files import answer_csv, answer_ods, answer_xlsx, open_document, spreadsheet
from .texts import clean_line

Row = TypeVar("Row", bound=Model)

CHUNK = 2000
MAX_WORDS = 10
# Words beyond this many letters get a wider column on a phone.
LONG = 60
# The field of a Person by which names are found.
NAME = "search_key"
# And that of a phone number.
PHONE = "phone"


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `value` is an attribute path ("person.full_name") or fn(row) -> str, int or None. `sort` is the field or annotation
    the database orders by. `money` means the value is whole pence. `link`, `tag` and `detail` are fn(row) -> address,
    `{"label", "tone"}` or small print, on screen only; `tags` is fn(row) -> a list of such tags, short flags after the
    value. `export_only` columns appear in the files alone, `screen_only`
    ones on the screen alone. `kind` says that the value is a day (`spreadsheets.DATE`) or a moment (`MOMENT`): words on
    screen, a real date in the files. `shape` is how the words may break on screen: "code" (a reference: nowhere) or
    "date" (before the year at most). `html` is fn(row) -> safe markup shown in place of the value, such as a box to
    tick. `field` is the field or annotation that holds the very value, with `labels` the words of its codes: where all
    columns of a file have one, its rows are read without making objects of them.
    """

    key: str
    label: Text
    value: str | Callable[[Any], Any] | None = None
    sort: str = ""
    numeric: bool = False
    money: bool = False
    link: Callable[[Any], str] | None = None
    tag: Callable[[Any], dict[str, Any]] | None = None
    detail: Callable[[Any], Text] | None = None
    tags: Callable[[Any], list[dict[str, Any]]] | None = None
    export_only: bool = False
    screen_only: bool = False
    kind: str = ""
    shape: str = ""
    html: Callable[[Any], str] | None = None
    field: str = ""
    labels: Mapping[Any, str] | None = None

    def read(self, row: Any) -> Any:
        """Return the plain value for `row`."""
        if self.value is None:
            return attrgetter(self.key)(row)
        return self.value(row) if callable(self.value) else attrgetter(self.value)(row)

    def words(self, row: Any) -> Any:
        """Return the value for `row` as it is read on screen."""
        value = self.read(row)
        if value is None:
            return ""
        if self.money:
            return pounds(value)
        if isinstance(value, dt.date):
            day = short_date(value)
            return f"{day}, {time_of_day(value)}" if self.kind == MOMENT and isinstance(value, dt.datetime) else day
        return value

    @property
    def may_be_cut(self) -> bool:
        """Return whether words that do not fit their line are cut: never figures, references, days and tags."""
        return not (self.numeric or self.money or self.kind or self.shape or self.tag or self.html)

    @property
    def kind_in_files(self) -> str:
        """Return what the files take its values for."""
        return self.kind or (MONEY if self.money else NUMBER if self.numeric else TEXT)


class Listing:
    """A searched, filtered, sorted and paged queryset, drawn as a table or written as CSV or XLSX.

    Everything a reader chooses is in the address: `q`, the filters' own names, `sort`, `page`, `export`.
    `search` names text fields; each word typed must be found in one of them, or by `also_found(word)`. `filters` is a
    django-filter FilterSet.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        *,
        columns: Iterable[Column],
        name: str,
        caption: Text,
        search: Iterable[str] = (),
        search_label: Text = "",
        also_found: Callable[[str], Q] | None = None,
        filters: Callable[..., FilterSet] | None = None,
        default_sort: str = "",
        empty_title: Text = "",
        empty_text: Text = "",
        empty_url: str = "",
        empty_action: Text = "",
        totals: Callable[[QuerySet[Any]], Mapping[str, Any]] | None = None,
        per_page: int = 50,
    ) -> None:
        self.request, self.name, self.caption = request, name, caption
        self.all_columns, self.search, self.also_found = list(columns), tuple(search), also_found
        self.empty_title, self.empty_text = empty_title, empty_text
        self.empty_url, self.empty_action = empty_url, empty_action
        self.default_sort, self.per_page, self._totals = default_sort, per_page, totals
        self.filterset = filters(request.GET, queryset=queryset, request=request) if filters else None
        self.query = request.GET.get("q", "")
        # Read first: django-filter expects its form to hold its own filters alone.
        self._narrowed = self.filterset.qs if self.filterset is not None else queryset
        self.form = self.filterset.form if self.filterset is not None else forms.Form(request.GET)
        if self.search:
            search_field = forms.CharField(label=search_label or _("Search"), required=False)
            self.form.fields = {"q": search_field, **self.form.fields}

    @cached_property
    def queryset(self) -> QuerySet[Any]:
        """Return the rows the reader asked for, in their order."""
        rows, _nearly = self._found
        sort = self.request.GET.get("sort", "")
        by_key = {column.key: column.sort for column in self.all_columns if column.sort}
        order = by_key.get(sort.removeprefix("-"))
        if order:
            return rows.order_by(("-" if sort.startswith("-") else "") + order, "-pk")
        return rows.order_by(self.default_sort, "-pk") if self.default_sort else rows

    @cached_property
    def page(self) -> Page[Any]:
        """Return the page of rows the reader is on; a number out of range gives the nearest page."""
        return Paginator(self.queryset, self.per_page).get_page(self.request.GET.get("page"))

    @cached_property
    def _found(self) -> tuple[QuerySet[Any], bool]:
        return found_in(self._narrowed, self.query, self.search, self.also_found)

    @property
    def found_nearly(self) -> bool:
        """Return whether nothing has the words asked for, and what is shown has names that come near them."""
        return self._found[1]

    @property
    def count(self) -> int:
        """Return how many rows there are in all."""
        return self.page.paginator.count

    @property
    def is_narrowed(self) -> bool:
        """Return whether a search or filter is leaving rows out, so that an empty list can say so."""
        return self.form.is_bound and self.form.has_changed()

    @property
    def exports(self) -> list[dict[str, str]]:
        """List links to the files of this list, as `components/filters.html` wants them."""
        query = self.request.GET.copy()
        query.pop("page", None)
        links = []
        for kind, short, label in (
            ("csv", "CSV", _("CSV file")),
            ("xlsx", "Excel", _("Excel file")),
            ("ods", "ODS", _("ODS file")),
        ):
            query["export"] = kind
            links.append({"url": f"?{query.urlencode()}", "short": short, "label": label})
        return links

    @property
    def count_label(self) -> str:
        """Explain the count to a reader: all there is, or this page's part of it."""
        if self.page.has_other_pages():
            return _("in all, %(first)s to %(last)s here") % {
                "first": self.page.start_index(),
                "last": self.page.end_index(),
            }
        return _("in all")

    @property
    def columns(self) -> list[dict[str, Any]]:
        """List the columns on screen, as `components/table.html` wants them."""
        return [
            {
                "label": column.label,
                "numeric": column.numeric or column.money,
                "sort": column.key if column.sort else "",
                "shape": column.shape or ("date" if column.kind == DATE else ""),
                "cut": column.may_be_cut,
                "tick": column.key == "tick",
            }
            for column in self._shown
        ]

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """List the rows of this page, as `components/table.html` wants them."""
        return [{"cells": [self._cell(column, row) for column in self._shown]} for row in self.page]

    @cached_property
    def totals(self) -> list[Any] | None:
        """Return the line under the table, or None.

        The `totals` given make it from the rows of all pages: fn(queryset) -> {column key: pence or text}.
        """
        if not self._totals or not self.count:
            return None
        sums = self._totals(self.queryset)
        return [
            pounds(sums[column.key]) if column.money and column.key in sums else sums.get(column.key, "")
            for column in self._shown
        ]

    @property
    def wants_export(self) -> str:
        """Return the kind of file asked for, "csv", "xlsx" or "ods", or "" for the page itself."""
        kind = self.request.GET.get("export", "")
        return kind if kind in {"csv", "xlsx", "ods"} else ""

    def export(self) -> StreamingHttpResponse:
        """Send every row of the list, all pages, as the file asked for; memory stays flat."""
        columns = [(column.label, column.kind_in_files) for column in self._in_files]
        if self.wants_export == "xlsx":
            return answer_xlsx(self.name, spreadsheet(str(self.caption), columns, self._plain_rows()))
        if self.wants_export == "ods":
            return answer_ods(self.name, open_document(str(self.caption), columns, self._plain_rows()))
        return answer_csv(self.name, columns, self._plain_rows())

    @property
    def _shown(self) -> list[Column]:
        return [column for column in self.all_columns if not column.export_only]

    def _cell(self, column: Column, row: Any) -> dict[str, Any]:
        url = column.link(row) if column.link else ""
        tag = column.tag(row) if column.tag else None
        # Where there is a tag and no link, it is shown alone.
        text = "" if tag and not url else column.words(row)
        return {
            "text": text,
            "url": url,
            "tag": tag,
            "detail": column.detail(row) if column.detail else "",
            "tags": column.tags(row) if column.tags else [],
            "html": column.html(row) if column.html else "",
            "long": len(str(text)) > LONG,
        }

    @property
    def _in_files(self) -> list[Column]:
        return [column for column in self.all_columns if not column.screen_only]

    def _plain_rows(self) -> Iterator[list[Any]]:
        columns = self._in_files
        if all(column.field for column in columns):
            yield from self._stored_rows(columns)
            return
        for row in self.queryset.iterator(chunk_size=CHUNK):
            yield [column.read(row) for column in columns]

    def _stored_rows(self, columns: Sequence[Column]) -> Iterator[list[Any]]:
        labels = [(index, column.labels) for index, column in enumerate(columns) if column.labels]
        fields = [column.field for column in columns]
        for values in self.queryset.values_list(*fields).iterator(chunk_size=CHUNK):
            row = list(values)
            for index, words in labels:
                row[index] = words.get(row[index], row[index])
            yield row


def filters_of(request: HttpRequest, *, but: Iterable[str] = ()) -> str:
    """Return the filters of a list that the address has, as an address writes them: without page, order and search.

    Also without those called as in `but`, and those that are empty.
    """
    query = request.GET.copy()
    for name in ("page", "sort", "chosen", "export", "q", *but):
        query.pop(name, None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return query.urlencode()


def found_in(
    rows: QuerySet[Row], text: str, fields: Iterable[str], also: Callable[[str], Q] | None = None
) -> tuple[QuerySet[Row], bool]:
    """Return those of `rows` that have every word of a reader's search in one of `fields`, and False.

    A row also has a word where `also(word)` says so.

    A person's name is found by its `search_key`, however it is typed. Where no row has the words, return those with
    names that come near them, if there are any, and True.
    """
    words, fields = words_of(text), tuple(fields)
    elsewhere = {word: also(word) for word in words} if also else {}
    found = _with_words(rows, words, fields, elsewhere, nearly=False)
    if not words or not any(field.endswith(NAME) for field in fields) or found.exists():
        return found, False
    set_nearness()
    near = _with_words(rows, words, fields, elsewhere, nearly=True)
    return (near, True) if near.exists() else (found, False)


def _with_words(
    rows: QuerySet[Row], words: list[str], fields: tuple[str, ...], elsewhere: Mapping[str, Q], *, nearly: bool
) -> QuerySet[Row]:
    for word in words:
        matches = elsewhere.get(word, Q())
        for field in fields:
            if field.endswith(PHONE):
                matches |= phones.found_by(word, field)
            elif field.endswith(NAME):
                matches |= found_by(word, field.removesuffix(NAME), nearly=nearly)
            else:
                matches |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(matches)
    return rows


def words_of(text: str) -> list[str]:
    """Return the words to look for in a reader's search: the first MAX_WORDS, as each one makes the query longer."""
    # NUL cannot be stored, so it cannot be found either; Postgres refuses to look.
    return clean_line(text.replace("\0", "")).split()[:MAX_WORDS]
