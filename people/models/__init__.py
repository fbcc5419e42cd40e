"""Nouns of the people app."""

from people.accounts.models.addresses import AddressChange, WaitingTime
from people.accounts.models.sessions import Session
from people.accounts.models.single_sign_on import SignInDomain, SignInLink, SignInProvider
from people.accounts.models.users import User
from people.consent.models import Consent, ConsentWording
from people.directory.models import FormerRecord, Organisation, Person, Supporter
from people.jobs.models import Job
from people.messages.models import (
    AddressMark,
    BatchedLetter,
    Call,
    DemoMail,
    DemoText,
    EmailStop,
    IncomingText,
    LetterBatch,
    LetterPart,
    Mailing,
    MailReport,
    Message,
    Notice,
    NoticePart,
    PostageRule,
    SendingClock,
    SendingLimit,
    TextReceipt,
)
from people.monitoring.models import MonitoringAnswer, MonitoringClosed, MonitoringPromise, MonitoringQuestion
from people.needs.models import AccessNeed, NeedsReview, NeedsReviewRule
from people.privacy.models import (
    Complaint,
    CopyFile,
    DueForRetention,
    EmergencyLook,
    Erasure,
    FileToRemove,
    Look,
    PrivacyRequest,
    PrivacyRule,
)

__all__ = [
    "AccessNeed",
    "AddressChange",
    "AddressMark",
    "BatchedLetter",
    "Call",
    "Complaint",
    "Consent",
    "ConsentWording",
    "CopyFile",
    "DemoMail",
    "DemoText",
    "DueForRetention",
    "EmailStop",
    "EmergencyLook",
    "Erasure",
    "FileToRemove",
    "FormerRecord",
    "IncomingText",
    "Job",
    "LetterBatch",
    "LetterPart",
    "Look",
    "MailReport",
    "Mailing",
    "Message",
    "MonitoringAnswer",
    "MonitoringClosed",
    "MonitoringPromise",
    "MonitoringQuestion",
    "NeedsReview",
    "NeedsReviewRule",
    "Notice",
    "NoticePart",
    "Organisation",
    "Person",
    "PostageRule",
    "PrivacyRequest",
    "PrivacyRule",
    "SendingClock",
    "SendingLimit",
    "Session",
    "SignInDomain",
    "SignInLink",
    "SignInProvider",
    "Supporter",
    "TextReceipt",
    "User",
    "WaitingTime",
]
