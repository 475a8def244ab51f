"""A model that starts from a trained one, or some of its layers, to be taught what one says.

A teacher's doubts soften labels that hold some noise, so a second model of the same size gains too:
Furlanello et al. (2018), Born-again neural networks. A larger teacher has more to say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import torch

from training.model import Reader
from training.options import Options
from training.predict import device
from training.train import load_model

LAYER = re.compile(r"(encoder\.layers\.)(\d+)(\..*)")


def student_of(start: Path, options: Options, layers: int | None = None) -> tuple[Reader, Options]:
    """Model with the heads and all or some layers of a run or artefact, and its run's options."""
    full = load_model(start)
    sizes = full.sizes
    layers = layers or sizes.layers
    chosen = kept_layers(sizes.layers, layers)
    options = replace(options, architecture=replace(sizes, layers=layers))
    torch.manual_seed(options.seed)
    student = Reader(options.architecture, options.dropout)
    student.load_state_dict(
        {
            renamed: weight
            for name, weight in full.state_dict().items()
            if (renamed := _renamed(name, chosen)) is not None
        }
    )
    return student.to(device()), options


def kept_layers(of: int, layers: int) -> list[int]:
    """Evenly spaced layers, the first one always among them.

    Examples
    --------
    >>> kept_layers(6, 3), kept_layers(6, 2), kept_layers(6, 6)
    ([0, 2, 4], [0, 3], [0, 1, 2, 3, 4, 5])
    """
    return [of * place // layers for place in range(layers)]


def _renamed(name: str, chosen: list[int]) -> str | None:
    """Name in the student of a weight of the teacher's; None for a layer that it lacks."""
    match = LAYER.fullmatch(name)
    if match is None:
        return name
    number = int(match[2])
    return f"{match[1]}{chosen.index(number)}{match[3]}" if number in chosen else None
