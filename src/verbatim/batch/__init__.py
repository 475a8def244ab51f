"""Analyse files of any length into a directory: part by part, on several cores, resumable.

A run that was stopped or killed goes on where it was when it is started again, and what it leaves
is the same, byte for byte, as if it had never been stopped.
"""

from verbatim.batch.place import Place, claimed, n_done, publish
from verbatim.batch.plan import CHUNK_ROWS, Plan, make_plan
from verbatim.batch.run import REJECTED, analyze_file, is_complete, read_parts

__all__ = [
    "CHUNK_ROWS",
    "REJECTED",
    "Place",
    "Plan",
    "analyze_file",
    "claimed",
    "is_complete",
    "make_plan",
    "n_done",
    "publish",
    "read_parts",
]
