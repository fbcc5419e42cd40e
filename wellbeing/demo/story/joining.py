"""How people of the demo come in with a spreadsheet, and get the welcome pack."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html, format_html_join

from events.choosing import actions as choosing
from people.jobs.models import Job
from programmes.importing import checking, queries, transitions, work
from programmes.importing.actions import bringing, files, rows
from programmes.models import Role, WelcomeCopy
from programmes.packs.actions import papers
from wellbeing.demo import joining
from wellbeing.demo.clock import FRI, THU
from wellbeing.demo.story.steps import Steps
from wellbeing.lib import pdf, sent_files


class JoiningPart(Steps):
    """The part of the story in which a choir joins."""

    def a_pack_is_put_together(self):
        """Ros puts a paper in three formats and a link into the welcome pack."""
        ros = self.user("ros")
        with self.at(-1, THU, 11):
            paper = papers.add(programme=self.programme, title=joining.PAPER, file=_drawn("12pt"), by=ros)
            for kind, size in (("large_print", "20pt"), ("easy_read", "16pt")):
                papers.add_copy(paper=paper, format=kind, file=_drawn(size), by=ros)
            title, url = joining.LINK
            papers.add(programme=self.programme, title=title, url=url, by=ros)
            for pk in WelcomeCopy.objects.filter(paper=paper).values_list("pk", flat=True):
                sent_files.make_clean(WelcomeCopy, pk)
            papers.publish(programme=self.programme, by=ros)

    def a_choir_comes_in_with_a_spreadsheet(self):
        """Tamsin brings three people of a choir in from their file, keeps them as a list, and welcomes them."""
        tamsin = self.user("tamsin")
        with self.at(-1, FRI, 11):
            file = SimpleUploadedFile(joining.FILE, _sheet(), "text/csv")
            brought = files.send(programme=self.programme, file=file, by=tamsin)
            work.read(Job.objects.get(kind=transitions.READ, subject_id=brought.pk))
            rows.set_columns(people_import=brought, mapping=joining.MAPPING, role=Role.LIVED_EXPERIENCE, by=tamsin)
            brought.refresh_from_db()
            checking.check(brought)
            rows.finish_check(people_import=brought, stamp=queries.stamp_of(self.programme), by=None)
            bringing.ask_to_bring_in(people_import=brought, by=tamsin)
            brought = bringing.bring_in(people_import=brought, by=tamsin)
            choosing.save_list(
                programme=self.programme,
                name=f"Came in with {joining.FILE}",
                query=f"import={brought.pk}&when=ever",
                by=tamsin,
            )
        with self.at(-1, FRI, 12):
            for row in queries.to_welcome(brought).select_related("people_import").order_by("number"):
                bringing.welcome(row=row, by=tamsin)


def _sheet():
    out = io.StringIO()
    csv.writer(out).writerows([joining.HEADINGS, *joining.ROWS])
    return out.getvalue().encode()


def _drawn(size):
    """Draw the paper in a size of print, as a PDF that staff would send."""
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in joining.PAPER_LINES))
    html = format_html(
        '<!doctype html><html lang="en"><head><title>{}</title></head><body><h1>{}</h1>{}</body></html>',
        joining.PAPER,
        joining.PAPER,
        lines,
    )
    css = f'html {{ font: {size}/1.5 "Atkinson Hyperlegible Next"; }}'
    return SimpleUploadedFile("paper.pdf", pdf.render(html, css=css), "application/pdf")
