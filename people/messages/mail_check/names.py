"""Ask the DNS. Which name server answers is the caller's choice."""

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

# Seconds for one question, all its tries together.
PATIENCE = 10


class NoAnswerError(Exception):
    """No name server answered, so that nothing can be said."""


class Names:
    """Questions to the name servers of this machine, or to the one at `server`: an IP address, perhaps with ":53"."""

    def __init__(self, server: str = "") -> None:
        self._resolver = dns.resolver.Resolver(configure=not server)
        if server:
            address, _colon, port = server.partition(":")
            self._resolver.nameservers, self._resolver.port = [address], int(port or 53)
        self._resolver.lifetime = PATIENCE

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each whole. Raises NoAnswerError."""
        return [b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")]

    def mail_servers(self, domain: str) -> list[str]:
        """Return the servers that take mail for a domain, the first choice first; "" is "none at all" (RFC 7505)."""
        records = sorted(self._ask(domain, "MX"), key=lambda record: record.preference)
        return [_plain(record.exchange) for record in records]

    def addresses(self, name: str) -> list[str]:
        """Return the IP addresses of a name. Raises NoAnswerError."""
        return [record.address for kind in ("A", "AAAA") for record in self._ask(name, kind)]

    def reverse(self, address: str) -> list[str]:
        """Return the names that an IP address says it has. Raises NoAnswerError and ValueError for none."""
        try:
            pointer = dns.reversename.from_address(address)
        except dns.exception.SyntaxError as error:
            raise ValueError(address) from error
        return [_plain(record.target) for record in self._ask(str(pointer), "PTR")]

    def _ask(self, name: str, kind: str) -> list:
        try:
            return list(self._resolver.resolve(name, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, UnicodeError) as error:
            raise NoAnswerError(name) from error


def _plain(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower().removesuffix(".")
