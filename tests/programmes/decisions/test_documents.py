"""Documents of proposals: taken, checked by a worker, read by those who read the proposal, and none after it closed."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from programmes.decisions.actions import deciding, proposing
from programmes.decisions.tasks import clean_decision_file, sweep_decision_files
from programmes.models import DecisionFile, Role
from tests import factories as make
from tests.helpers.samples import jpeg, pdf

from .conftest import say


def sent(content, name="plan.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_document_is_checked_and_then_there_for_everyone_who_reads_the_proposal(board, put, signed_in):
    decision = put("consent")
    address = reverse("decision_attach", args=[decision.pk])
    signed_in(board.pat).post(address, {"title": "The plan", "file": sent(pdf()), "is_easy_read": "on"})
    row = DecisionFile.objects.get()
    lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE)
    client = signed_in(lived)
    assert client.get(reverse("decision_file", args=[row.pk])).status_code == 404
    clean_decision_file(row.pk)
    page = client.get(reverse("decision", args=[decision.pk])).text
    assert "The plan" in page and "Easy Read" in page
    response = client.get(reverse("decision_file", args=[row.pk]))
    assert b"".join(response).startswith(b"%PDF")
    assert "the-plan.pdf" in response["Content-Disposition"]


def test_what_is_no_document_is_refused_beside_its_box_and_the_name_stays(board, put, signed_in):
    decision = put("consent")
    response = signed_in(board.pat).post(
        reverse("decision_attach", args=[decision.pk]), {"title": "The plan", "file": sent(b"MZ program", "plan.exe")}
    )
    assert response.status_code == 200
    assert "The plan" in response.text
    assert not DecisionFile.objects.exists()


def test_a_document_nobody_checked_is_handed_out_again(board, put, today):
    decision = put("consent")
    row = proposing.attach(decision=decision, title="A photo", file=sent(jpeg(), "photo.jpg"), by=board.pat)
    DecisionFile.objects.update(added_at=row.added_at - dt.timedelta(hours=1))
    sweep_decision_files()
    clean_decision_file(row.pk)
    assert DecisionFile.objects.get().is_ready


def test_no_document_comes_after_the_decision_and_none_is_taken_away(board, put):
    decision = put("vote", ago=7)
    kept = make.a_decision_file(decision)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=board.pat)
    for change in (lambda: make.a_decision_file(decision), kept.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
