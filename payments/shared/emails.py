"""Notices of the payments app, drafted from templates."""

from people.messages.emails import write


def draft_message(key, kind, person, programme, context, values=None):
    """Draft the notice `kind` to `person` from its templates; `key` stops a second one.

    `context["link"]`, where there is one, is the full address of the page to go to; `values` are what the merge fields
    of the kind say.
    """
    context = {"programme": programme, **context}
    return {
        **write(kind, f"payments/{kind}", context, person=person, speaker=programme.speaker, values=values),
        "key": key,
        "kind": kind,
        "person": person,
        "audience": programme.voice,
        "voice": programme.voice,
        "link": context.get("link", ""),
    }
