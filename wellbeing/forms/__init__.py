"""The form kit: how every form of the site is drawn, and the fields plain Django lacks.

`rendering.FormRenderer` is the project's FORM_RENDERER; through its `bound_field_class` every form, allauth's too,
gets our CSS classes, links between a field and its hint and error, and errors that say how to mend them.
"""
