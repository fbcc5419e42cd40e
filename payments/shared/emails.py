"""Messages of the payments app, drafted from templates."""

from people.messages.emails import render
from programmes.models import message_audience


def draft_message(key, kind, person, programme, context):
    """Draft the email `kind` to `person` from its templates, as a row for the outbox; `key` stops a second one."""
    subject, text, html = render(f"payments/{kind}", context)
    return {
        "key": key,
        "kind": kind,
        "to": person.email,
        "person": person,
        "subject": subject,
        "text": text,
        "html": html,
        "reply_to": programme.contact_email,
        "audience": message_audience(programme.pk),
    }
