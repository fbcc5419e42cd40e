"""Pages of the rules of a group, its register of interests, and another term for a member."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from people.directory.models import Person
from programmes.groups import queries, rules
from programmes.groups.actions import interests as interest_actions
from programmes.groups.actions import rules as rules_actions
from programmes.groups.actions import terms
from programmes.groups.forms.terms_of_reference import DeclareForm, RenewForm, RulesForm
from programmes.groups.guards import group_or_404
from programmes.groups.models import GroupRules, Interest
from programmes.programme import rules as programme_rules
from programmes.programme.models.groups import Term
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page

COPIED = (
    *("terms_of_reference", "quorum", "lived_experience_minimum", "methods", "support_percent", "proposers"),
    *("open_days", "amended_days", "answer_days", "urgency_rule", "ratify_days", "interest_days"),
    *("reach", "tells_programme", "fewest_inside", "fewest_public"),
)
# Offered by the form for the first rules of a group; the group agrees its own.
OFFERED = {
    "quorum": 5,
    "lived_experience_minimum": 3,
    "methods": ["consent", "gradient"],
    "support_percent": 50,
    "open_days": 14,
    "amended_days": 7,
    "answer_days": 7,
    "ratify_days": 42,
    "interest_days": 365,
    "fewest_inside": 5,
    "fewest_public": 10,
}


@read_page
def group_rules(request, slug, pk):
    """Show the rules of a group in force today, those to come and those of before."""
    group = group_or_404(request, slug, pk)
    versions = group.rules.select_related("agreed_by", "set_by").prefetch_related("seats")
    now = today()
    in_force = GroupRules.objects.in_force_on(group, now)
    return render(
        request,
        "programmes/groups/rules.html",
        {
            "programme": group.programme,
            "group": group,
            "versions": [(version, _facts(version), _when(version, in_force, now)) for version in versions],
            "may_set": bool(rules.can_set_rules(request.user, group)),
        },
    )


@form_page
def group_rules_new(request, slug, pk):
    """Give a group a new version of its rules."""
    group = group_or_404(request, slug, pk)
    rules.can_set_rules(request.user, group).insist(PermissionDenied)
    last = group.rules.first()
    initial = {name: getattr(last, name) for name in COPIED} if last and last.set_by_id else dict(OFFERED)
    initial |= {f"seats_{seat.seat}": seat.number for seat in last.seats.all()} if last else {}
    decisions = queries.decisions_that_could_set_rules(group)
    form = RulesForm(posted(request), initial={"starts_on": today(), **initial}, decisions=decisions)
    act = partial(rules_actions.set_rules, group=group, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The rules are written down. Those of before are kept."))
        return redirect("group_rules", slug, pk)
    by_decision = queries.rules_change_by_decision(group)
    return show_form(
        request,
        form,
        title=_("Rules of the group"),
        caption=group.name,
        lead=_("This group decides by rules, so it changes them by a decision of its own.") if by_decision else "",
        back_url=reverse("group_rules", args=[slug, pk]),
        submit=_("Save these rules"),
    )


@form_page
def group_interests(request, slug, pk):
    """Show the register of interests of a group, with a form to declare one."""
    group = group_or_404(request, slug, pk)
    if not rules.can_see_interests(request.user, group):
        raise PermissionDenied
    now = today()
    me = request.user.person
    serves = queries.term_of(request.user, group, now) is not None
    manages = bool(programme_rules.can_manage_programme(request.user, group.programme))
    serving = Person.objects.filter(pk__in=group.terms.effective_on(now).values("person")).order_by("sort_key", "pk")
    form = DeclareForm(posted(request), members=serving if manages else None, initial={"person": me.pk})
    act = partial(interest_actions.declare, group=group, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The interest stands in the register."))
        return redirect("group_interests", slug, pk)
    held = group.interests.select_related("person")
    return render(
        request,
        "programmes/groups/interests.html",
        {
            "programme": group.programme,
            "group": group,
            "form": form if serves or manages else None,
            "held": [(one, manages or one.person_id == me.pk) for one in held.held_on(now)],
            "ended": held.filter(ended_on__lte=now),
            "due": queries.interests_to_look_at(group, now) if manages else [],
            "i_am_due": serves and queries.interests_to_look_at(group, now).filter(pk=me.pk).exists(),
        },
    )


@button_page
def interest_end(request, slug, pk, interest):
    """Say that an interest has ended."""
    group = group_or_404(request, slug, pk)
    row = get_object_or_404(Interest.objects.select_related("person", "group__programme"), pk=interest, group=group)
    rules.can_declare_for(request.user, group, row.person).insist(PermissionDenied)
    if attempt_button(request, lambda: interest_actions.end(interest=row, by=request.user)):
        messages.success(request, _("The interest has ended. It stays in the register."))
    return redirect("group_interests", slug, pk)


@button_page
def interests_are_right(request, slug, pk):
    """Say that what the register has of oneself is right."""
    group = group_or_404(request, slug, pk)
    rules.can_declare_for(request.user, group, request.user.person).insist(PermissionDenied)
    if attempt_button(request, lambda: interest_actions.say_they_are_right(group=group, by=request.user)):
        messages.success(request, _("Thank you. It is written down that you looked at it today."))
    return redirect("group_interests", slug, pk)


@form_page
@proved_recently
def term_renew(request, slug, pk, term):
    """Give a member another term."""
    group = group_or_404(request, slug, pk)
    row = get_object_or_404(
        Term.objects.select_related("person", "group__programme", "deputy_for"), pk=term, group=group
    )
    programme_rules.can_manage_programme(request.user, group.programme).insist(PermissionDenied)
    form = RenewForm(posted(request))
    if attempt(form, lambda: terms.renew(term=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("%(name)s has another term.") % {"name": row.person})
        return redirect("group", slug, pk)
    return show_form(
        request,
        form,
        title=_("Another term for %(name)s") % {"name": row.person},
        caption=group.name,
        lead=_("Their term ends on %(date)s.") % {"date": long_date(row.ends_on)} if row.ends_on else "",
        back_url=reverse("group", args=[slug, pk]),
        submit=_("Renew their term"),
    )


def _facts(version):
    methods = [str(label) for key, label in GroupRules.Method.choices if key in version.methods]
    pairs = [
        (_("Members who must take part"), version.quorum),
        (_("Of them with lived experience"), version.lived_experience_minimum),
        (_("How it decides"), "\n".join(methods)),
        (_("Support needed"), _("more than %(number)s per cent") % {"number": version.support_percent}),
        (_("Who may put a proposal"), version.get_proposers_display()),
        (_("Open for at least"), _("%(number)s days") % {"number": version.open_days}),
        (_("More when the words change"), _("%(number)s days") % {"number": version.amended_days}),
        (_("To say if an answer is enough"), _("%(number)s days") % {"number": version.answer_days}),
        (_("When it may decide sooner"), version.urgency_rule or _("Never")),
        (_("Who sees what was decided"), version.get_reach_display()),
        (_("Interests are looked at every"), _("%(number)s days") % {"number": version.interest_days}),
        (_("Numbers left out below"), _("%(inside)s, and %(public)s for the public") % {
            "inside": version.fewest_inside, "public": version.fewest_public,
        }),
        (_("Seats"), "\n".join(f"{seat.get_seat_display()}: {seat.number}" for seat in version.seats.all())),
    ]  # fmt: skip
    facts = [{"label": label, "value": value} for label, value in pairs]
    if version.agreed_by:
        link = reverse("decision", args=[version.agreed_by_id])
        facts.append({"label": _("Agreed by"), "value": version.agreed_by.title, "link": link})
    elif not version.set_by:
        facts.append(
            {"label": _("Agreed by"), "value": _("Nobody. They were given to the group. It should agree its own.")}
        )
    else:
        facts.append({"label": _("Written down by"), "value": version.set_by})
    return facts


def _when(version, in_force, now):
    if version == in_force:
        return "now"
    return "coming" if version.starts_on > now else "before"
