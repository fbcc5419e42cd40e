"""Addresses of signing in, sessions and sign-in addresses."""

from django.urls import path

from .views import accounts, addresses, code, proof, second_step, sessions, sign_in_providers, single_sign_on

urlpatterns = [
    # In place of the sign-in library's own: `wellbeing/urls.py` names these first.
    path("accounts/login/code/confirm/", code.CodePage.as_view(), name="account_confirm_login_code"),
    path("accounts/organisation/", single_sign_on.single_sign_on_start, name="single_sign_on_start"),
    path("accounts/organisation/<int:pk>/", single_sign_on.single_sign_on_back, name="single_sign_on_back"),
    path("single-sign-on/", sign_in_providers.sign_in_providers, name="sign_in_providers"),
    path("single-sign-on/new/", sign_in_providers.sign_in_provider_new, name="sign_in_provider_new"),
    path("single-sign-on/<int:pk>/", sign_in_providers.sign_in_provider, name="sign_in_provider"),
    path("single-sign-on/<int:pk>/change/", sign_in_providers.sign_in_provider_change, name="sign_in_provider_change"),
    path("single-sign-on/<int:pk>/on/", sign_in_providers.sign_in_provider_on, name="sign_in_provider_on"),
    path("single-sign-on/<int:pk>/off/", sign_in_providers.sign_in_provider_off, name="sign_in_provider_off"),
    path("single-sign-on/<int:pk>/check/", sign_in_providers.sign_in_provider_check, name="sign_in_provider_check"),
    path("single-sign-on/links/<int:pk>/", sign_in_providers.sign_in_link_forget, name="sign_in_link_forget"),
    path("you/second-step/", second_step.second_step, name="second_step"),
    path("you/sign-in-again/", second_step.sign_in_again, name="sign_in_again"),
    path("you/show-it-is-you/", proof.prove_by_code, name="prove_by_code"),
    path("you/show-it-is-you/go-on/", proof.prove_go_on, name="prove_go_on"),
    path("you/signed-in/", sessions.your_sessions, name="your_sessions"),
    path("you/signed-in/end/", sessions.session_end, name="session_end"),
    path("you/signed-in/end-all/", sessions.session_end_all, name="session_end_all"),
    path("you/signed-in/device/", sessions.session_device, name="session_device"),
    path("you/signed-in/left/", sessions.session_left, name="session_left"),
    path("accounts-list/", accounts.accounts, name="accounts"),
    path("people/<int:pk>/address/", addresses.address_ask, name="address_ask"),
    path("addresses/<int:pk>/", addresses.address_change, name="address_change"),
    path("addresses/link/<str:key>/", addresses.address_link, name="address_link"),
]
