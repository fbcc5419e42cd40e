"""Opening files that people send: runs in a process of its own, without Django, database or secrets.

`wellbeing.lib.uploads` starts `python -m wellbeing.lib.decoding` for each file and reads its answer. Nothing in here
may import Django, an app or the settings: a file that takes over its decoder must find nothing there.
"""
