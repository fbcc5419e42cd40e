"""Set up a programme and change it."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from programmes.programme import hooks, rules
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

# Addresses of the site that a programme's own address must not hide.
TAKEN_ADDRESSES = {"new", "creators"}


@action
def create(
    *,
    by: User,
    name: str,
    short_code: str,
    funder: str,
    starts_on: dt.date,
    ends_on: dt.date,
    cost_code: str,
    contact_name: str,
    contact_email: str,
    **others: Any,
) -> Programme:
    """Set up a programme. Return the Programme.

    Somebody with the right to set up programmes becomes its first staff; an administrator becomes nothing in it.
    `others` may hold the other fields of the form, which may be empty. Raises ActionError, with its field, when the
    name or the short code is taken or the dates are the wrong way round.
    """
    rules.can_create_programme(by).insist()
    programme = Programme(
        name=name.strip(),
        short_code=short_code.strip().upper(),
        funder=funder,
        starts_on=starts_on,
        ends_on=ends_on,
        cost_code=cost_code,
        contact_name=contact_name,
        contact_email=contact_email,
        **others,
    )
    _check(programme)
    programme.slug = _free_address(programme.name)
    programme.save()
    for hook in hooks.after_creating:
        hook(programme, by)
    return programme


@action
def edit(*, programme: Programme, by: User, **fields: Any) -> Programme:
    """Change the details of a programme and return it; its address stays.

    Raises ActionError, with its field, when the name or the short code is taken or the dates are the wrong way round.
    Locks the programme.
    """
    rules.can_manage_programme(by, programme).insist()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    for field, value in fields.items():
        setattr(programme, field, value)
    programme.name, programme.short_code = programme.name.strip(), programme.short_code.strip().upper()
    _check(programme)
    programme.save()
    return programme


def _check(programme: Programme) -> None:
    others = Programme.objects.exclude(pk=programme.pk)
    if others.filter(name__iexact=programme.name).exists():
        raise ActionError(_("There is already a programme with this name. Choose another name."), field="name")
    # One that another programme ever had is still on its claims and payments, whose references must stay unique.
    if others.filter(Q(short_code=programme.short_code) | Q(history__short_code=programme.short_code)).exists():
        raise ActionError(_("Another programme has this short code. Choose another."), field="short_code")
    if programme.ends_on <= programme.starts_on:
        raise ActionError(_("The programme must end after it starts. Check both dates."), field="ends_on")


def _free_address(name: str) -> str:
    base = slugify(name)[:50].strip("-") or "programme"
    taken = TAKEN_ADDRESSES | set(Programme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    address, number = base, 2
    while address in taken:
        address, number = f"{base}-{number}", number + 1
    return address
