"""Files of reviews for runs, and directories as they are compared: byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verbatim.batch import analyze_file

HEADER = "key,hotel,stars,café ☕,review\n"
REVIEWS = (
    "Lovely staff and delicious food.",
    '"The staff were friendly,\nbut we waited 45 minutes."',
    "Rude staff. Dirty room.",
    "",
    "Das Zimmer war leider sehr schmutzig und viel zu laut.",
    '"The room was ""spotless"", the wifi was not."',
    "Great location 👍",
)
MISFIT = "x,too,many,fields,here,really\n"


def rows(n: int) -> str:
    """Rows with everything that a file may hold, a misfit after every tenth."""
    lines = []
    for i in range(n):
        review = REVIEWS[i % len(REVIEWS)]
        lines.append(f"r{i},{'AB'[i % 2]},{'' if i % 9 == 4 else i % 5 + 1},{i / 2},{review}\n")
        if i % 10 == 9:
            lines.append(MISFIT)
    return "".join(lines)


def write_reviews(path: Path, n: int = 42) -> Path:
    path.write_text(HEADER + rows(n), "utf-8")
    return path


OPTIONS: dict[str, Any] = {"text": "review", "engine": "lexicon", "chunk_rows": 7}


def run(folder: Path, out: str = "out", **options: Any) -> Path:
    """Analyse ``reviews.csv`` of a folder into `out`."""
    return analyze_file(folder / "reviews.csv", folder / out, **{**OPTIONS, **options})


def content(directory: Path) -> dict[str, bytes]:
    """All files in a directory, by their path in it."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }
