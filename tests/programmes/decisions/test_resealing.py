"""After an erasure decisions are sealed anew: no words of the person, sound seals, and the seals of before kept."""

import pgtrigger
from django.db import transaction
from django.urls import reverse

from people.privacy import erasing
from programmes.decisions import sealing
from programmes.models import Position, Resealing, Version
from tests import factories as make

from .test_sealing import decided, faults


def test_the_words_go_the_chain_holds_and_the_seal_before_is_kept(board, put, signed_in):
    first, second = decided(board, put), decided(board, put, "Second")
    before = [first.seal.digest, second.seal.digest]
    name = board.pia.person.full_name
    with transaction.atomic():
        erasure = erasing.remove(board.pia.person, by=make.an_administrator())
    assert any("sealed anew" in sentence for sentence in erasure.kept)
    assert faults(board.group) == []
    assert [row.digest_before for row in Resealing.objects.order_by("seal__number")] == before
    for seal in sealing.of_group(board.group):
        assert name not in seal.content
    page = signed_in(board.staff).get(reverse("seals", args=["wow"])).text
    assert "Sealed anew" in page
    assert before[0][:16] in page


def test_what_did_not_fit_its_seal_before_is_not_healed(board, put):
    first, second = decided(board, put), decided(board, put, "Second")
    with pgtrigger.ignore():
        Version.objects.filter(decision=first).update(wording="We pay everyone within ten working day.")
    with transaction.atomic():
        erasing.remove(board.pia.person, by=make.an_administrator())
    assert (1, "record") in faults(board.group)
    assert [seal for seal, _fault in faults(board.group)] == [1]
    assert not Resealing.objects.filter(seal=first.seal).exists()
    assert Position.objects.filter(decision=second, person=board.pia.person).exists()
