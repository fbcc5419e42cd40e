"""Addresses of the programmes app, gathered from its wings."""

from django.urls import include, path

WINGS = (
    *(
        "programme",
        "reminders",
        "groups",
        "members",
        "taking_part",
        "contacts",
        "packs",
        "directory",
        "doubles",
        "importing",
        "involved",
        "heard",
    ),
    *("decisions", "language", "wording", "impact", "reviews", "participation", "dashboard", "pages"),
)

urlpatterns = [path("", include(f"programmes.{wing}.urls")) for wing in WINGS]
