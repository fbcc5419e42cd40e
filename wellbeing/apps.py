"""The project's own app config: template tags, checks that guard the whole installation."""

from django.apps import AppConfig


class WellbeingConfig(AppConfig):
    name = "wellbeing"
    label = "wellbeing"

    def ready(self):
        from . import health  # noqa: F401  (a worker says through it that it is alive)
        from .demo import roles

        roles.register()
