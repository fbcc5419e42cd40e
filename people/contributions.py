"""What the people app itself adds to its own registries."""


def register():
    """Called once, when the app is ready."""
