"""Make a notice of each message of before, with the same number, and say that it went by email."""

from django.db import migrations

# A notice takes the number of its message, so that what points to the message points to the notice. The key to read it
# by is random, as new ones are.
COPY = """
INSERT INTO people_notice (id, key, kind, person_id, audience, voice, reply_to, subject, text_body, html_body, short,
                           link, read_key, created_at)
SELECT id, key, kind, person_id, audience, audience, reply_to, subject, text_body, html_body, '', '',
       replace(gen_random_uuid()::text, '-', ''), created_at
FROM people_message;
SELECT setval(pg_get_serial_sequence('people_notice', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM people_notice), false);
INSERT INTO people_noticepart (id, notice_id, name, content_type, content)
SELECT id, message_id, name, content_type, content FROM people_messagepart;
SELECT setval(pg_get_serial_sequence('people_noticepart', 'id'),
              (SELECT coalesce(max(id), 0) + 1 FROM people_noticepart), false);
UPDATE people_message SET notice_id = id, "to" = to_address;
ALTER TABLE people_messageevent DISABLE TRIGGER USER;
UPDATE people_messageevent SET notice_id = id, "to" = to_address;
ALTER TABLE people_messageevent ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_notices'),
    ]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop, elidable=True),
    ]
