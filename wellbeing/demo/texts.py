"""The texts of the demo: its programme, its agreed language and own words, and what staff write to people."""

from typing import Any

PROGRAMME = {
    "name": "Wellbeing Our Way",
    "short_code": "WOW",
    "purpose": (
        "People with lived experience and charities work out together what helps people live well with a long-term "
        "physical or mental health condition, and change services to match.\n\n"
        "We work by the 4Pi standards: principles, purpose, presence, process and impact. People with lived experience "
        "are in the room when decisions are made, are paid for their time, and are told what came of it."
    ),
    "host": "The Many Voices Alliance",
    "host_address": "The Old Pumphouse\n12 Invented Lane\nFernport\nFP1 0ZZ",
    "host_number": "Registered charity 0000001",
    "letters_signed_by": "Leopold Ashgrove",
    "letters_signed_as": "Head of finance",
    "funder": "The Health Foundation",
    "cost_code": "WOW-4110",
    "contact_name": "Rosalind Merrowby",
    "contact_email": "wellbeing.our.way@example.org",
    "contact_phone": "01632 960100",
}
WHY_THIS_POLICY = "It is what the partners and the people who wrote the bid agreed with the funder."
AWAY_DAY = "Our team is away together"
STOCKTAKING = "Our finance system is closed"

# Its IT has not given the client ID and secret yet, so it is off.
SINGLE_SIGN_ON: dict[str, Any] = {
    "name": "Lanternlight",
    "domains": ["lanternlight.example.org"],
    "discovery_url": "https://sign-in.lanternlight.example.org/.well-known/openid-configuration",
}

NEXT_DOOR = {
    "name": "Breathing Space Fernport",
    "short_code": "BSF",
    "purpose": "People in Fernport who live with asthma plan calmer, warmer waiting rooms with the staff who run them.",
    "host": "Fernport Community Health",
    "funder": "The Invented Harbour Trust",
    "cost_code": "BSF-01",
    "contact_name": "Hester Windlebury",
    "contact_email": "breathing.space@example.org",
}
STEERING_PURPOSE = (
    "Agrees what the programme does and how the money is spent. At least half of its members have lived "
    "experience, and "
    "it cannot decide without them."
)
COMMUNITY_PURPOSE = "Partner charities and people with lived experience show each other what works, every two months."

# (we say, we do not say, why)
AGREED_TERMS = (
    (
        "people with lived experience",
        "service users, patient representatives",
        "“Service user” says what you get. “Lived experience” says what you bring. The room chose it with one voice.",
    ),
    (
        "living with",
        "suffering from, victim of",
        "Some days are suffering. People are more than those days, and they will say so themselves if they wish.",
    ),
    (
        "working together",
        "engagement activity, consultation exercise",
        "If we mean doing it together, we say so. If we only mean asking, we say that instead.",
    ),
)
AGREED_AT = "The curry and co-production day"

# The programme's own words for what it tells people: (kind of message, language, words).
OWN_WORDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "invitation",
        "en",
        {
            "subject": "Come and help: {event}, {day}",
            "words": (
                "Hello {name},\n\nWe would love to have you with us at “{event}”. Come as you are: you can leave early,"
                " turn your camera off, or only listen.\n\n{details}\n\nIf anything worries you about coming, ring"
                " {contact} on {phone}. We will find a way.\n\nAll of us at {programme}"
            ),
            "short": "{programme}: will you come to {event} on {day}? Answer YES or NO, or open: {link}",
        },
    ),
    (
        "invitation",
        "ur",
        {
            "subject": "آپ کو دعوت ہے: {event}",
            "words": (
                "السلام علیکم {name}،\n\nہم چاہتے ہیں کہ آپ “{event}” میں ہمارے ساتھ شریک ہوں۔ تفصیل انگریزی میں نیچے"
                " لکھی ہے۔ ہم آپ کے لیے اردو مترجم کا انتظام کریں گے۔\n\n{details}\n\nاگر آپ کو مدد چاہیے تو"
                " {contact} سے {phone} پر بات کریں۔"
            ),
            "short": "آپ کو {event} میں آنے کی دعوت ہے: {link}",
        },
    ),
    (
        "claim_received",
        "en",
        {
            "subject": "Thank you: we have your claim {reference}",
            "words": (
                "Hello {name},\n\nThank you for taking part in {claim}. Your claim of {amount} has reached"
                " us.\n\n{details}"
            ),
        },
    ),
)

LETTER_ABOUT_THE_BUS = (
    "The bus to the next meeting",
    "The 14 now stops outside the hall. It leaves Otterby at 9:35am.\n\n"
    "Jean can come with you. We pay for her ticket too.\n\nRos",
)
LETTER_ABOUT_A_PHOTO = (
    "May we use your photo?",
    "We have a good photo of you and Jean from the curry day. We would like it on our poster.\n\n"
    "You can say yes or no. Please ring us, or tell us at the next meeting.\n\nRos",
)
