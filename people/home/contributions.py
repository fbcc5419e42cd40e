"""Add the people app's own tasks, panels and links to its registries."""

import datetime as dt
from typing import Any, cast

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people import registry
from people.accounts import queries as account_queries
from people.accounts import rules as account_rules
from people.accounts.models.addresses import AddressChange
from people.accounts.models.single_sign_on import SignInProvider
from people.accounts.models.users import User
from people.consent import contributions as consent_contributions
from people.directory.models import Person
from people.directory.queries import tell_apart
from people.due_work import DueWork
from people.jobs import queries as job_queries
from people.jobs.models import Job
from people.messages import contributions as message_contributions
from people.messages import queries as message_queries
from people.messages import rules as message_rules
from people.messages.models import Message
from people.messages.models.channels import SENT_BY_WORKERS
from people.monitoring import contributions as monitoring_contributions
from people.needs import contributions as needs_contributions
from people.privacy import contributions as privacy_contributions
from wellbeing.lib import phones
from wellbeing.lib.dates import short_date, time_of_day

MAX_FAILED_SHOWN = 5


def register():
    """Register them once, when the app is ready."""
    message_contributions.register()
    monitoring_contributions.register()
    needs_contributions.register()
    privacy_contributions.register()
    consent_contributions.register()
    registry.home_tasks.append(failed_messages)
    registry.home_tasks.append(late_work)
    registry.home_panels.append(installation_panels)
    registry.navigation.append(navigation)
    registry.finders.append(
        registry.Finder(
            title=gettext_lazy("People"),
            rows=lambda user: Person.objects.visible_to(user).order_by("sort_key", "pk"),
            fields=("search_key", "email", "phone"),
            show=_found_people,
            exact=_person_of,
            order=10,
        )
    )
    registry.home_tasks.append(addresses_to_agree)
    registry.home_tasks.append(own_address_change)
    registry.due_work.append(
        DueWork("messages_due", gettext_lazy("Messages to send"), Message.objects, lambda _now: message_queries.lost())
    )
    registry.due_work.append(
        DueWork("jobs_due", gettext_lazy("Documents, reports and invitations"), Job.objects, job_queries.failed_lately)
    )


def _found_people(people):
    return [
        registry.Found(
            label=person.name_in_list,
            url=reverse("person", args=[person.pk]),
            detail=", ".join(filter(None, [person.known_as, person.email, phones.shown(person.phone)])),
        )
        for person in tell_apart(people)
    ]


def _person_of(user, text):
    """Return the page of the one person whose whole email address or phone number `text` is."""
    same = Q(phone=text) if phones.link(phones.stored(text)) else Q(email__iexact=text)
    people = list(Person.objects.visible_to(user).filter(same)[:2])
    return reverse("person", args=[people[0].pk]) if len(people) == 1 else ""


def addresses_to_agree(user):
    """List new sign-in addresses that colleagues asked for and that wait for a second colleague."""
    return [
        registry.Task(
            title=_("Check the new email address of %(name)s") % {"name": change.person},
            url=reverse("address_change", args=[change.pk]),
            detail=_("Asked for by %(name)s") % {"name": change.asked_by},
        )
        for change in account_queries.address_changes_to_agree(user)
        if account_rules.can_agree_to_address(user, change)
    ]


def own_address_change(user):
    """Tell the person about a new sign-in address that somebody asked for them and that is not done."""
    change = AddressChange.objects.open().filter(person=user.person).first()
    if change is None:
        return []
    return [
        registry.Task(
            title=_("Somebody asked to change the email address you sign in with"),
            url=reverse("address_change", args=[change.pk]),
            detail=_("See it, and stop it if you did not ask for it"),
            urgent=True,
        )
    ]


def failed_messages(user):
    """Tell administrators of messages that could not be sent."""
    if not user.is_administrator:
        return []
    failed = message_queries.lost().count()
    if not failed:
        return []
    return [
        registry.Task(
            title=ngettext("%(count)s message could not be sent", "%(count)s messages could not be sent", failed)
            % {"count": failed},
            url=f"{reverse('messages')}?status=lost",
            detail=_("See why, and try again"),
        )
    ]


