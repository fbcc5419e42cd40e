"""Give every template, by default, money, dates, status tags, errors and links that keep filters."""

import datetime as dt

from django import template
from django.forms import BaseForm, BaseFormSet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellbeing.lib import dates, money, phones, table_rows, uploads

register = template.Library()

# The search box and the filters that fit one line beside it; the rest stand under "More filters".
FILTERS_IN_LINE = 3

# The meaning of a status for its reader decides the colour; the words on the tag always say it too.
TONES = {
    "waiting": {
        "submitted",
        "invited",
        "sent",
        "queued",
        "pending",
        "in_run",
        "running",
        "open",
        "planned",
        "sending",
        "signed",
        "exported",
        "waiting",
    },
    "good": {
        "approved",
        "paid",
        "accepted",
        "coming",
        "attended",
        "done",
        "agreed",
        "signed_off",
        "delivered",
        "active",
        "closed",
    },
    "attention": {
        "returned",
        "overdue",
        "unsure",
        "not_sure",
        "held",
        "partly_approved",
        "deferred",
        "due",
        "revised",
    },
    "bad": {
        "declined",
        "failed",
        "payment_failed",
        "rejected",
        "not_coming",
        "bounced",
        "refused",
        "not_agreed",
    },
}


@register.inclusion_tag("components/back_link.html")
def back_link(name="", *args, to="", label=""):
    """Draw a link one step back: to the page called `name` with `args`, or to the address `to`.

    "Back" without a `label`.
    """
    return {"url": to or reverse(name, args=args), "label": label}


@register.inclusion_tag("components/button.html")
def button(label, *, kind="", name="", value="yes", hidden="", **attributes):
    """Draw a button that sends the form it stands in; `hidden` are words only heard.

    `attributes` are the id, type or formaction of the button; see the component for these and for the kinds.
    """
    return {"label": label, "kind": kind, "name": name, "value": value, "hidden": hidden, **attributes}


@register.inclusion_tag("components/button.html")
def link_button(name="", *args, to="", label, kind="", hidden=""):
    """Draw a button that leads to the page called `name` with `args`, or to the address `to`."""
    return {"url": to or reverse(name, args=args), "label": label, "kind": kind, "hidden": hidden}


@register.inclusion_tag("components/button.html", takes_context=True)
def post_button(context, name="", *args, to="", label, kind="", hidden="", seen=""):
    """Draw a form of one button that posts to the page called `name` with `args`, or to the address `to`.

    `seen` goes along, for an action on what the reader saw.
    """
    url = to or reverse(name, args=args)
    csrf = context.get("csrf_token")
    sends = {"name": "seen", "value": seen} if seen else {}
    return {"url": url, "label": label, "kind": kind, "hidden": hidden, "post": True, "csrf_token": csrf, **sends}


@register.filter
def pounds(pence):
    """Write whole pence as "£75.00"; nothing at all for None."""
    return "" if pence is None or pence == "" else money.pounds(pence)


@register.filter
def file_size(count):
    """Write bytes as "1.3 MB"; nothing for None."""
    return "" if count is None or count == "" else uploads.size_words(count)


@register.filter
def phone(number):
    """Write a phone number as it is dialled."""
    return phones.shown(number or "")


@register.filter
def phone_link(number):
    """Write a phone number as a link that dials it; a text that is none as it is."""
    return phones.html(number or "")


@register.filter
def long_date(value):
    """Write a date or datetime as "Monday 4 May 2026"; nothing for None."""
    return dates.long_date(value) if value else ""


@register.filter
def has_gone_by(value):
    """Return whether a date, or the day of a datetime, is before today."""
    day = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return day < dates.today()


@register.filter
def short_date(value):
    """Write a date or datetime as "4 May 2026"; nothing for None."""
    return dates.short_date(value) if value else ""


@register.filter
def time_of_day(value):
    """Write a time or datetime as "10am"; nothing for None."""
    return "" if value is None or value == "" else dates.time_of_day(value)


@register.filter
def day_and_times(event):
    """Write anything with `starts_at` and `ends_at` as "Monday 4 May 2026, 10am to 12:30pm"."""
    return dates.day_and_times(event.starts_at, event.ends_at)


@register.filter
def tone_of(status):
    """Return the tone of a status value: waiting, good, attention, bad or, for the rest, quiet."""
    value = str(status).lower().replace("-", "_")
    return next((tone for tone, values in TONES.items() if value in values), "quiet")


