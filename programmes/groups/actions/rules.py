"""Set the rules a group works by, as dated versions."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from programmes.groups import queries, rules
from programmes.groups.models import GroupRules, SeatNumber
from programmes.programme.models.groups import Group
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def set_rules(
    *,
    group: Group,
    quorum: int,
    lived_experience_minimum: int,
    methods: Collection[str],
    by: User,
    starts_on: dt.date | None = None,
    agreed_by: Any = None,
    seats: Mapping[str, int] | None = None,
    terms_of_reference: str = "",
    support_percent: int = 50,
    proposers: str = GroupRules.Proposers.ALL,
    open_days: int = 14,
    amended_days: int = 3,
    answer_days: int = 7,
    urgency_rule: str = "",
    ratify_days: int = 42,
    interest_days: int = 365,
    reach: str = GroupRules.Reach.PROGRAMME,
    tells_programme: bool = False,
    fewest_inside: int = 5,
    fewest_public: int = 10,
) -> GroupRules:
    """Give `group` a new version of its rules from a day on, by default today. Return the GroupRules.

    Once the group has decided by rules that somebody set, `agreed_by` is the Decision of the group that changes them.
    `seats` is {Term.Seat: how many}. Raises ActionError without that decision, for a second version on a day, a day
    that has gone, and a lived-experience minimum above the quorum. Locks the group.
    """
    rules.can_set_rules(by, group).insist()
    group = Group.objects.select_for_update().get(pk=group.pk)
    starts_on = starts_on or today()
    if starts_on < today():
        raise ActionError(_("Rules start today or later: what was decided before was decided by those of its time."))
    if lived_experience_minimum > quorum:
        raise ActionError(
            _("The members with lived experience are some of those who must take part: enter no more than %(number)s.")
            % {"number": quorum},
            field="lived_experience_minimum",
        )
    if not methods:
        raise ActionError(_("Choose at least one way to decide."), field="methods")
    if GroupRules.objects.filter(group=group, starts_on=starts_on).exists():
        raise ActionError(_("The group has rules from that day. Choose a later one."), field="starts_on")
    if agreed_by is None and queries.rules_change_by_decision(group):
        raise ActionError(
            _("The rules of this group change by its own decision. Choose the decision that agreed the change."),
            field="agreed_by",
        )
    if agreed_by is not None and not queries.decisions_that_could_set_rules(group).filter(pk=agreed_by.pk).exists():
        raise ActionError(_("Choose a decision of this group that was agreed and has set no rules."), field="agreed_by")
    made = GroupRules.objects.create(
        group=group,
        starts_on=starts_on,
        terms_of_reference=terms_of_reference.strip(),
        quorum=quorum,
        lived_experience_minimum=lived_experience_minimum,
        methods=list(methods),
        support_percent=support_percent,
        proposers=proposers,
        open_days=open_days,
        amended_days=amended_days,
        answer_days=answer_days,
        urgency_rule=urgency_rule.strip(),
        ratify_days=ratify_days,
        interest_days=interest_days,
        reach=reach,
        tells_programme=tells_programme,
        fewest_inside=fewest_inside,
        fewest_public=fewest_public,
        agreed_by=agreed_by,
        set_by=by.person,
    )
    SeatNumber.objects.bulk_create(
        [SeatNumber(rules=made, seat=seat, number=number) for seat, number in (seats or {}).items() if number]
    )
    return made
