"""Bank details given and checked, and a run signed, by the product's own actions."""

from payments.payees.actions import bank
from payments.runs.actions import runs
from tests import factories

GIVEN = {"account_name": "Petra Person", "sort_code": "08-99-99", "account_number": "66374958"}


def give(user, **changes):
    return bank.save(person=user.person, by=user, **{**GIVEN, **changes})


def check(scene, details, by=None, **changes):
    factories.owe(scene.programme, details.person)
    values = {"how": "Rang the number we had.", "seen": details.changed_at, **changes}
    return bank.confirm(details=details, programme=scene.programme, by=by or scene.finance_two, **values)


def signed_run(scene, claims):
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    return runs.sign_off(run=run, by=scene.finance_two)
