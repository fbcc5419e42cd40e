"""Gunicorn's settings: `gunicorn -c python:wellbeing.gunicorn wellbeing.wsgi`.

A host changes them through the environment; the reasons for the numbers are in docs/deploy.md.
"""

import itertools
import os
import shutil
import tempfile
from pathlib import Path

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = int(os.environ.get("WEB_GRACEFUL_SECONDS", "30"))
# Longer than the proxy keeps its idle connections, so that it is never the web server that hangs up first.
keepalive = 75
# Give memory back now and then; the jitter keeps two workers from doing it in the same moment.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file of a worker must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Requests are logged by wellbeing.logs, with their id and without personal links.
accesslog = None
if os.environ.get("ENVIRONMENT") == "production":
    logconfig_dict = {
        "formatters": {"json": {"()": "wellbeing.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"level": "INFO", "handlers": ["console"]},
        "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False}},
    }
# Nobody manages a running server through gunicorn's own socket; a container replaces it.
control_socket_disable = True
# The address whose X-Forwarded-… headers are believed: the proxy's, or * where nothing but the proxy can reach
# us.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")

if os.environ.get("METRICS_TOKEN"):
    # Empty at each start, as the server's other numbers are. On a disk that others do not share.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="wellbeing-metrics-")

    def on_exit(server):  # noqa: ARG001  (as gunicorn calls it)
        """Remove what the processes counted."""
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)

    def pre_fork(server, worker):
        """Give each new process the first place that none of those alive has."""
        taken = {other.place for other in server.WORKERS.values()}
        worker.place = next(place for place in itertools.count() if place not in taken)

    def post_fork(server, worker):  # noqa: ARG001  (as gunicorn calls it)
        """Let the process count by its place, before the application begins to count."""
        from wellbeing import metrics_files

        metrics_files.count_by_place(worker.place)
