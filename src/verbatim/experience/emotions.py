"""Which emotions the reviews of each cell hold."""

from __future__ import annotations

import numpy as np
import pandas as pd

from verbatim.experience.reviews import Figures, Numbers, Reviews, Sides, masses
from verbatim.labels import EMOTIONS
from verbatim.weights.effective import sum_by


def emotion_mix(triples: Numbers, found: Sides, reviews: Reviews) -> pd.DataFrame:
    """Reviews and share of each emotion by cell, the most frequent of a cell first.

    Parameters
    ----------
    triples : int array of shape (m, 3)
        Review, key and emotion, each triple once.
    found : Sides
        The reviews of each key, of which the shares are.
    reviews : Reviews

    Returns
    -------
    DataFrame
        cell; emotion as an index into `EMOTIONS`; n_reviews; share.
    """
    review, key, emotion = triples.T
    cell = reviews.groups.of_row[review] * found.n_keys + key
    codes, place = np.unique(cell * len(EMOTIONS) + emotion, return_inverse=True)
    mass = sum_by(place.astype(np.int64), reviews.weights[review], len(codes))
    cells = codes // len(EMOTIONS)
    table = pd.DataFrame(
        {
            "cell": cells,
            "emotion": codes % len(EMOTIONS),
            "n_reviews": np.bincount(place, minlength=len(codes)),
            "share": np.minimum(mass / masses(found, reviews).reviews[cells], 1),
        }
    )
    # Rounding must not decide between emotions of which there is the same.
    order = np.lexsort((table["emotion"], -mass.round(9), cells))
    return table.iloc[order].reset_index(drop=True)


def top_emotion(mix: pd.DataFrame, n_cells: int) -> Figures:
    """Columns `emotion` and `emotion_share` of each cell: the first of its emotions."""
    first = mix.drop_duplicates("cell").set_index("cell").reindex(np.arange(n_cells))
    names = first["emotion"].map(dict(enumerate(EMOTIONS)))
    return {"emotion": names.to_numpy(), "emotion_share": first["share"].to_numpy()}
