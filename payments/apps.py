"""App config for payments: registers what this app adds to the apps below it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "payments"
    verbose_name = _("Payments")

    def ready(self):
        from payments import contributions, reference_data

        contributions.register()
        post_migrate.connect(reference_data.load, sender=self)
