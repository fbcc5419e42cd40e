"""Open the form, take what somebody writes by it, and welcome or decline them."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages import emails as message_emails
from people.messages.telling import tell
from people.models import Person
from programmes.involved import queries, rules
from programmes.involved.models import InvolvementInterest, OpenForm
from programmes.members.actions import memberships
from programmes.programme.models.programmes import Programme, Role
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

ANSWER = "involved_answer"


class InvolvedError(ActionError):
    """A rule refused something about getting involved."""


@action
def set_form(*, programme: Programme, is_open: bool, words: str, by: User) -> OpenForm:
    """Say what the open form says, and whether it is open. Return it. Raises InvolvedError without words."""
    rules.can_keep_form(by, programme).insist(InvolvedError)
    if not words.strip():
        raise InvolvedError(_("Write what people read above the form."), field="words")
    values = {"is_open": is_open, "words": words.strip(), "changed_by": by.person, "changed_at": timezone.now()}
    form, _is_new = OpenForm.objects.update_or_create(programme=programme, defaults=values)
    return form


@action
def write(
    *, programme: Programme, full_name: str, email: str, phone: str, words: str, needs: str, by: User | None
) -> InvolvementInterest:
    """Keep what somebody wrote by the open form of `programme`. Return it; the one that waits, for the same again.

    Nothing is sent, and nothing is looked up: whether they are known anywhere changes nothing. Raises InvolvedError
    for a form that is closed or takes no more, without a name, and without a way to answer. Locks the form.
    """
    form = OpenForm.objects.select_for_update().filter(programme=programme).first()
    if form is None or not form.is_open:
        raise InvolvedError(_("This form is closed."))
    values = {
        "full_name": full_name.strip(),
        "email": email.strip().lower(),
        "phone": phone,
        "words": words.strip(),
        "needs": needs.strip(),
    }
    if not values["full_name"]:
        raise InvolvedError(_("Enter your name."), field="full_name")
    if not values["email"] and not values["phone"]:
        raise InvolvedError(_("Enter an email address or a phone number, so that we can answer."), field="email")
    if same := programme.interests.waiting().filter(**values).first():
        return same
    if not queries.takes_more(programme, today()):
        raise InvolvedError(_("Many people have written to us, and this form takes no more today. Please ring us."))
    return InvolvementInterest.objects.create(programme=programme, **values)


@action
def welcome(*, interest: InvolvementInterest, by: User, person: Person | None = None) -> Person:
    """Welcome somebody who wrote: they get the role of lived experience. Return the Person.

    `person` is somebody of the programme whom staff know them to be; otherwise they are brought in as anybody is, and
    asked at their address whether it is them. Raises ActionError as `memberships.welcome` does. Locks the interest.
    """
    interest = _locked(interest, by)
    programme = interest.programme
    if person is None:
        person = memberships.welcome(
            programme=programme,
            roles=[Role.LIVED_EXPERIENCE],
            by=by,
            full_name=interest.full_name,
            email=interest.email,
            phone=interest.phone,
            channel=Person.Channel.EMAIL if interest.email else Person.Channel.PHONE,
        )
    elif not person.memberships.filter(programme=programme, role=Role.LIVED_EXPERIENCE, ends_on=None).exists():
        memberships.add(programme=programme, by=by, person=person)
    _answered(interest, InvolvementInterest.Status.WELCOMED, by)
    interest.person = person
    interest.save()
    return person


@action
def decline(*, interest: InvolvementInterest, answer: str, by: User) -> InvolvementInterest:
    """Tell somebody that it does not fit now, in words that go to their address. Return the interest. Locks it.

    Somebody who left a phone number alone is rung by staff: nothing is sent. Raises InvolvedError without words.
    """
    interest = _locked(interest, by)
    if not answer.strip():
        raise InvolvedError(_("Write what they are told."), field="answer")
    _answered(interest, InvolvementInterest.Status.DECLINED, by)
    interest.answer = answer.strip()
    interest.save()
    if interest.email:
        programme = interest.programme
        tell(
            None,
            ANSWER,
            key=f"interest:{interest.pk}:declined",
            to=interest.email,
            **message_emails.note(
                _("About getting involved in %(programme)s") % {"programme": programme.name},
                name=interest.full_name,
                paragraphs=[interest.answer],
                reply_to=programme.contact_email,
            ),
        )
    return interest


def _locked(interest: InvolvementInterest, by: User) -> InvolvementInterest:
    rows = InvolvementInterest.objects.select_for_update(of=("self",)).select_related("programme")
    interest = rows.get(pk=interest.pk)
    rules.can_answer(by, interest).insist(InvolvedError)
    return interest


def _answered(interest: InvolvementInterest, status: str, by: User) -> None:
    interest.status, interest.answered_at, interest.answered_by = status, timezone.now(), by.person
