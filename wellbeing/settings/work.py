"""Work outside pages: mail, documents, workers and their timetable."""

import os

from celery.schedules import crontab, schedule

from .application import TIME_ZONE
from .data import REDIS_PREFIX, REDIS_URL
from .environment import DATA_DIR, DEMO_MODE, from_environment

# Mail: django-anymail backends by EMAIL_BACKEND, plain SMTP otherwise. In the demo, mail stays in the demo mailbox.

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND") or (
    "people.messages.demo_mail.DemoMailboxBackend" if DEMO_MODE else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = from_environment("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "false") == "true"
EMAIL_TIMEOUT = 20
# How long a worker may hold a message before another takes it to be dead and sends it again. Longer than one message
# may take at EMAIL_TIMEOUT a step.
OUTBOX_LEASE_SECONDS = int(os.environ.get("OUTBOX_LEASE_SECONDS", "120"))
DEFAULT_FROM_EMAIL = from_environment("DEFAULT_FROM_EMAIL", "Wellbeing Together <hello@example.org>")

# Documents

# Processor time (seconds) and pages that one PDF may take: a letter that would take more is set apart with its reason.
LETTER_SECONDS, LETTER_PAGES = 30, 60
DOCUMENT_SECONDS, DOCUMENT_PAGES = 15 * 60, 3000

# Workers

# Long work that has shown no sign of life for this long has lost its worker, and is started again elsewhere.
JOB_SILENCE_SECONDS = int(os.environ.get("JOB_SILENCE_SECONDS", "120"))
# Celery has its own word for a Redis on a socket.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
# How many tasks may use one connection to the database before Celery closes it, whatever it is like. A new one costs a
# short task more than its work, so that is left to Django: it knows a connection that is too old, or broken.
CELERY_DB_REUSE_MAX = 1_000_000
# Files that people send are opened by a worker of their own (`-Q receipts`), so that no message waits behind them.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "payments.tasks.clean_receipt": {"queue": "receipts"},
    "payments.tasks.sweep_receipts": {"queue": "receipts"},
    "events.tasks.clean_paper": {"queue": "receipts"},
    "events.tasks.sweep_papers": {"queue": "receipts"},
    "programmes.tasks.clean_decision_file": {"queue": "receipts"},
    "programmes.tasks.sweep_decision_files": {"queue": "receipts"},
    "programmes.tasks.clean_evidence": {"queue": "receipts"},
    "programmes.tasks.sweep_evidence": {"queue": "receipts"},
    "programmes.tasks.clean_welcome_copy": {"queue": "receipts"},
    "programmes.tasks.sweep_welcome_copies": {"queue": "receipts"},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60 * 60,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "global_keyprefix": f"{REDIS_PREFIX}:",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page never waits long for a broker that is down: the sweep of messages picks the work up later.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1}
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "people.tasks.sweep_outbox", "schedule": schedule(30)},
    "read-bounces": {"task": "people.tasks.read_bounces", "schedule": schedule(180), "options": {"expires": 170}},
    "give-tasks": {"task": "people.tasks.give_tasks", "schedule": schedule(300)},
    "follow-letters": {"task": "people.tasks.follow_letters", "schedule": schedule(600), "options": {"expires": 590}},
    "sweep-jobs": {"task": "people.tasks.sweep_jobs", "schedule": schedule(30)},
    "purge-sessions": {"task": "people.tasks.purge_sessions", "schedule": crontab(minute=25)},
    "carry-out-address-changes": {"task": "people.timed.carry_out_address_changes", "schedule": schedule(60)},
    "sweep-receipts": {
        "task": "payments.tasks.sweep_receipts",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "sweep-evidence": {
        "task": "programmes.tasks.sweep_evidence",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "sweep-welcome-copies": {
        "task": "programmes.tasks.sweep_welcome_copies",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "sweep-papers": {
        "task": "events.tasks.sweep_papers",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "sweep-decision-files": {
        "task": "programmes.tasks.sweep_decision_files",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "send-reminders": {"task": "programmes.tasks.send_reminders", "schedule": crontab(hour=9, minute=5)},
    # Once an hour in the day: texts wake nobody, and what one run left out comes with the next.
    "send-joining-details": {
        "task": "events.tasks.send_joining_details",
        "schedule": crontab(minute=35, hour="9-18"),
    },
    "keep-up-waiting-lists": {
        "task": "events.tasks.keep_up_waiting_lists",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "follow-events": {"task": "events.tasks.follow_events", "schedule": crontab(hour=8, minute=40)},
    "gather-needs": {"task": "events.tasks.gather_needs", "schedule": crontab(hour=4, minute=50)},
    "seal-decisions": {"task": "programmes.tasks.seal_decisions", "schedule": crontab(hour=4, minute=20)},
    "purge-decision-drafts": {
        "task": "programmes.tasks.purge_decision_drafts",
        "schedule": crontab(hour=3, minute=45),
    },
    "clear-imports": {"task": "programmes.tasks.clear_imports", "schedule": crontab(hour=3, minute=35)},
    "clear-merges": {"task": "programmes.tasks.clear_merges", "schedule": crontab(hour=3, minute=40)},
    "find-doubles": {"task": "programmes.tasks.find_doubles", "schedule": crontab(hour=3, minute=45)},
    "remove-files": {"task": "people.timed.remove_files", "schedule": schedule(120), "options": {"expires": 110}},
    "keep-no-longer": {"task": "people.timed.keep_no_longer", "schedule": crontab(hour=2, minute=20)},
    "purge-form-drafts": {"task": "payments.tasks.purge_form_drafts", "schedule": crontab(hour=3, minute=40)},
    "monthly-reports": {"task": "payments.tasks.make_monthly_reports", "schedule": schedule(1800)},
}
CELERY_BEAT_SCHEDULER = "wellbeing.health:HeartbeatScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
