"""Tell a person that somebody else has changed their details."""

from people.messages import emails, outbox


def tell(person, by):
    """Tell `person` by email, where they have an address, that `by` has changed their details."""
    if not person.email:
        return
    latest = person.history.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    subject, text, html = emails.render(
        "people/details_changed",
        {"person": person, "by": by.person, "url": emails.absolute_url("your_details")},
    )
    outbox.enqueue(
        key=f"details-changed:{person.pk}:{latest}",
        kind="details-changed",
        to=person.email,
        subject=subject,
        text=text,
        html=html,
        person=person,
    )
