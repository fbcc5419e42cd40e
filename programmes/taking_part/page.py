"""Somebody's part in a programme as they themselves or its staff see it."""

from functools import cached_property

from django.utils.translation import gettext as _

from people.models import Person
from programmes.programme.models.groups import Term
from programmes.programme.models.pauses import Comeback, Pause
from programmes.programme.models.programmes import Membership, Programme
from programmes.taking_part import queries, rules
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.types import User


class PartPage:
    """The part of `person` in `programme`, as `user` sees and may change it."""

    def __init__(self, person: Person, programme: Programme, user: User) -> None:
        self.person, self.programme, self.user = person, programme, user
        self.on = today()

    @property
    def is_own(self) -> bool:
        return self.person.user_id == self.user.pk

    @cached_property
    def is_in(self) -> bool:
        return queries.is_in(self.person, self.programme, self.on)

    @cached_property
    def roles(self) -> list[Membership]:
        return queries.roles_of_person(self.person, self.programme, self.on)

    @cached_property
    def seats(self) -> list[Term]:
        return queries.seats_of_person(self.person, self.programme, self.on)

    @cached_property
    def pause(self) -> Pause | None:
        return queries.pause_of(self.person, self.programme, self.on)

    @property
    def pause_text(self) -> str:
        """Say when the break goes on, or will."""
        assert self.pause is not None
        params = {"day": long_date(self.pause.starts_on)}
        if self.pause.ends_on is None:
            return _("From %(day)s, without a last day.") % params
        return _("From %(day)s to %(last)s.") % {**params, "last": long_date(self.pause.ends_on)}

    @property
    def pause_has_begun(self) -> bool:
        return self.pause is not None and self.pause.starts_on <= self.on

    @cached_property
    def may_take_break(self) -> bool:
        return self.pause is None and bool(rules.can_take_break(self.user, self.person, self.programme))

    @cached_property
    def may_leave(self) -> bool:
        return bool(rules.can_leave(self.user, self.person, self.programme))

    @cached_property
    def may_ask_to_come_back(self) -> bool:
        return bool(rules.can_ask_to_come_back(self.user, self.person, self.programme))

    @cached_property
    def comeback(self) -> Comeback | None:
        return queries.waiting_comeback(self.person, self.programme)
