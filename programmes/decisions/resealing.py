"""Seal decisions anew after somebody's words were removed from them, and keep the seals of before.

A seal proves that a record is what it was when it closed. An erasure changes records by law. So each record it changed,
and each seal after it, gets a new seal; the old one is kept as a `Resealing`, which says why. A record that did not fit
its seal before is left as it is: its fault stays to be seen.
"""

from django.utils import timezone

from programmes.decisions import sealing
from programmes.decisions.models import Resealing, Seal
from programmes.programme.models.groups import Group


def faulty() -> set[int]:
    """Return the keys of the seals that do not fit their records."""
    groups = Group.objects.filter(seals__isnull=False).distinct()
    return {seal.pk for group in groups for seal, _fault in sealing.faults_of(sealing.of_group(group))}


def seal_anew(faulty_before: set[int]) -> int:
    """Seal anew what fits its seal no more, but for `faulty_before`. Return how many seals changed.

    Called while the triggers that keep seals stand aside, in the transaction that changed the records.
    """
    number = 0
    for group in Group.objects.filter(seals__isnull=False).distinct():
        previous = ""
        for seal in sealing.of_group(group):
            number += _anew(seal, previous) if seal.pk not in faulty_before else 0
            previous = seal.digest
    return number


def _anew(seal: Seal, previous: str) -> int:
    content = sealing.content_of(seal.decision, salt=sealing.salt_of(seal))
    if content == seal.content and previous == seal.previous:
        return 0
    Resealing.objects.create(
        seal=seal, digest_before=seal.digest, changed_record=content != seal.content, resealed_at=timezone.now()
    )
    if content != seal.content:
        # With the old salt, somebody who kept the old seal could try names until one fits.
        content = sealing.content_of(seal.decision, salt=sealing.new_salt())
    seal.previous, seal.content = previous, content
    seal.digest = sealing.digest_of(previous, content)
    seal.save(update_fields=["previous", "content", "digest"])
    return 1
