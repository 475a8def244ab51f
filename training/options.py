"""Every setting of a training run, as one frozen value that is stored beside its weights."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from verbatim.errors import OptionError, unknown


@dataclass(frozen=True, slots=True)
class Share:
    """How much one pass reads of a set.

    Attributes
    ----------
    rows : float
        Share of its rows; successive passes go through all of them in turn. May exceed 1.
    weight : float
        Factor of the losses of these rows.
    taught : float
        Factor of a teacher's say on them: 0 where a teacher is known to be wrong.
    """

    rows: float
    weight: float = 1.0
    taught: float = 1.0


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes of the model; the defaults are those of all-MiniLM-L6-v2.

    `distances` is the number of buckets of a bias of attention by distance, 0 for none; `vector`
    is the width of the sentence vector.
    """

    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    inner: int = 1536
    layers: int = 6
    attention_heads: int = 12
    key: int = 64
    head: int = 192
    link: int = 64
    distances: int = 0
    vector: int = 384


def _sources() -> dict[str, Share]:
    return {
        "own": Share(1.0),
        "written": Share(1.0),
        "mams": Share(0.5, 0.5),
        "oposum": Share(0.15, 0.3),
        "goemotions": Share(0.08, 0.5),
        "graded": Share(0.15, 1.0),
        "constructions": Share(0.4, 0.5, taught=0.0),
    }


def _losses() -> dict[str, float]:
    return {
        "drivers": 1.0,
        "signs": 1.0,
        "strength": 0.5,
        "evidence": 0.1,
        "tags": 4.0,
        "links": 4.0,
        "emotions": 0.5,
        "intensity": 0.3,
        "intents": 0.7,
        "attributes": 0.5,
        "sentiment": 4.0,
        "vector": 0.5,
    }


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a run.

    Attributes
    ----------
    seed : int
    passes : int
        Passes over the mix of `sources`; the rates decay to 0 at the end of the last.
    minutes : float or None
        Wall-clock budget: the rates decay with the time used, where that is further on than the
        passes, and the run ends with it. A run under a budget does not repeat bit for bit.
    steps : int or None
        Most steps: like `minutes`, but a run repeats.
    batch : int
        Sentences a step.
    encoder_rate, head_rate : float
        Highest learning rates of AdamW.
    layer_decay : float
        Factor of the encoder's rate from each layer to the one below it.
    train_embeddings : bool
        Whether the word embeddings change. Frozen ones save a quarter of the time of a step.
    frozen_layers : int
        Layers from the lowest up that stay as they are, with all embeddings: time for more steps.
    warm_up : float
        Share of the run during which the rates rise.
    weight_decay, dropout, clip : float
    smoothing : float
        Label smoothing of yes/no labels: the labels hold a few per cent of noise.
    average : float
        Decay of the moving average of the weights; the averaged weights are the result.
    augment : float
        Share of the annotated rows whose text is spoiled (`training.augment`).
    imitation : float
        Share of the loss that is the distance from a teacher, when there is one.
    low_precision : bool
        Run matrix products in bfloat16: thrice as fast where the processor has them.
    sources : dict of str to Share
    losses : dict of str to float
        Weight of each loss.
    encoder : str
        Released encoder (`training.released`) that the weights start from.
    architecture : Architecture
    """

    seed: int = 0
    passes: int = 8
    minutes: float | None = None
    steps: int | None = None
    batch: int = 32
    encoder_rate: float = 1e-4
    head_rate: float = 5e-4
    layer_decay: float = 0.9
    train_embeddings: bool = False
    frozen_layers: int = 0
    warm_up: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    clip: float = 1.0
    smoothing: float = 0.02
    average: float = 0.998
    augment: float = 0.3
    imitation: float = 0.7
    low_precision: bool = True
    sources: dict[str, Share] = field(default_factory=_sources)
    losses: dict[str, float] = field(default_factory=_losses)
    encoder: str = "minilm"
    architecture: Architecture = field(default_factory=Architecture)

    def with_changes(self, changes: dict[str, Any]) -> Options:
        """Change settings; `sources` replaces the mix, `losses` changes the weights it names.

        Examples
        --------
        >>> Options().with_changes({"losses": {"vector": 0}}).losses["vector"]
        0
        """
        for name in changes:
            if name not in Options.__slots__:
                raise OptionError(unknown("option", name, Options.__slots__))
        changes = dict(changes)
        if "sources" in changes:
            changes["sources"] = {n: Share(**share) for n, share in changes["sources"].items()}
        if "losses" in changes:
            changes["losses"] = self.losses | _known_losses(changes["losses"])
        if "architecture" in changes:
            changes["architecture"] = Architecture(**changes["architecture"])
        return replace(self, **changes)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> Options:
        """Read what `save` wrote, or a file with some of the settings."""
        return cls().with_changes(json.loads(path.read_text("utf-8")))


def _known_losses(weights: dict[str, float]) -> dict[str, float]:
    for name in weights:
        if name not in _losses():
            raise OptionError(unknown("loss", name, _losses()))
    return weights
