"""The meetings of the demo's groups: agendas, minutes that are agreed and published, a talk before the next one."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html, format_html_join

from events.day import actions as day_actions
from events.meetings.actions import agenda, minutes, planning, talks
from events.models import AttachedPaper, Correction, Event, PaperFormat, Talk
from events.papers.actions import attached
from wellbeing.demo import met
from wellbeing.demo.clock import FRI, THU, WED, moment
from wellbeing.demo.story.steps import Steps, in_the_day
from wellbeing.lib import pdf


class MeetingPart(Steps):
    """The part of the story in which groups prepare their meetings and keep their minutes."""

    def the_community_prepares_its_workshop(self):
        """The partner charities plan the workshop; what they said is written down."""
        with self.at(-7, WED, 9):
            event = self.plan(met.PREPARING, by="tamsin", group=self.community)
            self.prepared = planning.make_meeting(event=event, by=self.user("tamsin"))
            self.invite(event, met.PREPARING_CAME, by="tamsin")
            for title, length, leader, _said, _agreed, _members_only in met.PREPARING_ITEMS:
                agenda.add_item(
                    meeting=self.prepared,
                    title=title,
                    minutes=length,
                    leader=self.people[leader],
                    by=self.user("tamsin"),
                )
        with self.at(-5, THU, 17):
            came = [self.people[key].pk for key in met.PREPARING_CAME]
            day_actions.record(event=event, came=came, by=self.user("tamsin"))
            for item, (*_item, said, agreed, members_only) in zip(
                self.prepared.items.order_by("position"), met.PREPARING_ITEMS, strict=True
            ):
                minutes.write_item(
                    item=item, said=said, agreed=agreed, members_only=members_only, by=self.user("tamsin")
                )
            minutes.send(meeting=self.prepared, by=self.user("tamsin"))
        with self.at(-4, FRI, 10):
            key, words = met.NOT_RIGHT
            correction = minutes.correct(meeting=self.prepared, words=words, by=self.user(key))
        with self.at(-4, FRI, 15):
            last = self.prepared.items.order_by("-position")[0]
            minutes.write_item(item=last, said=met.CORRECTED, agreed=last.agreed, by=self.user("tamsin"))
            minutes.settle(correction=correction, settled_as=Correction.Settled.CHANGED, by=self.user("tamsin"))

    def the_workshop_is_minuted(self):
        """The minutes of before are agreed at the workshop and published; those of the workshop wait to be checked."""
        with self.at(-1, WED, 9):
            event = Event.objects.get(group=self.community, title=met.WORKSHOP_TITLE)
            meeting = planning.make_meeting(event=event, by=self.user("tamsin"))
            agenda.build(meeting=meeting, by=self.user("tamsin"))
            self.prepared.refresh_from_db()
            minutes.agree(meeting=self.prepared, at=meeting, by=self.user("tamsin"))
            self.prepared.refresh_from_db()
            minutes.publish(meeting=self.prepared, by=self.user("tamsin"))
            for title, length, said, agreed in met.WORKSHOP_ITEMS:
                item = agenda.add_item(meeting=meeting, title=title, minutes=length, by=self.user("tamsin"))
                minutes.write_item(item=item, said=said, agreed=agreed, by=self.user("tamsin"))

    def the_steering_groups_agenda(self):
        """The agenda of the meeting to come is built and sent; a talk before it is offered and answered."""
        with self.at(-1, WED, 10):
            event = Event.objects.get(group=self.steering, title=met.STEERING_TITLE)
            meeting = planning.make_meeting(event=event, by=self.user("idris"))
            agenda.build(meeting=meeting, by=self.user("maggie"))
        with self.at(-1, WED, 15):
            key, title, detail, length = met.ADDED
            agenda.add_item(
                meeting=meeting,
                title=title,
                detail=detail,
                minutes=length,
                leader=self.people[key],
                by=self.user(key),
            )
            agenda.send(meeting=meeting, by=self.user("maggie"))
        with self.at(-1, THU, 9):
            talk = talks.offer(
                meeting=meeting,
                kind=Talk.Kind.BEFORE,
                starts_at=self.week.at(1, THU, 11),
                how=met.TALK_HOW,
                who=self.people["idris"],
                by=self.user("idris"),
            )
        for number, (key, wants) in enumerate(met.TALK_ANSWERS):
            with moment(in_the_day(self.week.at(-1, THU, 11), number)):
                talks.answer(talk=talk, wants=wants, by=self.user(key))
        self.papers_come(meeting)

    def papers_come(self, meeting):
        """Two papers come: one in all the formats people need, one whose Easy Read version is still to be made."""
        with self.at(-1, THU, 14):
            taxis = meeting.items.get(title=met.TAXI_ITEM)
            paper = attached.add(
                event=meeting.event,
                title=met.TAXI_PAPER,
                purpose=AttachedPaper.Purpose.DECIDE,
                item=taxis,
                file=_drawn(met.TAXI_PAPER, met.TAXI_LINES, "12pt"),
                by=self.user("idris"),
            )
            attached.add_copy(
                paper=paper,
                format=PaperFormat.LARGE_PRINT,
                file=_drawn(met.TAXI_PAPER, met.TAXI_LINES, "20pt"),
                by=self.user("idris"),
            )
            attached.add_copy(
                paper=paper, format=PaperFormat.EASY_READ, words=met.TAXI_EASY_READ, by=self.user("idris")
            )
        with self.at(-1, THU, 16):
            paid = attached.add(
                event=meeting.event,
                title=met.PAID_PAPER,
                purpose=AttachedPaper.Purpose.DISCUSS,
                words=met.PAID_FIRST,
                by=self.user("maggie"),
            )
        with self.at(-1, FRI, 9):
            attached.add_copy(paper=paid, format=PaperFormat.STANDARD, words=met.PAID_WORDS, by=self.user("maggie"))
            attached.note_made(
                event=meeting.event,
                paper=paper,
                format=PaperFormat.AUDIO,
                made_by=met.AUDIO_MADE_BY,
                made_on=self.day((-1, FRI)),
                how=met.AUDIO_HOW,
                by=self.user("idris"),
            )


def _drawn(title, lines, size):
    """Draw a paper as a PDF, and return it as it is sent."""
    paragraphs = format_html_join("", "<p>{}</p>", ((line,) for line in lines))
    html = format_html(
        '<!doctype html><html lang="en"><head><title>{}</title></head><body><h1>{}</h1>{}</body></html>',
        title,
        title,
        paragraphs,
    )
    css = f'html {{ font: {size}/1.5 "Atkinson Hyperlegible Next"; }}'
    return SimpleUploadedFile("paper.pdf", pdf.render(html, css=css), "application/pdf")
