"""Rows that every installation begins with: published rates, reasons of the banks, places to ask, first limits.

They are loaded after `migrate` and after the tables were emptied, where they are missing. A rate or a text that changes
is a further row with its own date; rows that are there are never changed.
"""

import datetime as dt

from wellbeing.lib.reference import ReferenceRows, loader_of

# The 2011 rates: a written answer of Parliament. Those of 2026: a page on the change of the car rate. Pence a mile.
ANSWER = "parallelparliament.co.uk/question/4766/voluntary-organisations-mileage-allowances"
CHANGE = "ammu.uk/business-mileage-rates-what-has-changed"
MILEAGE_RATES = ReferenceRows(
    "payments",
    "MileageRate",
    key=("effective_from", "vehicle"),
    rows=(
        {
            "effective_from": dt.date(2011, 4, 6),
            "vehicle": "car",
            "first_band_pence": 45,
            "first_band_miles": 10000,
            "after_pence": 25,
            "passenger_pence": 5,
            "source": ANSWER,
        },
        {
            "effective_from": dt.date(2011, 4, 6),
            "vehicle": "motorcycle",
            "first_band_pence": 24,
            "first_band_miles": None,
            "after_pence": None,
            "passenger_pence": 0,
            "source": ANSWER,
        },
        {
            "effective_from": dt.date(2011, 4, 6),
            "vehicle": "bicycle",
            "first_band_pence": 20,
            "first_band_miles": None,
            "after_pence": None,
            "passenger_pence": 0,
            "source": ANSWER,
        },
        {
            "effective_from": dt.date(2026, 4, 6),
            "vehicle": "car",
            "first_band_pence": 55,
            "first_band_miles": 10000,
            "after_pence": 25,
            "passenger_pence": 5,
            "source": CHANGE,
        },
        {
            "effective_from": dt.date(2026, 4, 6),
            "vehicle": "motorcycle",
            "first_band_pence": 24,
            "first_band_miles": None,
            "after_pence": None,
            "passenger_pence": 0,
            "source": CHANGE,
        },
        {
            "effective_from": dt.date(2026, 4, 6),
            "vehicle": "bicycle",
            "first_band_pence": 20,
            "first_band_miles": None,
            "after_pence": None,
            "passenger_pence": 0,
            "source": CHANGE,
        },
    ),
)

# The reasons of the Automated Return of Unapplied Credits Service, as a payment bureau lists them for its users.
RETURNS_SOURCE = "ptx-rbs.readme.io/docs/arucs-aop"
CHECK_DETAILS = "Check your sort code and account number, and give them to us again."
RETURN_REASONS = ReferenceRows(
    "payments",
    "ReturnReason",
    key=("code", "effective_from"),
    rows=(
        {
            "code": "0",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The bank did not know these account details",
            "advice": CHECK_DETAILS,
            "tells_person": True,
            "source": RETURNS_SOURCE,
        },
        {
            "code": "2",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The bank says that the person has died",
            "advice": "",
            "tells_person": False,
            "source": RETURNS_SOURCE,
        },
        {
            "code": "3",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The account has moved to another bank or building society",
            "advice": "Give us the sort code and account number of your new account.",
            "tells_person": True,
            "source": RETURNS_SOURCE,
        },
        {
            "code": "5",
            "effective_from": dt.date(2020, 1, 1),
            "words": "There is no account with this number",
            "advice": CHECK_DETAILS,
            "tells_person": True,
            "source": RETURNS_SOURCE,
        },
        {
            "code": "B",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The account is closed",
            "advice": "Give us the sort code and account number you use now.",
            "tells_person": True,
            "source": RETURNS_SOURCE,
        },
        {
            "code": "C",
            "effective_from": dt.date(2020, 1, 1),
            "words": "We asked the bank to send it back",
            "advice": "Check that your bank details are right.",
            "tells_person": True,
            "source": RETURNS_SOURCE,
        },
        {
            "method": "cheque",
            "code": "Q1",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The cheque was not cashed within six months",
            "advice": "Tell us if you want another cheque, or give us your bank details.",
            "tells_person": True,
            "source": "the programme's own cheques and cash",
        },
        {
            "method": "cheque",
            "code": "Q2",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The cheque came back in the post",
            "advice": "Check the address we have for you.",
            "tells_person": True,
            "source": "the programme's own cheques and cash",
        },
        {
            "method": "cheque",
            "code": "Q3",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The cheque was lost, so we stopped it",
            "advice": "Tell us how you want to be paid.",
            "tells_person": True,
            "source": "the programme's own cheques and cash",
        },
        {
            "method": "cheque",
            "code": "Q4",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The cheque could not be sent",
            "advice": "Check the address we have for you, or tell us how else you want to be paid.",
            "tells_person": True,
            "source": "the programme's own cheques and cash",
        },
        {
            "method": "other",
            "code": "O1",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The money could not be paid as we had agreed",
            "advice": "Tell us how you want to be paid.",
            "tells_person": True,
            "source": "the programme's own cheques and cash",
        },
        {
            "method": "cash",
            "code": "H1",
            "effective_from": dt.date(2020, 1, 1),
            "words": "The cash was not collected",
            "advice": "Tell us when you can collect it, or how else you want to be paid.",
            "tells_person": True,
            "source": "the programme's own cheques and cash",
        },
    ),
)

