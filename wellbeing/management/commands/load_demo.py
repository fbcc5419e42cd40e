"""`manage.py load_demo`: the demo programme, loaded once and moved along with today ever after."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wellbeing.demo import load, roles, shift_dates


class Command(BaseCommand):
    help = (
        "Loads the demo programme, or, where it is loaded, moves its dates along with today and keeps everything else. "
        "Prints who can sign in. Never in production."
    )

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("This is production. The demo's invented people do not belong beside real ones.")
        try:
            if not load.load():
                weeks = shift_dates.move_to_this_week()
                if weeks:
                    self.stdout.write(f"The demo's dates have moved on by {weeks} week{'s' if weeks > 1 else ''}.\n\n")
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Who can sign in:\n")
        people = roles.demo_roles()
        widths = [max(len(str(getattr(role, name))) for role in people) for name in ("label", "name")]
        for role in people:
            self.stdout.write(f"  {role.label!s:<{widths[0]}}  {role.name:<{widths[1]}}  {role.email}\n")
