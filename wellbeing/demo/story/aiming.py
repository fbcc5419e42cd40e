"""The part of the story about the programme's aims, activities and changes."""

from programmes.impact.actions import aims, changes, papers
from programmes.models import Contribution
from wellbeing.demo import aims as texts
from wellbeing.demo import said
from wellbeing.demo.clock import FRI, MON, THU
from wellbeing.demo.story.steps import Steps


class AimingPart(Steps):
    """The part of the story about vision, aims and impact."""

    def first_aims(self):
        """The aims of the first year, from the bid."""
        with self.at(-60, MON, 10):
            ros = self.user("ros")
            aims.set_vision(programme=self.programme, words=texts.VISION_BEFORE, by=ros)
            title, signs, _because = texts.FIRST_SECOND_AIM
            aims.add_aim(programme=self.programme, title=title, signs=signs, by=ros)

    def the_room_agrees_its_aims(self):
        """The curry day agrees a vision of its own and three aims, one in the place of an earlier one."""
        with self.at(-8, FRI, 11):
            idris = self.user("idris")
            aims.set_vision(
                programme=self.programme,
                words=texts.VISION,
                agreed_at=texts.AGREED_AT,
                effective_from=self.day((-8, THU)),
                by=idris,
            )
            first, second, third = texts.AIMS
            because = texts.FIRST_SECOND_AIM[2]
            earlier = self.programme.aims.get()
            heard = aims.replace_aim(aim=earlier, title=second[0], signs=second[1], because=because, by=idris)
            access = aims.add_aim(programme=self.programme, title=first[0], signs=first[1], by=idris)
            lead = aims.add_aim(programme=self.programme, title=third[0], signs=third[1], by=idris)
            aims.move_up(aim=access, by=idris)
        self.aims = (access, heard, lead)

    def impact_is_written_down(self):
        """Staff write down what people do and what changed; the page is shared, and a paper is made for the funder."""
        with self.at(-1, THU, 10):
            tamsin = self.user("tamsin")
            activities = [
                changes.add_activity(
                    programme=self.programme,
                    by=tamsin,
                    **{key: value for key, value in row.items() if key not in {"weeks", "serves"}},
                    serves=self.aims[row["serves"]],
                    starts_on=self.day((row["weeks"][0], THU)),
                    ends_on=self.day((row["weeks"][1], THU)) if row["weeks"][1] else None,
                )
                for row in texts.ACTIVITIES
            ]
            for row in texts.CHANGES:
                theme = said.SAID[row["said"]].theme
                changes.add_change(
                    programme=self.programme,
                    by=tamsin,
                    title=row["title"],
                    for_whom=row["for_whom"],
                    happened_on=self.day((row["week"], THU)),
                    evidence=row["evidence"],
                    harm=row["harm"],
                    aim=self.aims[row["aim"]],
                    activity=activities[row["activity"]] if row["activity"] is not None else None,
                    contributions=[Contribution.objects.get(programme=self.programme, theme=theme)],
                )
            papers.share(programme=self.programme, by=tamsin)
            papers.ask_for_paper(programme=self.programme, layout="standard", by=tamsin)
