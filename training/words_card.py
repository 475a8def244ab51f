"""The model card of the vectors of word pieces."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEMPLATE = """# Words artefact

A vector for each word piece of the `neural` engine's base encoder, so that phrases can be compared
without running a network ({megabytes:.1f} MB). A phrase's vector is the sum of its pieces'.

| file | what |
|---|---|
| `vectors.npz` | 8-bit vectors `steps` and their `scale`, one row per word piece |
| `tokenizer.json` | the word pieces |
| `meta.json` | sha256 of each file, sources, cosine to the encoder on the texts learned from |

Licence: Apache-2.0. Made by `python -m training words`, from {texts:,} texts and phrases; none of
their labels is used. Mean cosine to the encoder's own vectors of them: {cosine:.3f}.

## Learned from

| source | licence |
|---|---|
{sources}

Intended for short English phrases of customer feedback. The order of words, negation and sense in
context are lost: "not clean" lies near "clean". Not for other languages.
"""


def words_card(vectors: Path, about: Mapping[str, Any]) -> str:
    """Model card, in Markdown."""
    return TEMPLATE.format(
        megabytes=vectors.stat().st_size / 1e6,
        texts=about["texts"],
        cosine=about["cosine to the encoder"],
        sources="\n".join(f"| {name} | {licence} |" for name, licence in about["sources"].items()),
    )
