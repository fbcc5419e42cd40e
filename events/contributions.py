"""What the events app adds to the apps below it."""


def register():
    """Called once, when the app is ready."""
