"""The front door: what goes in, what comes back, and what does not matter to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import verbatim
from tests.same import assert_same
from verbatim import Analysis, Analyzer, InputError, OptionError
from verbatim.analyzer import MOST_CHARACTERS, batch_bounds
from verbatim.schema import TABLES, names

REVIEWS = [
    "The staff were friendly but the room was filthy.",
    "Great location, terrible wifi! We waited 45 minutes to check in.",
    "ok",
    "",
    "👍",
    "Das Zimmer war sehr schmutzig und das Personal war unfreundlich.",
    "Caf\u00c3\u00a9 on site &amp; a <b>lovely</b> breakfast",
    "The staff were friendly but the room was filthy.",
]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def assert_offsets_hold(analysis: Analysis) -> None:
    texts = analysis.verbatims.set_index("id")["text"]
    for row in analysis.opinions.itertuples():
        text = texts[row.id]
        for part in ("target", "assessment"):
            said = getattr(row, part)
            if not pd.isna(said):
                assert text[getattr(row, f"{part}_start") : getattr(row, f"{part}_end")] == said
        assert 0 <= row.evidence_start < row.evidence_end <= len(text)
    for row in analysis.sentences.itertuples():
        assert 0 <= row.start < row.end <= len(texts[row.id])


@pytest.mark.parametrize(
    "data",
    [
        REVIEWS,
        tuple(REVIEWS),
        (text for text in REVIEWS),
        pd.Series(REVIEWS),
        np.array(REVIEWS),
        pd.DataFrame({"review": REVIEWS}),
        pa.table({"review": REVIEWS}),
    ],
    ids=["list", "tuple", "generator", "series", "array", "frame", "arrow"],
)
def test_every_kind_of_input_gives_the_same_analysis(analyzer: Analyzer, data: Any) -> None:
    text = "review" if isinstance(data, (pd.DataFrame, pa.Table)) else None
    assert_same(analyzer.analyze(data, text=text), analyzer.analyze(REVIEWS))


def test_one_string_is_one_verbatim() -> None:
    analysis = verbatim.analyze("Lovely staff. Dirty room.")
    assert len(analysis) == 1
    assert set(analysis.opinions["driver"]) == {"staff", "cleanliness"}


def test_tables_have_the_columns_and_dtypes_of_the_schema(analyzer: Analyzer) -> None:
    for analysis in (analyzer.analyze(REVIEWS), analyzer.analyze([]), analyzer.analyze([None])):
        for table, columns in TABLES.items():
            frame = analysis.tables[table]
            assert list(frame.columns) == names(table)
            for column in columns:
                expected = "int64" if column.dtype == "id" else column.dtype
                assert str(frame[column.name].dtype) == expected
                if not column.nullable:
                    assert not frame[column.name].isna().any()
                if column.values is not None:
                    assert set(frame[column.name].dropna()) <= set(column.values)


def test_no_verbatims_is_an_empty_analysis(analyzer: Analyzer) -> None:
    analysis = analyzer.analyze([])
    assert len(analysis) == 0
    assert analysis.drivers().frame["n_reviews"].sum() == 0


@pytest.mark.parametrize(
    ("value", "status", "text"),
    [
        (None, "empty", None),
        (float("nan"), "empty", None),
        (pd.NA, "empty", None),
        (pd.NaT, "empty", None),
        ("", "empty", ""),
        (" \n\t ", "empty", " \n\t "),
        ("\u200b\u200b", "empty", "\u200b\u200b"),
        (4, "not_text", "4"),
        (4.5, "not_text", "4.5"),
        (True, "not_text", "True"),
        (b"good", "not_text", "good"),
        (["good"], "not_text", "['good']"),
        ("Das Zimmer war leider sehr schmutzig und viel zu laut.", "not_english", None),
        ("...", "empty", "..."),
        ("N/A", "empty", "N/A"),
        (" - ", "empty", " - "),
        ("no comments!", "empty", "no comments!"),
        ("Nothing", "ok", "Nothing"),
        ("10", "not_text", "10"),
        ("10/10", "ok", "10/10"),
        ("\U0001f44e", "ok", "\U0001f44e"),
        ("\ud83d good room", "ok", "\ufffd good room"),
    ],
)
def test_a_bad_row_keeps_its_place_and_says_why(
    analyzer: Analyzer, value: Any, status: str, text: str | None
) -> None:
    analysis = analyzer.analyze(["Great staff", value, "Rude staff"])
    row = analysis.verbatims.iloc[1]
    assert row["status"] == status
    if text is not None:
        assert row["text"] == text
    assert analysis.verbatims["id"].tolist() == [0, 1, 2]
    assert set(analysis.opinions["id"]) >= {0, 2}
    if status not in ("ok", "truncated"):
        assert 1 not in set(analysis.sentences["id"])


def test_a_verbatim_of_ten_million_characters_is_read_to_the_limit(analyzer: Analyzer) -> None:
    text = "Kind of good food. " * (10_000_000 // 19)
    row = analyzer.analyze([text]).verbatims.iloc[0]
    assert row["status"] == "truncated"
    assert row["text"] == text
    assert row["n_opinions"] > 1000
    (status,) = (column for column in TABLES["verbatims"] if column.name == "status")
    assert f"up to its {MOST_CHARACTERS:,}th character" in status.meaning


@pytest.mark.parametrize("data", [b"bytes", 3, None, {"text": "good"}, np.zeros((2, 2))])
def test_what_holds_no_verbatims_is_an_error_that_says_what_does(data: Any) -> None:
    with pytest.raises(InputError, match=r"pass"):
        verbatim.analyze(data)


def test_a_wrong_column_lists_those_there_are() -> None:
    frame = pd.DataFrame({"Review": ["good"], "stars": [5]})
    with pytest.raises(InputError, match=r"did you mean 'Review'.*Review, stars"):
        verbatim.analyze(frame, text="review")
    with pytest.raises(InputError, match=r"which column.*Review, stars"):
        verbatim.analyze(frame)
    with pytest.raises(InputError, match="unknown column 'key'"):
        verbatim.analyze(frame, text="Review", id="key")
    with pytest.raises(InputError, match="stands twice"):
        verbatim.analyze(pd.DataFrame([["a", "b"]], columns=["x", "x"]), text="x")
    with pytest.raises(InputError, match="pass a DataFrame"):
        verbatim.analyze(["good"], text="review")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "lexikon"}, "did you mean 'lexicon'"),
        ({"taxonomy": "hospitallity"}, "hospitality"),
        ({"n_jobs": 0}, "n_jobs=0"),
        ({"n_jobs": "two"}, "n_jobs='two'"),
        ({"progress": True}, "progress=True; give a function"),
    ],
)
def test_a_wrong_option_names_what_is_allowed(options: dict[str, Any], message: str) -> None:
    with pytest.raises((OptionError, verbatim.TaxonomyError), match=message):
        verbatim.analyze("good", **options)


def test_other_columns_ride_along() -> None:
    frame = pd.DataFrame(
        {"stars": [5, 2], "text": ["a", "b"], "review": ["good", "bad"], "label": ["x", "y"]},
        index=pd.Index([7, 7], name="booking"),
    )
    analysis = verbatim.analyze(frame, text="review")
    assert analysis.columns == ("stars", "text_input", "label_input", "booking")
    assert analysis.verbatims["stars"].tolist() == [5, 2]
    assert analysis.verbatims["booking"].tolist() == [7, 7]
    assert analysis.verbatims["id"].tolist() == [0, 1]


def test_ids_of_the_caller() -> None:
    frame = pd.DataFrame({"key": ["a", "b"], "review": ["Rude staff", "Great food"]})
    analysis = verbatim.analyze(frame, text="review", id="key")
    assert analysis.opinions["id"].tolist() == ["a", "b"]
    for keys, message in ((["a", "a"], "'a' more than once"), (["a", None], "empty in row 1")):
        with pytest.raises(InputError, match=message):
            verbatim.analyze(frame.assign(key=keys), text="review", id="key")


@pytest.fixture(scope="module")
def lexicon() -> Analyzer:
    return Analyzer(engine="lexicon")


def test_ids_differ_as_they_are_stored(lexicon: Analyzer) -> None:
    frame = pd.DataFrame({"review": ["Rude staff", "Great food"]})
    with pytest.raises(InputError, match="holds '1' more than once"):
        lexicon.analyze(frame.assign(key=pd.Series([1, "1"])), text="review", id="key")
    with pytest.raises(InputError, match="holds 7 more than once"):
        lexicon.analyze(frame.assign(key=7), text="review", id="key")
    largest = np.array([2**63 - 1, 1], dtype="uint64")
    analysis = lexicon.analyze(frame.assign(key=largest), text="review", id="key")
    assert analysis.verbatims["id"].tolist() == [2**63 - 1, 1]
    with pytest.raises(InputError, match=r"holds 9223372036854775808, more than .* as text"):
        lexicon.analyze(frame.assign(key=largest + 1), text="review", id="key")


class FromPolars:
    """Gives its table away as a frame of Polars does."""

    def __init__(self, table: pa.Table) -> None:
        self.to_arrow = lambda: table


@pytest.mark.parametrize("wrap", [lambda table: table, FromPolars], ids=["arrow", "polars"])
def test_whole_numbers_with_nulls_stay_what_they_are(lexicon: Analyzer, wrap: Any) -> None:
    columns = {
        "account": pa.array([12345678901234567, None, 3]),
        "big": pa.array([2**64 - 1, None, 0], pa.uint64()),
        "again": pa.array([True, None, False]),
        "stars": [1, 2, 3],
        "score": [0.5, None, 1.0],
    }
    table = pa.table({"review": ["Great staff", "Dirty room", None], **columns})
    verbatims = lexicon.analyze(wrap(table), text="review").verbatims
    assert verbatims["account"].tolist() == [12345678901234567, pd.NA, 3]
    assert verbatims["big"].tolist() == [2**64 - 1, pd.NA, 0]
    assert list(map(str, verbatims.dtypes[-5:])) == "Int64 UInt64 boolean int64 float64".split()


def test_two_levels_of_an_index_may_have_one_name(lexicon: Analyzer) -> None:
    index = pd.MultiIndex.from_tuples([(1, "x"), (2, "y")], names=["a", "a"])
    analysis = lexicon.analyze(pd.DataFrame({"review": ["a", "b"]}, index=index), text="review")
    assert analysis.columns == ("a", "a_input")
    assert analysis.verbatims["a"].tolist() == [1, 2]
    assert analysis.verbatims["a_input"].tolist() == ["x", "y"]


def test_half_of_the_name_of_a_column_is_unknown(lexicon: Analyzer) -> None:
    columns = pd.MultiIndex.from_tuples([("q", "review"), ("q", "n")])
    frame = pd.DataFrame([["Great staff", 1]], columns=columns)
    with pytest.raises(InputError, match=r"unknown column 'q'.*'review'"):
        lexicon.analyze(frame, text="q")
    assert len(lexicon.analyze(frame, text=("q", "review")).opinions) == 1  # type: ignore[arg-type]


def test_what_is_no_character_rides_along_as_its_replacement(
    lexicon: Analyzer, tmp_path: Path
) -> None:
    frame = pd.DataFrame(
        [["Great staff", "\ud83d!", "\ud83d"], ["Dirty room", 3, "b"]],
        columns=pd.Index(["review", "mixed", "\ud83d"], dtype=object),
        dtype=object,
    )
    frame["group"] = pd.Categorical(frame.iloc[:, 2])
    analysis = lexicon.analyze(frame, text="review")
    assert analysis.columns == ("mixed", "\ufffd", "group")
    assert analysis.verbatims.iloc[0, -3:].tolist() == ["\ufffd!", "\ufffd", "\ufffd"]
    assert analysis.verbatims["mixed"][1] == 3
    assert analysis.to_json().encode("utf-8")
    saved = Analysis.load(analysis.save(tmp_path / "out"))
    assert saved.verbatims["group"].tolist() == ["\ufffd", "b"]


def test_the_input_is_left_as_it_was(analyzer: Analyzer) -> None:
    frame = pd.DataFrame({"review": REVIEWS, "stars": range(len(REVIEWS))})
    before = frame.copy(deep=True)
    analysis = analyzer.analyze(frame, text="review")
    verbatims, opinions = analysis.verbatims, analysis.opinions
    verbatims["stars"] = 0
    opinions.loc[:, "driver"] = "changed"
    assert_frame_equal(frame, before)
    assert analysis.verbatims["stars"].tolist() == list(range(len(REVIEWS)))
    assert "changed" not in set(analysis.opinions["driver"])


def test_order_does_not_matter(analyzer: Analyzer) -> None:
    order = np.random.default_rng(1).permutation(len(REVIEWS))
    frame = pd.DataFrame({"key": range(len(REVIEWS)), "review": REVIEWS})
    straight = analyzer.analyze(frame, text="review", id="key")
    shuffled = analyzer.analyze(frame.iloc[order].reset_index(drop=True), text="review", id="key")
    for table in TABLES:
        left, right = straight.tables[table], shuffled.tables[table]
        by = [c for c in ("id", "sentence", "evidence_start", "driver", "sentiment") if c in left]
        assert_frame_equal(
            left.sort_values(by, ignore_index=True), right.sort_values(by, ignore_index=True)
        )


def test_batches_do_not_matter(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analyzer.analyze(REVIEWS)
    monkeypatch.setattr("verbatim.analyzer.BATCH", 3)
    assert_same(analyzer.analyze(REVIEWS), whole)


@pytest.mark.parametrize(
    ("lengths", "bounds"),
    [([4, 4, 4, 4], [0, 2, 4]), ([9, 1, None, 1, 1], [0, 1, 4, 5]), ([0] * 7, [0, 3, 6, 7])],
)
def test_a_batch_ends_with_the_text_that_fills_it(
    lengths: list[int | None], bounds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verbatim.analyzer.BATCH", 3)
    monkeypatch.setattr("verbatim.analyzer.BATCH_CHARACTERS", 8)
    assert batch_bounds([None if n is None else "x" * n for n in lengths]) == bounds


def test_workers_do_not_matter(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbatim.analyzer.BATCH", 100)
    texts = [f"{text} Room {n} was fine." for n in range(90) for text in REVIEWS[:3]]
    assert_same(Analyzer(n_jobs=2).analyze(texts), analyzer.analyze(texts))


def test_threads_do_not_matter(analyzer: Analyzer) -> None:
    alone = analyzer.analyze(REVIEWS)
    with ThreadPoolExecutor(4) as pool:
        for result in pool.map(analyzer.analyze, [REVIEWS] * 12):
            assert_same(result, alone)


def test_a_stream_is_lazy_and_adds_up(analyzer: Analyzer) -> None:
    taken: list[int] = []

    def batches() -> Any:
        for i in range(0, len(REVIEWS), 3):
            taken.append(i)
            yield REVIEWS[i : i + 3]

    stream = analyzer.stream(batches())
    assert taken == []
    first = next(stream)
    assert taken == [0]
    assert_same(verbatim.concat([first, *stream]), analyzer.analyze(REVIEWS))


def test_the_parts_of_a_file_add_up_to_the_whole(analyzer: Analyzer, tmp_path: Path) -> None:
    replies = [None] * 6 + ["Sorry", None]
    scores = [1, 2, 3, 4, None, 6, 7, 8]
    columns = {"review": REVIEWS, "stars": range(8), "reply": replies, "score": scores}
    pd.DataFrame(columns).to_csv(tmp_path / "r.csv", index=False)
    parts = analyzer.stream(pd.read_csv(tmp_path / "r.csv", chunksize=3), text="review")
    whole = analyzer.analyze(pd.read_csv(tmp_path / "r.csv"), text="review")
    assert_same(verbatim.concat(parts), whole)
    assert whole.columns == ("stars", "reply", "score")


def test_progress_is_told(analyzer: Analyzer) -> None:
    told: list[tuple[int, int]] = []
    analyzer.analyze(["good"] * 600, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (600, 600)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_offsets_point_at_the_words(analyzer: Analyzer) -> None:
    assert_offsets_hold(analyzer.analyze(REVIEWS))


PIECES = st.sampled_from(
    [
        "great ",
        "staff ",
        "dirty ",
        "room ",
        "<br>",
        "&amp;",
        "\u200b",
        "👍",
        "é",
        "\u00c3\u00a9",
        ". ",
        "but ",
        "not ",
        "“",
        "\r\n",
        "\ud83d",
        "waited 45 minutes ",
        "- ",
        "ﬁne ",
        "A" * 9,
    ]
)


def test_a_file_or_a_column_of_numbers_is_no_verbatim(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("review,stars\nFine,4\n")
    with pytest.raises(InputError, match="is a file, not a verbatim"):
        verbatim.analyze(str(path), engine="lexicon")
    with pytest.raises(InputError, match="'stars' holds numbers"):
        verbatim.analyze(pd.read_csv(path), text="stars", engine="lexicon")
    empty = pd.DataFrame({"review": [float("nan")]})
    assert (
        verbatim.analyze(empty, text="review", engine="lexicon").verbatims["status"][0] == "empty"
    )


@settings(max_examples=120, deadline=None)
@given(text=st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_offsets_point_at_the_words_of_any_text(analyzer: Analyzer, text: str) -> None:
    assert_offsets_hold(analyzer.analyze([text]))


def test_two_drivers_in_a_sentence_keep_their_own_sign(analyzer: Analyzer) -> None:
    opinions = analyzer.analyze("Lovely staff but we waited 45 minutes.").opinions
    assert dict(zip(opinions["driver"], opinions["label"], strict=True)) == {
        "staff": "positive",
        "waiting": "negative",
    }


def test_repr_tells_what_is_inside(analyzer: Analyzer) -> None:
    text = repr(analyzer.analyze(REVIEWS))
    assert "8 verbatims" in text and "'neural'" in text and "'general'" in text


def test_an_analyzer_can_be_sent_to_another_process(analyzer: Analyzer, tmp_path: Path) -> None:
    import pickle

    again = pickle.loads(pickle.dumps(analyzer))
    assert_same(again.analyze(REVIEWS), analyzer.analyze(REVIEWS))
