"""The rows of a table are written as its template describes them, and nothing of a value becomes markup."""

from decimal import Decimal

from django.utils.html import format_html

from wellbeing.lib.table_rows import draw

HOSTILE = '"><script>alert(1)</script>'


def test_hostile_text_stays_text_in_each_part_of_a_cell():
    columns = [{"label": HOSTILE}, {"label": "Second"}, {"label": "Third"}]
    cells = [
        {"text": HOSTILE, "url": f"/{HOSTILE}", "detail": HOSTILE},
        {"text": HOSTILE, "tag": {"label": HOSTILE, "tone": HOSTILE}},
        {"text": HOSTILE, "tags": [{"label": HOSTILE, "tone": "bad"}]},
    ]
    drawn = draw(columns, [{"cells": cells, "note": HOSTILE}])
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 9


def test_the_cell_after_a_box_to_tick_heads_its_row():
    columns = [{"label": "Choose", "tick": True}, {"label": "Name", "shape": "code"}, {"label": "Sum", "numeric": True}]
    box = format_html('<input type="checkbox" value="{}">', 7)
    drawn = draw(columns, [{"cells": [{"text": "", "html": box}, {"text": "Ann", "long": True}, {"text": 3}]}])
    assert drawn == (
        '<tr class="govuk-table__row" role="row">'
        '<td role="cell" class="govuk-table__cell wb-table__tick"><input type="checkbox" value="7"></td>'
        '<th scope="row" role="rowheader" class="govuk-table__header wb-table__first wb-table__code wb-table__long"'
        ' data-label="Name">Ann</th>'
        '<td role="cell" class="govuk-table__cell govuk-table__cell--numeric" data-label="Sum">3</td></tr>\n'
    )


def test_a_value_that_is_no_text_is_written_as_templates_write_it():
    drawn = draw([{"label": "Hours"}, {"label": "None"}], [{"cells": [{"text": Decimal("1.50")}, {"text": None}]}])
    assert ">1.50</th>" in drawn
    assert ">None</td>" in drawn
