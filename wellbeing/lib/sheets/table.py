"""Table that a spreadsheet is read into, and the refusals of the code that reads it."""

from dataclasses import dataclass, field

CSV, XLSX, ODS = "csv", "xlsx", "ods"
# Letters of one cell. An unclosed quotation mark makes one cell of the whole rest of a file.
MAX_CELL = 5_000
MAX_COLUMNS = 200
# Rows above the headings, such as the name of the charity.
MAX_ABOVE = 20


class RefusedError(Exception):
    """The file cannot be taken. `code` is a key of the sentences in wellbeing.lib.sheet_files, `numbers` fill them."""

    def __init__(self, code: str, **numbers: int) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


@dataclass
class Table:
    """One sheet as texts. `rows[0]` is row 1 as a spreadsheet numbers them; every row has the same number of cells."""

    kind: str
    rows: list[list[str]]
    sheets: list[str] = field(default_factory=list)
    sheet: int = 0
    encoding: str = ""
    separator: str = ""


def even(rows: list[list[str]], most_rows: int) -> list[list[str]]:
    """Return `rows` without empty rows and columns at their ends, each with as many cells as the widest.

    Raises RefusedError for more rows or columns than are taken, and for a cell that is too long.
    """
    rows = [[cell.strip() for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    if sum(1 for row in rows if any(row)) > most_rows + MAX_ABOVE:
        raise RefusedError("too_many_rows", limit=most_rows)
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
    if width > MAX_COLUMNS:
        raise RefusedError("too_many_columns", limit=MAX_COLUMNS)
    for number, row in enumerate(rows, 1):
        if any(len(cell) > MAX_CELL for cell in row):
            raise RefusedError("cell_too_long", row=number, limit=MAX_CELL)
    return [(row + [""] * (width - len(row)))[:width] for row in rows]
