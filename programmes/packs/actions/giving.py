"""Give the welcome pack to people: with their welcome, or later to those who have not had it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages.drafts import Draft
from people.messages.emails import absolute_url
from people.messages.models import Notice
from people.messages.telling import tell_many
from programmes.packs import queries, rules
from programmes.packs.models import PackGiven, WelcomePack
from programmes.packs.words import comes_by_post, pack_in_words
from programmes.programme import news
from programmes.programme.contacts import contacts_for, in_a_sentence
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def note_welcomed(*, person: Person, pack: WelcomePack, notice: Notice, by: User | None) -> PackGiven:
    """Note that the welcome `notice` names the pack to `person`. Return the PackGiven; the same one a second time."""
    row, _is_new = PackGiven.objects.update_or_create(
        person=person,
        pack=pack,
        defaults={"notice": notice},
        create_defaults={
            "notice": notice,
            "by_post": comes_by_post(person),
            "given_by": by.person if by else None,
        },
    )
    return row


@action
def give(*, pack: WelcomePack, never: bool, by: User, expected: int | None = None) -> Sequence[PackGiven]:
    """Give the pack to everybody who takes part and has not had this version; with `never`, who has had none at all.

    Each is told, once for each version. Returns the new rows. Raises ActionError where a later version was published,
    where there are not as many as the `expected`, where there is nobody, and where `by` may not. Locks the programme.
    """
    rules.can_keep_pack(by, pack.programme).insist()
    Programme.objects.select_for_update().get(pk=pack.programme_id)
    if queries.current(pack.programme) != pack:
        raise ActionError(_("A later version was published meanwhile. Look at it first."))
    people = list(queries.without_pack(pack, never=never))
    if not people:
        raise ActionError(_("Everybody has had it."))
    if expected is not None and len(people) != expected:
        raise ActionError(_("The list has changed meanwhile. Look at it again."))
    # Asked once for everybody: there may be thousands.
    contacts = contacts_for([person.pk for person in people], pack.programme)
    words = {by_post: pack_in_words(pack, by_post=by_post) for by_post in (True, False)}
    drafts = [
        _draft(person, pack, words=words[comes_by_post(person)], contact=contacts.get(person.pk)) for person in people
    ]
    rows = [
        PackGiven(person=person, pack=pack, notice=notice, by_post=comes_by_post(person), given_by=by.person)
        for person, notice in zip(people, tell_many(drafts), strict=True)
    ]
    return PackGiven.objects.bulk_create(rows, batch_size=500)


@action
def say_posted(*, given: PackGiven, by: User) -> PackGiven:
    """Note that a pack was posted today. Return it. Raises ActionError for one that was before. Locks it."""
    rows = PackGiven.objects.select_for_update(of=("self",)).select_related("pack__programme", "person")
    given = rows.get(pk=given.pk)
    rules.can_keep_pack(by, given.pack.programme).insist()
    rules.can_say_posted(given).insist()
    given.posted_on, given.posted_by = today(), by.person
    given.save(update_fields=["posted_on", "posted_by"])
    return given


def _draft(person: Person, pack: WelcomePack, *, words: list[str], contact: Person | None) -> Draft:
    programme = pack.programme
    by_post = comes_by_post(person)
    return news.draft(
        person,
        programme,
        _("Papers from %(programme)s") % {"programme": programme.name},
        words,
        key=f"welcome-pack:{pack.pk}:{person.pk}",
        url="" if by_post else absolute_url("programme", programme.slug),
        label=_("Read them"),
        after=[in_a_sentence(contact)] if contact else [],
    )
