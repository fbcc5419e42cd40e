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
# Whose contact is Tamsin; that of everybody else is Ros.
TURN_TO_TAMSIN = ("winston", "zainab", "kofi", "moira")
# About whom, by whom, the words, and who is named to read it; "staff" is everybody in staff, "finance" who pays,
# "writer" nobody else.
NOTES = (
    ("winston", "tamsin", "Opens a meeting well: he has everybody talking in five minutes.", "staff"),
    (
        "dilys",
        "ros",
        "Would rather be rung than written to when something changes late. She told me on the phone.",
        "staff",
    ),
    ("zainab", "tamsin", "Thinking about standing for co-chair. Ask her again in the new year.", "ros"),
    (
        "moira",
        "ros",
        "Sends the receipts of three people in one envelope, hers among them.",
        "finance",
    ),
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
FORM_WORDS = (
    "Wellbeing Our Way is run by people who use health and care services, together with charities. You decide what you"
    " take part in, and how often. You are paid for your time and get your travel back.\n\nYou need no experience but"
    " your own. Somebody reads what you write and answers you within a week."
)
# Who wrote by the open form: (name, email, phone, what they wrote, what would help)
WROTE = (
    (
        "Effie Larkrise",
        "effie.larkrise@example.org",
        "",
        "I look after my brother. A friend told me about the curry day, and I would like to come to the next one.",
        "",
    ),
    (
        "Bertram Slowbridge",
        "",
        "01632 960777",
        "I saw your poster at the library.",
        "Please ring me. I do not read well.",
    ),
)
# Two records of one person, by a colleague who did not look: (name, email, phone)
TYPED_TWICE = (
    ("Elizabeth Fotheringway", "elizabeth.fotheringway@example.org", "01632 960888"),
    ("Liz Fotheringway", "liz.fotheringway@example.org", "01632 960888"),
)
# Who answers by themselves what they agree to, by purpose.
AGREED = {
    "maggie": {"sharing": True, "photo": True, "quotes": True, "contact": True},
    "winston": {"sharing": True, "photo": True},
    "noor": {"sharing": True, "photo": False},
    "kofi": {"photo": False, "quotes": True},
}
TOLD_BY_PHONE = {"sharing": True, "photo": False}
