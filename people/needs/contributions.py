"""Adds the review of access needs to the home page, and says who reads them."""

from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.needs import queries, rules
from wellbeing.lib.dates import today


def register():
    """Register them once, when the app is ready."""
    registry.home_panels.append(ask_again)
    registry.needs_readers.append(who_reads_needs)


def who_reads_needs(person):
    """Say who reads anybody's needs, and that a supporter does through whom `person` is reached."""
    readers = [
        _("Administrators of this service, who look after it."),
        _("In an emergency, a colleague of your programmes who gives a reason. We record the reason."),
    ]
    if Person.Channel.SUPPORTER in {person.channel, person.second_channel}:
        readers.append(_("Your supporter: messages that go through them can say what you needed at an event."))
    return readers


def ask_again(user):
    """Ask somebody who takes part, once a year, whether what is recorded of their needs is right."""
    if not rules.is_ever_asked(user):
        return []
    person = user.person
    state = queries.state_of(person, today())
    if not state.is_asked(today()):
        return []
    context = {
        "needs": [str(need) for need in person.access_needs.all()],
        "is_first": state.last is None,
        "seen": queries.seen_of(person),
    }
    return [registry.Panel("people/needs/home_panel.html", context, order=90)]
