"""What others group short texts with: BERTopic's recipe, k-means and LDA.

BERTopic's recipe (Grootendorst 2022) is sentence embeddings of all-MiniLM-L6-v2, UMAP to five
dimensions and HDBSCAN, with its default settings. Reduced to a number of topics, as its
`nr_topics` does, it joins those whose mean embeddings are most alike. All see the same texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Floats = NDArray[np.float32]

SEED = 42
NEIGHBOURS, COMPONENTS, LEAST_TEXTS = 15, 5, 10


def embeddings(texts: Sequence[str]) -> Floats:
    """Vectors of all-MiniLM-L6-v2 as it is released; needs the `train` extra."""
    return _embeddings(tuple(texts))


@lru_cache(maxsize=2)
def _embeddings(texts: tuple[str, ...]) -> Floats:
    from training.prepare import embed, released_encoder

    return np.asarray(embed(released_encoder(), texts), dtype=np.float32)


def bertopic(texts: Sequence[str]) -> Labels:
    """Topic of each text, -1 for none."""
    from sklearn.cluster import HDBSCAN
    from umap import UMAP

    reducer = UMAP(
        n_neighbors=NEIGHBOURS,
        n_components=COMPONENTS,
        min_dist=0.0,
        metric="cosine",
        random_state=SEED,
        n_jobs=1,
    )
    reduced: Any = reducer.fit_transform(embeddings(texts))
    return np.asarray(HDBSCAN(min_cluster_size=LEAST_TEXTS, copy=True).fit_predict(reduced))


def reduced(texts: Sequence[str], topics: Labels, k: int) -> Labels:
    """At most `k` topics: those whose mean embeddings are most alike are one; -1 stays.

    Average linkage of the cosine distance. Purity grows with the number of groups, so that
    groupings of different fineness say little of each other.
    """
    from sklearn.cluster import AgglomerativeClustering

    names = np.unique(topics[topics >= 0])
    if len(names) <= k:
        return topics
    vectors = embeddings(texts)
    centres = np.stack([vectors[topics == name].mean(axis=0) for name in names])
    joined = AgglomerativeClustering(k, metric="cosine", linkage="average").fit_predict(centres)
    return np.where(topics >= 0, joined[np.searchsorted(names, topics) % len(names)], -1)


def k_means(texts: Sequence[str], k: int) -> Labels:
    """Cluster of each text."""
    from sklearn.cluster import KMeans

    return np.asarray(KMeans(k, n_init=10, random_state=SEED).fit_predict(embeddings(texts)))


def lda(texts: Sequence[str], k: int) -> Labels:
    """The topic that has most of each text."""
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    counts = CountVectorizer(stop_words="english").fit_transform(texts)
    model = LatentDirichletAllocation(k, random_state=SEED)
    return np.asarray(model.fit_transform(counts).argmax(axis=1))
