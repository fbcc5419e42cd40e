"""For any history of a person: their copy holds it all; after an erasure nothing holds it but records of accounts."""

import json
import shutil

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from payments.reports import periods
from payments.reports.catalogue import KINDS
from payments.reports.report import MONEY
from people.privacy import erasing, export
from people.privacy.actions import complaints
from programmes.decisions import sealing
from programmes.models import Group
from tests.people.privacy.dumps import accounts_tables, files, in_redis, tables
from tests.people.privacy.planted import Planted, settle

pytestmark = pytest.mark.django_db

LETTERS = st.characters(categories=["L"], exclude_characters="ªºʰ", max_codepoint=0x2FF)
NAMES = st.text(LETTERS, min_size=3, max_size=12).map(str.capitalize)
WORDS = st.text(
    st.characters(categories=["L"], max_codepoint=0x17F) | st.sampled_from("'&<\"%_\\"), min_size=3, max_size=9
)


@pytest.fixture
def own_files(data_dir, tmp_path, settings):
    """Files of this test's own: what it deletes is there for others."""
    shutil.copytree(data_dir / "private", tmp_path / "private", dirs_exist_ok=True)
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "private")}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


class UndoError(Exception):
    """Takes back what one example did."""


def strings_of(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings_of(one)]
    return [str(value)]


def sums_of_reports(programme):
    """Return the sums of every report for the tax and the financial year of today, by report and column."""
    today = timezone.localdate()
    found = {}
    for key, kind in KINDS.items():
        period = None
        if kind.units:
            unit = periods.TAX_YEAR if periods.TAX_YEAR in kind.units else kind.units[-1]
            period = periods.finders(programme)[unit](today)
        report = kind.build(programme, period, today)
        for section in report.sections:
            rows = [list(row) for row in section.rows]
            for place, column in enumerate(section.columns):
                if column.kind == MONEY:
                    found[key, str(section.title), place] = sum(row[place] or 0 for row in rows)
    return found


def still_held(values):
    """Return which of `values` something that is stored holds: [(value, where)]."""
    kept = accounts_tables()
    lowered = {value.lower() for value in values}
    places = [(table, text) for table, text in tables() if table not in kept]
    places += [*in_redis(), *files()]
    return [(value, where) for where, text in places for value in lowered if value in text.lower()]


@settings(
    max_examples=3, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(name=NAMES, words=WORDS)
@example(name="O'Mally", words="<b>&amp; 100%_")
def test_a_copy_holds_every_value_and_after_an_erasure_nothing_does(
    world, own_files, django_capture_on_commit_callbacks, name, words
):
    with pytest.raises(UndoError), transaction.atomic():
        settle(world.owner)
        complaints.answer(complaint=world.complaint, answer="We corrected it.", by=world.users["admin"])
        planted = Planted(world.owner, name, words)
        planted.plant()
        person = planted.person
        assert len(planted.gone) > 20
        sums = sums_of_reports(world.a)

        copy = json.loads(export.as_json(person, export.gather(person)))
        said = "\n".join(strings_of(copy))
        assert [value for value in planted.in_copy if value not in said] == []

        with django_capture_on_commit_callbacks(execute=True):
            erasure = erasing.remove(person, by=world.users["admin"])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert still_held(planted.gone) == []
        assert sums_of_reports(world.a) == sums
        assert erasure.last_kept_until.year == 2033
        for group in Group.objects.filter(seals__isnull=False):
            assert sealing.faults_of(sealing.of_group(group)) == []
        raise UndoError
