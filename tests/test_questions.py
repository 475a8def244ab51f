"""Short answers judge what they name by what the survey asked."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import verbatim
from verbatim import Analysis, Analyzer, OptionError
from verbatim.batch import analyze_file
from verbatim.cli.hints import hints
from verbatim.text import completed, normalise

NAMED = [
    "showers",
    "The price",
    "bigger lockers",
    "Cheaper",
    "parking!",
    "friendlier staff",
    "wifi",
]
TELLING = [
    ("improve", "Nothing!"),
    ("improve", "all good"),
    ("improve", "I would come back"),
    ("improve", "The showers were cold for all of last week"),
    ("like", "None"),
    ("like", "rude staff"),
    ("like", "no idea"),
]


@pytest.mark.parametrize(
    ("answer", "question", "read"),
    [
        ("showers", "improve", "Please improve showers"),
        ("showers, parking and wifi", "improve", "Please improve showers, parking and wifi"),
        ("a bigger pool", "improve", "I wish for a bigger pool"),
        ("Wifi. Beds!", "improve", "Please improve Wifi. Please improve Beds!"),
        ("- wifi\n2) beds", "improve", "- Please improve wifi\n2) Please improve beds"),
        ("Wifi. Nothing else", "improve", "Please improve Wifi. Nothing else"),
        ("the staff", "like", "I like: the staff"),
        ("", "like", ""),
        ("10 / 10", "like", "10 / 10"),
    ],
)
def test_what_was_asked_is_put_before_what_is_named(answer: str, question: str, read: str) -> None:
    assert completed(normalise(answer), question).text == read


@pytest.mark.parametrize(("question", "answer"), TELLING)
def test_an_answer_that_says_what_it_means_is_left_alone(question: str, answer: str) -> None:
    assert completed(normalise(answer), question) == normalise(answer)


@pytest.mark.parametrize("engine", ["lexicon", "neural"])
@pytest.mark.parametrize(("question", "label"), [("improve", "negative"), ("like", "positive")])
def test_things_that_are_named_are_judged_as_the_question_does(
    engine: str, question: str, label: str
) -> None:
    named = [answer for answer in NAMED if question == "improve" or len(answer.split()) == 1]
    opinions = verbatim.analyze(named, engine=engine, question=question).opinions
    assert set(opinions["label"]) == {label}
    judged = set(opinions["id"])
    assert judged >= {i for i, answer in enumerate(named) if answer != "Cheaper"}


@pytest.mark.parametrize("engine", ["lexicon", "neural"])
def test_other_answers_mean_what_they_mean_without_it(engine: str) -> None:
    answers = ["great staff", "The room was filthy.", "nothing", "n/a", None]
    asked = verbatim.analyze(answers, engine=engine, question="improve")
    alone = verbatim.analyze(answers, engine=engine)
    assert asked.opinions.equals(alone.opinions)
    assert asked.verbatims.equals(alone.verbatims)


ANSWERS = [*NAMED, *(answer for _, answer in TELLING), "<b>wifi</b>", "caf&eacute;", "\U0001f641"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=4),
    st.sampled_from([", ", ". ", "\n", " and ", "\n- "]),
    st.sampled_from(["improve", "like"]),
)
def test_offsets_are_those_of_the_answer(parts: list[str], between: str, question: str) -> None:
    text = between.join(parts)
    analysis = verbatim.analyze(text, engine="lexicon", question=question)
    for row in analysis.opinions.itertuples():
        assert 0 <= row.evidence_start < row.evidence_end <= len(text)
        if isinstance(row.target, str):
            assert text[int(row.target_start) : int(row.target_end)] == row.target != ""
    for row in analysis.sentences.itertuples():
        assert 0 <= row.start < row.end <= len(text)


def test_workers_and_copies_know_the_question() -> None:
    analyzer = Analyzer(engine="lexicon", question="improve", n_jobs=2)
    many = [f"{answer} {i}" for i in range(80) for answer in NAMED]
    parallel = analyzer.analyze(many)
    copy = pickle.loads(pickle.dumps(analyzer))
    assert copy.question == "improve"
    assert parallel.opinions.equals(copy.analyze(many).opinions)
    assert set(parallel.opinions["label"]) == {"negative"}


def test_it_is_remembered_and_dropped_where_answers_differ(tmp_path: Path) -> None:
    wishes = verbatim.analyze(["wifi"], engine="lexicon", question="improve")
    liked = verbatim.analyze(["wifi"], engine="lexicon", question="like")
    wishes.save(tmp_path / "wishes")
    assert Analysis.load(tmp_path / "wishes").meta["question"] == "improve"
    both = verbatim.concat([wishes, liked])
    assert both.opinions["label"].tolist() == ["negative", "positive"]
    assert "question" not in both.meta
    assert verbatim.concat([wishes, wishes]).meta["question"] == "improve"


def test_a_file_is_read_with_it_and_anew_for_another(tmp_path: Path) -> None:
    file, out = tmp_path / "answers.csv", tmp_path / "out"
    file.write_text("answer\n" + "wifi\n" * 30)
    for n_jobs, question, label in ((2, "improve", "negative"), (1, "like", "positive")):
        analyze_file(
            file,
            out,
            text="answer",
            engine="lexicon",
            question=question,
            n_jobs=n_jobs,
            chunk_rows=10,
            overwrite=True,
        )
        assert set(Analysis.load(out).opinions["label"]) == {label}


def test_features_are_of_what_was_asked() -> None:
    from verbatim.adapters.sklearn import VerbatimFeatures

    features = VerbatimFeatures(engine="lexicon", question="improve").set_output(transform="pandas")
    table = features.fit_transform(["wifi", "great wifi"])
    signs = table[["driver_technology_positive", "driver_technology_negative"]]
    assert signs.values.tolist() == [[0, 1], [1, 0]]


def test_another_question_is_named_with_those_there_are() -> None:
    with pytest.raises(OptionError, match=r"unknown question 'improv'.*improve"):
        verbatim.analyze(["wifi"], question="improv")


def test_the_command_points_it_out_and_takes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from verbatim.cli.app import app

    column = "What can we improve?"
    assert "--question improve" in next(hints(NAMED, column))
    file = tmp_path / "answers.csv"
    file.write_text(f"{column}\n" + "\n".join(f"wifi {i}" for i in range(40)) + "\n")
    shown = []
    for question in ([], ["--question", "improve"]):
        options = ["--text", column, "--engine", "lexicon", *question]
        app(["analyze", str(file), *options], standalone_mode=False)
        shown.append(capsys.readouterr().out)
    assert "--question improve" in shown[0] and "no judgement 100%" in shown[0]
    assert "--question" not in shown[1] and "negative 100%" in shown[1]
