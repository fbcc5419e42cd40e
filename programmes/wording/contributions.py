"""Adds a programme's own words to what it tells people, and what went wrong with them to the home page of its staff."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people import registry
from people.registry import Task
from programmes.programme.models.programmes import Role, programmes_where
from programmes.wording import queries
from programmes.wording.models import WordingGap


def keep_gaps(unfilled):
    """Keep the fields that had nothing to say, so that a colleague learns of them."""
    WordingGap.objects.bulk_create(
        [
            WordingGap(version_id=one.version, notice=one.notice, part=one.part, line=one.line, field=one.field)
            for one in unfilled
        ]
    )


def gaps_to_deal_with(user):
    """List, for staff, the kinds of messages whose words could not be used for somebody."""
    programmes = programmes_where(user, Role.STAFF)
    return [_task(gap, people) for gap, people in queries.first_gaps(programmes)] if programmes else []


def _task(gap, people):
    version, person = gap.version, gap.notice.person or _("somebody")
    params = {"line": gap.line, "field": gap, "person": person, "more": people - 1}
    if people > 1:
        detail = _("%(field)s was empty for %(person)s and %(more)s more, who got the standard words.")
    else:
        detail = _("%(field)s was empty for %(person)s, who got the standard words.")
    if gap.is_in_several_lines:
        detail = _("Line %(line)s, %(detail)s") % {"line": gap.line, "detail": detail}
    return Task(
        title=_("Look at your words of “%(kind)s”") % {"kind": registry.notice_kinds[version.kind].title},
        url=reverse("wording", args=[version.programme.slug, version.kind]),
        detail=detail % params,
    )
