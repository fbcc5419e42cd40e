"""Keep that people were reminded of claims before, so that no such reminder goes again; count them as reminders."""

from django.db import connection, migrations

from wellbeing.lib.triggers import guards_aside

# Reminders of claims had one notice for each claim and day of the policy, with a key such as "claim-closing-42-14".
NOTE = """
INSERT INTO programmes_reminder (programme_id, person_id, subject, thing, number, "on", words, notice_id)
SELECT claim.programme_id, notice.person_id, 'claims', 'claim:' || claim.id,
  row_number() OVER (PARTITION BY notice.person_id, claim.id ORDER BY notice.created_at, notice.id),
  (notice.created_at AT TIME ZONE 'Europe/London')::date, notice.subject, notice.id
FROM people_notice notice
JOIN payments_claim claim ON claim.id = substring(notice.key FROM '^claim-closing-([0-9]+)-[0-9]+$')::bigint
WHERE notice.person_id IS NOT NULL
"""
# They are of the same kind as other reminders now: the link of an old one, too, stops all reminders by email.
KINDS = "UPDATE people_notice SET kind = 'reminder' WHERE kind = 'claim_closing'"
STOPS = "UPDATE people_emailstop SET kind = 'reminder' WHERE kind = 'claim_closing'"


def note_reminders(apps, schema_editor):
    """Note each reminder there was, and give those notices, and the wishes to get no more, the kind of reminders."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE)
        with guards_aside("people_notice"):
            cursor.execute(KINDS)
        cursor.execute(STOPS)


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0041_told_by_notices'),
        ('people', '0017_what_comes_back'),
        ('programmes', '0014_reminders'),
    ]

    operations = [
        migrations.RunPython(note_reminders, migrations.RunPython.noop, elidable=True),
    ]
