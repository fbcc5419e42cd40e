"""Every address of the project. Apps are named by string only."""

from django.contrib import admin
from django.urls import include, path

from . import gallery, health, metrics

# Without its pages for accounts of other sites: single sign-on has its own.
SIGN_IN_LIBRARY = [path("", include("allauth.account.urls")), path("2fa/", include("allauth.mfa.urls"))]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/progress/", gallery.gallery_progress, name="gallery_progress"),
    path("admin/", admin.site.urls),
    path("", include("people.urls")),
    path("accounts/", include(SIGN_IN_LIBRARY)),
    path("", include("programmes.urls")),
    path("", include("events.urls")),
    path("", include("payments.urls")),
]

handler400 = "wellbeing.limits.bad_request"
handler500 = "wellbeing.limits.server_error"
