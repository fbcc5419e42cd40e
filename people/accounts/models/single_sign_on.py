"""Organisations' own sign-in (OpenID Connect): whose it is, for which email domains, and who signs in by it."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.texts import LineField

# The longest name of a host, and how one is written.
DOMAIN_MAX_LENGTH = 253
DOMAIN = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"


class SignInProviderQuerySet(models.QuerySet["SignInProvider"]):
    def with_links(self) -> "SignInProviderQuerySet":
        """Add to each provider how many people are linked with it, and when the last of them signed in by it."""
        return self.annotate(people=Count("links", distinct=True), last_used=models.Max("links__last_used_at"))


@pghistory.track(exclude=["secret"])
class SignInProvider(models.Model):
    """The sign-in of one organisation, such as its Entra ID. Off until an administrator switches it on.

    It says who somebody is, and nothing more: accounts and roles are given here.
    """

    name = LineField(_("name on the button"), max_length=60)
    discovery_url = LineField(_("discovery address"), max_length=300)
    client_id = LineField(_("client ID"), max_length=200, blank=True)
    secret = EncryptedTextField(_("client secret"), max_length=300, null=True, blank=True)
    secret_set_at = models.DateTimeField(_("client secret given"), null=True, blank=True)
    trusts_addresses = models.BooleanField(
        _("its addresses count as checked"),
        default=False,
        help_text=_("Also where it does not say whether it checked an address."),
    )
    is_required = models.BooleanField(_("colleagues must use it"), default=False)
    is_on = models.BooleanField(_("switched on"), default=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = SignInProviderQuerySet.as_manager()

    class Meta:
        verbose_name = _("single sign-on of an organisation")
        verbose_name_plural = _("single sign-on of organisations")
        ordering = ["name", "pk"]
        constraints = [
            # The second is a provider that runs on the same machine, in tests: the form takes none elsewhere.
            models.CheckConstraint(
                condition=Q(discovery_url__regex=r"^(https://|http://127\.0\.0\.1[:/])"),
                name="discovery_address_is_encrypted",
            ),
            models.CheckConstraint(
                condition=Q(is_on=False) | (~Q(client_id="") & Q(secret__isnull=False)),
                name="single_sign_on_has_client_and_secret",
            ),
            models.CheckConstraint(
                condition=Q(secret__isnull=True, secret_set_at__isnull=True)
                | Q(secret__isnull=False, secret_set_at__isnull=False),
                name="client_secret_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sign_in_provider", args=[self.pk])

    @property
    def redirect_address(self) -> str:
        """Return the address to which the provider sends people back; it has to be told it."""
        return f"{settings.SITE_URL}{reverse('single_sign_on_back', args=[self.pk])}"

    @property
    def domain_names(self) -> list[str]:
        """Return the email domains it answers for, in order."""
        return sorted(row.domain for row in self.domains.all())


@pghistory.track()
class SignInDomain(models.Model):
    """The part of email addresses after the @ for which a provider answers. One provider answers for each."""

    provider = models.ForeignKey(
        SignInProvider, models.CASCADE, related_name="domains", verbose_name=_("single sign-on of an organisation")
    )
    domain = LineField(_("email domain"), max_length=DOMAIN_MAX_LENGTH, unique=True)

    class Meta:
        verbose_name = _("email domain with single sign-on")
        verbose_name_plural = _("email domains with single sign-on")
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(
                condition=Q(domain__regex=f"^{DOMAIN}$"),
                name="sign_in_domain_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.domain


@pghistory.track(exclude=["last_used_at"])
class SignInLink(models.Model):
    """An account, and the name under which a provider knows its holder, as it was at the first sign-in by it.

    An address can be given to somebody else at the organisation; that name (`sub`) never is.
    """

    provider = models.ForeignKey(
        SignInProvider, models.CASCADE, related_name="links", verbose_name=_("single sign-on of an organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_links", verbose_name=_("account")
    )
    subject = LineField(_("name at the provider"), max_length=255)
    linked_at = models.DateTimeField(_("linked"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), default=timezone.now)

    class Meta:
        verbose_name = _("link with single sign-on")
        verbose_name_plural = _("links with single sign-on")
        ordering = ["-last_used_at"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_account_per_name_at_a_provider"),
            models.UniqueConstraint(fields=["provider", "user"], name="one_name_per_account_at_a_provider"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sign_in_links_never_change_hands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("provider", "user", "subject"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider}, {self.user}"
