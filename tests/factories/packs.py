"""Makers of rows for tests of welcome packs."""

from django.core.files.base import ContentFile

from programmes.models import PackGiven, WelcomeCopy, WelcomePack, WelcomePackItem, WelcomePaper


def a_copy(programme, by, title="How we pay you", format="standard", **fields):
    """A paper with one checked file."""
    paper = WelcomePaper.objects.create(programme=programme, title=title, added_by=by)
    return WelcomeCopy.objects.create(
        paper=paper,
        format=format,
        file=ContentFile(b"%PDF-1.4 a paper", name="paper.pdf"),
        original_name="paper.pdf",
        content_type="application/pdf",
        size=16,
        sha256="0" * 64,
        status=WelcomeCopy.Status.READY,
        added_by=by,
        **fields,
    )


def a_pack(programme, by, *copies):
    """The next version of the pack, with these files."""
    number = WelcomePack.objects.filter(programme=programme).count() + 1
    pack = WelcomePack.objects.create(programme=programme, number=number, published_by=by)
    for copy in copies:
        WelcomePackItem.objects.create(pack=pack, paper=copy.paper, copy=copy)
    return pack


def given(pack, person, **fields):
    """That `person` was given the pack."""
    return PackGiven.objects.create(pack=pack, person=person, **fields)


def make_pack(world):
    """Give the world a pack with one paper, and its owner that pack by post."""
    world.welcome = a_copy(world.a, world.staff)
    world.pack_given = given(a_pack(world.a, world.staff, world.welcome), world.owner, by_post=True)
