from django.db import migrations

# Those invited before were told what the version said that was published when their message was written, or when they
# were invited without an address to be rung up, and that is in force on the day of the event.
OFFERS = """
INSERT INTO payments_invitationoffer (invitation_id, version_id, made_at)
SELECT invitation.id, told.id, sent.at
FROM events_invitation invitation
JOIN events_event event ON event.id = invitation.event_id
JOIN people_person person ON person.id = invitation.person_id
LEFT JOIN people_message message ON message.id = invitation.message_id
CROSS JOIN LATERAL (
    SELECT COALESCE(message.created_at, invitation.invited_at) AS at,
           (event.starts_at AT TIME ZONE 'Europe/London')::date AS day
) sent
CROSS JOIN LATERAL (
    SELECT version.id
    FROM payments_policyversion version
    WHERE version.programme_id = event.programme_id AND version.published_at <= sent.at
      AND version.effective_from <= sent.day
    ORDER BY version.effective_from DESC, version.number DESC
    LIMIT 1
) told
WHERE (message.id IS NOT NULL OR person.email = '')
  AND EXISTS (
    SELECT FROM programmes_membership membership
    WHERE membership.person_id = person.id AND membership.programme_id = event.programme_id
      AND membership.role = 'lived_experience' AND membership.starts_on <= sent.day
      AND (membership.ends_on IS NULL OR membership.ends_on >= sent.day)
  )
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0031_offers_and_publications"),
    ]
    # There an invitation points to a notice in place of a message.
    run_before = [("events", "0008_invitations_have_notices")]

    operations = [
        migrations.RunSQL(OFFERS, migrations.RunSQL.noop, elidable=True),
    ]
