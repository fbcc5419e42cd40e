"""Filter lists of events and of invitations; each choice stays in the address."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.inviting.models import Invitation
from events.planning.models import Event
from people.messages.queries import not_reached, state_of
from people.models import Message


class EventFilter(django_filters.FilterSet):
    """Events by time, kind and status."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=[("to_come", _("To come")), ("past", _("Past"))],
        method="filter_when",
        empty_label=_("Any time"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Event.Kind.choices, empty_label=_("Any kind"))
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Event.Status.choices, empty_label=_("Any status"))

    class Meta:
        model = Event
        fields = ["when", "kind", "status"]

    def filter_when(self, queryset, name, value):
        """Return events that have not ended, or those that have."""
        now = timezone.now()
        return queryset.filter(ends_at__gte=now) if value == "to_come" else queryset.filter(ends_at__lt=now)


class ReplyFilter(django_filters.FilterSet):
    """Invitations of an event by reply, and by whether the message reached the person."""

    reply = django_filters.ChoiceFilter(
        label=_("Reply"),
        choices=[
            (Invitation.Reply.COMING, _("Coming")),
            (Invitation.Reply.NOT_COMING, _("Cannot come")),
            (Invitation.Reply.NOT_SURE, _("Not sure yet")),
            (Invitation.Reply.WAITING, _("Will come if a place is free")),
            ("none", _("No reply")),
            ("again", _("Asked again for a new time")),
            ("after_all", _("Said yes, then cannot come")),
        ],
        method="filter_reply",
        empty_label=_("Any reply"),
    )
    message = django_filters.ChoiceFilter(
        label=_("Message"),
        choices=[
            ("by_hand", _("To ring, post or tell")),
            ("failed", _("Could not be sent")),
            ("waiting", _("Waiting to be sent")),
            ("sent", _("Sent")),
        ],
        method="filter_message",
        empty_label=_("Any"),
    )

    class Meta:
        model = Invitation
        fields = ["reply", "message"]

    def filter_reply(self, queryset, name, value):
        """Return invitations with this reply; "none" finds those without one, others what became of a reply."""
        if value == "again":
            return queryset.asked_again()
        if value == "after_all":
            return queryset.cannot_after_all()
        return queryset.filter(reply="" if value == "none" else value)

    def filter_message(self, queryset, name, value):
        """Return invitations by the state of the invitation message."""
        status = Message.Status
        if value == "failed":
            return queryset.filter(not_reached("notice"))
        if value == "sent":
            return queryset.filter(state_of("notice", status.SENT, status.DELIVERED))
        by_hand = Exists(Message.objects.by_hand().filter(notice=OuterRef("notice")))
        if value == "by_hand":
            return queryset.filter(by_hand)
        waiting = Q(notice=None) | Q(state_of("notice", status.WAITING, status.SENDING))
        return queryset.filter(waiting).exclude(by_hand)


class JoinsFilter(ReplyFilter):
    """Invitations of an event that can be joined both ways, also by how people come."""

    joins = django_filters.ChoiceFilter(
        label=_("In person or online"), choices=Invitation.Joins.choices, empty_label=_("Either")
    )
