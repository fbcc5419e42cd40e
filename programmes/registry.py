"""Where the apps above plug into programmes.

Each app's `contributions.register()` appends plain functions here. Nothing in this file knows an app above.
"""

# fn(user, programme) -> None or people.registry.Panel: what an app adds to a programme's page (its next events).
programme_panels = []


def panels_for(user, programme):
    """The Panels every app adds to the page of `programme` for `user`, in their order."""
    panels = [make(user, programme) for make in programme_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
