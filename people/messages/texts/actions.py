"""Take in what providers bring: receipts, and the texts that people write. Stop texts, and start them again."""

import logging
import re

from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.messages import handing, routing
from people.messages.models import AddressMark, IncomingText, Message, Notice
from people.messages.telling import MessageError
from people.messages.texts import queries, receipts, rules, sending
from people.messages.texts.understanding import understood
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.texts import clean_words
from wellbeing.lib.types import Text, User

logger = logging.getLogger(__name__)
Understood = IncomingText.Understood
# Texts from a provider are small; the rest would be no text message.
MAX_WORDS = 20_000


@action
def take_receipt(
    *, provider_ref: str, reference: str, delivered: bool, by: User | None, reason: str = "", number: bool = False
) -> Message | None:
    """Settle the text message a receipt is for. Return it; None for one we do not know, which changes nothing.

    `provider_ref` is the provider's id of it, `reference` ours. `reason` is a sentence for a colleague, `number` says
    that the number reaches nobody. Each receipt counts once, and in any order: see `people.messages.texts.receipts`.
    Locks the message.
    """
    rows = Message.objects.filter(channel=Message.Channel.SMS).exclude(provider_ref="")
    message = rows.filter(provider_ref=provider_ref).first() or sending.message_of(reference)
    if message is None:
        logger.info("A receipt came for a text message that is not one of ours.")
        return None
    if delivered:
        receipts.delivered(message.pk, provider_ref)
    else:
        receipts.not_delivered(message.pk, provider_ref, reason, number=number)
    message.refresh_from_db()
    return message


@action
def take_text(*, provider_ref: str, number: str, words: str, by: User | None) -> IncomingText:
    """Keep a text that somebody wrote to us, and act on it. Return it; the one already kept if it comes again.

    STOP marks the number and START ends the mark. YES and NO answer the latest question that was sent to the number by
    text and that nobody has answered by text, where the number is one person's. Everything else is for a colleague to
    read. Raises MessageError for a number that is none. One at a time of each number.
    """
    number = _number(number)
    queries.lock_number(number)
    person, latest = queries.owner_of(number), queries.latest_to(number)
    words = clean_words(words.replace("\x00", ""))[:MAX_WORDS]
    meaning = understood(words)
    text, is_new = IncomingText.objects.get_or_create(
        provider_ref=provider_ref,
        defaults={
            "number": number,
            "words": words,
            "understood_as": meaning,
            "person": person,
            "audience": latest.audience if latest else "",
            "for_a_colleague": meaning == Understood.WORDS,
        },
    )
    if not is_new:
        return text
    if meaning == Understood.STOP:
        _stop(number, words)
    elif meaning == Understood.START:
        _start(number)
    elif meaning in {Understood.YES, Understood.NO}:
        _answer(text)
    return text


@action
def stop_texts(*, person: Person, by: User) -> None:
    """Send no more texts to the number of `person`, as when they write STOP from it. Harmless the second time.

    Waiting messages go to them the next way. Raises MessageError where `by` is somebody else, and for a number that is
    not theirs alone. One at a time of each number.
    """
    _stop(_own_number(person, by), _("Stopped on their own page"))


@action
def start_texts(*, person: Person, by: User) -> None:
    """Send texts to the number of `person` again, as when they write START from it. Harmless the second time.

    Raises MessageError where `by` is somebody else, and for a number that is not theirs alone. One at a time of each
    number.
    """
    _start(_own_number(person, by))


@action
def mark_read(*, text: IncomingText, by: User) -> IncomingText:
    """Record that `by` has read a text and seen to it. Return it. Harmless the second time. Locks the text.

    Raises MessageError where `by` may not read it, or nobody has to.
    """
    rules.can_read_text(by, text).insist(MessageError)
    text = IncomingText.objects.select_for_update().get(pk=text.pk)
    if text.read_at is None:
        text.read_at, text.read_by = timezone.now(), by.person
        text.save(update_fields=["read_at", "read_by"])
    return text


def _own_number(person: Person, by: User) -> str:
    """Return the number of `person` and hold it. Raises MessageError unless it is theirs alone, and they ask."""
    if by.person.pk != person.pk:
        raise MessageError(_("Only they can say this."))
    number = routing.address_key(Message.Channel.SMS, person.phone)
    if not number:
        raise MessageError(_("We have no phone number of yours."))
    queries.lock_number(number)
    if queries.owner_of(number) != person:
        raise MessageError(
            _("Other people have this number too. Write STOP or START in a text message from it, or ask us.")
        )
    return number


def _number(typed: str) -> str:
    """Return a number as people's are kept. Providers leave out the plus; a short or a lettered one stays as it is."""
    typed = typed.strip()
    international = re.fullmatch("[1-9][0-9]{7,14}", typed)
    number = routing.address_key(Message.Channel.SMS, f"+{typed}" if international else typed)
    if not number or len(number) > 40:
        raise MessageError(_("This is not a phone number."))
    return number


def _stop(number: str, words: str) -> None:
    """Stop texts to a number, also if it was marked for another reason that a colleague may end one day."""
    stopped = AddressMark.Reason.STOPPED
    routing.end_marks(Message.Channel.SMS, number, *(reason for reason in AddressMark.Reason if reason != stopped))
    routing.mark(Message.Channel.SMS, number, stopped, words)
    # Workers find the mark when they take what waits, and open the next way to its person.
    waiting = Message.objects.filter(channel=Message.Channel.SMS, to=number, status=Message.Status.WAITING)
    waiting.update(next_try_at=timezone.now())
    handing.kick(waiting)


def _start(number: str) -> None:
    """Let texts go to a number again, and tell its people by text what waits for a colleague to find a way."""
    routing.end_marks(Message.Channel.SMS, number, AddressMark.Reason.STOPPED)
    for person in queries.people_of(number):
        handing.kick(routing.look_again(person))


def _answer(text: IncomingText) -> None:
    """Give YES or NO to the question it answers, and text back what was recorded; else leave it to a colleague."""
    question = queries.question_to(text.number, text.person) if text.person else None
    if question is None:
        text.for_a_colleague = True
        text.save(update_fields=["for_a_colleague"])
        return
    text.notice, text.audience = question, question.audience
    sentence: Text
    try:
        sentence = registry.text_answers[question.kind](question, text.understood_as == Understood.YES)
    except ActionError as refusal:
        # They read why it could not be done, and a colleague sees to it.
        sentence, text.for_a_colleague = str(refusal), True
    text.save(update_fields=["notice", "audience", "for_a_colleague"])
    if sentence:
        _text_back(text, question, str(sentence))


def _text_back(text: IncomingText, question: Notice, sentence: str) -> None:
    """Write `sentence` to the number an answer came from, in the voice of the question."""
    notice = Notice.objects.create(
        key=f"text-answer:{text.pk}",
        kind="text_answer",
        person=text.person,
        audience=question.audience,
        voice=question.voice,
        reply_to=question.reply_to,
        subject=_("Your answer by text message"),
        text_body=sentence,
        short=sentence,
        link=question.link,
    )
    handing.kick([Message.objects.create(notice=notice, channel=Message.Channel.SMS, to=text.number)])
