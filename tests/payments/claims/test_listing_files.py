"""Files of lists of claims are read without making claims of their rows: they say what the list itself says."""

import pytest
from django.utils import timezone

from payments.claims import queries
from payments.claims.listing import columns
from payments.models import Claim
from tests import factories


@pytest.mark.django_db
def test_what_a_file_reads_from_the_database_is_what_the_list_shows():
    programme = factories.a_programme()
    staff = factories.an_administrator()
    for status in (Claim.Status.SUBMITTED, Claim.Status.APPROVED, Claim.Status.DECLINED):
        factories.a_claim(programme, factories.a_person(f"Person of {status}"), status=status)
    shown = columns(timezone.localdate())
    rows = queries.claims_of_programme(staff, programme).order_by("pk")
    stored = rows.values_list(*(column.field for column in shown))
    assert len(rows) == 3
    for claim, values in zip(rows, stored, strict=True):
        read = [(column.labels or {}).get(value, value) for column, value in zip(shown, values, strict=True)]
        assert read == [column.read(claim) for column in shown]
