"""Pages on which administrators set up the sign-in of organisations."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts import openid, rules
from people.accounts.actions import single_sign_on
from people.accounts.forms.single_sign_on import SignInProviderForm
from people.accounts.models.single_sign_on import SignInLink, SignInProvider
from people.accounts.reauthentication import proved_recently
from wellbeing.lib.dates import short_date
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing


@read_page
def sign_in_providers(request):
    """List the organisations whose sign-in is written down."""
    rules.can_set_up_single_sign_on(request.user).insist(PermissionDenied)
    listing = Listing(
        request,
        SignInProvider.objects.with_links().prefetch_related("domains"),
        columns=[
            Column("name", _("Organisation"), value="name", link=lambda row: row.get_absolute_url(), sort="name"),
            Column("domains", _("Email domains"), value=lambda row: ", ".join(row.domain_names)),
            Column("is_on", _("Switched on"), value=lambda row: _yes_or_no(row.is_on), sort="is_on"),
            Column("is_required", _("Colleagues must use it"), value=lambda row: _yes_or_no(row.is_required)),
            Column("people", _("People linked"), value="people", sort="people"),
            Column("last_used", _("Last used"), value="last_used", kind=MOMENT, sort="last_used"),
        ],
        search=["name", "domains__domain"],
        default_sort="name",
        name="single-sign-on",
        caption=_("Single sign-on"),
        empty_title=_("No organisation has single sign-on here"),
        empty_text=_("Everybody signs in with a code sent by email, a passkey or a password."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/accounts/single_sign_on/providers.html", {"listing": listing})


@form_page
@proved_recently
def sign_in_provider_new(request):
    """Write down the sign-in of an organisation."""
    rules.can_set_up_single_sign_on(request.user).insist(PermissionDenied)
    form = SignInProviderForm(posted(request))
    if done := attempt(form, lambda: single_sign_on.add(by=request.user, **form.cleaned_data)):
        messages.success(request, _("Written down. It is off until you switch it on."))
        return redirect(done.result)
    return render(request, "people/accounts/single_sign_on/form.html", {"form": form})


@form_page
@proved_recently
def sign_in_provider_change(request, pk):
    """Change the sign-in of an organisation."""
    provider = _provider(request, pk)
    initial = {name: getattr(provider, name, "") for name in SignInProviderForm.base_fields}
    initial |= {"domains": "\n".join(provider.domain_names), "secret": ""}
    form = SignInProviderForm(posted(request), initial=initial, provider=provider)
    act = partial(single_sign_on.change, provider=provider, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=provider):
        messages.success(request, _("The changes are saved."))
        return redirect(provider)
    return render(request, "people/accounts/single_sign_on/form.html", {"form": form, "provider": provider})


@read_page
def sign_in_provider(request, pk):
    """Show the sign-in of an organisation, what its IT has to be told, and who is linked with it."""
    provider = _provider(request, pk)
    listing = Listing(
        request,
        provider.links.select_related("user__person"),
        columns=[
            Column("name", _("Name"), value=lambda link: link.user.get_full_name(), sort="user__person__sort_key"),
            Column("address", _("Email address"), value=lambda link: link.user.mailbox, sort="user__email"),
            Column("linked_at", _("First signed in"), value="linked_at", kind=MOMENT, sort="linked_at"),
            Column("last_used_at", _("Last signed in"), value="last_used_at", kind=MOMENT, sort="last_used_at"),
            Column(
                "forget",
                _("The link"),
                value=lambda link: _("Forget"),
                link=lambda link: reverse("sign_in_link_forget", args=[link.pk]),
                screen_only=True,
            ),
        ],
        search=["user__person__search_key", "user__email"],
        default_sort="-last_used_at",
        name="linked-people",
        caption=_("People linked"),
        empty_title=_("Nobody has signed in by it yet"),
        empty_text=_("Somebody is linked the first time they sign in by it."),
    )
    if listing.wants_export:
        return listing.export()
    context = {"provider": provider, "rows": _rows(provider), "listing": listing}
    return render(request, "people/accounts/single_sign_on/provider.html", context)


@button_page
@proved_recently
def sign_in_provider_on(request, pk):
    """Let people sign in by the provider."""
    provider = _provider(request, pk)
    if attempt_button(request, lambda: single_sign_on.switch_on(provider=provider, by=request.user)):
        messages.success(request, _("Switched on. People of its email domains are offered it when they sign in."))
    return redirect(provider)


@button_page
@proved_recently
def sign_in_provider_off(request, pk):
    """Let nobody sign in by the provider."""
    provider = _provider(request, pk)
    if attempt_button(request, lambda: single_sign_on.switch_off(provider=provider, by=request.user)):
        messages.success(request, _("Switched off. Everybody can sign in with a code sent by email."))
    return redirect(provider)


@button_page
def sign_in_provider_check(request, pk):
    """Ask the discovery address, and say in plain words what is wrong with the answer."""
    provider = _provider(request, pk)
    try:
        issuer = openid.check(provider)
    except openid.ProviderError as error:
        messages.error(request, str(error))
    else:
        answers = _(
            "%(issuer)s answers as it should. Now sign in by it: only that shows whether ID and secret are right."
        )
        messages.success(request, answers % {"issuer": issuer})
    return redirect(provider)


@form_page
@proved_recently
def sign_in_link_forget(request, pk):
    """Say what forgetting a link is for, and forget it."""
    rules.can_set_up_single_sign_on(request.user).insist(PermissionDenied)
    link = get_object_or_404(SignInLink.objects.select_related("provider", "user__person"), pk=pk)
    if request.method == "POST":
        single_sign_on.forget(link=link, by=request.user)
        messages.success(
            request, _("Forgotten. %s will be linked again when they next sign in.") % link.user.get_full_name()
        )
        return redirect(link.provider)
    return render(request, "people/accounts/single_sign_on/forget.html", {"link": link})


def _provider(request, pk):
    """Return the provider for an administrator. Raises PermissionDenied or Http404."""
    rules.can_set_up_single_sign_on(request.user).insist(PermissionDenied)
    return get_object_or_404(SignInProvider.objects.prefetch_related("domains"), pk=pk)


def _rows(provider):
    given = provider.secret_set_at and _("Given on %s. It is not shown.") % short_date(provider.secret_set_at)
    return [
        {"label": _("Redirect address to give to the provider"), "value": provider.redirect_address},
        {"label": _("Email domains"), "value": ", ".join(provider.domain_names)},
        {"label": _("Discovery address"), "value": provider.discovery_url},
        {"label": _("Client ID"), "value": provider.client_id},
        {"label": _("Client secret"), "value": given or ""},
        {"label": _("Its email addresses count as checked"), "value": _yes_or_no(provider.trusts_addresses)},
        {"label": _("Colleagues of these domains must use it"), "value": _yes_or_no(provider.is_required)},
    ]


def _yes_or_no(value):
    return _("Yes") if value else _("No")
