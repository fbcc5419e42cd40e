"""The rows of a report as they were read, in one file: everything anybody sees of the report is drawn from it.

Line 1 is JSON about the whole: title, period, programme, made, notes, and of each section its title, note, columns,
number of rows, totals and how many bytes its rows take. Every line after it is one row, as a JSON list.
"""

import itertools
import json
import shutil
from tempfile import TemporaryFile

from payments.reports import report as report_report


def write(report, out, *, programme, made, step):
    """Read the rows of a shape.Report and write them to `out` (a binary file). Returns how many there were.

    `programme` is its name and `made` the day in words. `step()` is called for each row.
    """
    sections = sorted(enumerate(report.sections), key=lambda pair: pair[1].worked_out_last)
    bodies, about, rows = {}, {}, 0
    try:
        for place, section in sections:
            bodies[place] = TemporaryFile()  # noqa: SIM115 - closed below, once all of them are joined
            about[place] = _write_section(section, bodies[place], step)
            rows += about[place]["rows"]
        head = {
            "title": str(report.title),
            "period": str(report.period),
            "programme": programme,
            "made": made,
            "notes": [str(note) for note in report.notes],
            "sections": [about[place] for place in sorted(about)],
        }
        out.write(_line(head))
        for place in sorted(bodies):
            bodies[place].seek(0)
            shutil.copyfileobj(bodies[place], out)
    finally:
        for body in bodies.values():
            body.close()
    return rows


def _write_section(section, out, step):
    summed = [column.summed for column in section.columns]
    totals, count, size = [0 if each else None for each in summed], 0, 0
    for row in section.rows:
        values = [report_report.plain(value) for value in row]
        for place in itertools.compress(range(len(values)), summed):
            totals[place] += values[place] or 0
        size += out.write(_line(values))
        count += 1
        step()
    return {
        "title": str(section.title),
        "note": str(section.note),
        "columns": [[str(column.label), column.kind] for column in section.columns],
        "only_in_spreadsheets": section.only_in_spreadsheets,
        "rows": count,
        "totals": totals if any(summed) and count else None,
        "bytes": size,
    }


def _line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Kept:
    """A report read back from `file` (binary, at its start)."""

    def __init__(self, file):
        self.file = file
        self.head = json.loads(file.readline())
        self.start = file.tell()

    def __getattr__(self, name):
        try:
            return self.head[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def sections(self):
        """[KeptSection, …] in the order they are shown."""
        start, found = self.start, []
        for about in self.head["sections"]:
            found.append(KeptSection(self.file, start, about))
            start += about["bytes"]
        return found

    @property
    def rows_count(self):
        return sum(about["rows"] for about in self.head["sections"])


class KeptSection:
    """One table. `columns` is [(heading, kind)], `totals` a list with None where nothing is added up, or None."""

    def __init__(self, file, start, about):
        self.file, self.start = file, start
        self.title, self.note, self.count = about["title"], about["note"], about["rows"]
        self.columns, self.totals = about["columns"], about["totals"]
        self.only_in_spreadsheets = about["only_in_spreadsheets"]

    def rows(self, most=None):
        """The rows as lists of plain values (see `shape.plain`), in order; the first `most` of them when given."""
        self.file.seek(self.start)
        for _number in range(self.count if most is None else min(most, self.count)):
            yield json.loads(self.file.readline())
