"""Refuse that anybody shares the email address of staff, finance, administrators or people who set up programmes.

What takes two people must not be done from one mailbox, in whatever order a role and a shared address come about. The
lock lets one transaction at a time say something about an address, so that two at once see each other; it is one of 64,
as Postgres keeps a limited number of them.
"""

from django.db import migrations

from wellbeing.lib.migrations import CreateFunction

REFUSE = """
CREATE FUNCTION refuse_shared_address_at_work(person bigint) RETURNS void AS $$
DECLARE
  address text;
BEGIN
  SELECT upper(p.email) INTO address FROM people_person p
  WHERE p.id = person AND p.email <> '' AND (p.user_id IS NOT NULL OR p.shares_address);
  IF address IS NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(20261127, abs(hashtext(address) % 64));
  IF (
    SELECT count(*) > 1 AND bool_or(
      EXISTS (SELECT FROM people_user u WHERE u.id = p.user_id AND u.is_superuser)
      OR EXISTS (
        SELECT FROM programmes_membership m WHERE m.person_id = p.id AND m.role IN ('staff', 'finance')
        AND (m.ends_on IS NULL OR m.ends_on >= current_date)
      )
      OR EXISTS (SELECT FROM programmes_appointment a WHERE a.person_id = p.id AND a.status = 'waiting')
      OR EXISTS (SELECT FROM programmes_creatorright r WHERE r.person_id = p.id AND r.ended_at IS NULL)
    )
    FROM people_person p
    WHERE upper(p.email) = address AND (p.user_id IS NOT NULL OR p.shares_address)
  ) THEN
    RAISE EXCEPTION 'staff and finance share their email address with nobody';
  END IF;
END
$$ LANGUAGE plpgsql
"""
TRIGGER = """
CREATE FUNCTION shared_address_at_work() RETURNS trigger AS $$
BEGIN
  IF TG_TABLE_NAME = 'people_person' THEN
    PERFORM refuse_shared_address_at_work(NEW.id);
  ELSIF TG_TABLE_NAME = 'people_user' THEN
    PERFORM refuse_shared_address_at_work(p.id) FROM people_person p WHERE p.user_id = NEW.id;
  ELSE
    PERFORM refuse_shared_address_at_work(NEW.person_id);
  END IF;
  RETURN NULL;
END
$$ LANGUAGE plpgsql
"""
# By table: when it is asked.
WHEN = {
    "people_person": "INSERT OR UPDATE OF email, user_id, shares_address ON people_person FOR EACH ROW",
    "people_user": "UPDATE OF is_superuser ON people_user FOR EACH ROW WHEN (NEW.is_superuser)",
    "programmes_membership": (
        "INSERT OR UPDATE ON programmes_membership FOR EACH ROW WHEN (NEW.role IN ('staff', 'finance'))"
    ),
    "programmes_appointment": "INSERT OR UPDATE ON programmes_appointment FOR EACH ROW WHEN (NEW.status = 'waiting')",
    "programmes_creatorright": "INSERT ON programmes_creatorright FOR EACH ROW",
}


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0018_shared_addresses'),
        ('programmes', '0012_roles_told_by_notices'),
    ]

    operations = [
        CreateFunction('refuse_shared_address_at_work(bigint)', REFUSE),
        CreateFunction('shared_address_at_work()', TRIGGER),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER address_at_work AFTER {when} EXECUTE FUNCTION shared_address_at_work()",
                f"DROP TRIGGER address_at_work ON {table}",
            )
            for table, when in WHEN.items()
        ),
    ]
