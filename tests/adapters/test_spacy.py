"""The component: spans and attributes that are true to the text, alone, in batches and on disk."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import verbatim
from verbatim.adapters.spacy import VerbatimComponent

TEXTS = [
    "The staff were friendly but the room was filthy.",
    "",
    " \n ",
    "Cafe\u0301 \U0001f469\u200d\U0001f467 great food\U0001f44d\U0001f3fd! Dirty\u00a0room\u3002",
    "friendly/helpful staff,dirty/smelly room",
    "Das Zimmer war sehr schmutzig und das Personal war unfreundlich.",
    "We came by train.",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("verbatim", config={"taxonomy": "hospitality", "engine": "lexicon"})
    return made


@pytest.fixture(scope="module")
def component() -> VerbatimComponent:
    return VerbatimComponent(verbatim.Analyzer(engine="lexicon"))


def _seen(doc: Doc) -> list[Any]:
    spans = doc.spans["verbatim"]
    marked = [(span.start, span.end, span.label_, span._.verbatim) for span in spans]
    return [doc._.verbatim, marked]


def _opinions(text: str) -> list[dict[str, Any]]:
    (whole,) = verbatim.analyze([text], taxonomy="hospitality", engine="lexicon").to_dict()[
        "verbatims"
    ]
    return [opinion for sentence in whole["sentences"] for opinion in sentence["opinions"]]


def test_it_is_found_without_an_import() -> None:
    code = (
        "import spacy; nlp = spacy.blank('en')\n"
        "nlp.add_pipe('verbatim', config={'engine': 'lexicon'})\n"
        "doc = nlp('Lovely staff, dirty room')\n"
        "print(*[span.label_ for span in doc.spans['verbatim']])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["staff", "cleanliness"]


@pytest.mark.parametrize("text", TEXTS)
def test_the_spans_are_the_opinions(nlp: Language, text: str) -> None:
    doc = nlp(text)
    opinions = _opinions(text)
    spans = list(doc.spans["verbatim"])
    assert [span._.verbatim for span in spans] == opinions
    assert [span.label_ for span in spans] == [opinion["driver"] for opinion in opinions]
    assert doc._.verbatim["n_opinions"] == len(opinions)


def test_what_was_not_read_says_why(nlp: Language) -> None:
    statuses = [doc._.verbatim["status"] for doc in nlp.pipe(TEXTS)]
    assert statuses == ["ok", "empty", "empty", "ok", "ok", "not_english", "ok"]
    assert [len(doc.spans["verbatim"]) for doc in nlp.pipe(TEXTS[-2:])] == [0, 0]


def test_a_span_inside_a_token_is_widened_and_its_offsets_are_not(
    nlp: Language, component: VerbatimComponent
) -> None:
    doc = spacy.tokens.Doc(nlp.vocab, words=["Well:dirty", "room!!!"], spaces=[True, False])
    (span,) = component(doc).spans["verbatim"]
    opinion = span._.verbatim
    assert span.text == "Well:dirty room!!!"
    assert doc.text[opinion["evidence_start"] : opinion["evidence_end"]] == "dirty room"


def test_an_opinion_without_a_driver_has_an_empty_label() -> None:
    nlp = spacy.blank("en")
    taxonomy = {"drivers": {"staff": {"drop": True}}}
    nlp.add_pipe("verbatim", config={"taxonomy": taxonomy, "engine": "lexicon"})
    doc = nlp("Lovely staff")
    (span,) = doc.spans["verbatim"]
    assert span.label_ == "" and span._.verbatim["universal"] == "staff"


def test_two_opinions_about_the_same_words_keep_their_own_attributes(
    nlp: Language, component: VerbatimComponent
) -> None:
    doc = spacy.tokens.Doc(nlp.vocab, words=["friendly-staff-but-dirty-room"], spaces=[False])
    spans = list(component(doc).spans["verbatim"])
    assert [(span.start, span.end) for span in spans] == [(0, 1), (0, 1)]
    assert [span._.verbatim["label"] for span in spans] == ["positive", "negative"]


@pytest.mark.parametrize("batch_size", [1, 2, 100])
def test_batches_change_nothing(nlp: Language, batch_size: int) -> None:
    together = [_seen(doc) for doc in nlp.pipe(TEXTS, batch_size=batch_size)]
    assert together == [_seen(nlp(text)) for text in TEXTS]


words = st.sampled_from(
    ["dirty room", "lovely staff", "not good", "\U0001f600", "e\u0301", "\u00df", "\t", "."]
)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@settings(deadline=None, max_examples=60)
@given(st.lists(words | anything, max_size=12), st.sampled_from([" ", "", "\u3000"]))
def test_offsets_hold_for_any_unicode(
    nlp: Language, component: VerbatimComponent, parts: list[str], between: str
) -> None:
    doc = component(nlp.make_doc(between.join(parts)))
    for span in doc.spans["verbatim"]:
        opinion = span._.verbatim
        start, end = opinion["evidence_start"], opinion["evidence_end"]
        assert span.start_char <= start < end <= span.end_char
        # No token at either end could be left out.
        assert start < span[0].idx + len(span[0]) and span[-1].idx < end
        if "target" in opinion:
            assert doc.text[opinion["target_start"] : opinion["target_end"]] == opinion["target"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_keeps_it_on_disk(nlp: Language, text: str) -> None:
    doc = nlp(text)
    again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    assert _seen(again) == _seen(doc)
    assert _seen(doc.copy()) == _seen(doc)


def test_a_merged_document_keeps_the_spans_but_not_the_attributes(nlp: Language) -> None:
    docs = list(nlp.pipe(["Lovely staff", "Dirty room"]))
    with pytest.warns(UserWarning, match="W101"):
        merged = Doc.from_docs(docs)
    assert merged is not None
    spans = list(merged.spans["verbatim"])
    assert [span.text for span in spans] == ["Lovely staff", "Dirty room"]
    assert [span._.verbatim for span in spans] == [None, None]


def test_other_spans_have_no_opinion(nlp: Language) -> None:
    doc = nlp("Lovely staff")
    doc.spans["mine"] = [doc[0:1], doc.char_span(0, 6, span_id="0:0")]
    assert [span._.verbatim for span in doc.spans["mine"]] == [None, None]


def test_a_pipeline_is_saved_and_pickled(nlp: Language, tmp_path: Any) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    expected = _seen(nlp(TEXTS[0]))
    for again in (spacy.load(tmp_path / "pipeline"), pickle.loads(pickle.dumps(nlp))):
        assert _seen(again(TEXTS[0])) == expected


def test_a_wrong_option_is_named() -> None:
    with pytest.raises(verbatim.TaxonomyError, match="hospitality"):
        spacy.blank("en").add_pipe("verbatim", config={"taxonomy": "hospitalty"})
    with pytest.raises(verbatim.OptionError, match="lexicon"):
        spacy.blank("en").add_pipe("verbatim", config={"engine": "magic"})
