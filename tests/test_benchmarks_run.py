"""The benchmarks run: systems, files, merging, pages, turns of the speed rounds."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks import accuracy, baselines, corpora, engines, metrics, readings, speed, systems
from benchmarks.__main__ import main
from benchmarks.readings import Reading
from benchmarks.report import cell, render
from verbatim.analysis import Analysis
from verbatim.schema import TABLES
from verbatim.tables import make_table

NOTHING = Reading(math.nan, "none")

# --- systems -------------------------------------------------------------------------------


def test_keywords_get_the_sign_of_their_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [("front desk", "staff"), ("room", "room"), ("bed + hard", "comfort")]
    index = baselines.keyword_index(known)
    monkeypatch.setattr(baselines.VaderKeywords, "keywords", index)
    (found,) = baselines.VaderKeywords().read(
        ["The rooms were lovely. Awful front desk, hard bed! We took the room key."]
    )
    assert [(o.driver, o.sign) for o in found.opinions] == [("room", 1), ("staff", -1)]


def test_an_analysis_becomes_one_reading_a_text() -> None:
    analysis = Analysis(
        {
            "verbatims": table(
                "verbatims", id=[0, 1], sentiment=[-0.5, None], label=["mixed", "none"]
            ),
            "sentences": table(
                "sentences",
                id=[0, 0, 1],
                emotion_joy=[2, None, None],
                emotion_anger=[None, 1, None],
                intent_warn=[False, True, False],
                stage=[None, "use", None],
            ),
            "opinions": table(
                "opinions",
                id=[0],
                driver=["transport"],
                universal=["location"],
                sentiment=[-1.0],
                label=["negative"],
                strength=[-2],
                confidence=[0.75],
                target_start=[3],
                target_end=[8],
                evidence_start=[0],
                evidence_end=[9],
            ),
        },
        {},
    )
    first, second = engines.readings(analysis)
    assert first.opinions == (
        readings.Opinion("location", -1.0, -1, -2, 0.75, (3, 8), None, (0, 9)),
    )
    assert first.sign == -1
    assert first.emotions == {"joy", "anger"}
    assert first.intents == {"warn"}
    assert first.attributes["stage"] == "use"
    assert first.attributes["effort"] is None
    assert second.sign == 0
    assert second.opinions == ()
    assert second.emotions == frozenset()
    assert math.isnan(second.sentiment)


def table(name: str, **given: list[Any]) -> pd.DataFrame:
    """A table of the schema; what isn't given is filled with what its dtype allows."""
    blank = {"str": None, "float64": None, "Int8": None, "Int64": None, "bool": False, "int64": 0}
    n = len(given["id"])
    columns = {c.name: [blank.get(c.dtype)] * n for c in TABLES[name]}
    return make_table(name, columns | given)


def test_vader_and_textblob_read_signs_only() -> None:
    texts = ["Great, lovely place", "Horrible, disgusting room", "We left on Monday"]
    for system in (baselines.Vader(), baselines.TextBlob()):
        assert [r.sign for r in system.read(texts)] == [1, -1, 0]
        assert all(not r.opinions for r in system.read(texts))


def test_a_system_that_is_not_installed_is_named_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> readings.System:
        raise ImportError("no such library")

    monkeypatch.setitem(systems.SYSTEMS, "Other", missing)
    assert list(systems.build(["Other", "VADER"])) == ["VADER"]
    assert "Other (no such library)" in capsys.readouterr().out


# --- the run -------------------------------------------------------------------------------


