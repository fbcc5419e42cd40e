"""Settings for every environment: development, demo, test and production (`ENVIRONMENT`).

Only what differs between machines is read from the environment. Rates, limits, deadlines and wording that belong to
a programme are rows in the database, never settings.
"""

from .accounts import *  # noqa: F403
from .application import *  # noqa: F403
from .data import *  # noqa: F403
from .environment import *  # noqa: F403
from .letters import *  # noqa: F403
from .mail import *  # noqa: F403
from .security import *  # noqa: F403
from .texts import *  # noqa: F403
from .watching import *  # noqa: F403
from .work import *  # noqa: F403
