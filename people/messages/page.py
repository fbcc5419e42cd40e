"""The page of a message, as an object a template reads and a test can ask without a request."""

from dataclasses import replace
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from people import registry
from people.messages import posting, routing, rules, scripts
from people.messages.models import Message
from wellbeing.lib import phones
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.languages import Language, Passage
from wellbeing.secret_paths import mask

TONES = {
    Message.Status.WAITING: "waiting",
    Message.Status.SENDING: "waiting",
    Message.Status.SENT: "good",
    Message.Status.DELIVERED: "good",
    Message.Status.FAILED: "bad",
    Message.Status.CANCELLED: "quiet",
}


def tag(message):
    """Return the state of a message as a tag."""
    return {"label": message.status_in_words, "tone": TONES[message.status]}


class MessagePage:
    """One message for a colleague: what it says, how far it has come, and how to deliver it by hand."""

    def __init__(self, message, user):
        self.message, self.user = message, user
        self.notice, self.person = message.notice, message.notice.person

    @property
    def title(self):
        return self.notice.subject

    @property
    def tag(self):
        return tag(self.message)

    @property
    def kind(self):
        return registry.notice_kinds[self.notice.kind]

    @property
    def passages(self):
        """The words, each part in its language, without the keys of personal links.

        One opens a page as the person it is for.
        """
        return [replace(passage, text=mask(passage.text)) for passage in self.notice.passages]

    @property
    def parts(self):
        return [{"name": part.name, "detail": part.content_type} for part in self.notice.parts.all()]

    @cached_property
    def others(self):
        """The other tries to tell the same, the first one first."""
        return sorted((row for row in self.notice.messages.all() if row.pk != self.message.pk), key=lambda row: row.pk)

    @property
    def problem(self):
        """Why it did not reach its person, or was not sent, in a sentence."""
        not_printed = self.message.channel == Message.Channel.LETTER and self._waits() and not self.message.by_service
        says_why = self.message.status == Message.Status.FAILED or self.message.is_unwanted or not_printed
        return self.message.last_error if says_why else ""

    @property
    def reports(self):
        """Return the reports of mail servers and services on it, the first one first."""
        return sorted(self.message.mail_reports.all(), key=lambda report: report.pk)

    @property
    def may_try_again(self):
        return self.message.status == Message.Status.FAILED and not any(row.has_arrived for row in self.others)

    @property
    def may_tell(self):
        """Whether the reader can deliver it now."""
        by_hand = self.message.is_by_hand or self.message.by_service
        return by_hand and self._waits() and bool(rules.can_tell(self.user, self.message))

    @property
    def may_post(self):
        return bool(rules.can_post(self.user, self.notice.audience))

    @property
    def may_come_back(self):
        """Whether this is a posted letter, which the reader can say came back."""
        is_letter = self.message.channel == Message.Channel.LETTER and self.message.has_arrived
        return is_letter and bool(rules.can_tell(self.user, self.message))

    @property
    def service(self):
        """Who prints and posts this letter, and when they get it, where that is no colleague."""
        if not self.message.by_service:
            return None
        return {
            "name": posting.service_name(),
            "at": self.message.next_try_at,
            "may_take_back": self.may_post and not self.message.attempts,
        }

    @property
    def is_call(self):
        return self.message.channel == Message.Channel.PHONE

    @property
    def phone(self):
        """The number to ring, kept as the link dials it."""
        return self.message.to if self.is_call else ""

    @property
    def call_time(self):
        """When the person likes to be rung; empty for a supporter, whose time we do not know."""
        return "" if self.message.via or self.person is None else self.person.get_call_time_display()

    @property
    def greeting(self):
        """The first sentence of a call."""
        voice = self.notice.speaker.name
        params = {"me": self.user.person.short_name, "voice": voice, "name": self.person, "via": self.message.via}
        if self.message.via:
            return _("Hello %(via)s, this is %(me)s from %(voice)s. It is about %(name)s.") % params
        return _("Hello, may I speak to %(name)s? This is %(me)s from %(voice)s.") % params

    @property
    def script(self):
        """Return the words to say, one sentence or paragraph each."""
        return scripts.script_of(self.notice.passages)

    @property
    def other_language(self):
        """The language of the words to say, where it is not English; "" otherwise."""
        return "" if self.notice.language == Language.ENGLISH else self.notice.get_language_display()

    @property
    def why_by_hand(self):
        """Why no way that the person chose works, where a colleague has to find one."""
        if self.message.channel != Message.Channel.COLLEAGUE or self.person is None:
            return ""
        return routing.why_unreachable(self.person) or _("Every way they chose has been tried.")

    @cached_property
    def answer(self):
        """The panel in which the colleague writes down what the person says, or None."""
        answer = self.kind.answer
        return answer(self.user, self.notice) if answer and self.may_tell else None

    @property
    def calls(self):
        return list(self.message.calls.all())

    @property
    def rows(self):
        """The details, as components/summary_list.html wants them."""
        message = self.message
        rows = [
            (_("For"), self.person.full_name if self.person else ""),
            (_("About"), self.kind.title),
            (_("From"), self.notice.speaker.name),
            (_("How"), message.get_channel_display()),
            (_("To"), self._to()),
            (_("Through"), message.via),
            (_("Replies go to"), self.notice.reply_to),
            (_("Written"), _when(message.created_at)),
            (_("Sent") if not message.is_by_hand else _("Done"), _when(message.sent_at)),
            (_("Posted") if message.by_service else _("Delivered"), _when(message.delivered_at)),
            (_("By"), message.told_by.full_name if message.told_by else ""),
            (_("In which way"), message.told_how),
            (
                _("Goes to be printed") if message.by_service else _("Next try"),
                _when(message.next_try_at) if self._is_to_be_tried() else "",
            ),
            (_("Tries"), message.attempts or ""),
            (_("Whose task it is"), message.colleague.full_name if message.colleague and self._is_a_task() else ""),
        ]
        return [{"label": label, "value": value} for label, value in rows if value != ""]

    def _to(self):
        if self.message.channel in {Message.Channel.SMS, Message.Channel.PHONE}:
            return phones.shown(self.message.to)
        return self.message.to

    def _waits(self):
        return self.message.status == Message.Status.WAITING

    def _is_a_task(self):
        return self._waits() and self.message.is_by_hand

    def _is_to_be_tried(self):
        return self._waits() and (not self.message.is_by_hand or bool(self.calls))


