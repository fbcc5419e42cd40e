"""Reports of errors to a tracker that speaks Sentry's protocol: where in the code something failed, and nothing else.

Off until SENTRY_DSN is set. A report is made anew from the few fields named here, so that a new field of the library
stays out. The words of an error may hold a name: they stand in the log alone, under the same request id.
"""

from wellbeing.logs import impersonal, request_id

KEPT = ("event_id", "timestamp", "level", "platform", "environment", "release", "sdk", "logger")
KEPT_OF_A_FRAME = (
    *("filename", "function", "module", "lineno", "in_app"),
    *("pre_context", "context_line", "post_context"),
)


def start(dsn, environment, release):
    """Send errors to the tracker at `dsn` from now on."""
    # In the image, but not in the demo: requirements/production.txt.
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.django import DjangoIntegration

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        before_send=report,
        before_send_transaction=lambda event, hint: None,
        before_breadcrumb=lambda crumb, hint: None,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        auto_session_tracking=False,
        # Else every request to another service would carry what ties it to a report.
        trace_propagation_targets=[],
        server_name="",
        # Others look at what is installed and send more.
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(transaction_style="function_name", middleware_spans=False, signals_spans=False),
            CeleryIntegration(propagate_traces=False),
        ],
    )


def report(event, _hint):
    """Return the report that leaves: type and place of each error of `event`, the view or task, the request id."""
    kept = {name: event[name] for name in KEPT if name in event}
    kept["tags"] = {"request_id": request_id.get()} if request_id.get() else {}
    # The name of a view or a task; anything else may be an address with a key in it.
    if event.get("transaction_info", {}).get("source") in {"component", "task"}:
        kept["transaction"] = event["transaction"]
    if "exception" in event:
        kept["exception"] = {"values": [_error(value) for value in event["exception"].get("values", [])]}
    elif "logentry" in event:
        # As it stands in the code, before anything is put into it.
        kept["logentry"] = {"message": impersonal(str(event["logentry"].get("message", "")))}
    return kept


def _error(value):
    error = {"type": value.get("type"), "module": value.get("module"), "value": ""}
    frames = (value.get("stacktrace") or {}).get("frames", [])
    error["stacktrace"] = {
        "frames": [{name: frame[name] for name in KEPT_OF_A_FRAME if name in frame} for frame in frames]
    }
    return error
