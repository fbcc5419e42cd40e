"""The project looked at from outside: its models, its actions, and its pages that ask for proof."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django.apps import apps

OUR_APPS = ("people", "programmes", "events", "payments")


def our_models():
    """Return every model of our apps but those that keep history."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and not hasattr(model, "pgh_tracked_model")
    ]


def action_modules():
    """Every module of every room called actions."""
    for label in OUR_APPS:
        for found in pkgutil.walk_packages(import_module(label).__path__, f"{label}."):
            parts = found.name.split(".")
            if "actions" in parts[2:] and not found.ispkg:
                yield import_module(found.name)


def public_functions():
    """Yield every public function of the rooms called actions, as a pytest parameter with its path."""
    for module in action_modules():
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield pytest.param(value, id=f"{module.__name__}.{name}")


ACTIONS = list(public_functions())


# Pages that ask again who somebody is, and the visitor of tests.world who may open each; "" for those tried elsewhere.
PAGES_THAT_ASK = {
    "address_ask": "staff",
    "address_change": "staff",
    "person_supporter": "staff",
    "your_supporter": "owner",
    "appointment": "finance",
    "creators": "admin",
    "joining_in_person": "staff",
    "programme_new": "admin",
    "sign_in_provider_new": "admin",
    "sign_in_provider_change": "admin",
    "sign_in_provider_on": "admin",
    "sign_in_provider_off": "admin",
    "sign_in_link_forget": "admin",
    "bank_details_name_check": "finance",
    "approvers": "staff",
    "bank_details_confirm": "finance",
    "bank_file": "finance",
    "file_settings": "finance",
    "membership_new": "staff",
    "terms_new": "staff",
    "paying_account": "finance",
    "paying_account_new": "finance",
    "payment_run_sign": "finance",
    "person_edit": "staff",
    "programme_person_new": "staff",
    "needs_in_emergency": "finance",
    "privacy_request": "admin",
    "copy_file": "owner",
    "erasure_ask": "owner",
    "people_group": "staff",
    "people_imports": "staff",
    "people_import_bring_in": "staff",
    "people_import_welcome": "staff",
    "people_import_undo": "staff",
    "run_file": "finance",
    "term_new": "staff",
    "term_renew": "staff",
    "prove_go_on": "",
    "your_bank_change": "",
    "bank_details_override": "finance",
    "payee_bank": "finance",
    "payee_method": "finance",
    "payment_run_accounts": "finance",
}
