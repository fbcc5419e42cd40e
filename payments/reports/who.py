"""Say who is behind a change of the history: a person, a personal link, or the work that made it, in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from people import registry
from people.models import Person

# A task by its name in Celery; of long work the history knows the kind, and `JobKind.title` has the words.
TASKS = {
    "payments.tasks.clean_receipt": _lazy("Checking receipts"),
    "payments.tasks.make_letters": _lazy("Making letters"),
    "payments.tasks.make_monthly_reports": _lazy("Monthly reports"),
    "payments.tasks.purge_form_drafts": _lazy("Clearing forms that were never sent"),
    "payments.tasks.remind_before_the_time_to_claim_ends": _lazy("Reminders of claims not sent"),
    "payments.tasks.sweep_receipts": _lazy("Receipts still to be checked"),
    "programmes.tasks.purge_decision_drafts": _lazy("Clearing words about proposals that were never sent"),
    "events.tasks.send_joining_details": _lazy("Telling people how to get to an event"),
    "events.tasks.follow_events": _lazy("Thanking who came to events, and closing feedback"),
    "events.tasks.gather_needs": _lazy("Arranging for what people need at events"),
    "events.tasks.keep_up_waiting_lists": _lazy("Places on waiting lists"),
    "programmes.tasks.seal_decisions": _lazy("Sealing decisions of before"),
    "people.tasks.follow_letters": _lazy("Asking which letters were posted"),
    "people.tasks.give_tasks": _lazy("Giving tasks to colleagues who are there"),
    "people.tasks.purge_sessions": _lazy("Clearing old sign-ins"),
    "people.tasks.read_bounces": _lazy("Reading emails that came back"),
    "people.tasks.run_job": _lazy("Long work"),
    "people.tasks.send_messages": _lazy("Sending messages"),
    "people.tasks.sweep_jobs": _lazy("Long work that stopped"),
    "people.tasks.sweep_outbox": _lazy("Messages still to be sent"),
    "people.timed.carry_out_address_changes": _lazy("Changes of sign-in addresses"),
    "people.timed.remove_files": _lazy("Removing files that could not be removed before"),
    "people.timed.keep_no_longer": _lazy("Removing what was kept long enough"),
    "events.tasks.clean_paper": _lazy("Checking papers of events"),
    "events.tasks.sweep_papers": _lazy("Papers of events still to be checked"),
    "programmes.tasks.clean_welcome_copy": _lazy("Checking papers of welcome packs"),
    "programmes.tasks.sweep_welcome_copies": _lazy("Papers of welcome packs still to be checked"),
    "programmes.tasks.clean_decision_file": _lazy("Checking documents of proposals"),
    "programmes.tasks.sweep_decision_files": _lazy("Documents of proposals still to be checked"),
    "programmes.tasks.clean_evidence": _lazy("Checking files of evidence"),
    "programmes.tasks.sweep_evidence": _lazy("Files of evidence still to be checked"),
    "programmes.tasks.clear_merges": _lazy("Deleting what undoes records put together, once its time is over"),
    "programmes.tasks.find_doubles": _lazy("Looking for two records of one person"),
    "programmes.tasks.clear_imports": _lazy("Deleting files of imports whose time is over"),
    "programmes.tasks.send_reminders": _lazy("Reminders"),
}


class Names:
    """The names behind the ids of the history, each queried once."""

    def __init__(self):
        self.people, self.users = {None: ""}, {None: ""}
        # The references of the rows that the event just read is about: there may be too many of them to keep.
        self.references = {}
        self.rows = {}

    def of_user(self, pk):
        """Return the name of the person of an account, or its id where the account is gone."""
        if pk not in self.users:
            self.users[pk] = Person.objects.filter(user=pk).values_list("full_name", flat=True).first() or f"#{pk}"
        return self.users[pk]

    def of_person(self, pk):
        """Return the name of a person, or their id where they are gone."""
        if pk not in self.people:
            self.people[pk] = Person.objects.filter(pk=pk).values_list("full_name", flat=True).first() or f"#{pk}"
        return self.people[pk]

    def of_row(self, model, pk):
        """Return the reference of a row, or how it is named on pages; its kind and number where it is gone."""
        if reference := self.references.get((model, pk)):
            return reference
        if (model, pk) not in self.rows:
            row = model._default_manager.filter(pk=pk).first()
            self.rows[model, pk] = str(row) if row else f"{model._meta.verbose_name} {pk}"
        return self.rows[model, pk]

    def of_context(self, metadata):
        """Say who made a change, by the `metadata` of its context in the history, or None. Never empty."""
        context = metadata or {}
        if context.get("user"):
            return self.of_user(context["user"])
        if context.get("job"):
            kind = registry.job_kinds.get(context["job"])
            return _("%(work)s (automatic)") % {"work": kind.title if kind else context["job"]}
        if context.get("task"):
            return _("%(work)s (automatic)") % {"work": TASKS.get(context["task"], context["task"])}
        # A page or an action without a user: the secret link of a message, opened without signing in.
        if context.get("action") or context.get("path"):
            return _("By a personal link")
        if "seed" in context:
            return _("Invented data")
        return _("Not recorded")
