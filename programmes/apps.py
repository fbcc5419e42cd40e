"""App config for programmes: registers what this app adds to the apps below it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self):
        from programmes import contributions, reference_data

        contributions.register()
        post_migrate.connect(reference_data.load, sender=self)
