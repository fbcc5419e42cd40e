"""App config for people."""

from django.apps import AppConfig
from django.contrib.postgres.indexes import OpClass
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate
from django.db.models.indexes import IndexExpression
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self):
        from people import reference_data
        from people.accounts import (
            adapters,  # noqa: F401  (an address proved on the account page reaches the person)
            history,  # noqa: F401  (changes made by a worker name their task)
            sessions,  # noqa: F401  (setting up a second factor counts as having shown it)
        )
        from people.home import contributions

        contributions.register()
        # So that an index may name its kind of operators beside an expression. Django's own app for PostgreSQL would do
        # it, and ask each connection for types that we do not use.
        IndexExpression.register_wrappers(OrderBy, OpClass, Collate)
        post_migrate.connect(reference_data.load, sender=self)
