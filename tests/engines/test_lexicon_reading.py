"""How the lexicon engine reads turns of phrase whose words alone say something else."""

from __future__ import annotations

import pytest

from tests.engines.test_lexicon_rules import details, found, lexicon, sentiment
from verbatim.engines.lexicon import LexiconEngine
from verbatim.engines.lexicon.engine import read
from verbatim.engines.lexicon.resources import Lexicon
from verbatim.engines.lexicon.spans import words_of
from verbatim.engines.negation import is_negated
from verbatim.labels import EMOTIONS, INTENTS
from verbatim.sentences import split_sentences
from verbatim.taxonomy import Taxonomy

__all__ = ["lexicon"]


def felt(lexicon: Lexicon, text: str) -> tuple[set[str], set[str]]:
    """Emotions and intents of one sentence."""
    (sentence,) = split_sentences(text)
    _, _, emotions, intents = read(words_of(sentence), lexicon)
    return {EMOTIONS[i] for i in emotions}, {INTENTS[i] for i in intents}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a negation reaches over what tells a degree
        ("The porters were not so friendly.", [("staff", -1)]),
        ("The kitchen is not as clean as before.", [("cleanliness", -1)]),
        ("The cabin was as clean as could be.", [("cleanliness", 1)]),
        ("The tram was not so crowded.", [("comfort", 1)]),
        ("Neither the wifi nor the TV worked.", [("technology", -1), ("facilities", -1)]),
        ("un-friendly guide", [("staff", -1)]),
        ("a not-so-clean tent", [("cleanliness", -1)]),
        # set phrases
        ("The sink was far from clean.", [("cleanliness", -1)]),
        ("Our street is far from the station.", [("location", -1)]),
        ("The chairs are anything but comfortable.", [("comfort", -1)]),
        ("Without a doubt the rudest waiter.", [("staff", -1)]),
        ("Without question the worst app.", [("technology", -1)]),
        ("I can't praise the nurses enough.", [("staff", 1)]),
        ("A much less noisy street.", [("comfort", 1)]),
        ("The driver could not be less helpful.", [("staff", -1)]),
        ("No bad experiences.", [("overall", 1)]),
        ("Never seen such dirty towels.", [("cleanliness", -1)]),
        ("We couldn't be more disappointed with the cabin.", [("room", -1)]),
        ("I don't think I've ever had a better curry.", [("food", 1)]),
        # an opinion of nothing named is one of the whole, or of a person
        ("It was great.", [("overall", 1)]),
        ("This was terrible.", [("overall", -1)]),
        ("Everything was great!", [("overall", 1)]),
        ("I love it.", [("overall", 1)]),
        ("Had a great time.", [("overall", 1)]),
        ("Great", [("overall", 1)]),
        ("She was lovely.", [("staff", 1)]),
        ("She was happy.", []),
        # verbs that look like targets
        ("They did not even look up.", []),
        ("The look is great.", [("ambience", 1)]),
        # times
        ("1hr 20 mins in a queue.", [("waiting", -1)]),
        ("I had to wait only 5 minutes.", [("waiting", 1)]),
        ("I feared the room would be dirty, but it was spotless.", [("cleanliness", 1)]),
        # lists without punctuation, symbols, labels
        ("room great staff bad food good", [("room", 1), ("staff", -1), ("food", 1)]),
        ("wifi slow bed hard coffee good", [("technology", -1), ("comfort", -1), ("food", 1)]),
        ("staff ✅ room ✅ food ❌", [("staff", 1), ("room", 1), ("food", -1)]),
        ("Quiet: no", [("comfort", -1)]),
        ("Liked: pool", [("facilities", 1)]),
        ("Worst thing: the bathroom", [("room", -1)]),
        ("Pros: location, pool", [("location", 1), ("facilities", 1)]),
        ("Great - the staff were rude.", [("staff", -1)]),
    ],
)
def test_opinions(lexicon: Lexicon, text: str, expected: list[tuple[str, int]]) -> None:
    assert found(lexicon, text) == expected


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Not so good.", -1),
        ("Not as good as last year.", -1),
        ("Not as bad as people say.", 1),
        ("Less than impressed.", -1),
        ("Free of bugs.", 1),
        ("Complaints: none", 1),
        ("I have never been so disappointed.", -1),
    ],
)
def test_sign_of_a_sentence(lexicon: Lexicon, text: str, sign: int) -> None:
    assert sentiment(lexicon, text) * sign > 0


@pytest.mark.parametrize(
    ("text", "assessment"),
    [
        ("The printer doesn't work.", "doesn't work"),
        ("I cannot recommend this place highly enough.", "cannot recommend"),
        ("The sink was far from clean.", "far from clean"),
    ],
)
def test_an_assessment_begins_with_a_whole_word(
    lexicon: Lexicon, text: str, assessment: str
) -> None:
    ((_, _, _, said),) = details(lexicon, text)
    assert said == assessment


@pytest.mark.parametrize(
    ("text", "emotions", "intents"),
    [
        ("I can't thank the nurses enough.", {"gratitude"}, set()),
        ("I could not recommend it more highly.", set(), {"recommend"}),
        ("Not one of the staff smiled.", set(), set()),
        ("If only the staff smiled.", set(), set()),
        ("Less than impressed.", set(), set()),
        ("Free of bugs.", set(), set()),
        ("Please fix the wifi 🙏", set(), {"request"}),
        ("My late fee was refunded.", set(), set()),
        ("My late mother would be proud.", {"sadness"}, set()),
    ],
)
def test_feelings_go_with_their_words(
    lexicon: Lexicon, text: str, emotions: set[str], intents: set[str]
) -> None:
    assert felt(lexicon, text) == (emotions, intents)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("No lift.", True),
        ("Can't fault the crew.", True),
        ("Nobody answers the phone.", True),
        ("The door didnt close.", True),
        ("The crew were kind.", False),
    ],
)
def test_negated_tells_that_a_negation_stands_there(text: str, negated: bool) -> None:
    predictions = LexiconEngine(Taxonomy.load("general")).predict(split_sentences(text))
    assert predictions.opinions.negated.tolist() == [negated]


def test_a_negation_is_found_however_it_is_written() -> None:
    for text in ("It didn't work.", "It didnt work.", "It did NOT work."):
        (sentence,) = split_sentences(text)
        assert is_negated(sentence, (0, len(text)), reach=0)
