"""Asks people who were added before this was asked, and who have no account yet, whether the record is theirs.

They are asked when they sign in for the first time; no message goes out.
"""

import secrets

from django.db import migrations


def add_joinings(apps, schema_editor):
    """Write a joining for each person with no account, of the first programme they are in."""
    people = apps.get_model("people", "Person").objects.filter(user=None)
    addresses, first = dict(people.values_list("pk", "email")), {}
    memberships = apps.get_model("programmes", "Membership").objects.filter(person__in=people)
    for membership in memberships.order_by("-starts_on", "-pk"):
        first[membership.person_id] = membership.programme_id
    for term in apps.get_model("programmes", "Term").objects.filter(person__in=people).select_related("group"):
        first.setdefault(term.person_id, term.group.programme_id)
    joining = apps.get_model("programmes", "Joining")
    joining.objects.bulk_create(
        [
            joining(
                person_id=person_id,
                programme_id=programme_id,
                key=secrets.token_urlsafe(16),
                address=addresses[person_id],
            )
            for person_id, programme_id in first.items()
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_safe_hands")]

    operations = [migrations.RunPython(add_joinings, migrations.RunPython.noop, elidable=True)]
