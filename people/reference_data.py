"""Rows that every installation begins with: how long safety steps wait, how each channel sends, how letters are posted.

They are loaded after `migrate` and after the tables were emptied, where they are missing.
"""

import datetime as dt

from wellbeing.lib.reference import ReferenceRows, loader_of

# Three days: over a weekend, so that somebody who does not read mail on Saturday can still say no on Monday.
HOURS = {"new_address": 72, "bank_after_address": 72, "new_finance": 72}
WAITING_TIMES = ReferenceRows(
    "people",
    "WaitingTime",
    key=("kind", "effective_from"),
    rows=tuple({"kind": kind, "hours": hours, "effective_from": dt.date(2020, 1, 1)} for kind, hours in HOURS.items()),
)

# Nobody is woken by a text. GOV.UK Notify takes 3,000 in a minute; how many mails the mail server of a host takes, only
# the host knows: no limit until they set one.
LIMITS = {"email": (0, None, None), "sms": (3000, dt.time(20), dt.time(8))}
SENDING_LIMITS = ReferenceRows(
    "people",
    "SendingLimit",
    key=("channel", "effective_from"),
    rows=tuple(
        {
            "channel": channel,
            "per_minute": per_minute,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "effective_from": dt.date(2020, 1, 1),
        }
        for channel, (per_minute, quiet_from, quiet_until) in LIMITS.items()
    ),
)

# Second class is for Notify the usual; an hour and a half before it prints leaves time to try again.
POSTAGE_RULES = ReferenceRows(
    "people",
    "PostageRule",
    key=("effective_from",),
    rows=({"postage": "second", "handed_over_at": dt.time(16), "effective_from": dt.date(2020, 1, 1)},),
)

# The UK GDPR (Article 12) gives one month to answer; the Data (Use and Access) Act 2025 thirty days to acknowledge a
# complaint; the Charities Act 2011 (section 131) asks for six years of accounts. The rest is ours to choose.
TIMES = {
    "answer": (1, "months", "UK GDPR, Article 12(3)"),
    "acknowledge": (30, "days", "Data Protection Act 2018, section 164A"),
    "copy_kept": (30, "days", ""),
    "listed": (14, "days", ""),
    "emergency": (4, "hours", ""),
    "left": (2, "years", ""),
    "unanswered": (1, "years", ""),
    "messages": (3, "years", ""),
    "looks": (2, "years", ""),
    "accounts": (6, "years", "Charities Act 2011, section 131"),
}
PRIVACY_RULES = ReferenceRows(
    "people",
    "PrivacyRule",
    key=("kind", "effective_from"),
    rows=tuple(
        {"kind": kind, "number": number, "unit": unit, "source": source, "effective_from": dt.date(2020, 1, 1)}
        for kind, (number, unit, source) in TIMES.items()
    ),
)

# Drafted with people with lived experience in mind: short, and each about one thing. New words are a new row.
CONSENT_WORDS = {
    "sharing": (
        "You may tell those who run an event what I need, with my name. Without it they read what is needed, and not by"
        " whom."
    ),
    "photo": "You may take photos and recordings of me at events, and use them to show what the programme does.",
    "quotes": "You may show my name beside my words where I chose to have it shown.",
    "contact": "You may write to me about new chances to take part after I have left.",
}
CONSENT_WORDINGS = ReferenceRows(
    "people",
    "ConsentWording",
    key=("purpose", "effective_from"),
    rows=tuple(
        {"purpose": purpose, "effective_from": dt.date(2020, 1, 1), "words": words}
        for purpose, words in CONSENT_WORDS.items()
    ),
)

load = loader_of(WAITING_TIMES, SENDING_LIMITS, POSTAGE_RULES, PRIVACY_RULES, CONSENT_WORDINGS)
