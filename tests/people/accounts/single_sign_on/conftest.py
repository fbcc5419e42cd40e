"""An organisation's provider that runs, and people of the organisation."""

import pytest

from programmes.models import Role
from tests.factories import a_programme, a_user, with_role
from tests.factories.single_sign_on import DOMAIN, a_provider
from tests.helpers.openid import OpenIdServer


@pytest.fixture(scope="session")
def running_server():
    """The provider's own web server, for all tests."""
    with OpenIdServer() as running:
        yield running


@pytest.fixture
def server(running_server):
    """The provider's own web server, with no trouble."""
    running_server.troubles, running_server.slow, running_server.asked = {}, 0, []
    return running_server


@pytest.fixture
def provider(db, server):
    """The provider as an administrator wrote it down, switched on."""
    return a_provider(server.discovery_url)


@pytest.fixture
def nia(db, server):
    """Somebody with an account here and one at the organisation, and no role."""
    server.know("sub-nia", f"nia@{DOMAIN}")
    return a_user("Nia Invented", email=f"nia@{DOMAIN}")


@pytest.fixture
def stella(db, server):
    """Staff of a programme, who work at the organisation."""
    server.know("sub-stella", f"stella@{DOMAIN}")
    return with_role(a_programme(), Role.STAFF, user=a_user("Stella Staff", email=f"stella@{DOMAIN}"))