def late_work(user):
    """Tell administrators of work that workers should have done long ago."""
    if not user.is_administrator:
        return []
    now = timezone.now()
    return [
        registry.Task(
            title=_("Waiting for more than %(minutes)s minutes: %(work)s")
            % {"minutes": work.minutes, "work": work.title},
            url=f"{reverse('home')}#due-work",
            detail=_("The worker may be down or busy. Tell the person who looks after the server."),
            urgent=True,
        )
        for work in registry.due_work
        if work.is_late(now)
    ]


def installation_panels(user):
    """Show administrators how the installation is, and since when the oldest work has waited for a worker."""
    if not user.is_administrator:
        return []
    now = timezone.now()
    others = (row for say in registry.installation_facts for row in say())
    facts = [*_accounts(), *_single_sign_on(), *_mail(now), *_failed_jobs(now), *others]
    due = [{"label": work.title, "value": _waiting(work.state(now))} for work in registry.due_work]
    return [
        registry.Panel("people/home/installation.html", {"rows": facts}, order=85),
        registry.Panel("people/home/due_work.html", {"rows": due}, order=90),
    ]


def _accounts():
    users = User.objects.filter(is_active=True)
    last = users.exclude(last_login=None).order_by("-last_login").values_list("last_login", flat=True).first()
    number = users.count()
    value = ngettext("%(number)s person can sign in", "%(number)s people can sign in", number) % {"number": number}
    if last:
        value += _("; the last signed in on %(day)s at %(time)s") % {"day": short_date(last), "time": time_of_day(last)}
    return [{"label": _("Accounts"), "value": value, "url": reverse("accounts"), "action": _("See all")}]


def _single_sign_on():
    on = SignInProvider.objects.filter(is_on=True).count()
    value = ngettext("On for %(count)s organisation", "On for %(count)s organisations", on) % {"count": on}
    action = _("See all") if on else _("Set it up")
    row = {"label": _("Single sign-on"), "value": value if on else _("Off")}
    return [{**row, "url": reverse("sign_in_providers"), "action": action}]


def _mail(now):
    since = now - dt.timedelta(days=1)
    sent = Message.objects.filter(sent_at__gte=since, channel__in=SENT_BY_WORKERS).count()
    failed = message_queries.lost().count()
    value = ngettext(
        "%(sent)s message sent in the last 24 hours", "%(sent)s messages sent in the last 24 hours", sent
    ) % {"sent": sent}
    if failed:
        value += "; " + ngettext("%(n)s could not be sent", "%(n)s could not be sent", failed) % {"n": failed}
    return [{"label": _("Mail"), "value": value, "url": reverse("messages"), "action": _("See all")}]


def _failed_jobs(now):
    """Return a row for each piece of long work that failed in the last week, newest first; or one that says none."""
    failed = job_queries.failed_lately(now)
    rows: list[dict[str, Any]] = [
        {
            "label": _("Failed on %(day)s") % {"day": short_date(cast(dt.datetime, job.finished_at))},
            "value": job.title,
            "link": reverse("job", args=[job.pk]),
        }
        for job in failed.order_by("-finished_at")[:MAX_FAILED_SHOWN]
    ]
    none = {"label": _("Documents, reports and invitations"), "value": _("None has failed in the last 7 days")}
    return rows or [none]


def _waiting(state):
    """Say how much waits, and since when the oldest does."""
    if state.oldest is None:
        return _("Nothing is waiting")
    since = _("the oldest since %(time)s on %(day)s (%(ago)s)") % {
        "time": time_of_day(state.oldest),
        "day": short_date(state.oldest),
        "ago": timesince(state.oldest),
    }
    number = ngettext("%(n)s is waiting", "%(n)s are waiting", state.waiting) % {"n": state.waiting}
    return f"{number}, {since}"


def navigation(user, _programme):
    """Link to the list of messages, for readers who may see those of others."""
    if not message_rules.can_read_messages(user):
        return []
    return [registry.NavigationLink(_("Messages"), reverse("messages"), order=90)]
