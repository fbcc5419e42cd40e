"""Adds messages to the home page and to a person's page, their kinds, and what sends each channel."""

from anymail import signals
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.directory import hooks as directory_hooks
from people.messages import delivery, details_changed, handing, needs_noted, queries, routing, rules
from people.messages.letters import batches
from people.messages.letters import sending as letter_sending
from people.messages.models import EmailStop, Message
from people.messages.returns import events, mailbox
from people.messages.texts import sending
from people.messages.views import letters, returned, telling, texts, writing
from people.wordings import Wording
from wellbeing.lib.dates import short_date, time_of_day


def register():
    """Called once, when the app is ready."""
    channel = Message.Channel
    handing.senders |= {channel.EMAIL: delivery.send, channel.SMS: sending.send, channel.LETTER: letter_sending.send}
    registry.add_notice_kinds(
        registry.NoticeKind("account", gettext_lazy("Signing in"), legal=True, secret=True),
        registry.NoticeKind("address", gettext_lazy("The address to sign in with"), legal=True, secret=True),
        registry.NoticeKind(
            "text_answer",
            gettext_lazy("Answer by text message"),
            at_once=True,
            fixed=gettext_lazy("It says word for word what was written down."),
        ),
        registry.NoticeKind(
            "written",
            gettext_lazy("Written by a colleague"),
            fixed=gettext_lazy("A colleague writes every word of it."),
        ),
        registry.NoticeKind(
            needs_noted.NOTED,
            gettext_lazy("Access needs were noted for somebody"),
            legal=True,
            fixed=gettext_lazy("It says who noted their needs, and how they were told."),
        ),
        registry.NoticeKind(
            "details-changed",
            gettext_lazy("Changed details"),
            wording=Wording(
                subject=gettext_lazy("Your details were changed"),
                holds=gettext_lazy("who changed their details, and the link to see them"),
                example=gettext_lazy(
                    "Stella Staff has changed the details we hold about you, on your behalf.\n\nSee what we hold, and"
                    " change it yourself if it is not right:\nhttps://www.example.org/your-details/"
                ),
            ),
        ),
    )
    registry.details_changed.append(details_changed.tell_of_change)
    registry.needs_noted.append(needs_noted.tell_of_needs)
    registry.reach_changed.append(reach_again)
    registry.address_changed.append(reach_again)
    registry.home_tasks.append(telling.tasks)
    registry.recipients["person"] = writing.one_person
    registry.home_tasks.append(texts.tasks)
    registry.home_tasks.append(letters.tasks)
    registry.job_kinds[batches.JOB_KIND] = registry.JobKind(
        run=batches.make,
        can_see=letters.can_see_job,
        title=gettext_lazy("Making the letters"),
        url=lambda job: reverse("letter_batch", args=[job.subject_id]),
    )
    registry.home_tasks.append(returned.tasks)
    registry.installation_facts.append(returned_mail_facts)
    registry.before_take_over.append(one_wish_of_a_kind)
    directory_hooks.kept_once.append(directory_hooks.KeptOnce("people.Supporter"))
    # Anymail keeps no receiver alive by itself.
    signals.tracking.connect(events.take, weak=False, dispatch_uid="people.messages.returns")
    registry.person_panels.append(messages_of_person)
    registry.own_details_panels.append(own_messages)


def reach_again(person):
    """Tell `person` by a way that works now what a colleague was to find a way for."""
    handing.kick(routing.look_again(person))


def messages_of_person(user, person):
    """Lead staff to everything that was said to a person, and say how they are told."""
    if not rules.can_read_messages(user):
        return None
    way = queries.ways_to([person])[person.pk]
    return registry.Panel(
        "people/messages/person_panel.html",
        {
            "person": person,
            "way": queries.reach_in_words(way),
            "reached": way is not None,
            "can_write": bool(registry.voice_between(person, user)),
        },
        order=15,
    )


def own_messages(_user):
    """Lead the reader to everything that was said to them."""
    return registry.Panel("people/messages/own_panel.html", {}, order=5)


def one_wish_of_a_kind(record, person):
    """End wishes of a record that its person has as well, so that both can be put together."""
    kinds = EmailStop.objects.open().filter(person=person).values_list("kind", flat=True)
    EmailStop.objects.open().filter(person=record, kind__in=list(kinds)).update(ended_at=timezone.now())


def returned_mail_facts():
    """Say how we hear of emails that come back, and when the mailbox for them was last read."""
    if settings.MAIL_SERVICE:
        value = _("Reported by the mail service")
    elif not settings.BOUNCE_IMAP_HOST:
        value = _("Not set up: nobody is told of them. The guide to deployment says how.")
    else:
        value = _last_reading(cache.get(mailbox.LAST_READING))
    return [{"label": _("Emails that come back"), "value": value}]


def _last_reading(last):
    if not last:
        return _("The mailbox has not been read yet")
    when = {"day": short_date(last["at"]), "time": time_of_day(last["at"])}
    if last["problem"]:
        sentence = _("The mailbox could not be read on %(day)s at %(time)s: %(problem)s")
        return sentence % {**when, "problem": last["problem"]}
    return _("The mailbox was last read on %(day)s at %(time)s") % when