@pytest.fixture
def two_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one of two sets, and one system."""
    vader = systems.SYSTEMS["VADER"]
    monkeypatch.setattr(systems, "SYSTEMS", {"VADER": vader})
    rows = [{"text": "Great", "sign": 1}, {"text": "Awful", "sign": -1}]
    (tmp_path / "eval").mkdir()
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / accuracy.SETS["uci_sentences"].path).write_text(lines, encoding="utf-8")
    return tmp_path


def test_a_missing_file_is_named_and_its_old_result_stays(
    two_sets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = {"accuracy": {"airline_tweets": {"about": "a", "environment": {}, "measures": {}}}}
    (two_sets / "results.json").write_text(json.dumps(old), encoding="utf-8")
    wanted = ["--only", "uci_sentences", "airline_tweets"]
    main(["accuracy", "--data", str(two_sets), "--out", str(two_sets), *wanted])
    assert "skipped airline_tweets" in capsys.readouterr().out
    results = json.loads((two_sets / "results.json").read_text(encoding="utf-8"))
    assert results["accuracy"]["airline_tweets"] == old["accuracy"]["airline_tweets"]
    found = results["accuracy"]["uci_sentences"]
    assert found["texts"] == 2
    assert found["measures"]["accuracy"]["VADER"]["value"] == 1
    assert "| uci_sentences: accuracy | 1.000" in (two_sets / "RESULTS.md").read_text("utf-8")


def test_a_limited_run_prints_and_writes_nothing(
    two_sets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["accuracy", "--data", str(two_sets), "--only", "uci_sentences", "--limit", "1"])
    assert "### uci_sentences\n\nproducts, films, restaurants; 1 texts" in capsys.readouterr().out
    assert not (two_sets / "RESULTS.md").exists()


def test_what_a_system_does_not_offer_is_a_dash() -> None:
    cells = {"VADER": {"value": 0.5, "low": 0.4, "high": 0.6}}
    part = {"about": "x", "environment": {"cores": "2"}, "measures": {"F1": {}, "sign": cells}}
    page = render({"accuracy": {"own_dev": part}})
    assert "| F1 | - |\n| sign | 0.500 [0.400, 0.600] |" in page
    assert "2 cores" in page
    assert cell({"value": 1234.5}) == "1,234"


# --- speed ---------------------------------------------------------------------------------


class Recorder:
    """A system that notes who was called with what."""

    offers: frozenset[str] = frozenset()

    def __init__(self, name: str, calls: list[tuple[str, tuple[str, ...]]]) -> None:
        self.name, self.calls = name, calls

    def run(self, texts: Sequence[str]) -> None:
        self.calls.append((self.name, tuple(texts)))

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [NOTHING for _ in texts]


def test_rounds_take_turns_and_never_use_a_text_twice() -> None:
    calls: list[tuple[str, tuple[str, ...]]] = []
    both = {name: Recorder(name, calls) for name in ("VADER", "mine")}
    table = speed.throughput({"c": [f"text {i}." for i in range(10)]}, both)
    assert [name for name, _ in calls[:4]] == ["VADER", "mine", "mine", "VADER"]
    for name in both:
        used = [text for who, texts in calls if who == name for text in texts]
        assert len(used) == len(set(used)) == 10
    assert table["c: speed relative to VADER"]["VADER"] == metrics.Estimate(1.0, 1.0, 1.0)


def test_batches_split_the_same_number_of_texts() -> None:
    calls: list[tuple[str, tuple[str, ...]]] = []
    texts = [f"text {i}" for i in range(400)]
    table = speed.batches({"sentences": texts}, {"mine": Recorder("mine", calls)})
    assert list(table) == ["1 texts a call", "10 texts a call", "100 texts a call"]
    assert sorted(text for _, part in calls for text in part) == sorted(
        text for i, text in enumerate(texts) if i % 4 < 3
    )


@pytest.mark.parametrize("kind", corpora.LONG_TEXTS)
def test_long_texts_have_the_length_they_say(kind: str) -> None:
    text = corpora.long_text(kind, 1_003)
    assert len(text) == 1_003
    assert text == corpora.long_text(kind, 1_003)


def test_ordinary_long_text_hardly_repeats_a_sentence() -> None:
    parts = baselines.split_sentences(corpora.long_text("ordinary sentences", 20_000))
    assert len(set(parts)) > 0.99 * len(parts) > 100


def test_a_fresh_interpreter_reports_its_own_memory_only() -> None:
    ballast = np.ones(30_000_000)  # 240 MB here must not show up there
    peak = speed._fresh(speed.ALONE, ["one"])["peak_mb"]
    assert 3 < peak < 100 < ballast.nbytes / 1e6
