"""Tell people what became of what they asked about their data, and the handlers what was asked."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.messages import emails
from people.messages.telling import tell
from people.privacy.models import Complaint, EmergencyLook, Erasure, PrivacyRequest
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.types import User

KIND = "privacy"


def _tell(person: Person, key: str, heading: str, paragraphs: list[str], by: User | None) -> None:
    voice = registry.voice_between(person, by) if by and by.pk != person.user_id else ""
    link = emails.absolute_url("what_we_hold")
    speaker = registry.voice(voice)
    note = emails.note(
        heading,
        name=person.short_name,
        paragraphs=paragraphs,
        url=link,
        label=_("See what we hold about you"),
        reply_to=speaker.email,
    )
    tell(person, KIND, key=key, **note, link=link, voice=voice, audience=voice)


def copy_is_made(request: PrivacyRequest) -> None:
    """Tell the person that their copy is there."""
    _tell(
        request.person,
        f"privacy-copy:{request.pk}",
        _("Your copy of what we hold is ready"),
        [_("You asked for a copy of what we hold about you. Sign in to download it.")],
        None,
    )


def written_down(request: PrivacyRequest, by: User) -> None:
    """Tell the person that a colleague wrote down what they asked for."""
    what = request.get_kind_display()
    _tell(
        request.person,
        f"privacy-asked:{request.pk}",
        _("We wrote down what you asked for"),
        [
            _("%(name)s wrote down that you asked for this: %(what)s. If you did not, tell us at once.")
            % {"name": by.person.full_name, "what": what},
            _("We will answer by %(day)s.") % {"day": short_date(request.due_on)},
        ],
        by,
    )


def refused(request: PrivacyRequest, by: User) -> None:
    """Tell the person that their request was refused, why, and where they can complain."""
    _tell(
        request.person,
        f"privacy-refused:{request.pk}",
        _("We did not do what you asked"),
        [
            _("You asked for this: %(what)s. We did not do it. %(ground)s.")
            % {"what": request.get_kind_display(), "ground": request.get_ground_display()},
            request.refused_why,
            _(
                "You can complain to us on the page below, or to the Information Commissioner's Office:"
                " ico.org.uk/make-a-complaint."
            ),
        ],
        by,
    )


def complaint_written_down(complaint: Complaint, by: User) -> None:
    """Tell the person that a colleague wrote down their complaint."""
    _tell(
        complaint.person,
        f"complaint-made:{complaint.pk}",
        _("We wrote down your complaint"),
        [_("%(name)s wrote down your complaint about your data.") % {"name": by.person.full_name}],
        by,
    )


def complaint_acknowledged(complaint: Complaint, by: User) -> None:
    """Tell the person that somebody looks into their complaint."""
    _tell(
        complaint.person,
        f"complaint-acknowledged:{complaint.pk}",
        _("We have your complaint"),
        [_("%(name)s has your complaint about your data and looks into it.") % {"name": by.person.full_name}],
        by,
    )


def complaint_answered(complaint: Complaint, by: User) -> None:
    """Tell the person our answer to their complaint."""
    _tell(
        complaint.person,
        f"complaint-answered:{complaint.pk}",
        _("Our answer to your complaint"),
        [
            complaint.answer,
            _(
                "If you are not content with it, you can complain to the Information Commissioner's Office:"
                " ico.org.uk/make-a-complaint, telephone 0303 123 1113."
            ),
        ],
        by,
    )


def opened_in_emergency(look: EmergencyLook, by: User) -> None:
    """Tell the person, and administrators, that somebody opened what the person needs to take part, and why."""
    _tell_administrators(look, by)
    _tell(
        look.person,
        f"emergency:{look.pk}",
        _("What you need to take part was opened in an emergency"),
        [
            _("%(name)s opened what you told us you need to take part, until %(time)s on %(day)s.")
            % {
                "name": by.person.full_name,
                "time": time_of_day(look.closes_at),
                "day": short_date(look.closes_at),
            },
            _("The reason given: %(reason)s") % {"reason": look.reason},
        ],
        by,
    )


def _tell_administrators(look: EmergencyLook, by: User) -> None:
    administrators = Person.objects.filter(user__is_superuser=True, user__is_active=True)
    link = emails.absolute_url("person", look.person_id)
    said = _("%(reader)s opened the access needs of %(name)s in an emergency")
    heading = said % {"reader": by.person.full_name, "name": look.person.full_name}
    for administrator in administrators.exclude(pk__in=[by.person.pk, look.person_id]):
        note = emails.note(
            heading,
            name=administrator.short_name,
            paragraphs=[_("The reason given: %(reason)s") % {"reason": look.reason}],
            url=link,
            label=_("See their page"),
        )
        tell(administrator, KIND, key=f"emergency:{look.pk}:{administrator.pk}", **note, link=link)


def send_certificate(erasure: Erasure, address: str, content: bytes) -> None:
    """Send the certificate of an erasure to the last address of its person, which is stored nowhere any more.

    It goes to the mail server at once: a message in the outbox would hold the address. Raises OSError or
    smtplib.SMTPException where the server does not take it.
    """
    mail = EmailMessage(
        subject=_("What we held about you is removed"),
        body=_(
            "You asked us to remove what we hold about you. It is done. The certificate that comes with this says what"
            " is gone, and what the law asks us to keep. This is the last email from us: your address is gone, too."
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach(f"{erasure.reference}.pdf", content, "application/pdf")
    mail.send()
