"""The reviews of the demo: how it is to work together, as people answered it."""

# How it is to work together: two reviews, and what people answered, (answers, comments) each; the rest is a 4.
REVIEW = {"title": "Our second year together", "about": "How we worked together from last autumn to this one."}
SECOND_REVIEW = {"title": "After the workshop", "about": "How the workshop was, from the invitation to the day itself."}
REVIEW_GAP = "I knew what could and could not change"
_DECISIONS, _AIM = "We were there when decisions were made", "I helped to set the aim"
_NEXT, _CHANGED = "I was told what happened next", "I can point to something that changed"
REVIEW_LIVED: tuple[tuple[dict[str, int], dict[str, str]], ...] = (
    ({REVIEW_GAP: 1, _DECISIONS: 3}, {"purpose": "Tell us on the first day what is fixed. We can take it."}),
    ({REVIEW_GAP: 2, _AIM: 3, _NEXT: 2}, {"process": "I heard nothing for two months and then got a survey."}),
    ({REVIEW_GAP: 2, _CHANGED: 5}, {}),
    ({REVIEW_GAP: 2, _DECISIONS: 2}, {"principles": "I was listened to. That was new."}),
    ({REVIEW_GAP: 1, _NEXT: 3}, {}),
    ({REVIEW_GAP: 3, _AIM: 5, _CHANGED: 5}, {"impact": "The cheque option was my idea and it is there."}),
    ({REVIEW_GAP: 2, _DECISIONS: 3, _NEXT: 2}, {}),
    ({REVIEW_GAP: 3, _CHANGED: 3}, {}),
    ({REVIEW_GAP: 2, _AIM: 3}, {"presence": "Mornings shut out those of us who need them to get going."}),
)
REVIEW_STAFF: tuple[tuple[dict[str, int], dict[str, str]], ...] = (
    ({REVIEW_GAP: 5, _DECISIONS: 4}, {"purpose": "It was on the first slide of each meeting."}),
    ({REVIEW_GAP: 4, _NEXT: 5}, {}),
    ({REVIEW_GAP: 5, _AIM: 4}, {"process": "We send minutes within a week."}),
    ({REVIEW_GAP: 4, _DECISIONS: 5, _CHANGED: 4}, {}),
    ({REVIEW_GAP: 5, _NEXT: 4}, {}),
)
REVIEW_ACTION = "Begin each meeting with what can change, what cannot, and who decides"
