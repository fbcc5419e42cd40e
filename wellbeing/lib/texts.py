"""Clean the texts people type of invisible signs, and keep them within the room there is for them.

Forms, actions and the database all use this. A model says how much room a text has by its field: `LineField` (a name,
an address, anything on one line), `EmailField`, `WordsField` (a few sentences, up to 1,000 characters) or
`LimitedTextField` (more than that). Each cleans what is looked up and saved; refuses what is too long with an
ActionError that names the field, before the database is asked; and brings its own constraint, so that the database
refuses the rest. Forms have a box for each (`LineBox`, `EmailBox`, `UrlBox`, `WordsBox`), which clean and count alike.
"""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Model, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import ActionError
from .types import Text

# Marks that turn the direction of what follows, or have no width: pasted along unseen, they hide what a text says and
# make two equal texts differ. U+200E and U+200F may be needed between the words of a longer text in Arabic or Hebrew.
_MARKS = "\u00ad\u061c\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
# NUL is left for Django's own validator to refuse. Lone halves of a pair (U+D800 to U+DFFF) cannot be stored.
_CONTROLS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
_NEVER = re.compile(f"[{_MARKS}{_CONTROLS}]")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Spaces that do not break or have a width of their own, typed by word processors and phones.
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f"[{_WIDE}]")
_DIRECTION = re.compile("[\u200e\u200f]")
# Joiners shape words of scripts such as Bengali and Persian, and some emoji. Beside a Latin letter they do nothing.
_NEEDLESS_JOINER = re.compile(r"(?<![^\x00-\u024f\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])")
# Most texts have none of all these: one look tells.
_ODD = re.compile(f"[{_MARKS}{_CONTROLS}{_WIDE}\r\x85\u2028\u2029\u200c\u200d]")
# Of these, the bytes of a text in ASCII: to look for them takes a sixth of the time.
_ODD_BYTES = bytes(code for code in range(128) if _ODD.search(chr(code)))
# The same for PostgreSQL, for a text on one line.
NEVER_IN_A_LINE = (
    r"[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# A postal address has fewer lines than this in every country.
MAX_ADDRESS_LINES = 10
# RFC 5321 allows this many signs before the @ of an address.
MAX_MAIL_NAME = 64


def clean_words(text: str) -> str:
    """Remove control signs and invisible marks from `text`; write every line end as a newline, every space as ours."""
    if _is_clean(text):
        return text
    text = _SPACES.sub(" ", _NEVER.sub("", _BREAKS.sub("\n", text)))
    return unicodedata.normalize("NFC", _NEEDLESS_JOINER.sub("", text))


def _is_clean(text: str) -> bool:
    if text.isascii():
        return len(text.encode().translate(None, _ODD_BYTES)) == len(text)
    return not _ODD.search(text) and unicodedata.is_normalized("NFC", text)


def clean_line(text: str) -> str:
    """Clean `text` as `clean_words` does, and put it on one line.

    Every run of spaces, tabs and line ends becomes one space; those at the ends go.
    """
    return " ".join(_DIRECTION.sub("", clean_words(text)).split())


def is_nowhere(address: str) -> bool:
    """Return whether no mail server ever has `address`: RFC 2606 keeps the ending .invalid for that."""
    return address.strip().lower().endswith(".invalid")


def is_mail_address(text: str) -> bool:
    """Whether mail servers take `text` as an address.

    Django lets forms through that no person has and servers refuse: a quoted name, a number for the host, no domain.
    """
    try:
        validate_email(text)
    except ValidationError:
        return False
    name, _at, host = text.rpartition("@")
    odd = is_nowhere(text) or set('"[') & set(text)
    return text.isascii() and len(name) <= MAX_MAIL_NAME and "." in host and not odd


def too_long(limit: int, used: int) -> str:
    """Return the sentence for a text of `used` characters where `limit` fit."""
    return _("Use %(limit)s characters or fewer. You have used %(used)s") % {"limit": limit, "used": used}


def too_many_lines(limit: int, used: int) -> str:
    """Return the sentence for a text of `used` lines where `limit` fit."""
    return _("Use %(limit)s lines or fewer. You have used %(used)s") % {"limit": limit, "used": used}


class TextRefusedError(ActionError):
    """A text does not fit its field."""


def lines_of(text: str) -> int:
    """Count the lines of a text; 0 for an empty one."""
    return text.count("\n") + 1 if text else 0


# Boxes of forms


class LineBox(forms.CharField):
    """A box for a text on one line. `max_length` counts what is left of it once it is cleaned."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


class EmailBox(LineBox, forms.EmailField):
    """A box for an email address; marks pasted along are dropped before it is checked.

    Letters of other alphabets are refused: some look like ours or are counted as equal to them by PostgreSQL (a Turkish
    ı becomes I), and would lead to somebody else's account.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                # The longest address a mail server takes.
                "max_length": 254,
                **kwargs,
                "error_messages": {
                    "invalid": gettext_lazy("Enter an email address, like name@example.org"),
                    **(kwargs.get("error_messages") or {}),
                },
            }
        )

    def validate(self, value: Any) -> None:
        """Also refuse an address with signs that are not ASCII."""
        super().validate(value)
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(_("Use an email address with the letters a to z only"), code="not_ascii")

    def run_validators(self, value: Any) -> None:
        """Also refuse what no mail server takes."""
        super().run_validators(value)
        if value not in self.empty_values and not is_mail_address(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class UrlBox(LineBox, forms.URLField):
    """A box for a link; marks pasted along are dropped before it is checked."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


class WordsBox(forms.CharField):
    """A box for sentences. `max_lines`, where given, is how many lines they may have."""

    widget = forms.Textarea

    def __init__(self, *, max_lines: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_lines = max_lines

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_words(value) if isinstance(value, str) else value)

    def validate(self, value: Any) -> None:
        """Also refuse more lines than fit."""
        super().validate(value)
        if self.max_lines is not None and lines_of(value) > self.max_lines:
            raise ValidationError(too_many_lines(self.max_lines, lines_of(value)), code="max_lines")


# Fields of models


# Every field below is a CharField or a TextField: for the types, they share the base of both.
if TYPE_CHECKING:
    _FieldBase = models.Field
else:
    _FieldBase = object


class Fitting(_FieldBase):
    """The cleaning and counting that the fields below share."""

    max_lines: int | None = None
    clean_text = staticmethod(clean_words)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return self.clean_text(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return self.clean_text(value) if isinstance(value, str) else value

    def pre_save(self, instance: Model, add: bool) -> Any:
        """Clean the instance's own value, too, so that it equals the row's."""
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = self.clean_text(value)
            setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Raise TextRefusedError when the text does not fit, for every row that is saved, created or updated."""
        if isinstance(value, str):
            self.must_fit(self.clean_text(value))
        return super().get_db_prep_save(value, connection)

    def must_fit(self, text: str) -> None:
        """Raise TextRefusedError, with the field, when the cleaned `text` is too long or has too many lines."""
        problem = None
        if self.max_length is not None and len(text) > self.max_length:
            problem = too_long(self.max_length, len(text))
        elif self.max_lines is not None and lines_of(text) > self.max_lines:
            problem = too_many_lines(self.max_lines, lines_of(text))
        if problem:
            sentence = _("%(what)s: %(problem)s.") % {"what": capfirst(str(self.verbose_name)), "problem": problem}
            raise TextRefusedError(sentence, field=self.name)

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        """Add the field's constraints to its model, as if they stood in the model's Meta.

        History keeps what was, so its tables have none; a model of a migration has those that the migration lists.
        """
        # Its models can be imported only while models are.
        from pghistory.models import Event

        super().contribute_to_class(cls, name, private_only=private_only)
        meta = cls._meta
        if meta.abstract or cls.__module__ == "__fake__" or issubclass(cls, Event):
            return
        meta.constraints = [*meta.constraints, *self.constraints(f"{meta.app_label}_{meta.model_name}_{name}")]
        meta.original_attrs["constraints"] = meta.constraints

    def constraints(self, prefix: str) -> list[models.CheckConstraint]:
        """Return the constraints that hold for this field in the database; their names begin with `prefix`."""
        return []


class _OneLine(Fitting):
    clean_text = staticmethod(clean_line)

    def constraints(self, prefix: str) -> list[models.CheckConstraint]:
        return [
            models.CheckConstraint(condition=~Q(**{f"{self.name}__regex": NEVER_IN_A_LINE}), name=f"{prefix}_on_a_line")
        ]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LineBox, **kwargs})


