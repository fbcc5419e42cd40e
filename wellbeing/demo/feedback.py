"""How people of the demo found the curry and co-production day, who spoke there, and what happens next."""

from events.feedback.models import Answer

_YES, _PARTLY, _NO = Answer.YES, Answer.PARTLY, Answer.NO

NEXT_WORDS = (
    "What you agreed goes to the steering group in two weeks. We will write to everybody who said something about what"
    " became of it."
)
# Colleagues who were there as well.
COLLEAGUES = ("tamsin", "ros", "idris", "graham")
SPOKE = {
    "lived_experience": "most",
    "partners": "half",
    "staff": "a_few",
    "note": "In the morning mostly the same few people. After lunch, in small groups, nearly everybody.",
}
CHANCE, HEARD, NEEDS = "I had a chance to speak", "I felt heard", "My needs were met"
CHANGE, AGAIN = "I knew what could and could not change", "I would come again"
# What people answered, (answers, own words) each; the rest is a yes. `readers` and `name` as they said.
LIVED: tuple[tuple[dict[str, int], dict[str, object]], ...] = (
    (
        {CHANGE: _NO},
        {"words": {"worked": "Cooking together. You talk when your hands are busy."}, "readers": "results"},
    ),
    ({CHANGE: _PARTLY, NEEDS: _PARTLY}, {"words": {"different": "A start at eleven. Ten is hard with pain."}}),
    ({CHANGE: _NO, CHANCE: _PARTLY}, {}),
    (
        {CHANGE: _PARTLY},
        {
            "words": {"different": "Say at the beginning what the money is already promised to."},
            "readers": "results",
            "name": "Kenji",
        },
    ),
    ({CHANGE: _NO, HEARD: _PARTLY}, {}),
    ({}, {"words": {"worked": "Nobody finished my sentences for me."}, "readers": "results"}),
    (
        {CHANGE: _PARTLY, HEARD: _PARTLY, NEEDS: _NO},
        {"words": {"different": "Somebody held a meeting in the quiet room."}},
    ),
    ({CHANGE: _PARTLY}, {}),
)
# The last of them said it by phone, the one before on paper.
BY_HAND = ("paper", "phone")
STAFF: tuple[tuple[dict[str, int], dict[str, object]], ...] = (
    ({CHANCE: _PARTLY}, {"words": {"worked": "We said less than usual, and heard more."}, "readers": "results"}),
    ({}, {}),
    ({HEARD: _PARTLY}, {}),
    ({CHANGE: _PARTLY}, {}),
)
# Partners answer in the group of staff and partners.
PARTNERS: tuple[tuple[dict[str, int], dict[str, object]], ...] = (({NEEDS: _PARTLY}, {}), ({}, {}))
