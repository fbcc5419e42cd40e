"""A programme with everyone a payment needs, and claims in every status."""

import hashlib
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse

from payments.models import Claim
from payments.policy import queries as policy_queries
from payments.runs.actions import runs
from programmes.models import Role
from tests import factories
from tests.helpers.runs import pay
from tests.helpers.shared import Shared
from wellbeing.lib import pdf


@pytest.fixture(scope="session")
def _scene(django_db_setup, django_db_blocker):
    yield from Shared.for_session("_scene", a_scene, django_db_blocker)


@pytest.fixture
def scene(_scene, db):
    """A programme with a policy, a person, two of staff, three of finance, and a stranger of another programme."""
    return _scene.copy()


@pytest.fixture(scope="session", autouse=True)
def _each_paper_is_drawn_once():
    """A page that is drawn again, with the same words and limits, is the same PDF: it is kept until the tests end."""
    draw, drawn = pdf.render, {}

    def render(html, *, css="", seconds=None, pages=None):
        limits = (seconds or settings.DOCUMENT_SECONDS, pages or settings.DOCUMENT_PAGES)
        key = hashlib.sha256(repr((html, css, limits)).encode()).digest()
        if key not in drawn:
            drawn[key] = draw(html, css=css, seconds=seconds, pages=pages)
        return drawn[key]

    pdf.render = render
    yield
    pdf.render = draw


def a_scene():
    programme = factories.a_programme("Wellbeing Invented")
    other = factories.a_programme("Another Programme")
    return SimpleNamespace(
        programme=programme,
        other=other,
        policy=factories.a_policy(programme),
        person=factories.with_role(programme, Role.LIVED_EXPERIENCE, "Petra Person"),
        staff=factories.with_role(programme, Role.STAFF, "Stan Staff"),
        staff_two=factories.with_role(programme, Role.STAFF, "Stella Staff"),
        finance=factories.with_role(programme, Role.FINANCE, "Fay Finance"),
        finance_two=factories.with_role(programme, Role.FINANCE, "Femi Finance"),
        finance_three=factories.with_role(programme, Role.FINANCE, "Fred Finance"),
        steering=factories.with_role(programme, Role.STEERING, "Sita Steering"),
        elsewhere=factories.with_role(other, Role.STAFF, "Elsa Elsewhere"),
        finance_elsewhere=factories.with_role(other, Role.FINANCE, "Finn Elsewhere"),
        stranger=factories.a_user("Stu Stranger"),
        administrator=factories.an_administrator(),
    )


@pytest.fixture
def claim_in(scene):
    """fn(status, user=the scene's person) -> a claim in that status, in a real run where the status needs one."""

    def make(status, user=None, **fields):
        person = (user or scene.person).person
        status = Claim.Status(status)
        if status not in {Claim.Status.IN_RUN, Claim.Status.PAID}:
            return factories.a_claim(scene.programme, person, status, policy=scene.policy, **fields)
        claim = factories.a_claim(scene.programme, person, Claim.Status.APPROVED, policy=scene.policy, **fields)
        run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
        if status == Claim.Status.PAID:
            pay(scene, run)
        claim.refresh_from_db()
        return claim

    return make


@pytest.fixture
def publish_on_pages(scene):
    """fn(client, programme, answers) -> the version that staff publish through the pages: draft, preview, publish."""

    def through(client, programme, answers):
        address = [programme.slug]
        response = client.post(reverse("policy_draft", args=address), answers)
        assert response.status_code == 302, response.content.decode()
        assert response.url == reverse("policy_preview", args=address)
        assert client.get(response.url).status_code == 200
        page = client.get(reverse("policy_publish", args=address))
        response = client.post(page.request["PATH_INFO"], {**page.context["form"].initial, "reason": "As agreed."})
        assert response.status_code == 302, response.content.decode()
        return policy_queries.policies(programme).order_by("-number").first()

    return through


@pytest.fixture(autouse=True)
def _one_factor_is_enough(settings):
    """The second factor has its own tests; here pages are reached without it."""
    settings.SECOND_FACTOR_REQUIRED = False
