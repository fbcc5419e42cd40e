"""The channels by which a message goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageChannel(models.TextChoices):
    EMAIL = "email", _("Email")
    SMS = "sms", _("Text message")
    LETTER = "letter", _("Letter")
    PHONE = "phone", _("Phone call")
    COLLEAGUE = "colleague", _("In another way")


# A worker sends these; a colleague delivers the others.
SENT_BY_WORKERS = (MessageChannel.EMAIL, MessageChannel.SMS)
DONE_BY_HAND = (MessageChannel.LETTER, MessageChannel.PHONE, MessageChannel.COLLEAGUE)
