"""Pages of a meeting's agenda: the list of meetings, planning one, building and ordering its agenda."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import registry
from events.meetings import rules
from events.meetings.actions import agenda, planning
from events.meetings.forms.agenda import ItemForm, MeetingRulesForm
from events.meetings.forms.planning import MeetingForm
from events.meetings.guards import item_or_404, meeting_or_404, whole_meeting_or_404
from events.meetings.models import Meeting, MeetingRules
from events.meetings.page import TONES, MeetingPage
from events.meetings.queries import lists
from events.planning.guards import visible_event
from events.planning.rules import can_manage_event, can_plan_events
from people.home.panels import rendered
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from programmes.groups.guards import group_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import day_and_times, short_date, today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.tables import Column, Listing


@read_page
def meetings(request, slug, pk):
    """List the meetings of a group: all for its members and staff, those with published minutes for others."""
    group = group_or_404(request, slug, pk)
    listing = Listing(
        request,
        lists.meetings_of(group, request.user),
        columns=[
            Column("event", _("Meeting"), value="event.title", link=Meeting.get_absolute_url),
            Column("when", _("When"), value=_when, sort="event__starts_at", shape="date"),
            Column("status", _("Status"), value=lambda meeting: meeting.event.get_status_display()),
            Column(
                "minutes",
                _("Minutes"),
                value=lambda meeting: meeting.get_minutes_display(),
                sort="minutes",
                tag=lambda meeting: {
                    "label": _("Published") if meeting.is_published else meeting.get_minutes_display(),
                    "tone": TONES[Meeting.Minutes(meeting.minutes)],
                },
            ),
        ],
        search=["event__title"],
        search_label=_("Search meetings"),
        default_sort="-event__starts_at",
        name="meetings",
        caption=_("Meetings of %(group)s") % {"group": group},
        empty_title=_("No meetings to read yet"),
        empty_text=_("Meetings stand here with their agenda and minutes. Others read the minutes once published."),
    )
    if listing.wants_export:
        return listing.export()
    context = {
        "programme": group.programme,
        "group": group,
        "listing": listing,
        "may_plan": bool(rules.can_plan(request.user, group)),
        "may_set_rules": bool(group_rules.can_lead(request.user, group)),
    }
    return render(request, "events/meetings/meetings.html", context)


def _when(meeting):
    return day_and_times(meeting.event.starts_at, meeting.event.ends_at, short_date)


@form_page
def meeting_new(request, slug, pk):
    """Plan a meeting of a group with its agenda and talks around it; where staff do, its members are invited."""
    group = group_or_404(request, slug, pk)
    rules.can_plan(request.user, group).insist(PermissionDenied)
    form = MeetingForm(posted(request), programme=group.programme, user=request.user, group=group)
    may_invite = bool(can_plan_events(request.user, group.programme))
    act = partial(planning.plan, group=group, by=request.user)
    if done := attempt(form, lambda: act(talks_around=form.talks, **form.values)):
        messages.success(request, _planned(done.result, may_invite))
        return redirect(done.result)
    return show_form(
        request,
        form,
        title=_("Plan a meeting"),
        caption=group.name,
        lead=_("Everybody who serves on the group that day is invited.")
        if may_invite
        else _("Staff of the programme invite the members: it is on their list once you plan it."),
        back_url=reverse("meetings", args=[slug, pk]),
        submit=_("Plan it and invite the members") if may_invite else _("Plan it"),
    )


def _planned(meeting, may_invite):
    """Say what was done: the meeting, its agenda, and who is invited."""
    said = [_("The meeting is planned.")]
    if items := meeting.items.exclude(kind="break").count():
        said.append(
            ngettext("%(number)s item is on its agenda.", "%(number)s items are on its agenda.", items)
            % {"number": items}
        )
    if invited := meeting.event.invitations.count():
        said.append(_invited(invited))
    elif not may_invite:
        said.append(_("Inviting the members is on the list of the programme's staff."))
    return " ".join(said)


def _invited(number):
    return ngettext(
        "%(number)s member is invited, in the way they chose.",
        "%(number)s members are invited, each in the way they chose.",
        number,
    ) % {"number": number}


@button_page
def meeting_invite(request, pk):
    """Invite everybody who serves on the group on the day of the meeting."""
    found = whole_meeting_or_404(request, pk)
    can_manage_event(request.user, found.event).insist(PermissionDenied)
    if done := attempt_button(request, lambda: planning.invite_members(meeting=found, by=request.user)):
        messages.success(request, _invited(done.result) if done.result else _("Every member was invited before."))
    return redirect(found)


@form_page
def meeting_rules(request, slug, pk):
    """Say how a group plans its meetings from a day on."""
    group = group_or_404(request, slug, pk)
    group_rules.can_lead(request.user, group).insist(PermissionDenied)
    now = MeetingRules.objects.in_force_on(group, today())
    names = ("longest_stretch", "break_minutes", "item_minutes", "days_before", "format_days")
    initial = {name: getattr(now, name) for name in names} | {"starts_on": today()}
    form = MeetingRulesForm(posted(request), initial=initial)
    if attempt(form, lambda: planning.set_rules(group=group, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved. Agendas of meetings from that day on follow it."))
        return redirect("meetings", slug, pk)
    return show_form(
        request,
        form,
        title=_("How meetings are planned"),
        caption=group.name,
        back_url=reverse("meetings", args=[slug, pk]),
        submit=_("Save"),
    )


@button_page
def meeting_make(request, pk):
    """Make an event of a group a meeting of it."""
    event = visible_event(request, pk)
    if event.group is None:
        can_plan_events(request.user, event.programme).insist(PermissionDenied)
    else:
        group_rules.can_lead(request.user, event.group).insist(PermissionDenied)
    done = attempt_button(request, lambda: planning.make_meeting(event=event, by=request.user))
    return redirect(done.result if done else event)


@read_page
def meeting(request, pk):
    """Show a meeting with its agenda. Those who read the published minutes alone are led to them."""
    found = meeting_or_404(request, pk)
    if not rules.can_read_whole(request.user, found):
        return redirect("meeting_minutes", pk)
    page = MeetingPage(found, request.user, today())
    context = {
        "programme": found.group.programme,
        "meeting": found,
        "event": found.event,
        "page": page,
        "panels": rendered(request, registry.panels_of_meeting(request.user, found.event)),
    }
    return render(request, "events/meetings/meeting.html", context)


@button_page
def agenda_build(request, pk):
    """Put on the agenda what waits for the group."""
    found = whole_meeting_or_404(request, pk)
    group_rules.can_lead(request.user, found.group).insist(PermissionDenied)
    if done := attempt_button(request, lambda: agenda.build(meeting=found, by=request.user)):
        added = len(done.result)
        messages.success(
            request,
            ngettext("%(number)s item was added.", "%(number)s items were added.", added) % {"number": added}
            if added
            else _("There is nothing new for the agenda."),
        )
    return redirect(found)


@button_page
def agenda_send(request, pk):
    """Tell the members what is on the agenda."""
    found = whole_meeting_or_404(request, pk)
    group_rules.can_lead(request.user, found.group).insist(PermissionDenied)
    if attempt_button(request, lambda: agenda.send(meeting=found, by=request.user)):
        messages.success(request, _("Members are being told of the agenda, each in the way they chose."))
    return redirect(found)


@button_page
def agenda_break(request, pk):
    """Add a break to the agenda."""
    found = whole_meeting_or_404(request, pk)
    group_rules.can_lead(request.user, found.group).insist(PermissionDenied)
    if attempt_button(request, lambda: agenda.add_break(meeting=found, by=request.user)):
        messages.success(request, _("The break stands at the end. Move it to where it belongs."))
    return redirect(found)


@form_page
def agenda_item_new(request, pk):
    """Add something to the agenda."""
    found = whole_meeting_or_404(request, pk)
    rules.can_add_item(request.user, found).insist(PermissionDenied)
    page = MeetingPage(found, request.user, today())
    initial = {"minutes": page.how.item_minutes}
    form = ItemForm(posted(request), people=group_queries.people_of(found.group, found.event.day), initial=initial)
    if attempt(form, lambda: agenda.add_item(meeting=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is on the agenda."))
        return redirect(found)
    return _form_of(request, found, form, title=_("Add something to the agenda"), submit=_("Add it"))


@form_page
def agenda_item_edit(request, pk, item_pk):
    """Change what an item says, how long it takes and who leads it."""
    item = item_or_404(request, pk, item_pk)
    found = item.meeting
    rules.can_prepare(request.user, found).insist(PermissionDenied)
    initial = {"title": item.title, "detail": item.detail, "minutes": item.minutes, "leader": item.leader_id}
    form = ItemForm(posted(request), people=group_queries.people_of(found.group, found.event.day), initial=initial)
    act = partial(agenda.change_item, item=item, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=item):
        messages.success(request, _("The changes are saved."))
        return redirect(found)
    return _form_of(request, found, form, title=_("Change this item"), submit=_("Save"))


@button_page
def agenda_item_up(request, pk, item_pk):
    """Move an item one place up."""
    return _press(request, pk, item_pk, partial(agenda.move, up=True))


@button_page
def agenda_item_down(request, pk, item_pk):
    """Move an item one place down."""
    return _press(request, pk, item_pk, partial(agenda.move, up=False))


@button_page
def agenda_item_out(request, pk, item_pk):
    """Take an item out of the agenda."""
    return _press(request, pk, item_pk, agenda.take_out, _("It is taken out. You can put it back below."))


@button_page
def agenda_item_back(request, pk, item_pk):
    """Put an item that was taken out back."""
    return _press(request, pk, item_pk, agenda.put_back, _("It is back, at the end of the agenda."))


def _press(request, pk, item_pk, act, said=""):
    item = item_or_404(request, pk, item_pk)
    group_rules.can_lead(request.user, item.meeting.group).insist(PermissionDenied)
    done = attempt_button(request, lambda: act(item=item, by=request.user))
    if done and said:
        messages.success(request, said)
    return redirect(f"{item.meeting.get_absolute_url()}#item-{item.pk}")


def _form_of(request, found, form, *, title, submit):
    return show_form(request, form, title=title, caption=str(found), back_url=found.get_absolute_url(), submit=submit)
