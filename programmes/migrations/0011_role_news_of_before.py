"""Make a notice of each piece of news about a role that a colleague told, or has still to tell."""

import secrets

from django.db import migrations


# Who likes letters or calls is written to or rung; a colleague finds a way to the others, who have no email address.
WAYS = {
    "letter": lambda person: ("letter", person.postal_address),
    "phone": lambda person: ("phone", person.phone),
}


def make_notices(apps, schema_editor):
    """Each becomes a letter, a call, or a message for a colleague; one that was told says by whom and how."""
    Notice, Message = apps.get_model("people", "Notice"), apps.get_model("people", "Message")
    rows = apps.get_model("programmes", "RoleNotice").objects.select_related("programme", "person")
    for news in rows.order_by("pk"):
        voice = f"programme:{news.programme_id}"
        notice = Notice.objects.create(
            key=f"role-news:{news.pk}",
            kind="role",
            person_id=news.person_id,
            audience=voice,
            voice=voice,
            subject=f"Your role in {news.programme.name}"[:250],
            text_body=news.text,
            short=news.text,
            read_key=secrets.token_urlsafe(15),
            created_at=news.created_at,
        )
        channel, to = WAYS.get(news.person.channel, lambda person: ("colleague", ""))(news.person)
        Message.objects.create(
            notice=notice,
            channel=channel if to else "colleague",
            to=to,
            status="sent" if news.told_at else "waiting",
            sent_at=news.told_at,
            told_by_id=news.told_by_id,
            told_how=news.told_how,
            created_at=news.created_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0010_labels_in_plain_words'),
        ('people', '0012_messages_deliver_notices'),
    ]

    operations = [
        migrations.RunPython(make_notices, migrations.RunPython.noop, elidable=True),
    ]
