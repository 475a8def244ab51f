"""A spaCy component: ``nlp.add_pipe("verbatim")``, found by its entry point without an import.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("verbatim", config={"taxonomy": "hospitality", "engine": "lexicon"})
>>> doc = nlp("Lovely staff, but the room wasn't clean.")
>>> [(span.label_, span._.verbatim["label"], span.text) for span in doc.spans["verbatim"]]
[('staff', 'positive', 'Lovely staff'), ('cleanliness', 'negative', "room wasn't clean")]
>>> doc._.verbatim["status"]
'ok'

Everything is found in ``doc.text`` alone: the component needs no other one before it, and uses its
own sentences and words, not the `Doc`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from verbatim.analyzer import Analyzer

__all__ = ["KEY", "VerbatimComponent"]

KEY = "verbatim"
"""Name of the component, of the spans in ``doc.spans``, and of the attributes."""

_LEFT_OUT = ("id", "text", "columns")


class VerbatimComponent:
    """Marks the opinions of a `Doc`; made by ``nlp.add_pipe("verbatim")``.

    It sets, all in plain values that ``doc.to_bytes()`` keeps:

    ``doc.spans["verbatim"]``
        One span per opinion: its evidence, with the driver as label (an empty one where the
        taxonomy has no driver for it). A span is made of whole tokens, so where the evidence
        begins or ends inside a token the span is wider; the exact characters are those of the
        attributes.
    ``span._.verbatim``
        The opinion as in the JSON Schema (`verbatim.json_schema`); None for other spans.
    ``doc._.verbatim``
        The verbatim as in the JSON Schema, without its text: status, language, sentiment, label
        and emotion, and the sentences with their opinions.

    In another process these attributes need ``import verbatim.adapters.spacy``.

    Parameters
    ----------
    analyzer : Analyzer
        What reads the texts.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer

    def __call__(self, doc: Doc) -> Doc:
        """Mark one document, and return it."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Mark document after document, reading so many at a time; the result is the same."""
        for docs in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            analysis = self.analyzer.analyze([doc.text for doc in docs])
            for doc, verbatim in zip(docs, analysis.to_dict()["verbatims"], strict=True):
                _mark(doc, verbatim)
                yield doc


@Language.factory(
    KEY,
    assigns=["doc.spans", f"doc._.{KEY}", f"span._.{KEY}"],
    default_config={"taxonomy": "general", "engine": "neural"},
)
def make_component(
    nlp: Language, name: str, taxonomy: str | Mapping[str, Any], engine: str
) -> VerbatimComponent:
    """Make the component; `taxonomy` and `engine` are those of `verbatim.analyze`."""
    return VerbatimComponent(Analyzer(taxonomy=taxonomy, engine=engine))


def _mark(doc: Doc, verbatim: Mapping[str, Any]) -> None:
    doc._.set(KEY, {key: value for key, value in verbatim.items() if key not in _LEFT_OUT})
    doc.spans[KEY] = [
        _span(doc, opinion, f"{KEY}:{i}:{j}")
        for i, sentence in enumerate(verbatim["sentences"])
        for j, opinion in enumerate(sentence["opinions"])
    ]


def _span(doc: Doc, opinion: Mapping[str, Any], span_id: str) -> Span:
    """Tokens that hold the evidence; there are always some, for tokens cover the text."""
    start, end = opinion["evidence_start"], opinion["evidence_end"]
    label = opinion.get("driver", "")
    span = doc.char_span(start, end, label, span_id=span_id, alignment_mode="expand")
    return cast(Span, span)


def _opinion(span: Span) -> Any:
    """Opinion that a span marks, which its id says: two opinions may be about the same words."""
    key, _, place = span.id_.partition(":")
    verbatim = span.doc._.get(KEY)
    if key != KEY or verbatim is None:
        return None
    sentence, opinion = map(int, place.split(":"))
    return verbatim["sentences"][sentence]["opinions"][opinion]


Doc.set_extension(KEY, default=None)
Span.set_extension(KEY, getter=_opinion)
