"""System checks for the installation as a whole; `manage.py check` and every start run them."""

from django.conf import settings
from django.core.checks import Error, register


@register()
def demo_mode_stays_out_of_production(app_configs, **kwargs):
    """Demo mode lets anyone look around as anyone: E001 refuses it in production, E002 a missing second factor."""
    problems = []
    if settings.PRODUCTION and settings.DEMO_MODE:
        problems.append(
            Error(
                "Demo mode is on in production: anyone could sign in as anyone.",
                hint="Unset DEMO_MODE, or set ENVIRONMENT=demo on a machine that holds invented people only.",
                id="wellbeing.E001",
            )
        )
    if settings.PRODUCTION and not settings.SECOND_FACTOR_REQUIRED:
        problems.append(
            Error(
                "SECOND_FACTOR_REQUIRED is off in production.",
                hint="Staff, finance and administrators reach other people's data: leave it on.",
                id="wellbeing.E002",
            )
        )
    return problems
