"""The rows of a table as HTML, written without a template: a list of fifty has 500 cells, and drawing each of them by
tags took most of the time of its page.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

Cell = Mapping[str, Any]


def draw(columns: Sequence[Mapping[str, Any]], rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return the rows of the body of a table as `components/table.html` describes columns and rows.

    Everything is escaped but what is marked safe already.
    """
    opened = [_opened(columns, place) for place in range(len(columns))]
    closed = ["</th>" if place == _heading(columns) else "</td>" for place in range(len(columns))]
    lines: list[str] = []
    for row in rows:
        lines.append('<tr class="govuk-table__row" role="row">')
        for cell, (before, label), after in zip(row["cells"], opened, closed, strict=False):
            lines.append(f'{before}{" wb-table__long" if cell.get("long") else ""}"{label}>{_inside(cell)}{after}')
        lines.append("</tr>\n")
        if row.get("note"):
            lines.append(
                '<tr class="govuk-table__row" role="row"><td class="govuk-table__cell wb-table__note" role="cell" '
                f'colspan="{len(columns)}">{conditional_escape(row["note"])}</td></tr>\n'
            )
    return mark_safe("".join(lines))  # noqa: S308 (each value is escaped where it is put in)


def tag(label: Any, tone: str) -> SafeString:
    """Return the tag that says where something stands, as `components/status_tag.html` draws it."""
    return format_html('<strong class="govuk-tag wb-tag wb-tag--{}">{}</strong>', tone or "quiet", label)


def _heading(columns: Sequence[Mapping[str, Any]]) -> int:
    """Return the place of the column that heads each row: the first, or the one after the boxes to tick."""
    return 1 if columns and columns[0].get("tick") else 0


def _opened(columns: Sequence[Mapping[str, Any]], place: int) -> tuple[str, str]:
    """Return how the cells of a column begin, up to their classes, and their label on a phone."""
    column = columns[place]
    if place == _heading(columns):
        start = '<th scope="row" role="rowheader" class="govuk-table__header wb-table__first'
    else:
        start = '<td role="cell" class="govuk-table__cell'
    if column.get("numeric"):
        start += " govuk-table__cell--numeric"
    if column.get("shape"):
        start += f" wb-table__{column['shape']}"
    if column.get("cut"):
        start += " wb-table__cut"
    if column.get("tick"):
        return start + " wb-table__tick", ""
    return start, "" if column.get("hidden") else f' data-label="{conditional_escape(column["label"])}"'


def _inside(cell: Cell) -> str:
    parts: list[str] = []
    shown = cell.get("tag")
    text = cell.get("text", "")
    if cell.get("url"):
        parts.append(f'<a class="govuk-link" href="{conditional_escape(cell["url"])}">{_words(text)}</a>')
    elif shown:
        parts.append(tag(shown["label"], shown.get("tone", "")))
    elif cell.get("html"):
        parts.append(conditional_escape(cell["html"]))
    else:
        parts.append(_words(text))
    if cell.get("detail"):
        parts.append(f' <span class="wb-table__detail">{_words(cell["detail"])}</span>')
    if cell.get("tags"):
        flags = "".join(tag(flag["label"], flag.get("tone", "")) for flag in cell["tags"])
        parts.append(f' <span class="wb-table__flags">{flags}</span>')
    return "".join(parts)


def _words(value: Any) -> str:
    """Return a value as a template writes it."""
    return conditional_escape(value if isinstance(value, str) else localize(value))
