"""Tell a person that somebody else has changed their details."""

from people import registry
from people.messages import emails
from people.messages.telling import tell


def tell_of_change(person, by):
    """Tell `person`, in the way they chose, that `by` has changed their details."""
    latest = person.history.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    voice = registry.voice_between(person, by)
    link = emails.absolute_url("your_details")
    context = {"by": by.person, "url": link}
    speaker = registry.voice(voice)
    written = emails.write("details-changed", "people/details_changed", context, person=person, speaker=speaker)
    tell(
        person,
        "details-changed",
        key=f"details-changed:{person.pk}:{latest}",
        **written,
        link=link,
        voice=voice,
        audience=voice,
    )
