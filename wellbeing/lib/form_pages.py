"""Pages that act: a form or a button tries an action; a refusal is shown where the reader can act on it.

@form_page
def group_new(request, slug):
    form = GroupForm(posted(request), programme=programme)
    if done := attempt(form, lambda: groups.create(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The group is there."))
        return redirect(done.result)
    return render(request, "programmes/groups/new.html", {"form": form})
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .errors import ActionError

T = TypeVar("T")
View = Callable[..., HttpResponseBase]


def read_page(view: View) -> View:
    """Make `view` a page for people who have signed in, which changes nothing."""
    return require_safe(login_required(view))


def form_page(view: View) -> View:
    """Make `view` a page with a form for people who have signed in."""
    return require_http_methods(["GET", "HEAD", "POST"])(login_required(view))


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
    """Return the data of a form that was sent, or None, which leaves a form as it is first shown."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class Done(Generic[T]):
    """The action was carried out; `result` is what it returned, which may be None."""

    result: T


def attempt(form: forms.BaseForm, act: Callable[[], T]) -> Done[T] | None:
    """Call `act` when `form` was sent and is valid. Returns Done, or None when the page is to be shown (again).

    `act` may read the form's cleaned data. The sentence of an ActionError is put on the form, beside its field.
    """
    if not form.is_valid():
        return None
    try:
        return Done(act())
    except ActionError as error:
        error.add_to(form)
        return None


def attempt_button(request: HttpRequest, act: Callable[[], T]) -> Done[T] | None:
    """Call `act` for a button without a form. Returns Done, or None after a message with the reason of a refusal."""
    try:
        return Done(act())
    except ActionError as error:
        messages.error(request, str(error))
        return None
