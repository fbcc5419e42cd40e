"""Rows that every installation begins with: waiting times, sending, postage, privacy, reviews of needs and more.

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
    "quotes": (
        "You may show my name beside what I said, where I chose to have it shown. A no hides it from all that was said."
    ),
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

# People agree to these words by answering. "Such as" leaves the width of a band to its own dated rule.
PROMISES = ReferenceRows(
    "people",
    "MonitoringPromise",
    key=("effective_from",),
    rows=(
        {
            "effective_from": dt.date(2020, 1, 1),
            "words": (
                "We ask so that a programme can see whom it reaches and whom it misses, and put that right.\n\n"
                "You do not have to answer. You can answer some questions and leave out others, and change or take back"
                " an answer at any time.\n\n"
                "Your answers are kept apart from your name. Staff never see what you said. They see how many people"
                " gave each answer, only roughly, such as “5 to 9”, and not at all where somebody could be found by"
                " it.\n\n"
                "What you answer changes nothing for you: not who is invited, who is chosen, or what anybody is paid."
            ),
        },
    ),
)

PREFER_NOT = ("prefer_not", "I prefer not to say")
GSS = "GSS harmonised standard"
# (key, what it is about, the question, hint, answers, where its words come from). With "own", an answer has room for
# own words. Answers are in broad groups, as a programme is small: one of two people is never shown.
QUESTIONS: tuple[tuple[str, str, str, str, tuple[tuple[str, ...], ...], str], ...] = (
    (
        "age",
        "Age",
        "How old are you?",
        "",
        (
            ("under_18", "Under 18"),
            ("18_24", "18 to 24"),
            ("25_34", "25 to 34"),
            ("35_49", "35 to 49"),
            ("50_64", "50 to 64"),
            ("65_74", "65 to 74"),
            ("75_over", "75 or over"),
        ),
        f"{GSS}: Age, in broad groups",
    ),
    (
        "sex",
        "Sex",
        "What is your sex?",
        "A question about gender identity follows.",
        (("female", "Female"), ("male", "Male")),
        f"{GSS}: Sex, as in the Census of 2021 for England and Wales",
    ),
    (
        "gender",
        "Gender identity",
        "Is the gender you identify with the same as your sex registered at birth?",
        "",
        (("same", "Yes"), ("other", "No", "own")),
        f"{GSS}: Gender identity, interim guidance of December 2024",
    ),
    (
        "ethnicity",
        "Ethnic group",
        "What is your ethnic group?",
        "Choose one option that best describes your ethnic group or background.",
        (
            ("white", "White"),
            ("mixed", "Mixed or multiple ethnic groups"),
            ("asian", "Asian or Asian British"),
            ("black", "Black, Black British, Caribbean or African"),
            ("other", "Other ethnic group", "own"),
        ),
        f"{GSS}: Ethnicity, broad groups for England",
    ),
    (
        "condition",
        "Long-term condition",
        "Do you have any physical or mental health conditions or illnesses lasting or expected to last for 12 months"
        " or more?",
        "",
        (("yes", "Yes"), ("no", "No")),
        f"{GSS}: Long-lasting health conditions and illnesses",
    ),
    (
        "disability",
        "Disability",
        "Do any of your conditions or illnesses reduce your ability to carry out day-to-day activities?",
        "",
        (
            ("a_lot", "Yes, a lot"),
            ("a_little", "Yes, a little"),
            ("not_at_all", "Not at all"),
            ("no_condition", "I have no such condition"),
        ),
        f"{GSS}: Activity restriction; with the question before, disability as in the Equality Act 2010",
    ),
    (
        "orientation",
        "Sexual orientation",
        "Which of the following best describes your sexual orientation?",
        "",
        (
            ("straight", "Straight or heterosexual"),
            ("gay", "Gay or lesbian"),
            ("bisexual", "Bisexual"),
            ("other", "Other sexual orientation", "own"),
        ),
        f"{GSS}: Sexual orientation",
    ),
    (
        "religion",
        "Religion",
        "What is your religion?",
        "",
        (
            ("none", "No religion"),
            ("christian", "Christian (all denominations)"),
            ("buddhist", "Buddhist"),
            ("hindu", "Hindu"),
            ("jewish", "Jewish"),
            ("muslim", "Muslim"),
            ("sikh", "Sikh"),
            ("other", "Any other religion", "own"),
        ),
        f"{GSS}: Religion",
    ),
    (
        "carer",
        "Looking after somebody",
        "Do you look after, or give any help or support to, anyone because they have long-term physical or mental"
        " health conditions or illnesses, or problems related to old age?",
        "Do not count anything you do as part of paid work.",
        (
            ("no", "No"),
            ("under_20", "Yes, 19 hours a week or less"),
            ("20_49", "Yes, 20 to 49 hours a week"),
            ("50_over", "Yes, 50 or more hours a week"),
        ),
        f"{GSS}: Unpaid care, in broad groups",
    ),
)
MONITORING_QUESTIONS = ReferenceRows(
    "people",
    "MonitoringQuestion",
    key=("key", "effective_from"),
    rows=tuple(
        {
            "key": key,
            "effective_from": dt.date(2020, 1, 1),
            "position": position,
            "title": title,
            "words": words,
            "hint": hint,
            "options": [
                {"key": option, "words": said, "own": bool(own)} for option, said, *own in (*answers, PREFER_NOT)
            ],
            "source": source,
        }
        for position, (key, title, words, hint, answers, source) in enumerate(QUESTIONS, 1)
    ),
)

# The Accessible Information Standard asks for a regular review, and leaves open how regular. Three weeks leave time for
# the post both ways, four for somebody new to settle in.
NEEDS_REVIEW_RULES = ReferenceRows(
    "people",
    "NeedsReviewRule",
    key=("effective_from",),
    rows=({"effective_from": dt.date(2020, 1, 1), "months": 12, "ask_days": 21, "first_days": 28},),
)

load = loader_of(
    WAITING_TIMES,
    SENDING_LIMITS,
    POSTAGE_RULES,
    PRIVACY_RULES,
    CONSENT_WORDINGS,
    PROMISES,
    MONITORING_QUESTIONS,
    NEEDS_REVIEW_RULES,
)
