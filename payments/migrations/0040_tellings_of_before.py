"""Make a notice of each time somebody was told of a claim entered for them, and of each that nobody has told yet."""

import secrets

from django.conf import settings
from django.db import migrations
from django.db.models import Exists, F, OuterRef

# How they were told, as it was recorded: the channel of the message, and the words.
WAYS = {
    "letter": ("letter", "By letter"),
    "phone": ("phone", "By phone"),
    "text": ("colleague", "By text message"),
    "in_person": ("colleague", "In person"),
}


def make_notices(apps, schema_editor):
    """Those told by email have their notice already: it was the email."""
    Claim, ClaimNotice = apps.get_model("payments", "Claim"), apps.get_model("payments", "ClaimNotice")
    Message = apps.get_model("people", "Message")
    for telling in ClaimNotice.objects.exclude(how="email").select_related("claim__person").order_by("pk"):
        channel, words = WAYS[telling.how]
        Message.objects.create(
            notice=_notice(apps, telling.claim, f"claim-entered-{telling.claim_id}-told-{telling.pk}", telling.at),
            channel=channel,
            status="sent",
            sent_at=telling.at,
            told_by=telling.by,
            told_how=words,
            created_at=telling.at,
        )
    told = ClaimNotice.objects.filter(claim=OuterRef("pk"), at__gte=OuterRef("submitted_at"))
    untold = Claim.objects.filter(~Exists(told), entered_by__isnull=False, submitted_by=F("entered_by"))
    for claim in untold.exclude(status__in=["draft", "withdrawn"]).select_related("person").order_by("pk"):
        person = claim.person
        channel, to = {"phone": ("phone", person.phone), "letter": ("letter", person.postal_address)}.get(
            person.channel, ("colleague", "")
        )
        key = f"claim-entered-{claim.pk}-{claim.submitted_at.isoformat()}"
        Message.objects.create(
            notice=_notice(apps, claim, key, claim.submitted_at),
            channel=channel if to else "colleague",
            to=to,
            created_at=claim.submitted_at,
        )


def _notice(apps, claim, key, at):
    voice = f"programme:{claim.programme_id}"
    words = f"We entered and sent a claim for you: {claim.description} ({claim.reference}). Is anything wrong or missing?"
    return apps.get_model("people", "Notice").objects.create(
        key=key,
        kind="claim_entered",
        person=claim.person,
        audience=voice,
        voice=voice,
        subject=f"Your claim {claim.reference} has been sent",
        text_body=words,
        short=words,
        link=f"{settings.SITE_URL}/claims/{claim.pk}/",
        read_key=secrets.token_urlsafe(15),
        created_at=at,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0039_labels_in_plain_words'),
        ('people', '0012_messages_deliver_notices'),
    ]

    operations = [
        migrations.RunPython(make_notices, migrations.RunPython.noop, elidable=True),
    ]
