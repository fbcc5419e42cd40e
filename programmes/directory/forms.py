"""Forms about people in the directory of a programme, their tags and notes, and its organisations."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.directory.forms import PeopleChoice, PersonChoice
from people.models import Organisation, Person
from programmes.directory import queries
from programmes.directory.models import PersonNote, Tag
from programmes.programme.forms.common import half, paragraph
from programmes.programme.models.groups import Group
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.fields import hide_optional, set_choices, set_rows
from wellbeing.lib.phones import PhoneBox
from wellbeing.lib.texts import MAX_ADDRESS_LINES, EmailBox, LineBox, UrlBox, WordsBox

NOTHING_SENSITIVE = _(
    "Never tag health, disability, faith, ethnicity, sexuality or money worries: everyone in the team sees tags. Access"
    " needs have their own place. The people tagged can ask to read their tags."
)


class TagNameForm(forms.Form):
    """The name of a tag or area."""

    name = LineBox(label=_("Name"), max_length=60, help_text=NOTHING_SENSITIVE, widget=half(autocomplete="off"))


class NewTagForm(TagNameForm):
    """A new tag or area."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Tag.Kind,
        initial=Tag.Kind.TAG,
        widget=Radios(
            hints={
                Tag.Kind.AREA: _("Where people live or work with you, such as a town. Each person has one at most."),
                Tag.Kind.TAG: _("Anything else you look people up by, such as “speaks at events”."),
            }
        ),
    )

    field_order = ["kind", "name"]


class TagChoiceForm(forms.Form):
    """A tag or area, to be given to several people or taken from them."""

    tag = forms.ModelChoiceField(
        label=_("Which tag or area?"),
        queryset=Tag.objects.none(),
        empty_label=_("Choose one"),
        help_text=NOTHING_SENSITIVE,
        error_messages={"required": _("Choose a tag or an area")},
    )
    what = forms.ChoiceField(
        label=_("What should happen?"),
        choices=[("give", _("Give it to them")), ("take", _("Take it from them"))],
        initial="give",
        widget=Radios(hints={"give": _("An area takes the place of the one they have now.")}),
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Tag.objects.filter(programme=programme, ended_at=None).order_by("kind", "name")
        set_rows(self, "tag", rows)
        by_kind = {kind: [(tag.pk, tag.name) for tag in rows if tag.kind == kind] for kind in Tag.Kind}
        groups = [(_now("Areas"), by_kind[Tag.Kind.AREA]), (_now("Tags"), by_kind[Tag.Kind.TAG])]
        filled = [group for group in groups if group[1]]
        set_choices(self, "tag", [("", _now("Choose one")), *filled])


class PersonTagsForm(forms.Form):
    """The area and the tags of one person."""

    area = forms.ModelChoiceField(label=_("Area"), queryset=Tag.objects.none(), required=False, empty_label=_("None"))
    tags = forms.ModelMultipleChoiceField(
        label=_("Tags"), queryset=Tag.objects.none(), required=False, widget=Checkboxes, help_text=NOTHING_SENSITIVE
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        tags = Tag.objects.filter(programme=programme, ended_at=None)
        for name, kind in (("area", Tag.Kind.AREA), ("tags", Tag.Kind.TAG)):
            set_rows(self, name, tags.filter(kind=kind))
            if not tags.filter(kind=kind).exists():
                del self.fields[name]
        hide_optional(self, *self.fields)


class NoteForm(forms.Form):
    """A note about somebody, and who of the programme's staff may read it."""

    words = WordsBox(
        label=_("Note"),
        max_length=4000,
        help_text=_(
            "Write what you would say to them. They can ask for everything we hold about them, and will then read this"
            " note, whoever you let read it here. Other programmes never see it."
        ),
        widget=paragraph(6),
    )
    readers = forms.ChoiceField(
        label=_("Who may read it?"), choices=PersonNote.Readers, initial=PersonNote.Readers.STAFF, widget=Radios
    )
    named = PeopleChoice(
        label=_("Colleagues who may read it"),
        help_text=_("Only if you chose “Only the colleagues I name”, such as those who coordinate the programme."),
        queryset=Person.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, programme, writer, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = queries.staff_of(programme).exclude(pk=writer.pk)
        set_rows(self, "named", colleagues)
        hide_optional(self, "named")
        if not colleagues.exists():
            del self.fields["named"]
            choices = [choice for choice in PersonNote.Readers.choices if choice[0] != PersonNote.Readers.NAMED]
            set_choices(self, "readers", choices)


class OrganisationForm(forms.Form):
    """Ask for the details that a programme keeps of an organisation."""

    kind = forms.ChoiceField(
        label=_("What is it to you?"), choices=Organisation.Kind, initial=Organisation.Kind.CHARITY, widget=Radios
    )
    about = WordsBox(label=_("What it does"), max_length=2000, required=False, widget=paragraph(3))
    contact = PersonChoice(
        label=_("Who do you speak to there?"),
        help_text=_("Somebody of your programme who belongs to it."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    email = EmailBox(label=_("Email address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    phone = PhoneBox(label=_("Phone number"), required=False)
    postal_address = WordsBox(
        label=_("Postal address"), max_length=500, max_lines=MAX_ADDRESS_LINES, required=False, widget=paragraph(4)
    )
    website = UrlBox(
        label=_("Website"), max_length=200, required=False, assume_scheme="https", widget=half(autocomplete="off")
    )

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["contact"]
        else:
            set_rows(self, "contact", people.order_by("sort_key", "pk"))


class NewOrganisationForm(OrganisationForm):
    """An organisation that is new to the programme."""

    name = LineBox(label=_("Name of the organisation"), max_length=200, widget=half(autocomplete="off"))

    field_order = ["name", "kind", "about", "email", "phone", "postal_address", "website"]


class ColumnsForm(forms.Form):
    """The columns of the list of people."""

    columns = forms.MultipleChoiceField(
        label=_("Which columns do you want to see?"),
        help_text=_("The name is always there. Files have the same columns as the list."),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "columns", list({column.key: column.label for column in columns}.items()))
        hide_optional(self, "columns")


class GroupChoiceForm(forms.Form):
    """The group that several people join."""

    group = forms.ModelChoiceField(
        label=_("Which group?"),
        queryset=Group.objects.none(),
        empty_label=_("Choose a group"),
        error_messages={"required": _("Choose a group")},
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "group", programme.groups.all())
