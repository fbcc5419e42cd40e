"""The administrators' home: who can sign in, mail, failed work, workers, disk and backups."""

import os

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from people.models import Job
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text, signed_in
from tests.helpers.messages import a_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    # Nobody showed that they are alive under this name.
    settings.REDIS_PREFIX = "nobody"
    return signed_in(make.an_administrator())


def test_it_says_how_the_installation_is(admin, settings, tmp_path):
    settings.LAST_BACKUP = tmp_path / "last-backup"
    job = Job.objects.create(kind="payment_documents", subject_id=1, status="failed", finished_at=timezone.now())
    a_message(status="failed")
    page = page_text(admin.get("/"))
    assert "This installation" in page
    assert "1 could not be sent" in page
    assert reverse("job", args=[job.pk]) in page
    assert "worker: no sign of life in the last 60 seconds" in page
    assert " free of " in page
    assert "Not known: the backup does not say so yet" in page


def test_the_age_of_the_last_backup_is_told_by_its_file(admin, settings, tmp_path):
    settings.LAST_BACKUP = tmp_path / "last-backup"
    settings.LAST_BACKUP.touch()
    made = timezone.now().timestamp() - 26 * 3600
    os.utime(settings.LAST_BACKUP, (made, made))
    assert "1 day, 2 hours ago" in page_text(admin.get("/")).replace("\xa0", " ")


def test_nobody_else_sees_it(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    staff = make.with_role(make.a_programme(), Role.STAFF)
    assert "This installation" not in page_text(signed_in(staff).get("/"))
    assert signed_in(staff).get(reverse("accounts")).status_code == 403


def test_the_accounts_show_roles_last_sign_in_and_second_step(admin):
    first, second = make.a_programme("First Invented"), make.a_programme("Second Invented")
    user = make.with_role(first, Role.STAFF, "Sam Sampleton")
    make.with_role(first, Role.FINANCE, user=user)
    make.with_role(second, Role.LIVED_EXPERIENCE, user=user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    page = page_text(admin.get(reverse("accounts"), {"q": "sampleton"}))
    assert "First Invented: Finance, Programme staff; Second Invented: Person with lived experience" in page
    assert "Set up" in page
    csv = b"".join(admin.get(reverse("accounts"), {"q": "sampleton", "export": "csv"}).streaming_content).decode()
    assert "Sam Sampleton" in csv
    assert "Second Invented" in csv


def test_many_accounts_cost_no_more_queries_than_few(admin, django_assert_max_num_queries):
    programme = make.a_programme()
    for _number in range(3):
        make.with_role(programme, Role.STAFF)
    admin.get(reverse("accounts"))
    with django_assert_max_num_queries(40) as few:
        admin.get(reverse("accounts"))
    for _number in range(20):
        make.with_role(programme, Role.LIVED_EXPERIENCE)
    with django_assert_max_num_queries(len(few)):
        admin.get(reverse("accounts"))
