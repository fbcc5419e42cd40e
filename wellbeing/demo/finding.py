"""The directory of the demo: areas, tags, notes and organisations that are no partners."""

from people.models import Organisation

AREAS = {
    "Larkhampton": ("maggie", "winston", "kofi", "noor", "beatrix", "yusuf", "ellis", "harriet"),
    "Otterby": ("dilys", "zainab", "tunde", "callista", "rafael"),
    "Millcross": ("moira", "callum", "aoife", "shanelle"),
}
TAGS = {
    "Speaks at events": ("maggie", "winston", "zainab"),
    "Good at plain English": ("dilys", "noor", "callista"),
    "Tests new pages": ("kofi", "ellis"),
}
# About whom, by whom, the words, and who is named to read it; "staff" is everybody in staff, "writer" nobody else.
NOTES = (
    ("winston", "tamsin", "Opens a meeting well: he has everybody talking in five minutes.", "staff"),
    (
        "dilys",
        "ros",
        "Would rather be rung than written to when something changes late. She told me on the phone.",
        "staff",
    ),
    ("zainab", "tamsin", "Thinking about standing for co-chair. Ask her again in the new year.", "ros"),
    ("kofi", "ros", "Send him the new pages a week early: he likes to try them on his old phone.", "writer"),
)
ORGANISATIONS = (
    {
        "name": "Larkhampton and Wend NHS Trust",
        "kind": Organisation.Kind.HEALTH,
        "about": "Three hospitals and the community nurses. Lends us its teaching rooms.",
        "email": "involvement@larkhampton.example.org",
        "phone": "020 7946 0321",
        "postal_address": "Invented Road\nLarkhampton\nZZ9 4AA",
        "website": "https://larkhampton.example.org",
    },
    {
        "name": "Invented Lives Fund",
        "kind": Organisation.Kind.FUNDER,
        "about": "Pays for the programme, and reads its report each spring.",
        "email": "grants@lives.example.org",
    },
)
