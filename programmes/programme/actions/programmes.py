"""Setting up a programme and changing it."""

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from programmes.programme import hooks, rules
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError

# Addresses of the site that a programme's own address must not hide.
TAKEN_ADDRESSES = {"new", "creators"}


@action
def create(*, by, name, short_code, funder, starts_on, ends_on, cost_code, contact_name, contact_email, **others):
    """Set up a programme. Returns the Programme.

    Somebody with the right to set up programmes becomes its first staff; an administrator becomes nothing in it.

    `starts_on` and `ends_on` are dates; `others` may hold purpose, host and contact_phone. Raises ActionError, with
    its field, when the name or the short code is taken or the dates are the wrong way round.
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
        hook(programme=programme, by=by)
    return programme


@action
def edit(*, programme, by, **fields):
    """Change what is said about a programme; its address stays. Raises ActionError as `create` does."""
    rules.can_manage_programme(by, programme).insist()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    for field, value in fields.items():
        setattr(programme, field, value)
    programme.name, programme.short_code = programme.name.strip(), programme.short_code.strip().upper()
    _check(programme)
    programme.save()
    return programme


def _check(programme):
    others = Programme.objects.exclude(pk=programme.pk)
    if others.filter(name__iexact=programme.name).exists():
        raise ActionError(_("There is already a programme with this name. Choose another name."), field="name")
    # One that another programme ever had is still on its claims and payments, whose references must stay unique.
    if others.filter(Q(short_code=programme.short_code) | Q(history__short_code=programme.short_code)).exists():
        raise ActionError(_("Another programme has this short code. Choose another."), field="short_code")
    if programme.ends_on <= programme.starts_on:
        raise ActionError(_("The programme must end after it starts. Check both dates."), field="ends_on")


def _free_address(name):
    wanted = slugify(name)[:50].strip("-") or "programme"
    taken = TAKEN_ADDRESSES | set(Programme.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    address, number = wanted, 2
    while address in taken:
        address, number = f"{wanted}-{number}", number + 1
    return address
