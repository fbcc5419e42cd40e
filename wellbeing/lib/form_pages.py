"""Pages that act: a form or a button tries an action; a refusal is shown where the reader can act on it.

@form_page
def group_new(request, slug):
    form = GroupForm(posted(request), programme=programme)
    if done := attempt(form, lambda: groups.create(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The group is there."))
        return redirect(done.result)
    return render(request, "programmes/groups/new.html", {"form": form})
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import editing
from .errors import ActionError
from .rulings import Ruling

T = TypeVar("T")
View = Callable[..., HttpResponseBase]
# In the session while its reader is led from the page that keeps a form to the form's own page.
LED_TO_KEPT_FORM = "led_to_kept_form"


def read_page(view: View) -> View:
    """Make `view` a page for people who have signed in, which changes nothing."""
    return require_safe(login_required(view))


def form_page(view: View) -> View:
    """Make `view` a page with a form for people who have signed in.

    A form that was kept while its sender signed in again is shown as it was filled in, see `posted`. Such a request
    changes nothing: whatever the view wrote is undone.
    """
    guarded = require_http_methods(["GET", "HEAD", "POST"])(login_required(view))

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kept = kept_form(request)
        if kept is None:
            return guarded(request, *args, **kwargs)
        request.kept_data = KeptData.of(kept)  # type: ignore[attr-defined]  # read by posted
        with transaction.atomic():
            response = guarded(request, *args, **kwargs)
            transaction.set_rollback(True)
        led_here = request.session.pop(LED_TO_KEPT_FORM, False)
        if led_here and not (request.kept_data.was_shown and response.status_code == 200):  # type: ignore[attr-defined]
            # The view has no form to show it in: it is sent from the page that keeps it, or thrown away there.
            return redirect(f"{reverse('prove_go_on')}?send=1")
        return response

    page.shows_kept_form = True  # type: ignore[attr-defined]  # a mark for the page that keeps it
    return page


def is_form_page(address: str) -> bool:
    """Return whether `address`, with or without a query, is a page with a form that can show one that was kept."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return False
    return getattr(view, "shows_kept_form", False)


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """Return the form that is kept for this reader and was sent to the address now opened; None when there is none.

    `people.accounts.middleware.session_limits` gives `request` the function that looks for it.
    """
    find: Callable[[], dict[str, Any] | None] = getattr(request, "find_kept_form", lambda: None)
    return find() if request.method == "GET" else None


class KeptData(QueryDict):
    """The data of a form that was kept. It fills the form in; nothing acts on it."""

    was_shown = False
    had_files = False

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "KeptData":
        """Build it from {"fields": [[name, value], …], "files": whether there were any}."""
        data = cls(mutable=True)
        data.had_files = kept["files"]
        for name, value in kept["fields"]:
            data.appendlist(name, value)
        return data


def button_page(view: View) -> View:
    """Make `view` the address of a button for people who have signed in: it takes POST alone.

    Somebody who only opens the address, as after signing in again, is led to the page above, and told that nothing was
    done.
    """
    press = require_POST(login_required(view))

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"}:
            messages.info(request, _("Nothing was done just now. If you pressed a button, press it again here."))
            return redirect(page_above(request.path))
        return press(request, *args, **kwargs)

    page.is_button = True  # type: ignore[attr-defined]  # a mark that page_above reads
    return page


def page_above(path: str) -> str:
    """Return the nearest address above `path` that is a page, and no button; the home page at last."""
    parts = path.strip("/").split("/")
    while parts := parts[:-1]:
        above = f"/{'/'.join(parts)}/"
        try:
            view = resolve(above).func
        except Resolver404:
            continue
        if not getattr(view, "is_button", False):
            return above
    return "/"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the data of a form that was sent, or None, which leaves a form as it is first shown.

    On a page opened after signing in again it is the data that was kept, as `KeptData`: `attempt` and `is_sent` do not
    act on it.
    """
    kept: KeptData | None = getattr(request, "kept_data", None)
    if kept is not None:
        if not kept.was_shown:
            messages.info(
                request, _("We kept what you had filled in. It has not been sent yet: check it, then send it.")
            )
            if kept.had_files:
                messages.warning(request, _("We could not keep the file you had chosen. Please choose it again."))
        kept.was_shown = True
        return kept
    return request.POST if request.method == "POST" else None


def is_sent(*sent: forms.BaseForm) -> bool:
    """Return whether the forms were sent just now and are all valid; kept ones are checked, and not taken as sent.

    Every form is looked at, so that all that is wrong is told at once.
    """
    valid = [form.is_bound and form.is_valid() for form in sent]
    return all(valid) and not any(isinstance(form.data, KeptData) for form in sent)


@dataclass(frozen=True)
class Done(Generic[T]):
    """The action was carried out; `result` is what it returned, which may be None."""

    result: T


def attempt(
    form: forms.BaseForm, act: Callable[[], T], *, edits: Model | None = None, facts: Mapping[str, str] | None = None
) -> Done[T] | None:
    """Call `act` when `form` was sent and is valid. Returns Done, or None when the page is to be shown (again).

    `act` may read the form's cleaned data. The sentence of an ActionError is put on the form, beside its field.
    `edits` is the row whose present values the form starts with. When somebody has changed it since the reader opened
    the form, nothing is saved: the form is shown again with what changed, see `wellbeing.lib.editing`. `facts` (label
    and value) are what the reader answers about, such as the words of a proposal; they count in the same way.
    """
    if edits is not None:
        editing.watch(form, facts)
    if not form.is_valid():
        return None
    try:
        if edits is None:
            return None if isinstance(form.data, KeptData) else Done(act())
        with editing.alone(form, edits):
            return None if isinstance(form.data, KeptData) else Done(act())
    except ActionError as error:
        error.add_to(form)
    except editing.ChangedSinceError as changed:
        editing.show_changes(form, changed.row)
    return None


def is_refused(request: HttpRequest, ruling: Ruling) -> bool:
    """Return whether `ruling` says no to what a page is for; its reason is then a message on the page that follows."""
    if ruling:
        return False
    messages.error(request, ruling.why_not)
    return True


def attempt_button(request: HttpRequest, act: Callable[[], T]) -> Done[T] | None:
    """Call `act` for a button without a form. Returns Done, or None after a message with the reason of a refusal."""
    try:
        return Done(act())
    except ActionError as error:
        messages.error(request, str(error))
        return None
