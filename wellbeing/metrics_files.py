"""Say in which files a process of the web server counts its pages. Imports no Django: gunicorn comes before it."""


def count_by_place(place):
    """Let this process of the web server count under `place`, the number of its place in the server.

    Called before anything is counted. The process that takes the place of one that ended goes on in its files: by
    process number there would be more of them with each restart.
    """
    from prometheus_client import values

    values.ValueClass = values.MultiProcessValue(lambda: place)
