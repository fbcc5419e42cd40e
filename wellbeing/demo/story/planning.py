"""The part of the story in which staff keep a venue book, and plan a residential, a series and a draft."""

import datetime as dt
from typing import Any

from events.models import AttachedPaper, PaperFormat, Technique, Venue
from events.papers.actions import attached
from events.planning import actions as planning_actions
from events.series import actions as series_actions
from events.sessions import actions as session_actions
from events.venues import actions as venue_actions
from wellbeing.demo import claims, planning
from wellbeing.demo.clock import LONDON, MON, THU
from wellbeing.demo.story.steps import Steps
from wellbeing.lib.dates import today


class PlanningPart(Steps):
    """Venues, and what is planned there."""

    def the_venue_book_is_kept(self):
        """Two venues, each checked by somebody who went there; one of them so long ago that it is due again."""
        for weeks, about in planning.VENUES:
            with self.at(weeks, THU, 15):
                venue_actions.add(programme=self.programme, by=self.user("ros"), checked_on=today(), **about)

    def the_residential_is_planned(self):
        """Two days and a night, with sessions and a paper; some are invited, and most have said yes."""
        about: dict[str, Any] = dict(planning.RESIDENTIAL)
        first = self.day(about.pop("day"))
        starts, ends = about.pop("starts"), about.pop("ends")
        venue = Venue.objects.get(programme=self.programme, name="The Old Ropeworks")
        with self.at(-2, THU, 10):
            event = planning_actions.create(
                programme=self.programme,
                by=self.user("tamsin"),
                organiser=self.people["tamsin"],
                starts_at=dt.datetime.combine(first, starts, LONDON),
                ends_at=dt.datetime.combine(first + dt.timedelta(days=1), ends, LONDON),
                venue=venue,
                **{**about, "reply_by": self.day(about["reply_by"])},
            )
        with self.at(-2, THU, 14):
            self.invite(event, planning.RESIDENTIAL_INVITED, by="tamsin")
        with self.at(-2, THU, 15):
            for session in planning.SESSIONS:
                self._add_session(event, *session)
        with self.at(-2, THU, 16):
            paper = attached.add(
                event=event,
                title=planning.PAPER,
                purpose=AttachedPaper.Purpose.DISCUSS,
                words=planning.PAPER_WORDS,
                by=self.user("tamsin"),
            )
            attached.add_copy(
                paper=paper,
                format=PaperFormat.EASY_READ,
                words=planning.PAPER_EASY_READ,
                by=self.user("tamsin"),
            )
        self.replies(event, planning.RESIDENTIAL_INVITED[:-1], claims.Reply.COMING, self.week.at(-1, MON, 10))

    def _add_session(self, event, day, starts, ends, title, aim, technique, room, facilitator, beside):
        session_actions.add(
            event=event,
            by=self.user("tamsin"),
            day=day,
            starts=starts,
            ends=ends,
            title=title,
            aim=aim,
            technique=Technique.objects.get(programme=None, name=technique) if technique else None,
            room=room,
            facilitators=[self.people[facilitator]] if facilitator else [],
            co_facilitators=[self.people[beside]] if beside else [],
        )

    def more_is_planned(self):
        """A drop-in that comes again every four weeks, and a draft that only staff see."""
        about: dict[str, Any] = dict(planning.DROP_IN)
        starts, ends = about.pop("times")
        weekday = about.pop("weekday")
        days = [self.day((weeks, weekday)) for weeks in about.pop("weeks")]
        venue = Venue.objects.get(programme=self.programme, name="Larkhampton Library, the garden room")
        with self.at(-1, MON, 14):
            series_actions.plan_series(
                programme=self.programme,
                by=self.user("idris"),
                organiser=self.people["idris"],
                venue=venue,
                dates=[
                    {
                        "starts_at": dt.datetime.combine(day, starts, LONDON),
                        "ends_at": dt.datetime.combine(day, ends, LONDON),
                        "reply_by": day - dt.timedelta(days=7),
                    }
                    for day in days
                ],
                **about,
            )
        with self.at(-1, MON, 15):
            self.plan({**planning.DRAFT, "draft": True}, by="idris", organiser="idris")
