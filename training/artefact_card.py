"""The model card that lies beside the weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from verbatim.artefacts import BY_VALUE
from verbatim.reliability import RULE, accuracy

TEMPLATE = """# Neural artefact

What the `neural` engine reads with: one encoder of {millions:.1f} million parameters with a head
for each label of `docs/labels.md`. Weights and products are 8-bit ({megabytes:.1f} MB).

| file | what |
|---|---|
| `model.onnx` | the graph: ids of word pieces in, logits out |
| `probe.onnx` | one product, to find out whether the processor needs slower kernels |
| `tokenizer.json` | word pieces of the base encoder |
| `settings.json` | thresholds and calibration, chosen on held-out sentences |
| `meta.json` | label order, sha256 of each file, sources, held-out figures, cost of rounding |

Licence: Apache-2.0. Made by `python -m training export`.

## Learned from

| source | licence |
|---|---|
{sources}

## Held-out figures

{n} sentences of `own/dev`, on which the thresholds were chosen too; other sets, on which nothing
was chosen, stand in `benchmarks/RESULTS.md`.

| measure | |
|---|---|
{numbers}

What is told reliably, {rule}, may be drawn in views; other values are named there as not reliable.
Found: sentences on which the engine found the value. Annotated: sentences that have it.

| attribute | value | reliable | precision | recall | F1 | found | annotated |
|---|---|---|---|---|---|---|---|
{values}

Intended for English customer feedback in any industry, a sentence at a time, of which the first
128 word pieces are read. Not for other languages, and not for judging persons. What is implied by
irony or hearsay is often missed; an opinion's confidence says how sure its driver and sign are.
"""


def artefact_card(graph: Path, about: Mapping[str, Any]) -> str:
    """Model card, in Markdown."""
    megabytes = graph.stat().st_size / 1e6
    sources = "\n".join(f"| {name} | {licence} |" for name, licence in about["sources"].items())
    numbers = "\n".join(
        f"| {name} | {value:.3f} |"
        for name, value in about["held_out"].items()
        if isinstance(value, float)
    )
    return TEMPLATE.format(
        millions=about["parameters"] / 1e6,
        megabytes=megabytes,
        sources=sources,
        n=about["held_out"]["n"],
        numbers=numbers,
        rule=RULE,
        values="\n".join(_values(about["held_out"].get(BY_VALUE, {}))),
    )


def _values(counts: Mapping[str, Any]) -> Iterator[str]:
    """One line per head and value."""
    meta = {"engine": {"held_out": counts}}
    for head, values in counts.items():
        for value in values:
            found = accuracy(meta, head, [value])
            assert found is not None
            figures = (found.precision, found.recall, found.f1)
            shown = " | ".join("" if figure is None else f"{figure:.2f}" for figure in figures)
            reliable = "yes" if found.is_reliable else ""
            yield (
                f"| {head} | {value} | {reliable} | {shown} "
                f"| {found.n_found} | {found.n_annotated} |"
            )