@register.inclusion_tag("components/status_tag.html")
def status_tag(obj, field="status"):
    """Draw the status of `obj` as a tag: its `get_<field>_display()`, in the tone of the value.

    A model may set the tone itself with a `<field>_tone` property.
    """
    value = getattr(obj, field)
    return {
        "label": getattr(obj, f"get_{field}_display")(),
        "tone": getattr(obj, f"{field}_tone", None) or tone_of(value),
    }


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """Return "Error: " for the page title when any form of the page has errors, else nothing."""
    return _("Error: ") if _faulty_forms(context) else ""


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def page_error_summary(context):
    """Draw the summary of every error on every form of the page, each a link to its field."""
    return {"errors": [error for form in _faulty_forms(context) for error in form_errors(form)]}


@register.filter
def form_errors(form):
    """List the errors of a form or formset, in order: [{"message": …, "field_id": id to link to or ""}, …]."""
    if isinstance(form, BaseFormSet):
        errors = [{"message": message, "field_id": ""} for message in form.non_form_errors()]
        return errors + [error for member in form.forms for error in form_errors(member)]
    errors = [{"message": message, "field_id": ""} for message in form.non_field_errors()]
    for name in [name for name in form.fields if name in form.errors]:
        bound = form[name]
        field_id = "" if bound.is_hidden else bound.first_control_id
        errors += [{"message": message, "field_id": field_id} for message in bound.plain_errors]
    return errors


def _faulty_forms(context):
    """Return the forms and formsets of a template context that have errors, each once, in order."""
    forms: list[BaseForm | BaseFormSet] = []
    # Several views pass their forms in a list (`forms`); most pass one under whatever name reads best.
    for value in list(context.flatten().values()):
        # By type(), not isinstance(): asking a lazy object for its class would wake it, and ask the database.
        for form in value if issubclass(type(value), (list, tuple)) else [value]:
            if not issubclass(type(form), (BaseForm, BaseFormSet)) or not form.is_bound:
                continue
            faulty = form.total_error_count() if isinstance(form, BaseFormSet) else form.errors
            if faulty and not any(form is seen for seen in forms):
                forms.append(form)
    return forms


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    """Return this page's query string with `changes` made: `{% with_query page=2 %}`. None or "" drops a key."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is None:
        return ""
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def hidden_query(context, *left_out):
    """Return [(key, value), …] of this page's query string without the keys `left_out`, for hidden inputs."""
    if "request" not in context:
        return []
    return [(key, value) for key, values in context["request"].GET.lists() if key not in left_out for value in values]


@register.simple_tag(name="table_rows")
def rows_of_table(columns, rows):
    """Draw the rows of a table, as `components/table.html` describes them."""
    return table_rows.draw(columns, rows)


@register.simple_tag(takes_context=True)
def sort_state(context, key, parameter="sort"):
    """Return how the page is sorted by `key`: {"url": link that sorts or turns the order, "aria": the aria-sort}."""
    current = context["request"].GET.get(parameter, "") if "request" in context else ""
    turned = f"-{key}" if current == key else key
    aria = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    return {"url": with_query(context, **{parameter: turned, "page": None}), "aria": aria}


@register.simple_tag
def filter_line(form):
    """Split the fields of a form of filters: `shown` in the line, `more` under "More filters".

    `used` counts those of `more` that leave rows out; `open` says that one of them has an error to read.
    """
    fields = [field for field in form if not field.is_hidden]
    shown = [field for field in fields if not field.is_group][:FILTERS_IN_LINE]
    more = [field for field in fields if field not in shown]
    changed = form.changed_data if form.is_bound else []
    return {
        "shown": [*shown, *form.hidden_fields()],
        "more": more,
        "used": sum(field.name in changed for field in more),
        "open": any(field.errors for field in more),
    }


@register.simple_tag
def page_window(page):
    """Return the numbers to show for a Paginator page: first, last and those around; None stands for a gap."""
    return [
        number if isinstance(number, int) else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.filter
def percent_of(done, total):
    """Return the whole percent of `total` that `done` is, 0 to 100; 0 when there is nothing to do yet."""
    return min(100, int(100 * done / total)) if total else 0


@register.filter
def item(mapping, key):
    """Return `mapping[key]`, or None when there is no such key."""
    return mapping.get(key)


@register.filter
def at(items, position):
    """Return `items[position]`, or None when there is no such position."""
    return items[position] if 0 <= position < len(items) else None


@register.filter
def among(value, values):
    """Return whether `value` is one of `values`."""
    return value in values


@register.filter
def with_suffix(url, walk):
    """Return the address `url` with the suffix of `walk`, if there is one: the query that a page hands on."""
    return f"{url}{walk.suffix}" if walk else url


@register.filter
def cut_count(columns):
    """Return how many of the columns of a table share what the others leave of a line."""
    return sum(bool(column.get("cut")) for column in columns)


@register.filter
def belongs_to(key, form):
    """Return whether the query key `key` is written by one of the fields of `form`, boxes of a date included."""
    names = [form.add_prefix(name) for name in form.fields]
    return any(key == name or key.startswith(f"{name}_") for name in names)
