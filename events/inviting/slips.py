"""The page of a letter on which somebody replies to an invitation by hand."""

from django.utils.translation import gettext_lazy as _

from people.registry import ReplySlip, SlipQuestion

REPLY = ReplySlip(
    _("Your reply"),
    (
        SlipQuestion(
            _("Will you come?"), choices=(_("Yes, I will come"), _("No, I cannot come"), _("I am not sure yet"))
        ),
        SlipQuestion(_("What do you need on the day?"), lines=4),
        SlipQuestion(_("Do you want to ask us something?"), lines=3),
    ),
)
