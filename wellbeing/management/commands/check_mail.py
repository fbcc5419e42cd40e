"""`manage.py check_mail`: says what emails of this installation lack to arrive, and what to do. Sends nothing."""

import ipaddress

from django.core.management.base import BaseCommand, CommandError

from people.messages.mail_check.checking import look
from people.messages.mail_check.names import Names


class Command(BaseCommand):
    help = "Looks at the mail server, the mailbox for bounces and the DNS of DEFAULT_FROM_EMAIL. Changes nothing."

    def add_arguments(self, parser):
        """Take the name server to ask and the address that emails leave from."""
        parser.add_argument("--nameserver", default="", help="the IP address of a name server, perhaps with :port")
        parser.add_argument("--address", default="", help="the public IP address that emails leave from")

    def handle(self, *, nameserver, address, **options):
        for name, value in (("--nameserver", nameserver.partition(":")[0]), ("--address", address)):
            try:
                ipaddress.ip_address(value or "127.0.0.1")
            except ValueError as error:
                raise CommandError(f"{name} must be an IP address, not {value}.") from error
        found = look(Names(nameserver), address=address)
        for finding in found:
            self.stdout.write(f"{'ok     ' if finding.is_well else 'MISSING'}  {finding.title}: {finding.found}")
            if finding.do:
                self.stdout.write(f"         What to do: {finding.do}")
        missing = sum(not finding.is_well for finding in found)
        if missing:
            raise CommandError(f"{missing} of {len(found)} are missing or wrong. docs/deploy.md explains each line.")
        self.stdout.write("Nothing is missing.")
