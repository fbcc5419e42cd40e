"""Pages on which staff write down vision, aims, activities and changes."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.impact.actions import aims, changes
from programmes.impact.forms import ActivityForm, AimForm, ChangeForm, EndAimForm, ReplaceAimForm, VisionForm
from programmes.impact.guards import writable_programme, writable_row
from programmes.impact.models import Activity, Aim, Change, Vision
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted


def _show(request, programme, form, *, title, submit, **context):
    """Show a form, with a way back to the impact page of `programme`."""
    back_url = reverse("impact", args=[programme.slug])
    return show_form(request, form, title=title, caption=programme.name, back_url=back_url, submit=submit, **context)


def _done(request, programme, words):
    messages.success(request, words)
    return redirect("impact", programme.slug)


@form_page
def vision_edit(request, slug):
    """Write down the vision, from a day on."""
    programme = writable_programme(request, slug)
    now = Vision.objects.filter(programme=programme).effective_on(today())
    initial = {"words": now.words if now else "", "effective_from": today()}
    form = VisionForm(posted(request), initial=initial)
    if attempt(form, lambda: aims.set_vision(programme=programme, by=request.user, **form.cleaned_data)):
        return _done(request, programme, _("The vision is written down. The one before is kept."))
    return _show(request, programme, form, title=_("The vision"), submit=_("Save"))


@form_page
def aim_new(request, slug):
    """Add an aim."""
    programme = writable_programme(request, slug)
    form = AimForm(posted(request))
    if attempt(form, lambda: aims.add_aim(programme=programme, by=request.user, **form.cleaned_data)):
        return _done(request, programme, _("The aim is on the page."))
    return _show(request, programme, form, title=_("Add an aim"), submit=_("Add this aim"))


@form_page
def aim_replace(request, pk):
    """Put another aim in the place of one."""
    aim = writable_row(request, Aim, pk)
    form = ReplaceAimForm(posted(request), initial={"title": aim.title, "signs": aim.signs})
    act = partial(aims.replace_aim, aim=aim, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        return _done(request, aim.programme, _("The new aim is on the page. The earlier one can still be read."))
    return _show(request, aim.programme, form, title=_("Put another aim in its place"), submit=_("Save"))


@form_page
def aim_end(request, pk):
    """End an aim with nothing in its place."""
    aim = writable_row(request, Aim, pk)
    form = EndAimForm(posted(request))
    if attempt(form, lambda: aims.end_aim(aim=aim, by=request.user, **form.cleaned_data)):
        return _done(request, aim.programme, _("The aim has ended. It can still be read."))
    return _show(
        request, aim.programme, form, title=_("End this aim?"), lead=aim.title, submit=_("End it"), warning=True
    )


@button_page
def aim_up(request, pk):
    """Move an aim one place up."""
    aim = writable_row(request, Aim, pk)
    attempt_button(request, lambda: aims.move_up(aim=aim, by=request.user))
    return redirect("impact", aim.programme.slug)


@form_page
def activity_new(request, slug):
    """Write down something people do together."""
    programme = writable_programme(request, slug)
    form = ActivityForm(posted(request), programme=programme, initial={"starts_on": today()})
    if attempt(form, lambda: changes.add_activity(programme=programme, by=request.user, **form.cleaned_data)):
        return _done(request, programme, _("The activity is on the page."))
    return _show(request, programme, form, title=_("Add an activity"), submit=_("Save"))


@form_page
def activity_edit(request, pk):
    """Change what is written of an activity."""
    activity = writable_row(request, Activity, pk)
    initial = {name: getattr(activity, name) for name in ActivityForm.base_fields}
    form = ActivityForm(posted(request), programme=activity.programme, initial=initial)
    act = partial(changes.edit_activity, activity=activity, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=activity):
        return _done(request, activity.programme, _("The changes are saved."))
    return _show(request, activity.programme, form, title=_("Change this activity"), submit=_("Save"))


@form_page
def change_new(request, slug):
    """Write down something that changed."""
    programme = writable_programme(request, slug)
    form = ChangeForm(posted(request), programme=programme, initial={"happened_on": today()})
    if attempt(form, lambda: changes.add_change(programme=programme, by=request.user, **form.cleaned_data)):
        return _done(request, programme, _("The change is on the page."))
    return _show(request, programme, form, title=_("Write down what changed"), submit=_("Save"))


@form_page
def change_edit(request, pk):
    """Change what is written of a change."""
    change = writable_row(request, Change, pk)
    initial = {name: getattr(change, name) for name in ChangeForm.base_fields if name != "contributions"}
    initial["contributions"] = list(change.contributions.values_list("pk", flat=True))
    form = ChangeForm(posted(request), programme=change.programme, change=change, initial=initial)
    act = partial(changes.edit_change, change=change, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=change):
        return _done(request, change.programme, _("The changes are saved."))
    return _show(request, change.programme, form, title=_("Change what is written"), submit=_("Save"))
