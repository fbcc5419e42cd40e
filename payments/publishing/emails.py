"""The notice that tells invited people what changes for them."""

from payments.shared.emails import draft_message
from people.messages.emails import absolute_url


def policy_changed(version, person, changed):
    """Say what was and what is now, for each event `person` was invited to: `changed` holds their Concerned."""
    context = {
        "version": version,
        "changed": changed,
        "link": absolute_url("policy", version.programme.slug),
    }
    return draft_message(
        f"policy-changed-{version.pk}-{person.pk}", "policy_changed", person, version.programme, context
    )
