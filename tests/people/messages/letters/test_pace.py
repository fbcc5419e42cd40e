"""How fast letters are drawn, as a ratio to the bare engine, and in how much memory."""

import io
import subprocess
import sys
import textwrap
import time

from django.conf import settings

from people.messages.letters import drawing
from tests.helpers.letters import a_letter
from wellbeing.lib import drawing as engine
from wellbeing.lib import pdf
from wellbeing.lib.pdf_joining import join_parts

LETTERS = 12
# Measured: 0.6 to 0.8. The QR code, the parts with their own fonts and the checks of each letter take the rest.
AT_LEAST = 0.3


def one_page_of_all(pages):
    """The letters as one page of HTML."""
    bodies = [page.split("<body>")[1].split("</body>")[0] for page in pages]
    return f"{pages[0].split('<body>')[0]}<body>{''.join(bodies)}</body></html>"


def in_processor_time(work):
    before = time.process_time()
    work()
    return time.process_time() - before


def test_letters_are_drawn_at_a_good_part_of_the_pace_of_the_engine_alone():
    letters = [a_letter(name=f"Invented Reader {number}") for number in range(LETTERS)]
    css = drawing.css_of("standard")
    drawing.lay_out(letters[0])
    whole = one_page_of_all([drawing.html_of(letter) for letter in letters])

    def plain():
        source = engine.page_source(whole)
        document = source.render(font_config=engine.fonts(), stylesheets=[engine.stylesheet(css)], **pdf.VARIANT)
        assert len(document.pages) >= LETTERS
        document.write_pdf(**pdf.VARIANT)

    def ours():
        parts = [
            pdf.write_together([drawing.lay_out(letter) for letter in letters[start : start + 6]])
            for start in range(0, LETTERS, 6)
        ]
        join_parts(parts, io.BytesIO(), title="Letters", language="en")

    # Processor time, so that what else the machine does is not held against either.
    ratio = in_processor_time(plain) / in_processor_time(ours)
    assert ratio > AT_LEAST, f"{ratio:.2f} of the pace of the engine"


def test_memory_does_not_grow_with_the_number_of_letters():
    program = textwrap.dedent(
        f"""
        import resource, sys
        sys.path.insert(0, {str(settings.BASE_DIR)!r})
        import django
        django.setup()
        from people.messages.letters import drawing
        from tests.helpers.letters import a_letter
        from wellbeing.lib import pdf
        for number in range(9):
            names = [f"Reader {{number}} {{each}}" for each in range(12)]
            letters = [a_letter(name=name, text="Come. " * 50, slip=None) for name in names]
            pdf.write_together([drawing.lay_out(letter) for letter in letters])
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        """
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    peaks = [int(line) for line in done.stdout.split()]
    assert len(peaks) == 9
    assert peaks[-1] - peaks[2] < 20_000, "kilobytes, from 36 to 108 letters"
