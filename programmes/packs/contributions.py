"""Add welcome packs to the welcome, to a programme's page, to staff's home page and to putting records together."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.directory import hooks as directory_hooks
from people.due_work import DueWork
from people.registry import Panel, Task
from programmes import registry as programmes_registry
from programmes.members import hooks as member_hooks
from programmes.members.hooks import WithWelcome
from programmes.packs import queries
from programmes.packs.actions import giving
from programmes.packs.models import PackGiven, WelcomeCopy
from programmes.packs.words import comes_by_post, pack_in_words
from programmes.programme.models.programmes import Programme, Role, programmes_where

DUE = DueWork("welcome_copies_due", gettext_lazy("Papers of welcome packs to check"), WelcomeCopy.objects)


def register():
    """Register them once, when the app is ready."""
    member_hooks.with_welcome.append(with_welcome)
    programmes_registry.programme_panels.append(own_pack)
    programmes_registry.people_links.append(_links)
    registry.home_tasks.append(packs_to_post)
    registry.due_work.append(DUE)
    directory_hooks.kept_once.append(directory_hooks.KeptOnce("programmes.PackGiven", _was_posted))


def with_welcome(joining):
    """Return what the pack adds to the welcome of the person of `joining`; None where there is no pack."""
    pack = queries.current(joining.programme)
    if pack is None:
        return None
    person = joining.person
    told = partial(_note, person, pack, joining.asked_by)
    return WithWelcome(pack_in_words(pack, by_post=comes_by_post(person)), told)


def _note(person, pack, asked_by, notice):
    giving.note_welcomed(person=person, pack=pack, notice=notice, by=asked_by.user if asked_by else None)


def own_pack(user, programme):
    """Show the reader the papers that they were given when they joined."""
    given = queries.pack_of(user.person, programme) if user.is_authenticated else None
    if given is None:
        return None
    context = {"papers": queries.papers_in(given.pack), "pack": given.pack, "programme": programme}
    return Panel("programmes/packs/own.html", context, order=18)


def packs_to_post(user):
    """Tell staff of packs that wait to be posted."""
    rows = queries.to_post(programmes_where(user, Role.STAFF))
    programmes: dict[Programme, list[PackGiven]] = {}
    for row in rows:
        programmes.setdefault(row.pack.programme, []).append(row)
    return [
        Task(
            title=_("Welcome packs to post: %(number)s") % {"number": len(waiting)},
            url=reverse("welcome_pack", args=[programme.slug]),
            detail=programme.name,
        )
        for programme, waiting in programmes.items()
    ]


def _links(programme, _query):
    return [(_("Welcome pack"), reverse("welcome_pack", args=[programme.slug]))]


def _was_posted(theirs, own):
    return theirs.posted_on is not None and own.posted_on is None
