"""Requests too large to take."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_oversized_request_is_refused_before_it_is_read(client, settings):
    response = client.post(
        reverse("account_login"),
        data=b"x",
        content_type="application/octet-stream",
        headers={"content-length": str(settings.UPLOAD_MAX_BYTES * 2)},
    )
    assert response.status_code == 413
    assert "too" in response.content.decode()


def test_a_form_with_an_endless_field_is_told_it_is_too_large(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post(reverse("account_login"), {"login": "x" * 2000})
    assert response.status_code == 413


def test_an_announced_length_that_is_no_number_is_not_an_error(client):
    assert client.get(reverse("home"), headers={"content-length": "many"}).status_code == 200
