"""Logits of a model that knows the labels."""

import numpy as np

from training.batches import Batch
from training.examples import ATTRIBUTES
from training.model import TAGS
from verbatim.engines.neural.session import Said
from verbatim.labels import DRIVERS

SURE = 9.0


def perfect_logits(batch: Batch, row: int, length: int) -> Said:
    def yes(labels):
        return (2 * np.asarray(labels[row], np.float32) - 1) * SURE

    said = {name: yes(getattr(batch, name)) for name in ("drivers", "signs", "strong", "intents")}
    said |= {name: yes(getattr(batch, name)) for name in ("emotions", "intensity")}
    said["intensity"][np.asarray(batch.intensity[row]) == 0.5] = 0
    for part in ("target", "assessment"):
        tags = np.asarray(getattr(batch, f"{part}_tags")[row, :length])
        said[f"{part}_tags"] = SURE * np.eye(TAGS, dtype=np.float32)[tags]
        said[f"link_{part}"] = np.full((len(DRIVERS), 3, length), -SURE, np.float32)
    for i in np.flatnonzero(batch.link_row == row):
        at = int(batch.link_driver[i]), int(batch.link_sign[i])
        said["link_target"][at] = SURE * (2 * np.asarray(batch.link_target[i, :length]) - 1)
        said["link_assessment"][at] = SURE * (2 * np.asarray(batch.link_assessment[i, :length]) - 1)
    for i, (name, values) in enumerate(ATTRIBUTES.items()):
        said[name] = SURE * np.eye(len(values) + 1, dtype=np.float32)[int(batch.attributes[row, i])]
    said["evidence"] = np.full((len(DRIVERS), 3, length), 1 / length, np.float32)
    said["sentiment"] = np.arctanh(np.asarray(batch.sentiment[row]))
    return said
