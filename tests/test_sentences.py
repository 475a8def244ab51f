"""Sentences and words of texts as people really write them."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verbatim.sentences import Sentence, split_sentences
from verbatim.sentences.clauses import HANGING, opens_clause
from verbatim.sentences.tokens import _spacy, tokenise
from verbatim.text import normalise


def units(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def words(text: str) -> list[str]:
    return [word for sentence in split_sentences(text) for word in sentence.words]


# "|" stands where a sentence ends; the text is what is left without it.
SPLITS = {
    "answers": [
        "Would I return? No.| We left.",
        "Was it clean? Not really.| Never again!",
        "Quiet? Not at all, there was a road.| Big? Yes",
        "Worth it? Sadly no way",
        "Any complaints? None.| Any praise? I wish!",
        "Was it clean? It was not.| Did we complain? We did.",
        "Tasty? Far from it.| Loud? Very.| Big? I don't think so.",
        "Was it good?| It was awful.| Was it clean? It wasn't!",
        "Staff?| Very rude.| The bill?| It was more than we had agreed.",
        "Where are they?| No one at the desk.",
        "Why?| Not that it matters to anybody here.",
        "Would I go again? Probably not.| Would you? Maybe.| Would she? Perhaps not.",
        "Clean? Yes.| Warm? No.| Kind? Not at all.",
        "What went well? Reception.| What could be better? The car park.",
        "What went well?\nReception\n|What could be better?\nThe car park",
        "How was your visit? Quick.| How were the rooms?| They were small.",
        "Which do you like best?| We never got to see any of the three.",
        "What were they thinking?| Shameful.",
    ],
    "beats": [
        "Best. Picnic. Ever.",
        "Drums at dawn, every. single. day.| We left.",
        "Fix! The! Gate!| Now that it is open, nobody comes.",
        "Avoid. At. All. Costs.",
        "Dry.| Warm.| Near.",
        "Beds.| Pool.| Garden.",
        "Quiet? No.| Sad.",
        "Quiet? Very.| Nice.| Near? Yes",
        "We walked the whole day.| Lovely.",
    ],
    "verbless pairs": [
        "lobby great |pool bad |garden good",
        "Pool very cold |garden nice.",
        "good bread |bad coffee",
        "Great pool |kind guide |soft towels |we will be back",
        "lobby great |pool bad |garden good for the price",
        "lobby great |pool bad |garden good |crew ace all day",
        "good bread bad coffee twice",
        "the pool cold again",
        "nice small pool",
        "get good bread fast",
    ],
    "full stops": [
        "The pool was cold.| Nobody cared!| Why?| We left.",
        "the pool was cold.| nobody cared.| we left",
        "Two hours.|Nobody came.|Then we left",
        "so loud !!|we moved rooms",
        "It was 3.5 km away at 9.30am.| Fine.",
        "Wow!!!| So good!!| Really?!| Yes",
        "good .| the end .",
    ],
    "abbreviations": [
        "Mr. Shah and Dr. Lee were kind.| Thanks.",
        "We landed at 3 p.m. on Sunday.| Tired.",
        "We landed at 3 p.m.| The desk was shut.",
        "It took approx. 5 min. by bus, e.g. line 4.| Fine.",
        "See No. 5 on the list.| No.| We paid.",
        "Beds, towels, etc. were old.| Towels etc.| The rest was new.",
        "the walk took 20 mins.| staff were late",
        "on the line for 40 mins.| hung up twice",
        "rang for 10 min.| nobody there",
        "a 10 min. walk uphill",
        "She was sent to A&E.| Nobody was there.",
        "The U.S. branch is slow.| I moved to the U.S.| They never wrote.",
        "We asked J. Okoro.| He knew.",
        "Nice of my wife and I.| We agreed.| Plan B.| The end",
    ],
    "ellipses": [
        "Well...| I tried... and failed... twice",
        "The gym was fine...| staff were not",
        "ok... but not great",
        "Slow…| The app froze",
    ],
    "quotes and brackets": [
        '"Not my job." she said.| We left.',
        'He said "wait here." and went.',
        "(It was shut!)| We left.",
        "The view (really?) was great (!) at night.",
        '"Fine."| "Thanks."',
    ],
    "emoji": [
        "Great place 😀|The bed was soft 😀😀 and warm 👍",
        "😀 Great place",
        "loved it 👍|staff were sweet",
        "Nice!! 🎉|We will return :)",
        "Good :D |The rest was bad :(",
        "THE POOL WAS COLD 😀|THE BED WAS HARD",
    ],
    "lists": [
        "- good bed |- slow lift |- nice view",
        "+ good bed\n|+ pool\n|- slow lift",
        "* bed |* bath",
        "•clean|•quiet",
        "1. Clean |2. Kind |3. Near",
        "1) clean 2nd floor |2) quiet",
        "✅ Clean bath |✅ Kind staff |❌ Slow lift",
        "open 9 - 5 on weekdays - really",
    ],
    "labels": [
        "Pros: clean, quiet |Cons: no lift",
        "Liked: the pool |Disliked: the noise",
        "The good: the pool.| The bad: the price",
        "Location: great |Service: poor |Food: ok",
        "Check-in: slow",
        "Cons: none",
        "Cons:\nnone",
        "Quiet: no\n|Clean: yes",
        "Dear Anna: we loved it",
    ],
    "lines": [
        "Clean bath\n|Kind staff\n|Good food",
        "clean bath\n|kind staff\n|good food",
        "Bath\n\n|and bed",
        "We took a room at the\nHarbour Inn and it\nwas dull.",
        "It was quiet enough in the week, but from Friday on we could hear the\nbar below us.",
        "The lift to our floor was out of order on all three of the days that\nI was there.",
        "BATH\n|The bath was old",
        "Not bad:\n|bed",
    ],
    "capitals": [
        "I LOVED IT.| THE STAFF WERE KIND...|THE BED WAS HARD",
        "WIFI DOWN AGAIN... AND AGAIN",
    ],
    "bits": ["...fine", "!!!", "( fine", "https://a.example/b.c?d=e. |Great"],
}


@pytest.mark.parametrize("marked", [text for group in SPLITS.values() for text in group])
def test_a_sentence_ends_where_a_reader_would_end_it(marked: str) -> None:
    assert units(marked.replace("|", "")) == [unit.strip() for unit in marked.split("|")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I didn't can't cannot we've", "I did n't ca n't can not we 've"),
        ("word.Word good,but slow.but", "word . Word good , but slow . but"),
        ("can't.It's I'm,he's", "ca n't . It 's I 'm , he 's"),
        ("ok...so well..", "ok ... so well .."),
        ("check-in 24-hour", "check - in 24 - hour"),
        ("-good bed- ~ok --so", "- good bed - ~ ok -- so"),
        ("£5.50 10/10 50% 5pm 3.5 -5", "£ 5.50 10/10 50 % 5 pm 3.5 -5"),
        ("fun:) :-( <3 xD ;)!", "fun :) :-( <3 xD ;) !"),
        ("(room 8) 8) quiet", "( room 8 ) 8 ) quiet"),
        ("rating:3 wifi:5/5", "rating : 3 wifi : 5/5"),
        (
            "a.example.com. a@b.co, www.x.io/y?z",
            "a.example.com . a@b.co , www.x.io/y?z",
        ),
        ("👩‍👩‍👧👍🏽🇬🇧🇫🇷1️⃣❤️ok", "👩‍👩‍👧 👍🏽 🇬🇧 🇫🇷 1️⃣ ❤️ ok"),
        ("great!!Bad yes?No fine;so", "great ! ! Bad yes ? No fine ; so"),
        ("room(big) (ok)but", "room ( big ) ( ok ) but"),
        ("Mr. 5 p.m. U.S. e.g.", "Mr. 5 p.m. U.S. e.g."),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split(" ")


def test_the_shortcut_for_plain_words_agrees_with_spacy() -> None:
    from spacy.lang.en import English

    pipeline: Any = English()
    rules = [rule for rule in pipeline.tokenizer.rules if rule.isalpha()]
    texts = ["clean", "Clean", "clean,", "Clean.", "great!", "why?", "so;", "Pros:", "etc.", "Mr."]
    texts += [
        "(clean)",
        '"clean".',
        "check-in",
        "well-to-do,",
        "staff's",
        "wow!!!",
        "(etc.)",
        "10,",
    ]
    for text in [*texts, *rules, *(f"{rule}," for rule in rules)]:
        assert words(text) == [token.text for token in pipeline.tokenizer(text)], text


RUN = (
    "we booked two nights for my sister and the room was on the top floor with a view of the "
    "harbour but the lift was broken so we had to carry the bags up five floors nobody at the desk "
    "offered to help us the bathroom was very clean and there were plenty of towels breakfast was "
    "cold by the time we got there and they had run out of fruit we asked for more coffee and it "
    "never came the girl who cleaned our room was lovely she left us extra soap and tea every day "
    "parking was twenty euros a night which is steep for this part of town however the location is "
    "perfect you can walk to the old town in ten minutes and the tram stops right outside the wifi "
    "kept dropping so i could not work in the evening we told them twice and they said they would "
    "fix it but no one ever came overall it was a pleasant stay the bed was soft and the street is "
    "quiet at night i would come back if the price came down a little"
)


@pytest.mark.parametrize("text", [RUN, RUN.upper(), RUN + ".", RUN.capitalize() + " 👍"])
def test_a_run_without_full_stops_becomes_readable_units(text: str) -> None:
    sentences = split_sentences(text)
    assert 10 <= len(sentences) <= 22
    sizes = [len(sentence.words) for sentence in sentences]
    assert max(sizes) <= 30
    assert sum(size < 6 for size in sizes) <= 2
    assert not [s.text for s in sentences[:-1] if s.words[-1].lower() in HANGING]


def test_a_run_is_cut_before_its_clauses() -> None:
    firsts = {" ".join(sentence.words[:2]) for sentence in split_sentences(RUN)}
    expected = [
        "but the",
        "nobody at",
        "the bathroom",
        "breakfast was",
        "parking was",
        "however the",
    ]
    assert set(expected) <= firsts


def test_no_cut_falls_behind_a_pronoun_or_a_comma_that_hangs() -> None:
    text = (
        "I wrote to the council four times, was promised a visit by the end of the month each time "
        "which never came, and when I finally reached the office the clerk told me that it was not "
        "hers to decide and that I should have read the notice which, by the way, hangs behind a "
        "door that is always locked"
    )
    cuts = [unit.split()[-1] for unit in units(text)]
    assert "I" not in cuts
    assert "which," not in cuts


def test_what_is_short_or_punctuated_is_not_cut() -> None:
    short = "the room was clean and the staff were kind but the lift was slow and it was loud"
    assert units(short) == [short]
    long = (
        "When we came down at nine, the buffet, which had looked so good the day before, was all "
        "but empty, and the young man at the door, who was plainly on his own, told us that we "
        "would have to wait."
    )
    assert units(long) == [long]


@pytest.mark.parametrize(
    ("text", "openers"),
    [
        ("loved it staff were kind", {"staff"}),
        ("great view the bed was soft", {"the"}),
        ("we loved the soft bed", set()),
        ("nice but small", set()),
        ("nice but we left", {"but"}),
        ("the room we had was fine", set()),
        ("all they had was soup", set()),
        ("so bad that we left", set()),
        ("clean room friendly staff were here", {"friendly"}),
    ],
)
def test_where_a_clause_opens(text: str, openers: set[str]) -> None:
    split = text.split()
    found = {split[index] for index in range(1, len(split)) if opens_clause(split, index)}
    assert found == openers


def check(text: str, sentences: list[Sentence]) -> None:
    """Hold what every engine relies on: exact slices, in order, that leave nothing out."""
    end = 0
    for sentence in sentences:
        assert not text[end : sentence.start].strip()
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        assert 1 <= len(sentence.words) == len(sentence.starts) <= 60
        inner = 0
        for word, start in zip(sentence.words, sentence.starts, strict=True):
            assert sentence.text[start : start + len(word)] == word
            assert word
            assert not any(character.isspace() for character in word)
            assert not sentence.text[inner:start].strip()
            inner = start + len(word)
        assert inner == len(sentence.text)
        assert sentence.starts[0] == 0
        end = sentence.start + len(sentence.text)
    assert not text[end:].strip()


_PIECES = st.sampled_from(
    ["the ", "room ", "was ", "and ", "we ", "I ", "A", "b", "Pros", "1", "12", "Mr", "etc", "p.m."]
) | st.sampled_from(
    list(".!?…:;,-–*+•()'\"/&@<>#✅😀👍🏽\u200d\ufe0f\u20e3🇬🇧\n\t \x85\u2028éß很\ud83d\x00")
)
_TEXTS = st.text(st.characters(codec=None), max_size=80) | st.lists(_PIECES, max_size=60).map(
    "".join
)


@settings(max_examples=500, deadline=None)
@given(_TEXTS)
@example("")
@example(" \n\t")
@example("the " * 130)
@example("\ud83d\ude00\ud83d")
@example("https://" + "a" * 3000)
def test_slices_are_exact_and_complete(text: str) -> None:
    check(text, split_sentences(text))
    clean = normalise(text).text
    check(clean, split_sentences(clean))


UGLY = {
    "emoji": "😀",
    "family": "👩‍👩‍👧",
    "flags": "🇬🇧",
    "kind of": "kind of ",
    "one word": "a",
    "lines": "\n",
    "list": "- a\n",
    "angles": "<",
    "ampersands": "&",
    "full stops": ".",
    "spaced stops": ". ",
    "no words": "! - ",
    "brackets": ")",
    "quotes": '" ',
    "pronouns": "I ",
    "labels": "x: ",
    "numbers": "1. ",
    "smiles": "😀 ",
    "ellipses": "... a ",
    "clauses": "the room was fine ",
    "beats": "the. ",
    "pairs": "bed good ",
    "turned pairs": "bed good pool good gym good good bar good spa good bed ",
    "web": "http://a.b/",
}


@pytest.mark.parametrize("unit", UGLY.values(), ids=UGLY)
def test_time_is_linear_and_slices_hold_in_ugly_texts(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        begin = time.process_time()
        sentences = split_sentences(text)
        spent = time.process_time() - begin
        check(text, sentences)
        return spent

    split_sentences(unit)
    # A quadratic step would make four times as much text cost sixteen times as much.
    assert min(seconds(100_000) for _ in range(2)) < 8 * seconds(25_000) + 0.3


def test_ten_megabytes_are_read() -> None:
    text = "It rained and the lift was slow. We left early 👍\n" * 10_000
    text += "x" * 9_500_000
    sentences = split_sentences(text)
    assert sentences[0].text == "It rained and the lift was slow."
    assert sum(len(word) for s in sentences for word in s.words) == len("".join(text.split()))


def test_the_shortcut_for_contractions_agrees_with_spacy() -> None:
    listed = [piece for piece in _spacy.tokenizer.rules if piece.replace("'", "").isalpha()]
    for piece in listed:
        tokens = tokenise(piece)
        ends = [start + len(word) for start, word in zip(tokens.starts, tokens.words, strict=True)]
        sizes = [end - start for start, end in zip(tokens.starts, ends, strict=True)]
        assert sizes == _spacy.sizes(piece) and ends[-1] == len(piece), piece
    assert tokenise("can't").words == ["ca", "n't"] and tokenise("XD").marks == {0: "face"}


def test_new_words_do_not_fill_the_memory() -> None:
    strings = _spacy.tokenizer.vocab.strings
    split_sentences("warm-up, it's")
    before = len(strings)
    for number in range(1000):  # each with several new words
        split_sentences(f"word{number}'s (other-{number})!")
    assert len(strings) < before + 1000


def test_threads_agree() -> None:
    texts = [f"The pool{n} wasn't open. Nobody told us{n}... We left 😀" for n in range(200)]
    expected = [[s.text for s in split_sentences(text)] for text in texts]
    results: list[list[list[str]]] = []
    fresh = [text.replace("pool", "gym") for text in texts]

    def work() -> None:
        results.append([units(text) for text in fresh])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = [[unit.replace("pool", "gym") for unit in text] for text in expected]
    assert results == [wanted] * 4


def test_tokens_know_their_marks_and_lines() -> None:
    tokens = tokenise("- Fine.\n\nDr. A... 😀 1) b:")
    assert tokens.words == ["-", "Fine", ".", "Dr.", "A", "...", "😀", "1", ")", "b", ":"]
    assert tokens.marks == {
        0: "dash", 2: "stop", 3: "short", 5: "dots", 6: "face", 7: "number", 10: "colon",
    }  # fmt: skip
    assert tokens.lines == {3: 2}
