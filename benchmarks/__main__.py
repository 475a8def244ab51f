"""Command: ``python -m benchmarks [accuracy|speed|all] [--data DIR] [--limit N] [--only NAME]``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import ROOT

HERE = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for, part by part, and keep each part as soon as it is done."""
    from benchmarks.accuracy import SETS
    from benchmarks.speed import PARTS

    options = _options([*SETS, *PARTS], arguments)
    wanted = options.only or [*SETS, *PARTS]
    if options.what in ("accuracy", "all"):
        _accuracy(options, [name for name in SETS if name in wanted])
    if options.what in ("speed", "all"):
        _speed(options, [name for name in PARTS if name in wanted])
    return 0


def _options(names: Sequence[str], arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=["accuracy", "speed", "all"])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", metavar="DIR")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--limit", type=int, metavar="N", help="first N texts of each set")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write; a limited run prints only, else"
    )
    options = parser.parse_args(arguments)
    if options.out is None and options.limit is None:
        options.out = HERE
    if not options.data.is_dir():
        print(f"the data folder {options.data} is not there; give another with --data")
    return options


def _accuracy(options: argparse.Namespace, names: Sequence[str]) -> None:
    from benchmarks.accuracy import run_accuracy
    from benchmarks.systems import SYSTEMS, build

    if names:
        systems = build(list(SYSTEMS))
        for name, part in run_accuracy(options.data, names, systems, options.limit):
            _keep(options.out, "accuracy", name, part)


def _speed(options: argparse.Namespace, names: Sequence[str]) -> None:
    from benchmarks.speed import run_speed
    from benchmarks.systems import TIMED, build

    if names:
        for name, part in run_speed(options.data, names, build(TIMED), options.limit):
            _keep(options.out, "speed", name, part)


def _keep(folder: Path | None, section: str, name: str, part: dict[str, object]) -> None:
    """Merge the part into the results and write the page anew, or print it."""
    from benchmarks.report import render
    from benchmarks.results import environment, load_results, merge, save_results

    part = {"environment": environment(), **part}
    if folder is None:
        print(render({section: {name: part}}))
        return
    folder.mkdir(parents=True, exist_ok=True)
    results = merge(load_results(folder / "results.json"), section, name, part)
    save_results(folder / "results.json", results)
    (folder / "RESULTS.md").write_text(render(results), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
