"""Project package: settings, addresses, workers and the ground floor (`wellbeing.lib`) every app stands on."""

import gc

# Python looks for garbage after every 700 new objects unless told otherwise: a fifth of the time a process takes to
# start, as what it imports is there for good, and a part of each page.
gc.set_threshold(50_000, 20, 20)
