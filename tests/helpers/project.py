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
            if len(parts) > 2 and parts[2] == "actions" and not found.ispkg:
                yield import_module(found.name)


def public_functions():
    """Yield every public function of the rooms called actions, as a pytest parameter with its path."""
    for module in action_modules():
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield pytest.param(value, id=f"{module.__name__}.{name}")


ACTIONS = list(public_functions())


PAGES_THAT_ASK = {
    "address_ask",
    "address_change",
    "appointment",
    "creators",
    "joining_in_person",
    "programme_new",
    "bank_details_name_check",
    "approvers",
    "bank_details_confirm",
    "bank_file",
    "file_settings",
    "membership_new",
    "paying_account",
    "paying_account_new",
    "payment_run_sign",
    "person_edit",
    "programme_person_new",
    "prove_go_on",
    "run_file",
    "term_new",
    "your_bank_change",
}
