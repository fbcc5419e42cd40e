"""Parts of the page of a proposal: words with or without a name, objections, and the order they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.decisions.calculations import Said
from programmes.decisions.models import Decision, DecisionDraft, LateView, Objection, Position, Stance
from wellbeing.lib.dates import long_date


@dataclass(frozen=True)
class Words:
    """Words of one person, as a reader sees them: `name` is empty where it is not shown."""

    label: str
    words: str
    name: str
    matters: str = ""
    note: str = ""
    dissents: bool = False


class ShownObjection:
    """An objection on the page of its proposal (a DecisionPage), as the reader sees it."""

    def __init__(self, objection: Objection, page: Any) -> None:
        self.objection, self.page = objection, page

    @property
    def words(self) -> str:
        return self.objection.words

    @property
    def name(self) -> str:
        return self.page.name_of(self.objection.position)

    @property
    def kind(self) -> str:
        return _("Objection") if self.objection.is_objection else _("Asks for an answer")

    @property
    def replies(self) -> Sequence:
        return list(self.objection.replies.all())

    @property
    def state(self) -> dict[str, str]:
        """Return how it stands, as components/status_tag.html wants it."""
        if self.objection.closed_as:
            stands = self.objection.closed_as == Objection.Close.STANDS
            return {
                "label": _("Still stands") if stands else _("Enough for the member"),
                "tone": "attention" if stands else "good",
            }
        if self.replies:
            return {"label": _("Answered"), "tone": "waiting"}
        return {"label": _("No answer yet"), "tone": "attention"}

    @property
    def may_reply(self) -> bool:
        return self.objection.closed_as != Objection.Close.ENOUGH and self.page.may_amend

    @property
    def may_close(self) -> bool:
        mine = self.objection.person_id == self.page.user.person.pk
        return self.page.decision.is_open and mine and bool(self.replies) and not self.objection.closed_as

    @property
    def may_record_closing(self) -> bool:
        open_ = not self.objection.closed_as and bool(self.replies)
        return open_ and self.page.may_record and bool(self.name) and not self.may_close


TONES = {
    Decision.Status.GATHERING: "waiting",
    Decision.Status.SHAPING: "waiting",
    Decision.Status.DECIDING: "waiting",
    Decision.Status.DECIDED: "good",
    Decision.Status.NOT_AGREED: "quiet",
    Decision.Status.DEFERRED: "quiet",
    Decision.Status.WITHDRAWN: "quiet",
}


def in_order_of_the_scale(positions: Iterable[Position], name_of) -> list[Position]:
    """Sort positions from whole-hearted agreement to veto; in each step those shown without a name come last.

    They are put in order of their words: the order in which they were given would tell who gave them. `name_of` returns
    the name that is shown, or nothing.
    """
    steps = Stance.values
    return sorted(
        positions,
        key=lambda one: (
            steps.index(one.stance),
            not name_of(one),
            one.person.sort_key if name_of(one) else one.reason,
        ),
    )


def said_by(positions: Iterable[Position]) -> list[Said]:
    """Return the views as `programmes.decisions.calculations` compares them."""
    return [Said(one.person_id, one.seat, one.stance, one.named, one.is_dissent) for one in positions]


def late_order(view: LateView) -> tuple:
    """Return the key that sorts words said after the decision: by time, those without a name by their words."""
    return (False, view.said_at) if view.named else (True, view.reason)


# The page on which each kind of draft is gone on with, and those of its fields that are words.
GO_ON = {
    DecisionDraft.Kind.VIEW: "decision_position",
    DecisionDraft.Kind.THOUGHT: "decision_thought",
    DecisionDraft.Kind.QUESTION: "decision_question",
}
DRAFT_WORDS = ("reason", "words", "matters")


@dataclass(frozen=True)
class ShownDraft:
    """Words the reader has begun and not sent: when, about which wording, and where they go on; "" for nowhere."""

    key: str
    kind: str
    state: str
    url: str
    words: list[str]

    @classmethod
    def of(cls, draft: DecisionDraft, decision: Decision, *, may_go_on: bool) -> "ShownDraft":
        said = [
            _("This is from %(day)s. Nobody else can read it. It is not sent.") % {"day": long_date(draft.saved_at)}
        ]
        if draft.version_id != decision.version_id:
            said.append(
                _("It was about wording %(number)s, which has been changed since.") % {"number": draft.version.number}
            )
        if not decision.is_open:
            said.append(
                _("It was decided meanwhile. You can put your words beside the decision, as said after it.")
                if may_go_on
                else _("It is closed, so they can no longer be sent. Copy what you want to keep.")
            )
        return cls(
            key=draft.kind,
            kind=str(draft.get_kind_display()),
            state=" ".join(said),
            url=reverse(GO_ON[DecisionDraft.Kind(draft.kind)], args=[decision.pk]) if may_go_on else "",
            words=[value for name in DRAFT_WORDS for value in draft.fields.get(name, []) if value.strip()],
        )
