"""Addresses of tests that fail with personal data in every place from which a report could take it."""

import logging

from celery import shared_task
from django.urls import path
from django.utils.functional import SimpleLazyObject

logger = logging.getLogger(__name__)


@shared_task
def failing_task(name):
    """Fail with `name` in the error and among what the task was called with."""
    raise LookupError(f"{name} is not there")


def fail(request, address):
    """Fail with what came in the request, in variables and in the words of two errors."""
    account = request.POST["account"]
    request.user = SimpleLazyObject(lambda: None)
    logger.error("%s of %s was not found", account, address)
    try:
        raise ValueError(f"{account} of {address}")
    except ValueError as error:
        raise RuntimeError(f"Nothing for {request.POST['name']}") from error


urlpatterns = [path("r/<str:address>/", fail)]
