"""How staff of the demo find people again: areas, tags, notes, organisations, and a break that somebody takes."""

from people.consent import actions as consents
from people.needs import actions as need_actions
from programmes.contacts import actions as contacts
from programmes.directory.actions import notes, organisations, tags
from programmes.doubles import actions as doubles
from programmes.involved import actions as involved
from programmes.members.actions import memberships
from programmes.models import Role, Tag
from programmes.taking_part import actions as part_actions
from wellbeing.demo import finding
from wellbeing.demo.clock import FRI, THU
from wellbeing.demo.story.steps import Steps
from wellbeing.lib import phones


class FindingPart(Steps):
    """The part of the story in which staff put their directory in order."""

    def two_people_write_by_the_open_form(self):
        """Staff open the form to get involved, and two people write by it."""
        with self.at(-1, FRI, 11):
            involved.set_form(programme=self.programme, is_open=True, words=finding.FORM_WORDS, by=self.user("ros"))
        for number, (name, email, phone, words, needs) in enumerate(finding.WROTE):
            with self.at(-1, FRI, 18 + number):
                involved.write(
                    programme=self.programme,
                    full_name=name,
                    email=email,
                    phone=phones.stored(phone),
                    words=words,
                    needs=needs,
                    by=None,
                )

    def somebody_is_typed_in_twice(self):
        """Somebody rings twice, and each colleague adds them; the next night both records are found."""
        for number, (name, email, phone) in enumerate(finding.TYPED_TWICE):
            with self.at(-2, FRI, 15 + number):
                memberships.welcome(
                    programme=self.programme,
                    roles=[Role.LIVED_EXPERIENCE],
                    by=self.user(("ros", "tamsin")[number]),
                    full_name=name,
                    email=email,
                    phone=phones.stored(phone),
                )
        with self.at(-2, FRI, 23):
            doubles.look(programme=self.programme, by=None)

    def people_say_what_they_agree_to(self):
        """Several answer on their own page; Dilys tells a colleague on the phone."""
        for key, answers in finding.AGREED.items():
            with self.at(-2, THU, 19):
                consents.answer(person=self.people[key], answers=answers, by=self.user(key))
        with self.at(-2, FRI, 10):
            consents.answer(
                person=self.people["dilys"], answers=finding.TOLD_BY_PHONE, by=self.user("ros"), how="On the phone"
            )

    def somebody_says_that_her_needs_are_right(self):
        """Dilys is on the phone anyway: she still needs the same."""
        with self.at(-2, FRI, 10):
            need_actions.still_right(person=self.people["dilys"], by=self.user("ros"), how="On the phone")

    def _people_get_contacts(self):
        """Ros is there for everybody, but for those whom Tamsin has known for longest."""
        with self.at(-1, THU, 16):
            contacts.choose_usual(programme=self.programme, contact=self.people["ros"], by=self.user("ros"))
            contacts.choose(
                programme=self.programme,
                people=[self.people[key] for key in finding.TURN_TO_TAMSIN],
                contact=self.people["tamsin"],
                by=self.user("ros"),
            )

    def somebody_takes_a_break(self):
        """Callum rings up: he has exams, and would like to be left in peace for some weeks."""
        with self.at(-1, FRI, 14):
            part_actions.take_break(
                person=self.people["callum"],
                programme=self.programme,
                starts_on=self.day((-1, FRI)),
                ends_on=self.day((5, FRI)),
                by=self.user("tamsin"),
            )

    def the_directory_is_put_in_order(self):
        with self.at(-1, THU, 15):
            for kind, names in ((Tag.Kind.AREA, finding.AREAS), (Tag.Kind.TAG, finding.TAGS)):
                for name, keys in names.items():
                    tag = tags.make(programme=self.programme, kind=kind, name=name, by=self.user("tamsin"))
                    tags.give(tag=tag, people=[self.people[key] for key in keys], by=self.user("tamsin"))
            for details in finding.ORGANISATIONS:
                organisations.add(programme=self.programme, by=self.user("ros"), **details)
        self._people_get_contacts()
        for about, writer, words, readers in finding.NOTES:
            named = [] if readers in {"staff", "writer", "finance"} else [self.people[readers]]
            with self.at(-1, FRI, 10):
                notes.write(
                    programme=self.programme,
                    person=self.people[about],
                    words=words,
                    readers="named" if named else readers,
                    named=named,
                    by=self.user(writer),
                )
