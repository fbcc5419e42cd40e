"""The event of the story that is full: who came first, who waits, and who cannot come after all."""

from events.models import Event

from .clock import THU

PARK = {
    "title": "Breathing out: an afternoon in the park café",
    "kind": Event.Kind.COMMUNITY,
    "purpose": (
        "The café is small and warm, so there are few places. We walk as far as each of us likes, and then write down "
        "over tea what a park does for body and mind."
    ),
    "day": (3, THU),
    "times": ((13, 30), (16, 0)),
    "reply_by": (2, THU),
    "venue_name": "The Bandstand Café",
    "venue_address": "Invented Park\nLarkhampton\nZZ9 3EF",
}
NUMBER, KEPT = 8, 5
# In the order of their replies: eight found a place, the next four wait. Shanelle cannot come after all.
CAME_FIRST = ("beatrix", "callista", "rafael", "shanelle", "yusuf", "winston", "kofi", "noor")
# The first of them waits to be rung, so their place is kept until somebody has rung.
WAIT = ("dilys", "zainab", "tunde", "moira")
DROPS_OUT = "shanelle"
SILENT = ("ellis", "callum", "harriet")
# People to ask again: the name of the list, and who is on it.
GOOD_WITH_NEWCOMERS = ("Good with newcomers", ("maggie", "winston", "dilys", "kofi", "aoife"))
# Who says how often they wish to be asked: how many times in how many months.
WISHES = (("rosa", 1, 6), ("pip", 3, 12))
