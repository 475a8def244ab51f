"""Find the few among many texts that a pattern may fit, in one pass through all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def matching(texts: Sequence[str], pattern: str) -> NDArray[np.bool_]:
    r"""Whether a pattern stands in each text, shape (len(texts),).

    Some twenty times as fast as `re`. The pattern is one of RE2: it has no look-round, and there
    ``\s``, ``\w`` and ``\b`` know ASCII alone.

    Examples
    --------
    >>> matching(["Called twice", "Kind staff"], "(?i)twice|thrice").tolist()
    [True, False]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.match_substring_regex(pa.array(texts, pa.large_string()), pattern)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
