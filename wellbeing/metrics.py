"""Numbers for Prometheus at /metrics: how long pages take, what waits for workers, and which parts are alive.

Off until METRICS_TOKEN is set. Labels are names of views, methods, statuses and kinds of work: nothing of anybody.
"""

import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wellbeing import health


@require_safe
@never_cache
def metrics(request):
    """Answer the numbers to who shows METRICS_TOKEN ("Authorization: Bearer …").

    Raises Http404 where no token is set, and PermissionDenied for another one.
    """
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not secrets.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise PermissionDenied
    # In the image, but not in the demo: requirements/production.txt.
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    if settings.METRICS_DIR:
        # Each process of the web server counts its own pages in files there; here they are added up.
        MultiProcessCollector(registry, path=settings.METRICS_DIR)
    registry.register(Installation())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Installation:
    """Collects what is the same whichever process is asked."""

    def collect(self):
        """Yield the gauges. What cannot be known is left out, so that an alarm for a missing number rings."""
        from prometheus_client.core import GaugeMetricFamily

        alive = GaugeMetricFamily("wellbeing_part_alive", "1 when the part is there, else 0.", labels=["part"])
        problems = {"postgres": health.postgres_problem(), **health.redis_problems()}
        for part, problem in problems.items():
            # Without Redis nobody knows of the workers.
            if part not in health.HEARTS or not problems["redis"]:
                alive.add_metric([part], 0 if problem else 1)
        yield alive
        queues = GaugeMetricFamily("wellbeing_queue_tasks", "Tasks in the queue of a worker.", labels=["queue"])
        for queue, length in health.queue_lengths().items():
            if length is not None:
                queues.add_metric([queue], length)
        yield queues
        if not problems["postgres"]:
            yield from self._work()

    @staticmethod
    def _work():
        from prometheus_client.core import GaugeMetricFamily

        try:
            states = health.work_states()
        except DatabaseError:
            return
        words = {"waiting": "What waits for a worker.", "failed": "What failed and still concerns somebody."}
        for name, meaning in words.items():
            gauge = GaugeMetricFamily(f"wellbeing_work_{name}", meaning, labels=["work"])
            for key, state in states.items():
                gauge.add_metric([key], getattr(state, name))
            yield gauge
        oldest = GaugeMetricFamily(
            "wellbeing_work_oldest_seconds", "For how long the oldest has been due; 0 for none.", labels=["work"]
        )
        for key, state in states.items():
            oldest.add_metric([key], state.seconds)
        yield oldest