class LineField(_OneLine, models.CharField):
    """A text on one line, such as a name: a CharField without line ends, control signs and invisible marks."""


class EmailField(_OneLine, models.EmailField):
    """An email address, in ASCII; marks pasted with it are dropped."""

    def must_fit(self, text: str) -> None:
        """Also raise TextRefusedError for letters that only look like those of an address: see EmailBox."""
        super().must_fit(text)
        if not text.isascii():
            raise TextRefusedError(_("Use an email address with the letters a to z only."), field=self.name)

    def constraints(self, prefix: str) -> list[models.CheckConstraint]:
        ascii_only = models.CheckConstraint(
            condition=~Q(**{f"{self.name}__regex": r"[^\u0001-\u007f]"}), name=f"{prefix}_in_ascii"
        )
        return [*super().constraints(prefix), ascii_only]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": EmailBox, **kwargs})


class WordsField(Fitting, models.CharField):
    """A few sentences, which may have line ends: a CharField, so that the column itself holds the limit."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WordsBox, **kwargs})


class LimitedTextField(Fitting, models.TextField):
    """A longer text of at most `max_length` characters and, where given, `max_lines` lines. A constraint holds both."""

    def __init__(
        self, verbose_name: Text | None = None, *, max_length: int, max_lines: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(verbose_name, max_length=max_length, **kwargs)
        self.max_lines = max_lines

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.max_lines is not None:
            kwargs["max_lines"] = self.max_lines
        return name, path, args, kwargs

    def constraints(self, prefix: str) -> list[models.CheckConstraint]:
        constraints = [
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length(F(self.name)), self.max_length)), name=f"{prefix}_fits"
            )
        ]
        if self.max_lines is not None:
            too_many = rf"(\n[^\n]*){{{self.max_lines}}}"
            constraints.append(
                models.CheckConstraint(condition=~Q(**{f"{self.name}__regex": too_many}), name=f"{prefix}_lines")
            )
        return constraints

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WordsBox, "max_lines": self.max_lines, **kwargs})


# Texts from before they had lengths


def fit_stored(apps: Apps, app_label: str) -> None:
    """Make the stored texts of an app fit their fields: for a migration, before it adds the constraints.

    Cleans, and cuts with an ellipsis, only what does not fit. History keeps what was there before.
    """
    from wellbeing.lib.triggers import guards_aside

    for model in apps.get_app_config(app_label).get_models():
        fields = [field for field in model._meta.local_fields if isinstance(field, Fitting)]
        if not fields or any(field.name == "pgh_id" for field in model._meta.local_fields):
            continue
        # Sealed rows (a paid claim, a decision) are made to fit, too: their facts stay.
        with guards_aside(model._meta.db_table):
            for field in fields:
                _fit_rows(model, field)
    # A table with checks still to be made at the end of the transaction cannot be altered.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _fit_rows(model: type[Model], field: Fitting) -> None:
    for constraint in field.constraints("held"):
        broken = model._default_manager.filter(~Q(constraint.condition)).exclude(**{f"{field.name}__isnull": True})
        for pk, text in list(broken.values_list("pk", field.name)):
            model._default_manager.filter(pk=pk).update(**{field.name: _fitted(field, text)})


def _fitted(field: Fitting, text: str) -> str:
    text = field.clean_text(text)
    if isinstance(field, EmailField) and not text.isascii():
        # Nobody is known to read mail there.
        return "" if field.blank else "not-ascii@example.invalid"
    if field.max_lines is not None and lines_of(text) > field.max_lines:
        lines = text.split("\n")
        text = "\n".join([*lines[: field.max_lines - 1], ", ".join(lines[field.max_lines - 1 :])])
    limit = field.max_length
    return text if limit is None or len(text) <= limit else f"{text[: limit - 1]}…"
