"""Requests of people of the demo about their data, and an old record that has been kept long enough."""

from people.directory import actions as person_actions
from people.privacy import timed
from people.privacy.actions import complaints, requests
from wellbeing.demo.clock import MON, THU, TUE, WED
from wellbeing.demo.story.steps import Steps


class PrivacyPart(Steps):
    """The part of the story about one's own data."""

    def somebody_is_added_and_never_answers(self):
        """Ros adds somebody after a talk in a library, who never says that it is them."""
        with self.at(-58, THU, 15, 20):
            person_actions.add(by=self.user("ros"), full_name="Linus Passingby", phone="01632 960177", channel="phone")

    def people_ask_about_their_data(self):
        """Elspeth rings for a copy; Owen complains about a letter; last night looked for what is due to go."""
        elspeth, owen = self.people["elspeth"], self.people["owen"]
        with self.at(-1, WED, 11, 10):
            requests.ask(
                person=elspeth,
                kind="copy",
                by=self.user("ros"),
                words="I would like to see all you have about me, on paper.",
                how="She rang me, and I rang back on the number we have.",
            )
        with self.at(-1, TUE, 16, 5):
            complaints.complain(
                person=owen,
                words="The letter about the workshop went to the address I left in spring.",
                by=self.user("ros"),
                how="By video call with an interpreter.",
            )
        with self.at(0, MON, 2, 20):
            timed.keep_no_longer.delay()
