"""The command ``verbatim themes``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verbatim.cli.options import Saved
from verbatim.cli.saved import LIST_FORMATS, resolved
from verbatim.errors import OptionError, unknown

if TYPE_CHECKING:
    import pandas as pd

    from verbatim.discover import Emerging, Themes


def themes(
    folder: Saved,
    since: Annotated[
        str | None, typer.Option(help="Say what grew since this day, such as 2025-06-01.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Column of dates; the only one there is, unless told.")
    ] = None,
    min_size: Annotated[
        int | None, typer.Option(help="Reviews that a theme needs; by default by their number.")
    ] = None,
    format: Annotated[str, typer.Option(help="text to read; csv or jsonl for all.")] = "text",
    target: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    tagged: Annotated[
        Path | None,
        typer.Option(help="Folder for the analysis with its themes, for drivers and report."),
    ] = None,
) -> None:
    """Find the themes of a saved analysis, or those that came up since a day."""
    from verbatim.analysis import Analysis
    from verbatim.cli.request import Scoring
    from verbatim.report.write import write_text
    from verbatim.sheets import BOM

    if format not in LIST_FORMATS:
        raise OptionError(unknown("format", format, LIST_FORMATS))
    if date is not None and since is None:
        raise OptionError(f"--date {date} goes with --since; give the day from which to look")
    if min_size is not None and min_size < 1:
        raise OptionError(f"--min-size {min_size}; give a number of reviews from 1")
    saved = Analysis.load(folder)
    of_all = saved.discover(min_size=min_size)
    found: Themes | Emerging = of_all
    if since is not None:
        day = resolved(folder, Scoring(date=date)).date
        found = of_all.emerging(saved, since, date=day)
    listed = _listed(found, format)
    if target is None:
        print(listed, end="")
    else:
        write_text(target, BOM + listed if format == "csv" else listed)
        print(f"Written to {target}")
    if tagged is not None:
        print(f"Saved to {_themes(found).tag(saved).save(tagged)}")


def _themes(found: Themes | Emerging) -> Themes:
    from verbatim.discover import Emerging

    return found.themes if isinstance(found, Emerging) else found


def _listed(found: Themes | Emerging, format: str) -> str:
    from verbatim.results import records
    from verbatim.sheets import harmless

    if format == "text":
        return f"{found}\n".replace(" in .frame", " with --format csv")
    table = _table(found)
    if format == "csv":
        return harmless(table).to_csv(index=False, lineterminator="\n")
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) for row in records(table))
    return "".join(f"{line}\n" for line in lines)


def _table(found: Themes | Emerging) -> pd.DataFrame:
    """All themes; of those asked what grew, with the things that are named more behind them."""
    import pandas as pd

    from verbatim.discover import Emerging

    if not isinstance(found, Emerging):
        return found.frame
    things = found.subjects.rename(columns={"subject": "name", "drivers": "driver"})
    return pd.concat(
        [found.frame.assign(what="theme"), things.assign(what="thing", emerging=True)],
        ignore_index=True,
    )
