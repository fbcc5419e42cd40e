"""The project's own app config: template tags, health and, in the demo, its roles."""

from django.apps import AppConfig

# Loaded with Django and not with the package, so that a process that needs neither (the decoding of a file, a health
# check) starts in a fraction of the time.
from .celery import app as celery_app  # noqa: F401  (tasks belong to the app that is there when they are first used)


class WellbeingConfig(AppConfig):
    name = "wellbeing"
    label = "wellbeing"

    def ready(self):
        # A worker says through health that it is alive.
        from . import health, installation  # noqa: F401
        from .demo import roles

        roles.register()
        installation.register()
