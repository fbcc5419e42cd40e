"""Who said what about fairness in the demo: how many gave each answer, and who lives in the area. Nobody by name.

Who of the invented people gave which answer is drawn by lot, so that it stands nowhere, here least of all.
"""

from decimal import Decimal

# How many of those who answer give each answer, by question. The rest leave the question out.
ANSWERS = {
    "age": {"25_34": 2, "35_49": 7, "50_64": 8, "65_74": 3},
    "sex": {"female": 11, "male": 7, "prefer_not": 1},
    "gender": {"same": 15, "other": 1, "prefer_not": 1},
    "ethnicity": {"white": 12, "asian": 3, "black": 3, "mixed": 1, "prefer_not": 1},
    "condition": {"yes": 18, "prefer_not": 1},
    "disability": {"a_lot": 9, "a_little": 6, "not_at_all": 1},
    "orientation": {"straight": 11, "gay": 2, "prefer_not": 2},
    "religion": {"none": 9, "christian": 6, "muslim": 3, "sikh": 1, "prefer_not": 1},
    "carer": {"no": 11, "under_20": 3, "50_over": 2, "prefer_not": 1},
}
SOURCE = "An invented census, Fernshire"
# In per cent.
AREA = {
    "age": {
        "under_18": "20.4",
        "18_24": "9.1",
        "25_34": "13.2",
        "35_49": "19.0",
        "50_64": "19.6",
        "65_74": "10.3",
        "75_over": "8.4",
    },
    "sex": {"female": "51.1", "male": "48.9"},
    "ethnicity": {"white": "71.5", "asian": "14.2", "black": "8.8", "mixed": "3.4", "other": "2.1"},
    "condition": {"yes": "34.0", "no": "66.0"},
    "religion": {
        "none": "36.9",
        "christian": "44.3",
        "muslim": "10.6",
        "hindu": "3.0",
        "sikh": "2.2",
        "jewish": "0.6",
        "buddhist": "0.5",
        "other": "1.9",
    },
}
SHARES = {question: {key: Decimal(share) for key, share in shares.items()} for question, shares in AREA.items()}
