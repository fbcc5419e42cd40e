"""How people hear of things who have no email of their own: a supporter, a shared address, colleagues who ring."""

import datetime as dt

from django.conf import settings

from people.directory import actions as person_actions
from people.messages import handing
from people.messages.actions import delivering, mailings
from people.messages.tasks import follow_letters
from people.models import Call, Message, Person
from programmes.members.actions import joining, memberships
from programmes.models import Role, message_audience
from wellbeing.demo import texts
from wellbeing.demo.clock import FRI, MON, WED, moment
from wellbeing.demo.story.steps import Steps


class TellingPart(Steps):
    """The part of the story in which colleagues tell people; the newest things still wait to be told."""

    def stan_is_reached_through_his_daughter(self):
        """Stan finds small screens hard, and asks that his daughter gets what we write."""
        with self.at(-3, MON, 15):
            stan = self.people["stan"]
            person_actions.set_supporter(
                person=stan,
                by=self.user("ros"),
                name="Ewa Riverthorpe",
                relationship="his daughter",
                channel="email",
                email="ewa.riverthorpe@example.org",
                consent_on=self.week.day(-3, MON),
                consent_how="He rang with Ewa beside him.",
            )
            person_actions.edit(
                person=stan,
                by=self.user("ros"),
                channel=Person.Channel.SUPPORTER,
                second_channel=Person.Channel.LETTER,
            )

    def manjit_reads_her_husbands_emails(self):
        """Gurdeep's wife wants to take part as well. They have one email address, and each their own way in."""
        gurdeep = self.people["gurdeep"]
        with self.at(-2, MON, 11):
            manjit = memberships.welcome(
                programme=self.programme,
                by=self.user("ros"),
                roles=[Role.LIVED_EXPERIENCE],
                full_name="Manjit Silverlane",
                email=gurdeep.email,
                somebody_else=True,
            )
        with self.at(-2, MON, 18):
            joining.tell_apart(joining=manjit.joining, by=self.user("gurdeep"))

    def colleagues_tell(self):
        """Ring or write about everything that is older than a week, each the day after it came up."""
        until = self.week.at(-1, MON, 9)
        for message in Message.objects.by_hand().filter(created_at__lt=until).order_by("created_at", "pk"):
            with moment(min(message.created_at + dt.timedelta(days=1), until)):
                if message.channel == Message.Channel.PHONE:
                    self._rings(message)
                else:
                    delivering.record_told(message=message, by=self.user("ros"), how="By letter")

    def a_service_posts_letters(self):
        """The demo's printing service has posted a letter to Terry, and gets another one next Monday."""
        settings.LETTER_PROVIDER = "demo"
        with self.at(-1, WED, 11):
            first = self._writes("terry", *texts.LETTER_ABOUT_THE_BUS)
        with moment(first.next_try_at):
            handing.send_messages.delay([first.pk])
            follow_letters.delay()
        with self.at(-1, FRI, 11):
            self._writes("terry", *texts.LETTER_ABOUT_A_PHOTO, not_before=self.week.at(1, MON, 16))

    def _writes(self, key, subject, words, not_before=None):
        """Write to somebody as staff do. Return the Message."""
        mailing = mailings.write(
            people=[self.people[key]],
            voice=message_audience(self.programme.pk),
            subject=subject,
            words=words,
            by=self.user("ros"),
            not_before=not_before,
        )
        return Message.objects.get(notice__mailing=mailing)

    def _rings(self, message):
        if not Call.objects.exists():
            delivering.record_call(message=message, by=self.user("ros"), outcome=Call.Outcome.NO_ANSWER)
        delivering.record_call(
            message=message, by=self.user("ros"), outcome=Call.Outcome.TOLD, note="We had a good chat."
        )