# When the pages behind the signposts were last looked up.
LOOKED_UP = dt.date(2026, 11, 23)
SIGNPOSTS = ReferenceRows(
    "payments",
    "Signpost",
    key=("key", "effective_from"),
    rows=(
        {
            "key": "benefit-office",
            "kind": "who",
            "place": 10,
            "title": "The office that pays your benefit",
            "text": (
                "Its address and phone number are on the letters it sends you. Only that office decides about"
                " your benefit."
            ),
            "url": "",
            "source": "",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
        {
            "key": "citizens-advice",
            "kind": "who",
            "place": 20,
            "title": "Citizens Advice",
            "text": "Free advice about benefits, from people who are not part of the government.",
            "url": "https://www.citizensadvice.org.uk/",
            "source": "citizensadvice.org.uk",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
        {
            "key": "disability-rights-uk",
            "kind": "who",
            "place": 30,
            "title": "Disability Rights UK: getting involved, payments and benefits",
            "text": "A page on what payments for getting involved can do to your benefits.",
            "url": (
                "https://www.disabilityrightsuk.org/resources/"
                "service-user-involvement-and-payments-how-they-affect-benefits"
            ),
            "source": "disabilityrightsuk.org",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
        {
            "key": "scie",
            "kind": "who",
            "place": 40,
            "title": "Social Care Institute for Excellence: paying people who receive benefits",
            "text": "A guide to the rules about payments for getting involved. It is written for organisations.",
            "url": "https://www.scie.org.uk/co-production/supporting/paying-people-who-receive-benefits",
            "source": "scie.org.uk",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
        {
            "key": "nihr-letter",
            "kind": "who",
            "place": 50,
            "title": "National Institute for Health and Care Research: letter for Jobcentre Plus",
            "text": "A letter you can take to Jobcentre Plus when you take part in research.",
            "url": "https://www.nihr.ac.uk/documents/welfare-benefits-jobcentre-letter/27407",
            "source": "nihr.ac.uk",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
        {
            "key": "right-to-refuse",
            "kind": "fact",
            "place": 10,
            "title": "You may say no",
            "text": (
                "You can take no payment, take less, or ask for it to go to charity. The guide says that you"
                " are then not treated as having had the money. Check first that this is so for your benefit."
            ),
            "url": "https://www.scie.org.uk/co-production/supporting/paying-people-who-receive-benefits",
            "source": "Social Care Institute for Excellence, 2021",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
        {
            "key": "vouchers",
            "kind": "fact",
            "place": 20,
            "title": "Vouchers",
            "text": "Vouchers count as income, just like money.",
            "url": (
                "https://www.nihr.ac.uk/"
                "payment-public-involvement-health-and-care-research-guide-members-public-employment-status-and-tax"
            ),
            "source": "National Institute for Health and Care Research",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
        {
            "key": "expenses",
            "kind": "fact",
            "place": 30,
            "title": "Expenses",
            "text": "Money you get back for what you spent, with receipts, is not income.",
            "url": (
                "https://www.nihr.ac.uk/"
                "payment-public-involvement-health-and-care-research-guide-members-public-employment-status-and-tax"
            ),
            "source": "National Institute for Health and Care Research",
            "effective_from": LOOKED_UP,
            "checked_on": LOOKED_UP,
        },
    ),
)

# Counts under five are not shown within an organisation.
SMALL_NUMBER_RULES = ReferenceRows(
    "payments", "SmallNumberRule", rows=({"effective_from": dt.date(2000, 1, 1), "least": 5},)
)

# From when on an approver is warned, until a programme sets its own.
WARNING_LIMITS = ReferenceRows(
    "payments",
    "WarningThresholds",
    rows=(
        {
            "effective_from": dt.date(2020, 1, 1),
            "picture_distance": 3,
            "usual_percent": 95,
            "usual_examples": 20,
            "usual_months": 12,
            "long_route_miles": 150,
            "ask_above_pence": 20_000,
            "ask_times_usual": 3,
        },
    ),
)

EVERY = (MILEAGE_RATES, RETURN_REASONS, SIGNPOSTS, SMALL_NUMBER_RULES, WARNING_LIMITS)

load = loader_of(*EVERY)
