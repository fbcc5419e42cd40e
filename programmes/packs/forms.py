"""Forms about the welcome pack of a programme."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.packs.models.papers import CopyFormat
from programmes.programme.forms.common import half
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import hide_optional
from wellbeing.lib import uploads
from wellbeing.lib.texts import LineBox, UrlBox


class CopyForm(forms.Form):
    """A file of a paper, and in which format it is."""

    file = forms.FileField(label=_("A PDF or photo"))
    format = forms.ChoiceField(
        label=_("In which format is it?"), choices=CopyFormat, initial=CopyFormat.STANDARD, widget=Radios
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = _now("Not larger than %(size)s.") % {"size": uploads.size_words(settings.UPLOAD_MAX_BYTES)}
        file.widget.attrs |= uploads.box_attributes(settings.UPLOAD_MAX_BYTES)


class PaperForm(CopyForm):
    """A paper with its first file, or a link."""

    title = LineBox(label=_("Name of the paper"), max_length=150, widget=half(autocomplete="off"))
    url = UrlBox(
        label=_("Or a link to a page that everybody can read"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=half(autocomplete="off"),
    )

    field_order = ["title", "file", "format", "url"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        hide_optional(self, "file", "url")


class GiveForm(forms.Form):
    """Those who were added before, to whom the pack is given."""

    who = forms.ChoiceField(
        label=_("Who gets it?"),
        choices=[("never", _("Those who have had no pack yet")), ("all", _("Also those who had an earlier version"))],
        initial="never",
        widget=Radios,
    )
