"""What the lexicon engine makes of small sentences, rule by rule."""

from __future__ import annotations

import math
import time

import pytest

from verbatim.artefacts import open_artefact
from verbatim.engines.lexicon.engine import read
from verbatim.engines.lexicon.resources import Lexicon, load_lexicon
from verbatim.engines.lexicon.spans import words_of
from verbatim.labels import DRIVERS
from verbatim.sentences import split_sentences
from verbatim.taxonomy import Taxonomy


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(Taxonomy.load("general"), open_artefact("lexicon"))


def found(lexicon: Lexicon, text: str) -> list[tuple[str, int]]:
    """Driver and sign of each opinion, in order."""
    return [(driver, sign) for driver, sign, _, _ in details(lexicon, text)]


def details(lexicon: Lexicon, text: str) -> list[tuple[str, int, str | None, str | None]]:
    rows = []
    for sentence in split_sentences(text):
        words = words_of(sentence)
        for opinion in read(words, lexicon)[0]:
            target, assessment = (
                None if span is None else sentence.text[slice(*words.span(*span))]
                for span in (opinion.target, opinion.assessment)
            )
            sign = (opinion.strength > 0) - (opinion.strength < 0)
            rows.append((DRIVERS[opinion.driver], sign, target, assessment))
    return rows


def sentiment(lexicon: Lexicon, text: str) -> float:
    (sentence,) = split_sentences(text)
    return read(words_of(sentence), lexicon)[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # clause by clause
        ("The staff were friendly but the room was filthy.", [("staff", 1), ("cleanliness", -1)]),
        ("Great staff, food and location.", [("staff", 1), ("food", 1), ("location", 1)]),
        ("Staff and food were great.", [("staff", 1), ("food", 1)]),
        ("The app is easy to use but crashes constantly.", [("process", 1), ("technology", -1)]),
        ("Location: great. Rooms: tiny.", [("location", 1), ("room", -1)]),
        ("Good but pricey food, great breakfast.", [("food", 1), ("price", -1), ("food", 1)]),
        ("The first waiter was lovely, the second rude.", [("staff", 1), ("staff", -1)]),
        # negation, near and at a distance
        ("The room was not clean.", [("cleanliness", -1)]),
        ("The room wasn't really all that clean.", [("cleanliness", -1)]),
        ("The room was not only clean but also spacious.", [("cleanliness", 1), ("room", 1)]),
        ("I don't think the staff were friendly.", [("staff", -1)]),
        ("I wouldn't say, given the price, that the staff were friendly.", [("staff", -1)]),
        ("Didn't like the terrible food.", [("food", -1)]),
        ("We never had a bad meal here.", [("food", 1)]),
        ("The staff couldn't have been more helpful.", [("staff", 1)]),
        ("No problems with the wifi.", [("technology", 1)]),
        # contrast in time and in expectation
        ("Some people think the food is great, but I think the food is awful.", [("food", -1)]),
        ("I used to hate the food, but now the food is great.", [("food", 1)]),
        # facts without sentiment words
        ("We waited 45 minutes to be seated.", [("waiting", -1)]),
        ("Nobody helped us.", [("service", -1)]),
        ("Still waiting.", [("waiting", -1)]),
        ("There was no parking.", [("facilities", -1)]),
        ("The wifi didnt work.", [("technology", -1)]),
        # wishes
        ("The room could have been cleaner.", [("cleanliness", -1)]),
        ("The breakfast should be better.", [("food", -1)]),
        ("Needs more sockets.", [("facilities", -1)]),
        ("I wish the room was clean.", [("cleanliness", -1)]),
        ("If only the bed was comfortable.", [("comfort", -1)]),
        ("We wish you a lovely stay.", [("overall", 1)]),
        # answers
        ("Was the room clean? It was not.", [("cleanliness", -1)]),
        ("Was the food good? Very.", [("food", 1)]),
        # neutral
        ("The food was okay.", [("food", 0)]),
        # abstention
        ("We stayed 3 nights in room 12.", []),
        ("Is the room clean?", []),
        ("The train to the airport leaves at nine.", []),
    ],
)
def test_opinions(lexicon: Lexicon, text: str, expected: list[tuple[str, int]]) -> None:
    assert found(lexicon, text) == expected


@pytest.mark.parametrize(
    ("text", "target", "assessment"),
    [
        ("A friendly receptionist greeted us.", "receptionist", "friendly"),
        ("The breakfast buffet was very good.", "breakfast buffet", "very good"),
        ("The beds were not comfortable.", "beds", "not comfortable"),
        ("Way overpriced.", None, "Way overpriced"),
        ("There was no parking.", "parking", "no"),
        ("We waited 45 minutes.", None, "waited 45 minutes"),
    ],
)
def test_spans_are_the_words(
    lexicon: Lexicon, text: str, target: str | None, assessment: str | None
) -> None:
    ((_, _, said_target, said_assessment),) = details(lexicon, text)
    assert (said_target, said_assessment) == (target, assessment)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I thought it would be good but it was not.", -1),
        ("I thought it would be awful, but it wasn't.", 1),
        ("In the past I thought this airline was great, but now it is bad.", -1),
        ("I used to hate this airline, although now I like it.", 1),
        ("Used to be our favourite place.", -1),
        ("Not bad at all.", 1),
        ("Was the food good? No.", -1),
        ("Was the food good? Absolutely.", 1),
        ("It could have been better.", -1),
        ("I can't recommend this place enough.", 1),
        ("It is supposed to be a great hotel.", -1),
        ("😡", -1),
        ("👍", 1),
    ],
)
def test_sign_of_a_sentence(lexicon: Lexicon, text: str, sign: int) -> None:
    assert math.copysign(1, sentiment(lexicon, text)) == sign


def test_what_follows_a_contrast_weighs_more(lexicon: Lexicon) -> None:
    assert sentiment(lexicon, "The food was good but the service was bad.") < 0
    assert sentiment(lexicon, "The food was bad but the service was good.") > 0


def test_emphasis_strengthens(lexicon: Lexicon) -> None:
    plain = sentiment(lexicon, "The food was good.")
    for stressed in ("The food was very good.", "The food was GOOD.", "The food was good!!!"):
        assert sentiment(lexicon, stressed) > plain


def test_more_of_the_same_never_leaves_the_range(lexicon: Lexicon) -> None:
    assert sentiment(lexicon, "good " * 40) <= 1


@pytest.mark.parametrize("piece", ["😀", "kind of ", "not ", "good "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    import verbatim

    analyzer = verbatim.Analyzer()
    analyzer.analyze(piece * 100)

    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        begin = time.process_time()
        analyzer.analyze([text])
        return time.process_time() - begin

    assert min(seconds(200_000) for _ in range(2)) < 8 * seconds(50_000) + 0.3
