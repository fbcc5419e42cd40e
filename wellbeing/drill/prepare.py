"""`python -m wellbeing.drill.prepare FILE`: ready the demo's programme for the drill.

FILE then holds, in JSON, who signs in and how, the event with its door open, and the personal links of who is invited.
"""

import datetime as dt
import json
import sys
from pathlib import Path

import django

# £1,000,000.
PLENTY_PENCE = 100_000_000


def main(path):
    """Write FILE."""
    django.setup()
    Path(path).write_text(json.dumps(cast()))


def cast():
    """Give colleagues a second step, open a door, invite to it; return who and what there is."""
    from django.utils import timezone

    from events.models import Invitation
    from payments.claims.queries import activities_apart
    from payments.models import BankDetails, BudgetLine
    from people.models import Person
    from programmes.models import Programme, Role
    from wellbeing.demo import texts

    programme = Programme.objects.get(name=texts.PROGRAMME["name"])

    def holders(role):
        return list(
            Person.objects.filter(
                memberships__programme=programme, memberships__role=role, memberships__ends_on=None, user__isnull=False
            )
            .exclude(email="")
            .order_by("pk")
            .distinct()
        )

    staff, finance = holders(Role.STAFF), holders(Role.FINANCE)
    # Ten minutes of claims would use up a year's budget, and approve nothing after that.
    BudgetLine.objects.filter(programme=programme).update(
        amount_pence=PLENTY_PENCE,
        amount_reason="For the drill.",
        amount_set_by=finance[0],
        amount_set_at=timezone.now(),
    )
    colleagues = {person.pk for person in (*staff, *finance)}
    lived = [person for person in holders(Role.LIVED_EXPERIENCE) if person.pk not in colleagues]
    activity, _policy = activities_apart(programme, timezone.localdate())[0]
    paid = set(BankDetails.objects.values_list("person_id", flat=True))
    now = timezone.localtime()
    # On one day, whatever the hour of the drill.
    morning, night = now.replace(hour=0, minute=0, second=0, microsecond=0), now.replace(hour=23, minute=59)
    hours = dt.timedelta(hours=3)
    door = _event(programme, staff[0], max(now - hours / 6, morning), min(now + hours, night))
    # Far enough away for replies after both changes of summer time.
    later = now.replace(hour=10, minute=0) + dt.timedelta(days=400)
    event = _event(programme, staff[0], later, later + hours)
    links = {}
    for person in lived:
        Invitation.objects.create(event=door, person=person, invited_by=staff[0])
        invitation = Invitation.objects.create(event=event, person=person, invited_by=staff[0])
        links[invitation.pk] = invitation.link_key
    return {
        "slug": programme.slug,
        "staff": [{"email": person.email, "secret": _second_step(person.user)} for person in staff],
        "finance": [{"email": person.email, "secret": _second_step(person.user)} for person in finance],
        "claimants": [
            {"email": person.email, "person": person.pk, "secret": ""} for person in lived if person.pk in paid
        ],
        "activity": activity.value,
        "event": door.pk,
        "people": [person.pk for person in lived],
        "links": links,
        "last_message": _last_message(),
    }


def _event(programme, staff, starts_at, ends_at):
    from events.models import Event

    return Event.objects.create(
        programme=programme,
        title="The day of the drill",
        kind=Event.Kind.COPRODUCTION,
        purpose="To see what holds.",
        starts_at=starts_at,
        ends_at=ends_at,
        reply_by=starts_at.date(),
        organiser=staff,
        venue_name="The Invented Hall",
    )


def _second_step(user):
    """Give a colleague an app that shows codes. Return its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def _last_message():
    from people.models import Message

    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


if __name__ == "__main__":
    main(sys.argv[1])
