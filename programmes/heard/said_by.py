"""Views that a person gave, for the page on which staff of its programme see them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people.registry import Panel
from programmes.heard.models import Contribution
from programmes.programme.models.programmes import Role, programmes_where
from wellbeing.lib.dates import short_date

MAX_ON_PERSON = 10


def said_panel(user, person):
    """Show staff what `person` said in their programmes; who said something is known to nobody else."""
    staff_of = programmes_where(user, Role.STAFF)
    if not staff_of or person.pk == user.person.pk:
        return None
    said = Contribution.objects.filter(contributors__person=person, programme__in=staff_of).order_by("-said_on", "-pk")
    rows = [
        {
            "cells": [
                {"text": row.theme, "url": reverse("contribution", args=[row.pk])},
                {"text": short_date(row.said_on)},
                {"text": row.get_status_display()},
            ]
        }
        for row in said[:MAX_ON_PERSON]
    ]
    columns = [{"label": label} for label in (_("What they said"), _("When"), _("Status"))]
    if not rows:
        return None
    return Panel(
        "programmes/heard/panels/said.html",
        {"rows": rows, "columns": columns, "caption": _("What they said")},
        order=45,
    )