class OwnNotice:
    """One thing said to the reader, for their own list: what it was, and how it reached them."""

    def __init__(self, notice):
        self.notice = notice

    @property
    def text(self):
        """The words. A link that proves an address is for who reads mail there, not for who is signed in: masked."""
        kind = registry.notice_kinds[self.notice.kind]
        return mask(self.notice.text_body) if kind.secret else self.notice.text_body

    @property
    def has_links(self):
        """Whether its addresses are links: not where a part of one is masked, which would lead nowhere."""
        return not registry.notice_kinds[self.notice.kind].secret

    @property
    def passages(self):
        """The same, each part in its language."""
        return self.notice.passages if self.text == self.notice.text_body else [Passage(self.text)]

    @property
    def how(self):
        """How the reader was told, in a sentence that claims nothing that has not happened."""
        message = self.notice.latest
        if message.is_unwanted:
            return _("Not sent, as you get no emails of this kind")
        if message.status == Message.Status.CANCELLED:
            return _("Not sent, as it was not needed any more")
        if not message.has_arrived:
            return _("On its way to you") if message.status != Message.Status.FAILED else _("It did not reach you")
        if message.by_service and message.status == Message.Status.SENT:
            return _("Handed to our printing service on %(day)s, to be posted") % {"day": short_date(message.sent_at)}
        went_at = message.delivered_at if message.by_service else message.sent_at
        params = {"day": short_date(went_at), "name": message.via or settings.SERVICE_NAME}
        sentences = {
            Message.Channel.EMAIL: _("Sent by email on %(day)s"),
            Message.Channel.SMS: _("Sent by text message on %(day)s"),
            Message.Channel.LETTER: _("Posted on %(day)s"),
            Message.Channel.PHONE: _("We rang you on %(day)s"),
            Message.Channel.COLLEAGUE: _("We told you on %(day)s"),
        }
        if message.via:
            return _("Told through %(name)s on %(day)s") % params
        return sentences[message.channel] % params


def _when(moment):
    return f"{short_date(moment)}, {time_of_day(moment)}" if moment else ""
