"""Tests of what people type is kept while they fill in a form, and comes back when they do."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from payments.autosave import drafts
from payments.autosave import tasks as autosave_tasks
from payments.models import FormDraft

KEEP = "form_draft"


@pytest.fixture
def page(claim_in):
    """The address of a form that asks for a fare."""
    return reverse("claim_expense_cost", args=[claim_in("draft").pk, "parking"])


def typed(client, page, **fields):
    return client.post(reverse(KEEP), {"page": page, "csrfmiddlewaretoken": "x", **fields})


def test_what_was_typed_comes_back_with_a_note_and_goes_once_it_is_saved(scene, signed_in, page):
    client = signed_in(scene.person)
    assert "We kept what you typed" not in client.get(page).content.decode()
    assert typed(client, page, amount="3.5", description="Car park by the").status_code == 204
    assert typed(client, page, amount="3.50", description="Car park by the station").status_code == 204
    kept = FormDraft.objects.get()
    assert kept.fields == {"amount": ["3.50"], "description": ["Car park by the station"]}
    shown = client.get(page).content.decode()
    assert "We kept what you typed" in shown
    assert 'value="3.50"' in shown
    assert 'value="Car park by the station"' in shown
    client.post(page, {"amount": "3.50", "description": "Car park by the station"})
    assert not FormDraft.objects.exists()


def test_a_form_that_comes_back_faulty_shows_what_was_sent_not_what_was_kept(scene, signed_in, page):
    client = signed_in(scene.person)
    typed(client, page, amount="1", description="Old words")
    shown = client.post(page, {"amount": "nonsense", "description": "New words"}).content.decode()
    assert "New words" in shown
    assert "Old words" not in shown
    assert FormDraft.objects.exists()


def test_starting_afresh_throws_it_away(scene, signed_in, page):
    client = signed_in(scene.person)
    typed(client, page, amount="3.50")
    assert client.post(reverse("form_draft_discard"), {"page": page})["Location"] == page
    assert 'value="3.50"' not in client.get(page).content.decode()


def test_nobody_reads_what_another_typed(scene, signed_in, page):
    typed(signed_in(scene.person), page, amount="3.50")
    assert drafts.find(scene.staff, page) is None
    signed_in(scene.staff).post(reverse("form_draft_discard"), {"page": page})
    assert FormDraft.objects.get().user == scene.person


def test_a_date_half_typed_comes_back_as_it_was(scene, signed_in):
    address = reverse("claim_enter", args=[scene.programme.slug, scene.person.person.pk])
    client = signed_in(scene.staff)
    typed(client, address, how="phone", what="activity-document_review", day_day="31", day_month="sept", day_year="20")
    shown = client.get(address).content.decode()
    for value in ('value="31"', 'value="sept"', 'value="20"'):
        assert value in shown
    assert shown.count("checked") == 2


def test_an_answer_half_written_waits_on_the_claim(scene, signed_in, claim_in):
    claim = claim_in("returned")
    claim.notes.create(by=scene.staff.person, body="Which train?")
    client = signed_in(scene.person)
    typed(client, claim.get_absolute_url(), answer="The one at ten")
    assert "The one at ten" in client.get(claim.get_absolute_url()).content.decode()
    client.post(reverse("claim_answer", args=[claim.pk]), {"answer": "The one at ten."})
    assert not FormDraft.objects.exists()


def test_a_question_half_written_by_staff_waits_for_them(scene, signed_in, claim_in):
    address = reverse("claim_return", args=[claim_in("submitted").pk])
    client = signed_in(scene.staff)
    typed(client, address, question="Which train did")
    assert "Which train did" in client.get(address).content.decode()
    client.post(address, {"question": "Which train did you take?"})
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/", "/people/1/", "https://bad.example.org/claims/1/", "//bad.example.org/", "x" * 5000, "/claims/\0/", ""],
)
def test_only_pages_of_ours_with_a_form_that_is_kept_are_kept(scene, signed_in, address):
    client = signed_in(scene.person)
    assert client.post(reverse(KEEP), {"page": address, "amount": "1"}).status_code == 400
    assert client.post(reverse("form_draft_discard"), {"page": address}).status_code == 400
    assert not FormDraft.objects.exists()


def test_too_much_is_not_kept_and_no_sign_the_database_refuses(scene, signed_in, page, settings):
    client = signed_in(scene.person)
    assert typed(client, page, description="x" * settings.FORM_DRAFT_MAX_LENGTH).status_code == 413
    assert typed(client, page, description="a\0b", amount="1").status_code == 204
    assert FormDraft.objects.get().fields == {"amount": ["1"]}


def test_the_oldest_make_room(scene, signed_in, claim_in, settings):
    settings.FORM_DRAFTS_EACH = 2
    claim = claim_in("draft")
    client = signed_in(scene.person)
    pages = [reverse("claim_expense_cost", args=[claim.pk, kind]) for kind in ("parking", "childcare", "other")]
    for page in pages:
        typed(client, page, amount="1")
    assert set(FormDraft.objects.values_list("page", flat=True)) == set(pages[1:])


def test_what_was_never_saved_is_thrown_away_after_some_days(scene, page, settings):
    for days in (settings.FORM_DRAFT_DAYS - 1, settings.FORM_DRAFT_DAYS + 1):
        FormDraft.objects.create(
            user=scene.person, page=f"{page}{days}", fields={}, saved_at=timezone.now() - dt.timedelta(days=days)
        )
    for _twice in range(2):
        autosave_tasks.purge_form_drafts()
    assert FormDraft.objects.get().page == f"{page}{settings.FORM_DRAFT_DAYS - 1}"


def test_an_address_forged_from_elsewhere_is_refused(scene, page):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.person)
    assert client.post(reverse(KEEP), {"page": page, "amount": "1"}).status_code == 403


def test_the_database_keeps_one_form_for_each_user_and_page(scene, page):
    FormDraft.objects.create(user=scene.person, page=page, fields={})
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_formdraft (user_id, page, fields, saved_at)"
            " SELECT user_id, page, fields, saved_at FROM payments_formdraft"
        )


def test_the_page_says_where_to_keep_it_and_works_without_the_script(scene, signed_in, page):
    client = signed_in(scene.person)
    shown = client.get(page).content.decode()
    assert f'data-autosave="{reverse(KEEP)}"' in shown
    assert f'data-autosave-page="{page}"' in shown
    assert 'role="status"' in shown
    assert client.post(page, {"amount": "3.50", "description": ""}).status_code == 302
