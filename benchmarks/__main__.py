"""Command: ``python -m benchmarks [PART] [--data DIR] [--limit N] [--only NAME ...]``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora import ROOT

START, END = "<!-- results -->", "<!-- /results -->"
ALL = "all"
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


@dataclass(frozen=True, slots=True)
class Section:
    """Measures that are run together.

    Attributes
    ----------
    name : str
    parts : tuple of str
        What `--only` may name.
    systems : tuple of str
        The engines and baselines that are measured side by side; none where only the library is.
    run : callable
        Data folder, parts, systems and limit in; name and figures of each part out.
    """

    name: str
    parts: tuple[str, ...]
    systems: tuple[str, ...]
    run: Callable[..., Iterator[tuple[str, Mapping[str, Any]]]]


def _sections() -> tuple[Section, ...]:
    """In the order in which they are run."""
    from benchmarks import accuracy, batch, discovery, journey, moments, speed, statistics
    from benchmarks.deletion import run_deletion
    from benchmarks.own_taxonomies import OWN
    from benchmarks.systems import ENGINES, SYSTEMS, TIMED
    from benchmarks.taxonomies import run_taxonomies

    return (
        Section("accuracy", tuple(accuracy.SETS), tuple(SYSTEMS), accuracy.run_accuracy),
        Section("evidence", ("deletion",), ENGINES, run_deletion),
        Section("speed", tuple(speed.PARTS), TIMED, speed.run_speed),
        Section("statistics", tuple(statistics.PARTS), (), statistics.run_statistics),
        Section("taxonomies", tuple(OWN), (), run_taxonomies),
        Section("journey", tuple(journey.PARTS), ENGINES, journey.run_journey),
        Section("discovery", tuple(discovery.PARTS), (), discovery.run_discovery),
        Section("moments", tuple(moments.PARTS), (), moments.run_moments),
        Section("batch", tuple(batch.PARTS), (), batch.run_batch),
    )


def _parts(options: argparse.Namespace) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    from benchmarks.systems import build

    for section in _sections():
        names = [name for name in section.parts if options.only is None or name in options.only]
        # The files of a million rows take hours, so they are measured only when asked for.
        every = options.what == ALL and section.name != "batch"
        if names and (every or options.what == section.name):
            chosen = build(_chosen(section.systems, options))
            for name, part in section.run(options.data, names, chosen, options.limit):
                yield section.name, name, part


def _chosen(systems: Sequence[str], options: argparse.Namespace) -> list[str]:
    return [name for name in systems if options.systems is None or name in options.systems]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    from benchmarks.systems import SYSTEMS

    sections = _sections()
    # Some sets are measured by two sections.
    names = dict.fromkeys(part for section in sections for part in section.parts)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    what = [*(section.name for section in sections), ALL]
    parser.add_argument("what", nargs="?", default=ALL, choices=what)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", metavar="DIR")
    parser.add_argument(
        "--only", nargs="+", choices=tuple(names), metavar="NAME", help=", ".join(names)
    )
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
