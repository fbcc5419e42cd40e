"""Draw the panels that other apps add to a page of this one."""

from django.template.loader import render_to_string


def rendered(request, panels):
    """Return each panel as HTML, drawn with its own context, in the order given."""
    return [render_to_string(panel.template, panel.context, request=request) for panel in panels]
