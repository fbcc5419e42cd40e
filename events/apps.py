"""App config for events: registers what this app adds to the apps below it, and loads its first rows."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from events import contributions, reference_data

        contributions.register()
        post_migrate.connect(reference_data.load, sender=self)
