"""Addresses of welcome packs."""

from django.urls import path

from .views import packs

_PACK = "programmes/<slug:slug>/welcome-pack/"

urlpatterns = [
    path(_PACK, packs.welcome_pack, name="welcome_pack"),
    path(f"{_PACK}papers/new/", packs.welcome_paper_new, name="welcome_paper_new"),
    path(f"{_PACK}papers/<int:pk>/formats/new/", packs.welcome_copy_new, name="welcome_copy_new"),
    path(f"{_PACK}papers/<int:pk>/take-out/", packs.welcome_paper_take_out, name="welcome_paper_take_out"),
    path(f"{_PACK}publish/", packs.welcome_pack_publish, name="welcome_pack_publish"),
    path(f"{_PACK}give/", packs.welcome_pack_give, name="welcome_pack_give"),
    path(f"{_PACK}given/<int:pk>/posted/", packs.welcome_pack_posted, name="welcome_pack_posted"),
    path(f"{_PACK}files/<int:pk>/", packs.welcome_copy, name="welcome_copy"),
]
