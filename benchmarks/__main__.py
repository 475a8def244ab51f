"""Command: ``python -m benchmarks [PART] [--data DIR] [--limit N] [--only NAME ...]``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import ROOT

START, END = "<!-- results -->", "<!-- /results -->"
WHAT = (
    "accuracy",
    "evidence",
    "speed",
    "statistics",
    "taxonomies",
    "journey",
    "moments",
    "batch",
    "discovery",
    "all",
)
HERE = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; keep each part as soon as it is done, or print all at the end."""
    from benchmarks.report import render, summary
    from benchmarks.results import beside, environment, load_results, merge, save_results

    options = _options(arguments)
    folder: Path | None = options.out
    results = load_results(folder / "results.json") if folder else {}
    for section, name, part in _parts(options):
        if options.systems:
            part = beside(results, section, name, part)
        results = merge(results, section, name, {"environment": environment(), **part})
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            save_results(folder / "results.json", results)
            (folder / "RESULTS.md").write_text(render(results), encoding="utf-8")
    if not folder:
        print(render(results))
    if folder == HERE:
        _update_readme(ROOT / "README.md", summary(results))
    return 0


def _update_readme(path: Path, text: str) -> None:
    """Put `text` between the README's two marks."""
    before, _, rest = path.read_text("utf-8").partition(START)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{START}\n{text}\n{END}{after}", "utf-8")


def _parts(options: argparse.Namespace) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    from benchmarks.accuracy import SETS, run_accuracy
    from benchmarks.batch import PARTS as BATCH
    from benchmarks.batch import run_batch
    from benchmarks.deletion import run_deletion
    from benchmarks.discovery import PARTS as DISCOVERY
    from benchmarks.discovery import run_discovery
    from benchmarks.journey import PARTS as JOURNEY
    from benchmarks.journey import run_journey
    from benchmarks.moments import PARTS as MOMENTS
    from benchmarks.moments import run_moments
    from benchmarks.speed import PARTS, run_speed
    from benchmarks.statistics import PARTS as SIMULATIONS
    from benchmarks.statistics import run_statistics
    from benchmarks.systems import ENGINES, SYSTEMS, TIMED, build
    from benchmarks.taxonomies import OWN, run_taxonomies

    sections = (
        ("accuracy", tuple(SETS), tuple(SYSTEMS), run_accuracy),
        ("evidence", ("deletion",), ENGINES, run_deletion),
        ("speed", tuple(PARTS), TIMED, run_speed),
        ("statistics", tuple(SIMULATIONS), (), run_statistics),
        ("taxonomies", tuple(OWN), (), run_taxonomies),
        ("journey", tuple(JOURNEY), ENGINES, run_journey),
        ("discovery", tuple(DISCOVERY), (), run_discovery),
        ("moments", tuple(MOMENTS), (), run_moments),
        ("batch", tuple(BATCH), (), run_batch),
    )
    for section, known, systems, run in sections:
        names = [name for name in known if options.only is None or name in options.only]
        # The files of a million rows take hours, so they are measured only when asked for.
        wanted = section == options.what or (options.what == "all" and section != "batch")
        if wanted and names:
            chosen = build(_chosen(systems, options))
            for name, part in run(options.data, names, chosen, options.limit):
                yield section, name, part


def _chosen(systems: Sequence[str], options: argparse.Namespace) -> list[str]:
    return [name for name in systems if options.systems is None or name in options.systems]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    from benchmarks.accuracy import SETS
    from benchmarks.batch import PARTS as BATCH
    from benchmarks.discovery import PARTS as DISCOVERY
    from benchmarks.journey import PARTS as JOURNEY
    from benchmarks.moments import PARTS as MOMENTS
    from benchmarks.speed import PARTS
    from benchmarks.statistics import PARTS as SIMULATIONS
    from benchmarks.systems import SYSTEMS

    names = [*SETS, "deletion", *PARTS, *SIMULATIONS, *JOURNEY, *MOMENTS, *BATCH, *DISCOVERY]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=WHAT)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", metavar="DIR")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--systems",
        nargs="+",
        choices=tuple(SYSTEMS),
        metavar="NAME",
        help="accuracy of these only; the figures of the others stay",
    )
    parser.add_argument("--limit", type=int, metavar="N", help="first N texts of each set")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where to write; a limited run prints, if this isn't given",
    )
    options = parser.parse_args(arguments)
    if options.out is None and options.limit is None:
        options.out = HERE
    if not options.data.is_dir():
        print(f"the data folder {options.data} is not there; give another with --data")
    return options


if __name__ == "__main__":
    raise SystemExit(main())
