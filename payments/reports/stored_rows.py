"""Keep the rows of a report in one file, from which its page and all its files are drawn.

Line 1 is JSON about the whole: title, period, programme, made, notes, and of each section its title, note, columns,
number of rows, totals and how many bytes its rows take. Every line after it is one row, as a JSON list.
"""

import json
import shutil
from tempfile import TemporaryFile

from payments.reports import report as report_report


def write(report, out, *, programme, made, step):
    """Read the rows of a report and write them to `out` (a binary file). Returns how many there were.

    `programme` is its name and `made` the day in words. `step()` is called for each row.
    """
    sections = sorted(enumerate(report.sections), key=lambda pair: pair[1].worked_out_last)
    bodies, about, rows = {}, {}, 0
    try:
        for index, section in sections:
            bodies[index] = TemporaryFile()  # noqa: SIM115 - closed below, once all of them are joined
            about[index] = _write_section(section, bodies[index], step)
            rows += about[index]["rows"]
        head = {
            "title": str(report.title),
            "period": str(report.period),
            "programme": programme,
            "made": made,
            "notes": [str(note) for note in report.notes],
            "sections": [about[index] for index in sorted(about)],
        }
        out.write(_line(head))
        for index in sorted(bodies):
            bodies[index].seek(0)
            shutil.copyfileobj(bodies[index], out)
    finally:
        for body in bodies.values():
            body.close()
    return rows


def _write_section(section, out, step):
    summed = [index for index, column in enumerate(section.columns) if column.summed]
    sums, count, size = dict.fromkeys(summed, 0), 0, 0
    for row in section.rows:
        values = [report_report.plain(value) for value in row]
        for index in summed:
            sums[index] += values[index] or 0
        size += out.write(_line(values))
        count += 1
        step()
    return {
        "title": str(section.title),
        "note": str(section.note),
        "columns": [[str(column.label), column.kind] for column in section.columns],
        "only_in_spreadsheets": section.only_in_spreadsheets,
        "rows": count,
        "totals": [sums.get(index) for index in range(len(section.columns))] if summed and count else None,
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
        """The tables in the order they are shown."""
        start, sections = self.start, []
        for about in self.head["sections"]:
            sections.append(KeptSection(self.file, start, about))
            start += about["bytes"]
        return sections

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

    def rows(self, most=None, after=0):
        """Yield the rows as lists of plain values (see `report.plain`), in order.

        At most `most` of them when given, without the first `after`, which are passed over unread.
        """
        self.file.seek(self.start)
        for _number in range(min(after, self.count)):
            self.file.readline()
        left = max(self.count - after, 0)
        for _number in range(left if most is None else min(most, left)):
            yield json.loads(self.file.readline())
