"""Set up the sign-in of organisations, and find the account of somebody who comes back from there."""

import re
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts import queries, rules, sharing
from people.accounts.models.single_sign_on import (
    DOMAIN,
    DOMAIN_MAX_LENGTH,
    SignInDomain,
    SignInLink,
    SignInProvider,
)
from people.accounts.models.users import SHARED_DOMAIN, User
from people.directory.models import Person
from people.messages import emails as message_emails
from people.messages.telling import tell_many
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.texts import is_mail_address
from wellbeing.lib.types import User as Reader


class SingleSignOnError(ActionError):
    """A rule refused a change of an organisation's sign-in."""


class NotSignedInError(ActionError):
    """Somebody who came back from a provider is not signed in. `reason` is for the log: no page tells it."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("We could not sign you in."))
        self.reason = reason


@action
def add(
    *,
    name: str,
    domains: list[str],
    discovery_url: str,
    by: Reader,
    client_id: str = "",
    secret: str = "",
    trusts_addresses: bool = False,
    is_required: bool = False,
) -> SignInProvider:
    """Write down the sign-in of an organisation, switched off. Return it.

    Raises SingleSignOnError, with the field, where `by` may not or another one answers for one of the domains.
    """
    rules.can_set_up_single_sign_on(by).insist(SingleSignOnError)
    provider = SignInProvider(
        name=name.strip(),
        discovery_url=discovery_url,
        client_id=client_id.strip(),
        trusts_addresses=trusts_addresses,
        is_required=is_required,
    )
    _give_secret(provider, secret)
    provider.save()
    _answer_for(provider, domains)
    return provider


@action
def change(
    *,
    provider: SignInProvider,
    name: str,
    domains: list[str],
    discovery_url: str,
    by: Reader,
    client_id: str = "",
    secret: str = "",
    trusts_addresses: bool = False,
    is_required: bool = False,
) -> SignInProvider:
    """Change the sign-in of an organisation and return it. Without `secret` the one there is stays.

    With another discovery address or client ID it knows people by other names, so those it knew are forgotten. The
    other administrators are told where it is switched on. Raises SingleSignOnError, with the field. Locks the provider.
    """
    rules.can_set_up_single_sign_on(by).insist(SingleSignOnError)
    provider = SignInProvider.objects.select_for_update().get(pk=provider.pk)
    if provider.is_on and not client_id.strip():
        raise SingleSignOnError(_("Enter the client ID, or switch it off first."), field="client_id")
    if (discovery_url, client_id.strip()) != (provider.discovery_url, provider.client_id):
        provider.links.all().delete()
    provider.name, provider.discovery_url, provider.client_id = name.strip(), discovery_url, client_id.strip()
    provider.trusts_addresses, provider.is_required = trusts_addresses, is_required
    _give_secret(provider, secret)
    provider.save()
    _answer_for(provider, domains)
    if provider.is_on:
        _tell_administrators(provider, by, _("Single sign-on was changed: %s") % provider.name)
    return provider


@action
def switch_on(*, provider: SignInProvider, by: Reader) -> SignInProvider:
    """Let people sign in by `provider` from now on, and tell the other administrators. Return it.

    Raises SingleSignOnError where something is missing. Locks the provider.
    """
    rules.can_set_up_single_sign_on(by).insist(SingleSignOnError)
    provider = SignInProvider.objects.select_for_update().get(pk=provider.pk)
    if not provider.client_id or not provider.secret:
        raise SingleSignOnError(_("Enter the client ID and the client secret first."))
    if not provider.is_on:
        provider.is_on = True
        provider.save(update_fields=["is_on"])
        _tell_administrators(provider, by, _("Single sign-on was switched on: %s") % provider.name)
    return provider


@action
def switch_off(*, provider: SignInProvider, by: Reader) -> SignInProvider:
    """Let nobody sign in by `provider` from now on; who is signed in stays so. Return it. Locks the provider."""
    rules.can_set_up_single_sign_on(by).insist(SingleSignOnError)
    provider = SignInProvider.objects.select_for_update().get(pk=provider.pk)
    provider.is_on = False
    provider.save(update_fields=["is_on"])
    return provider


@action
def forget(*, link: SignInLink, by: Reader) -> None:
    """Forget by what name a provider knows somebody: the next sign-in at their address is taken as theirs again.

    Raises SingleSignOnError where `by` may not.
    """
    rules.can_set_up_single_sign_on(by).insist(SingleSignOnError)
    link.delete()


@action
def arrive(*, provider: SignInProvider, subject: str, address: Any, checked: Any, by: Reader | None) -> User:
    """Return the account of who came back from `provider`: one there is, is open, and has their checked address.

    `subject` is their lasting name there, `address` and `checked` what it says of their email address. The first time,
    the account is linked with the name; after that both have to fit. `by` is None: nobody is signed in yet. Raises
    NotSignedInError. Locks the provider, so that two who arrive at once are looked at one after the other.
    """
    provider = SignInProvider.objects.select_for_update().get(pk=provider.pk)
    if not provider.is_on:
        raise NotSignedInError("switched off")
    user = _account_at(provider, address, checked)
    links = list(SignInLink.objects.filter(provider=provider, subject=subject))
    links += SignInLink.objects.filter(provider=provider, user=user).exclude(subject=subject)
    if not links:
        SignInLink.objects.create(provider=provider, subject=subject, user=user)
    elif len(links) == 1 and links[0].user_id == user.pk and links[0].subject == subject:
        links[0].last_used_at = timezone.now()
        links[0].save(update_fields=["last_used_at"])
    else:
        raise NotSignedInError("known by another name")
    _count_as_proved(user)
    return user


def _account_at(provider: SignInProvider, address: Any, checked: Any) -> User:
    """Return the one open account whose address `provider` vouches for. Raises NotSignedInError."""
    if not isinstance(address, str) or not is_mail_address(address.strip()):
        raise NotSignedInError("no address")
    # Silence is taken for a yes where an administrator said so; a no never is.
    if checked not in (True, "true") and not (checked is None and provider.trusts_addresses):
        raise NotSignedInError("address not checked")
    address = address.strip().lower()
    if not provider.domains.filter(domain=queries.domain_of(address)).exists():
        raise NotSignedInError("address of another domain")
    accounts = sharing.accounts_at(address)
    if not accounts:
        raise NotSignedInError("no account")
    if len(accounts) > 1 or accounts[0].person.shares_address:
        raise NotSignedInError("shared address")
    if not accounts[0].is_active:
        raise NotSignedInError("closed account")
    return accounts[0]


def _count_as_proved(user: User) -> None:
    """Let the sign-in library know that the address of `user` is theirs, or it would send a code to ask."""
    known = EmailAddress.objects.filter(user=user)
    if not known.filter(email__iexact=user.email).update(verified=True):
        is_first = not known.filter(primary=True).exists()
        EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=is_first)


def _give_secret(provider: SignInProvider, secret: str) -> None:
    if secret.strip():
        provider.secret, provider.secret_set_at = secret.strip(), timezone.now()


def _answer_for(provider: SignInProvider, domains: list[str]) -> None:
    """Let `provider` answer for `domains` and no others. Raises SingleSignOnError."""
    wanted = {domain.strip().lower().removeprefix("@") for domain in domains} - {""}
    if not wanted:
        raise SingleSignOnError(_("Enter at least one email domain, like example.org"), field="domains")
    for domain in sorted(wanted):
        if len(domain) > DOMAIN_MAX_LENGTH or not re.fullmatch(DOMAIN, domain):
            raise SingleSignOnError(
                _("“%s” is not an email domain. Enter what stands after the @, like example.org") % domain[:60],
                field="domains",
            )
        if domain == SHARED_DOMAIN:
            raise SingleSignOnError(_("Nobody has addresses at %s.") % domain, field="domains")
    taken = SignInDomain.objects.filter(domain__in=wanted).exclude(provider=provider)
    first = taken.values_list("domain", F("provider__name")).first()
    if first:
        raise SingleSignOnError(
            _("%(name)s answers for %(domain)s already.") % {"domain": first[0], "name": first[1]}, field="domains"
        )
    there = set(provider.domains.values_list("domain", flat=True))
    provider.domains.exclude(domain__in=wanted).delete()
    try:
        with transaction.atomic():
            SignInDomain.objects.bulk_create(SignInDomain(provider=provider, domain=one) for one in wanted - there)
    except IntegrityError:
        # Another administrator wrote one of them down at the same moment.
        raise SingleSignOnError(_("Another organisation answers for one of these already."), field="domains") from None


def _tell_administrators(provider: SignInProvider, by: Reader, heading: str) -> None:
    """Tell the other administrators: whoever has this provider can sign in as anybody of its domains."""
    others = Person.objects.filter(user__is_superuser=True, user__is_active=True).exclude(user=by)
    domains = ", ".join(provider.domains.order_by("domain").values_list("domain", flat=True))
    params = {"name": by.get_full_name(), "domains": domains, "address": provider.discovery_url}
    url = message_emails.absolute_url("sign_in_provider", provider.pk)
    paragraphs = [
        _("%(name)s did this. People with an address at %(domains)s can sign in by it.") % params,
        _("Who they are is said by: %(address)s") % params,
    ]
    tell_many(
        {
            "person": person,
            "kind": "account",
            "link": url,
            "key": f"single-sign-on:{provider.pk}:{uuid.uuid4()}",
            **message_emails.note(
                heading,
                name=person.short_name,
                paragraphs=paragraphs,
                url=url,
                label=_("Look at it"),
                after=[_("If you do not know about this, ask them, and switch it off.")],
            ),
        }
        for person in others
    )
