"""Notices, the messages that deliver them, and the addresses that no longer work."""

from .addresses import AddressMark
from .calls import Call
from .demo import DemoMail
from .letters import BatchedLetter, LetterBatch, LetterPart, PostageRule
from .mailings import Mailing, SendingClock, SendingLimit
from .messages import Message
from .notices import Notice, NoticePart
from .reports import EmailStop, MailReport
from .texts import DemoText, IncomingText, TextReceipt

__all__ = [
    "AddressMark",
    "BatchedLetter",
    "Call",
    "DemoMail",
    "DemoText",
    "EmailStop",
    "IncomingText",
    "LetterBatch",
    "LetterPart",
    "MailReport",
    "Mailing",
    "Message",
    "Notice",
    "NoticePart",
    "PostageRule",
    "SendingClock",
    "SendingLimit",
    "TextReceipt",
]
