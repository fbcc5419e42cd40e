"""Understand the few words of an answer that a machine may act on. Everything else is for a colleague to read."""

import re

from people.messages.models.texts import Understood

# The words operators and the large providers act on; each is the whole text.
STOP = {"stop", "stop all", "stopall", "unsubscribe", "end", "quit", "cancel"}
START = {"start", "unstop"}
YES = {
    *("yes", "y", "yeah", "yep", "yup", "yes i will", "yes i will come", "yes i can", "yes i can come", "i will come"),
    *("yes ok", "yes okay", "ok", "okay", "ok yes", "sure", "yes sure", "yes i'll come", "i'll come", "yes im coming"),
    *("i'm coming", "yes i'm coming", "i am coming", "yes i am coming", "coming"),
}
NO = {
    *("no", "n", "nope", "nah", "no i can't", "no i cannot", "no i can't come", "no i cannot come", "i can't come"),
    *("i cannot come", "can't come", "cannot come", "not coming", "i'm not coming", "i am not coming", "no i won't"),
    *("no i will not come", "i will not come", "i won't come"),
}
# Words people add to be polite; they change no meaning.
_POLITE = re.compile(r"\b(?:please|pls|plz|thanks|thank you|thankyou|thx|ta|cheers|sorry|hi|hello)\b")
_NEITHER_WORD_NOR_SPACE = re.compile(r"[^\w\s']|_")
# A longer text is no bare answer, however it begins.
LONGEST = 60


def understood(words: str) -> Understood:
    """Return the meaning of a text. Only a text that says one thing and nothing else is acted on.

    "Yes, but I need a lift" is for a colleague, and so is "Stop it, you are funny".
    """
    said = _plain(words)
    if said in STOP:
        return Understood.STOP
    if said in START:
        return Understood.START
    if said in YES:
        return Understood.YES
    if said in NO:
        return Understood.NO
    return Understood.WORDS


def _plain(words: str) -> str:
    """Return a short text in small letters, without signs, polite words and extra spaces; "" for a longer one."""
    if len(words) > LONGEST or "?" in words:
        return ""
    said = words.casefold().replace("’", "'").replace("‘", "'").replace("`", "'")
    said = _NEITHER_WORD_NOR_SPACE.sub(" ", said)
    return " ".join(_POLITE.sub(" ", said).split())
