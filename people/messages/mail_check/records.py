"""Look at what the DNS says about the domain that emails come from."""

import ipaddress
from collections.abc import Iterable

from django.utils.translation import gettext as _

from people.messages.mail_check.findings import Finding
from people.messages.mail_check.names import Names


def spf(names: Names, domain: str, host: str) -> Finding:
    """Say whether the domain of the return path names the servers that may send for it (RFC 7208)."""
    title = _("SPF of %s") % domain
    records = [text for text in names.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    example = f"v=spf1 mx a:{host} ~all" if host else _("the record that your mail service shows you")
    if not records:
        return Finding(
            title,
            False,
            _("The domain does not say which servers may send its emails."),
            _("Add a TXT record to %(domain)s, such as: %(example)s") % {"domain": domain, "example": example},
        )
    if len(records) > 1:
        return Finding(
            title,
            False,
            _("There are %s SPF records, and receivers then ignore all of them.") % len(records),
            _("Put them together into one TXT record."),
        )
    terms = records[0].lower().split()
    if "+all" in terms or "all" in terms:
        return Finding(
            title,
            False,
            _("The record lets every server of the world send in your name."),
            _("Put ~all or -all in place of %s.") % ("+all" if "+all" in terms else "all"),
        )
    closed = {"-all", "~all"} & set(terms) or any(term.startswith("redirect=") for term in terms)
    if not closed:
        return Finding(
            title,
            False,
            _("The record does not say what to do with emails from other servers: %s") % records[0],
            _("End it with ~all or -all."),
        )
    return Finding(title, True, records[0])


def dkim(names: Names, domain: str, selectors: Iterable[str]) -> list[Finding]:
    """Say whether the keys are there with which receivers check the signature of emails (RFC 6376)."""
    found = [_key(names, domain, selector) for selector in selectors]
    return found or [
        Finding(
            _("DKIM of %s") % domain,
            False,
            _("We do not know under which name your emails are signed, so we cannot look for the key."),
            _("Ask who runs your mail server for its DKIM selector, and set DKIM_SELECTORS."),
        )
    ]


def _key(names: Names, domain: str, selector: str) -> Finding:
    name = f"{selector}._domainkey.{domain}"
    title = _("DKIM key %s") % name
    keys = [tags for text in names.texts(name) if "p" in (tags := _tags(text))]
    if not keys:
        return Finding(
            title,
            False,
            _("There is no key, so receivers cannot tell that an email is yours."),
            _("Add the TXT record that your mail server or mail service shows you, at %s") % name,
        )
    if len(keys) > 1 or not keys[0]["p"]:
        return Finding(
            title,
            False,
            _("There is more than one key.") if len(keys) > 1 else _("The key was taken back: it is empty."),
            _("Leave one TXT record with the key of today at %s") % name,
        )
    return Finding(title, True, _("The key is there."))


def dmarc(names: Names, domain: str) -> Finding:
    """Say whether the domain tells receivers what to do with emails that only pretend to be its own (RFC 7489)."""
    title = _("DMARC of %s") % domain
    for parent in _domain_and_parents(domain):
        records = [text for text in names.texts(f"_dmarc.{parent}") if text.replace(" ", "").startswith("v=DMARC1")]
        if records:
            break
    else:
        return Finding(
            title,
            False,
            _("The domain does not say what to do with emails that only pretend to come from it."),
            _("Add a TXT record at %s, to begin with: v=DMARC1; p=none") % f"_dmarc.{domain}",
        )
    policy = _tags(records[0]).get("p", "").lower()
    if len(records) > 1 or policy not in {"none", "quarantine", "reject"}:
        return Finding(
            title,
            False,
            _("The record cannot be used: %s") % " | ".join(records),
            _("Leave one TXT record with p=none, p=quarantine or p=reject."),
        )
    if policy == "none":
        return Finding(
            title, True, _("%s (it watches only: p=quarantine protects more, once all else is well)") % records[0]
        )
    return Finding(title, True, records[0])


def replies(names: Names, domain: str, what: str) -> Finding:
    """Say whether a server takes mail for `domain`. `what` says which mail goes there."""
    title = _("Mail to %(domain)s (%(what)s)") % {"domain": domain, "what": what}
    servers = names.mail_servers(domain)
    do = _("Add an MX record to %s that names the server of your mailboxes.") % domain
    if "" in servers:
        return Finding(title, False, _("The domain says that it takes no mail."), do)
    if servers:
        return Finding(title, True, ", ".join(servers))
    if names.addresses(domain):
        return Finding(title, True, _("There is no MX record, so mail goes to the server of the domain itself."))
    return Finding(title, False, _("No server takes mail for it: answers would not arrive."), do)


def reverse_name(names: Names, host: str, address: str = "") -> list[Finding]:
    """Say whether the addresses that emails leave from have a name that leads back to them.

    `address` is that address; without it, those of the mail server `host`.
    """
    addresses = [address] if address else names.addresses(host) if not is_address(host) else [host]
    public = [one for one in addresses if address or _is_public(one)]
    if not public:
        return [
            Finding(
                _("Name of the sending server"),
                False,
                _("%s is not a public address, so we do not know from where your emails leave.") % host,
                _("Run this again with --address and the public IP address of your mail server."),
            )
        ]
    return [_reverse(names, one) for one in public]


def _reverse(names: Names, address: str) -> Finding:
    title = _("Name of the sending server %s") % address
    found = names.reverse(address)
    do = _("Ask the provider of that server to set its reverse name (PTR) to the server's own name.")
    if not found:
        return Finding(title, False, _("The address has no name. Many servers refuse mail from it."), do)
    if not any(address in names.addresses(name) for name in found):
        return Finding(title, False, _("Its name %s does not lead back to it.") % ", ".join(found), do)
    return Finding(title, True, ", ".join(found))


def is_address(host: str) -> bool:
    """Return whether `host` is an IP address and no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address).is_global


def _domain_and_parents(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]


def _tags(text: str) -> dict[str, str]:
    """Return the tags of a record such as "v=DKIM1; k=rsa; p=…"."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip(): "".join(value.split()) for name, equals, value in pairs if equals}
