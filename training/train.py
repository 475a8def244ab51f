"""Train the model: mixed batches, one schedule, a checkpoint from which a run goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from training.batches import Batch
from training.evaluate import Dev, measure
from training.imitation import imitation, together
from training.losses import losses, total
from training.material import Material
from training.model import Outputs, Reader
from training.options import Options
from training.predict import device, precision, single
from training.released import load_released
from training.restored import restored
from training.sampling import batches_of_pass

WEIGHTS, CHECKPOINT, OPTIONS, LOG = (
    "model.safetensors",
    "checkpoint.pt",
    "options.json",
    "log.jsonl",
)
LOG_EVERY = 50
SAVE_EVERY = 300.0
"""Seconds between checkpoints."""


@dataclass(slots=True)
class State:
    """How far a run is.

    Attributes
    ----------
    number : int
        Pass, from 0.
    done : int
        Batches done in this pass.
    step : int
        Batches done in all passes.
    seconds : float
        Wall-clock time used, earlier sittings included.
    """

    number: int = 0
    done: int = 0
    step: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Run:
    """A run, everything that a checkpoint keeps of it, and whom it imitates."""

    folder: Path
    options: Options
    model: Reader
    optimiser: torch.optim.AdamW
    average: dict[str, Tensor]
    state: State = field(default_factory=State)
    teachers: Sequence[Reader] = ()

    @classmethod
    def start(
        cls, folder: Path, options: Options, model: Reader, teachers: Sequence[Reader] = ()
    ) -> Run:
        """Take up the run in `folder` where its checkpoint left it, or begin it."""
        folder.mkdir(parents=True, exist_ok=True)
        freeze(model, options)
        optimiser = torch.optim.AdamW(groups(model, options), betas=(0.9, 0.98), fused=True)
        average = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}
        run = cls(folder, options, model, optimiser, average, teachers=teachers)
        if (folder / CHECKPOINT).exists():
            run._resume()
        options.save(folder / OPTIONS)
        return run

    def _resume(self) -> None:
        if Options.load(self.folder / OPTIONS) != self.options:
            raise ValueError(
                f"{self.folder} holds a run with other options; give another folder or those"
            )
        where = next(self.model.parameters()).device
        kept = torch.load(self.folder / CHECKPOINT, map_location=where, weights_only=True)
        self.model.load_state_dict(kept["model"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.average = kept["average"]
        self.state = State(**kept["state"])
        torch.set_rng_state(kept["random"].cpu())

    def save(self) -> None:
        """Write the checkpoint, and the averaged weights as they are now."""
        state = self.state
        kept = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "state": {name: getattr(state, name) for name in State.__slots__},
            "random": torch.get_rng_state(),
        }
        new = self.folder / f"{CHECKPOINT}.new"
        torch.save(kept, new)
        new.replace(self.folder / CHECKPOINT)
        weights = self.model.state_dict() | self.average
        save_file(
            {name: w.cpu().contiguous() for name, w in weights.items()}, self.folder / WEIGHTS
        )

    def log(self, **what: Any) -> None:
        """Add a line to the log."""
        state = {
            "step": self.state.step,
            "pass": self.state.number,
            "seconds": round(self.state.seconds),
        }
        with (self.folder / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(state | what) + "\n")

    def averaged(self) -> Reader:
        """A second model with the averaged weights."""
        where = next(self.model.parameters()).device
        model = Reader(self.options.architecture).to(where)
        model.load_state_dict(self.model.state_dict() | self.average)
        return model.eval()


def freeze(model: Reader, options: Options) -> None:
    """Take what shall stay as it is out of the training."""
    encoder = model.encoder
    if options.frozen_layers:
        # A bias by distance goes into every layer: training it would go back through all of them.
        encoder.requires_grad_(False)
        encoder.layers[options.frozen_layers :].requires_grad_(True)
    encoder.words.requires_grad_(options.train_embeddings)


def groups(model: Reader, options: Options) -> list[dict[str, Any]]:
    """Parameters by rate: heads, then each encoder layer slower than the one above it."""
    layers = len(model.encoder.layers)
    by_rate: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = options.head_rate
        if name.startswith("encoder."):
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = options.encoder_rate * options.layer_decay ** (layers - 1 - layer)
        decay = options.weight_decay if parameter.ndim > 1 else 0.0
        by_rate.setdefault((rate, decay), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "initial_lr": rate, "weight_decay": decay}
        for (rate, decay), parameters in by_rate.items()
    ]


def factor(progress: float, warm_up: float) -> float:
    """Share of the highest rate: up from 0 during the warm-up, then down to 0 at the end.

    Examples
    --------
    >>> [round(factor(p, 0.1), 2) for p in (0.05, 0.1, 0.55, 1.0, 1.2)]
    [0.5, 1.0, 0.5, 0.0, 0.0]
    """
    return max(0.0, min(progress / warm_up if warm_up else 1.0, (1 - progress) / (1 - warm_up)))


def train(run: Run, material: Material, dev: Dev | None) -> None:
    """Run to the last pass or to the end of the budget, whichever is first."""
    began, saved = time.monotonic() - run.state.seconds, run.state.seconds
    window: list[dict[str, float]] = []
    for batch, progress in _steps(run, material):
        window.append(_step(run, batch, progress))
        run.state.seconds = time.monotonic() - began
        if len(window) == LOG_EVERY:
            run.log(progress=round(progress, 4), losses=_means(window))
            window.clear()
        if run.state.done == 0:
            _measure(run, dev)
        elif run.state.seconds - saved > SAVE_EVERY:
            run.save()
            saved = run.state.seconds
    run.save()
    if run.state.done:
        _measure(run, dev)


def _steps(run: Run, material: Material) -> Iterator[tuple[Batch, float]]:
    """Batches that are still to do, and how far the run is before each."""
    options, state = run.options, run.state
    where = next(run.model.parameters()).device
    while state.number < options.passes:
        plan = batches_of_pass(material.lengths, options, state.number)
        for places in plan[state.done :]:
            progress = _progress(options, state, len(plan))
            if progress >= 1:
                return
            batch = material.batch(places, options, state.number).to(where)
            state.step += 1
            state.done += 1
            if state.done == len(plan):
                state.number, state.done = state.number + 1, 0
            yield batch, progress


def _progress(options: Options, state: State, batches: int) -> float:
    """Share of the passes that is done, or of a budget, if that is more."""
    passes = (state.number + state.done / batches) / options.passes
    minutes = state.seconds / (60 * options.minutes) if options.minutes else 0.0
    return max(passes, minutes, state.step / options.steps if options.steps else 0.0)


def _means(window: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {
        name: round(sum(values[name] for values in window) / len(window), 4) for name in window[0]
    }


def _step(run: Run, batch: Batch, progress: float) -> dict[str, float]:
    options, model = run.options, run.model
    model.train()
    for group in run.optimiser.param_groups:
        group["lr"] = group["initial_lr"] * factor(progress, options.warm_up)
    with precision(batch.ids.device, options.low_precision):
        outputs = single(model(batch.ids, batch.mask))
        taught = _taught(run, batch)
    parts = losses(outputs, batch, options.smoothing)
    if taught is None:
        loss = total(parts, options.losses, batch.weight)
    else:
        say = options.imitation * batch.taught
        copied = imitation(outputs, taught, batch.mask)
        loss = total(parts, options.losses, batch.weight * (1 - say))
        loss = loss + total(copied, options.losses, batch.weight * say)
    run.optimiser.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), options.clip)
    run.optimiser.step()
    _move_average(run)
    values = torch.stack([loss, norm, *(part.mean() for part in parts.values())]).tolist()
    return dict(zip(("total", "gradient", *parts), values, strict=True))


@torch.no_grad()
def _taught(run: Run, batch: Batch) -> Outputs | None:
    """What the teachers say of a batch."""
    said = [single(teacher(batch.ids, batch.mask)) for teacher in run.teachers]
    return together(said) if said else None


@torch.no_grad()
def _move_average(run: Run) -> None:
    """Follow the weights; faster at first, so that the start is soon forgotten."""
    decay = min(run.options.average, (1 + run.state.step) / (10 + run.state.step))
    for name, parameter in run.model.named_parameters():
        if name in run.average:
            run.average[name].lerp_(parameter, 1 - decay)


def _measure(run: Run, dev: Dev | None) -> None:
    if dev is not None:
        _, numbers = measure(run.averaged(), dev, run.options.low_precision)
        run.log(dev=numbers)


def new_model(options: Options) -> Reader:
    """Model with the released encoder's weights and fresh heads, the same ones for a seed."""
    torch.manual_seed(options.seed)
    model = Reader(options.architecture, options.dropout)
    load_released(model.encoder, options.encoder)
    return model.to(device())


def load_model(folder: Path) -> Reader:
    """Model with the averaged weights of a run, or of an artefact."""
    if not (folder / WEIGHTS).exists():
        return restored(folder).to(device()).eval()
    model = Reader(Options.load(folder / OPTIONS).architecture)
    model.load_state_dict(load_file(folder / WEIGHTS))
    return model.to(device()).eval()
