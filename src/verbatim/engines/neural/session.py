"""The graph of the neural engine, run by onnxruntime on the CPU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from verbatim.errors import ArtefactError

Said = dict[str, NDArray[np.float32]]
"""What the graph says of n sentences, by the names of its outputs; see ``training/model.py``."""


class Session:
    """A graph that is ready to run; threads share it.

    Parameters
    ----------
    graph, probe : bytes
        ONNX files: the graph, and a product that shows whether 8-bit products overflow here.
    n_threads : int
        Runs at a time. One run stays in one thread: its products are too small to be shared out.
    """

    def __init__(self, graph: bytes, probe: bytes, n_threads: int) -> None:
        self._session = _open(graph, is_careful=overflows(probe))
        self._n_threads = n_threads
        self._names = [output.name for output in self._session.get_outputs()]

    def run(self, ids: NDArray[np.int64]) -> Said:
        """Read n sentences of T word pieces, given as ids of shape (n, T)."""
        outputs = self._session.run(None, {"ids": ids})
        return dict(zip(self._names, outputs, strict=True))

    def run_each(self, groups: Sequence[NDArray[np.int64]]) -> Iterator[Said]:
        """Read group after group, as many at a time as there are threads, in their order."""
        n_threads = min(self._n_threads, len(groups))
        if n_threads < 2:
            yield from map(self.run, groups)
            return
        # Threads that end with the call: those that stay would be missing in a forked child.
        with ThreadPoolExecutor(n_threads) as pool:
            yield from pool.map(self.run, groups)


def _open(graph: bytes, is_careful: bool) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.x64quantprecision", str(int(is_careful)))
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no common class of their own
        raise ArtefactError(
            f"onnxruntime {onnxruntime.__version__} can't read the graph ({error}); "
            "install a newer onnxruntime"
        ) from error


def overflows(probe: bytes) -> bool:
    """Whether sums of 8-bit products overflow on this processor.

    Those of x86 processors without VNNI do, unless onnxruntime is told to use other kernels, which
    take half as long again.
    """
    session = _open(probe, is_careful=False)
    (rows,) = session.get_inputs()
    largest = np.full(rows.shape, 255, np.uint8)
    (product,) = session.run(None, {rows.name: largest})
    return bool((product != 255 * 127 * rows.shape[1]).any())
