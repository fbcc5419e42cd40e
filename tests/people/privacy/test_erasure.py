"""After an erasure nothing that is stored holds a personal value of the person, but records of accounts."""

import pytest
from django.core.management import call_command

from tests.people.privacy.dumps import accounts_tables, files, in_redis, tables
from people.privacy import erasing
from people.privacy.values import values_of
from people.privacy.walking import everything_about


@pytest.mark.django_db
def test_try(world):
    person = world.owner
    erasing.what_to_settle(person)
    from payments.models import Claim
    import pgtrigger
    with pgtrigger.ignore():
        Claim.objects.filter(person=person).exclude(status__in=["draft","paid"]).update(status="withdrawn")
    print(erasing.what_to_settle(person))
