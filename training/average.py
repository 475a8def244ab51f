"""The mean of the weights of several runs of which each began with the weights of another.

Such runs lie in one basin, and the mean of their weights errs less than each, at the cost of one
model: Wortsman et al. (2022), Model soups.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file

from training.train import LOG, OPTIONS, WEIGHTS, load_model


def average(runs: Sequence[Path], out: Path) -> None:
    """Write the mean of the weights of `runs`, or artefacts, with options and log of the last."""
    states = [load_model(run).state_dict() for run in runs]
    mean = {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}
    out.mkdir(parents=True, exist_ok=True)
    save_file({name: weight.cpu().contiguous() for name, weight in mean.items()}, out / WEIGHTS)
    for name in (OPTIONS, LOG):
        shutil.copy(runs[-1] / name, out / name)
