"""Which words after a question, or a label, answer it: the two are one unit.

"Would I return? No." says nothing in two halves, nor does "What went well? Staff." in an export of
a survey.
"""

from __future__ import annotations

from verbatim.sentences.clauses import HANGING, PRONOUNS
from verbatim.sentences.tokens import Tokens

__all__ = ["ANSWERS", "answers", "is_bare_answer"]

_WORDS = {
    "answer": "yes yep yeah no nope nah never absolutely definitely not hardly sadly "
    "unfortunately barely certainly sure none",
    # Answers by their first two words; behind those of the second kind only "not" may follow.
    "answering": "i_wish i_think i_doubt i_do you_bet you_must far_from quite_the of_course "
    "if_only as_if and_how oh_yes god_no without_a by_all probably_not possibly_not maybe_not "
    "perhaps_not likely_not",
    "echoing": "i_did i_was i_am it_was it_is it_does it_did we_did we_do we_were they_did they_do "
    "they_were she_did she_does he_did he_does",
    "bare_answer": "very extremely totally completely probably possibly maybe perhaps",
    # What a survey asks: "How was your stay?", "What could be better?"
    "asking": "what which how who",
    "asked": "went better best worst improve improved change like liked disliked enjoy enjoyed "
    "rate",
    "lone": "none nothing nil no yes nope n/a na nobody never",
}
_IS = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
_LONGEST = {"answering": 5, "answer": 4, "echoing": 2, "bare_answer": 1}
_LONGEST_REPLY = 4
_LONGEST_QUESTION = 15
_HOW = (["how", "was"], ["how", "were"])
_CLAUSAL = PRONOUNS | frozenset(
    "it you there this that these those is are was were am be has have had do does did will would "
    "can could should may might must 's 're 've 'd 'll 'm n't".split()
)
ANSWERS = _IS["answer"]
"""Words, in lower case, that answer a question by themselves."""


def answers(tokens: Tokens, first: int, at: int) -> bool:
    """Say whether the words at `at` answer the question before them, which begins at `first`.

    Examples
    --------
    >>> from verbatim.sentences.tokens import tokenise
    >>> answers(tokenise("Would I return? No. It rained."), 0, 4)
    True
    >>> answers(tokenise("What went well? The staff."), 0, 4)
    True
    >>> answers(tokenise("Why? We left."), 0, 2)
    False
    """
    words = [word.lower() for word in tokens.words[at : at + 3]]
    pair = "_".join(words[:2])
    openings = {"answering": pair, "answer": words[0], "echoing": pair, "bare_answer": words[0]}
    kinds = [kind for kind, opening in openings.items() if opening in _IS[kind]]
    longest = max((_LONGEST[kind] for kind in kinds), default=0)
    if kinds == ["echoing"] and words[2:] in (["not"], ["n't"]):
        longest += 1
    return any(
        _ends(tokens, i) or tokens.words[i] == "," for i in range(at + 1, at + longest + 1)
    ) or _replies(tokens, first, at)


def is_bare_answer(tokens: Tokens, at: int) -> bool:
    """Say whether the word at `at` is all that is said of a label: "Cons: none"."""
    return tokens.words[at].lower() in _IS["lone"] and _ends(tokens, at + 1)


def _ends(tokens: Tokens, index: int) -> bool:
    return index >= len(tokens.words) or index in tokens.marks or index in tokens.lines


def _replies(tokens: Tokens, first: int, at: int) -> bool:
    """Say whether a phrase without a verb follows the question of a survey."""
    words = tokens.words
    asked = [word.lower() for word in words[first : min(at, first + _LONGEST_QUESTION)]]
    if asked[0] not in _IS["asking"]:
        return False
    if asked[:2] not in _HOW and _IS["asked"].isdisjoint(asked):
        return False
    ends = (i for i in range(at + 1, at + _LONGEST_REPLY + 1) if _ends(tokens, i))
    end = next(ends, at)
    reply = [word.lower() for word in words[at:end]]
    if not reply or not reply[0][0].isalnum() or not _CLAUSAL.isdisjoint(reply):
        return False
    return reply[-1] not in HANGING and words[end : end + 1] not in (["?"], [":"])
