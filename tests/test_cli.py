"""The command, through its real entry point."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import verbatim
from tests.report.made import made, opinion
from verbatim.cli import main

REVIEWS = """\
key,hotel,stars,review
r1,Sea,5,Lovely staff and delicious food.
r2,Sea,4,"The staff were friendly, but we waited 45 minutes."
r3,Town,1,Rude staff. Dirty room.
r4,Town,2,
r5,Town,1,Das Zimmer war leider sehr schmutzig und viel zu laut.
r6,Town,one,too,many,fields
"""


class Run:
    """Output and exit status of one run."""

    def __init__(self, out: str, err: str, status: int) -> None:
        self.out, self.err, self.status = out, err, status


Command = Callable[..., Run]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "reviews.csv").write_text(REVIEWS)

    def call(*arguments: str) -> Run:
        monkeypatch.setattr(sys, "argv", ["verbatim", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Run(captured.out, captured.err, int(ended.value.code or 0))

    return call


def command(
    *arguments: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "verbatim.cli", *arguments],
        capture_output=True,
        timeout=120,
        cwd=cwd,
        env=env,
    )


ANALYZE = ("analyze", "reviews.csv", "--text", "review", "--id", "key", "--engine", "lexicon")


def test_an_empty_outcome_is_told_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("review,stars\nKind staff,\nCold food,\n")
    done = command("analyze", "reviews.csv", "--text", "review", "--outcome", "stars", cwd=tmp_path)
    assert done.returncode != 0
    said = " ".join(done.stderr.decode().split())
    assert "--outcome needs numbers, and the first rows of 'stars' are empty" in said
    assert "has others too" not in said


def test_of_many_rows_kept_aside_some_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text(REVIEWS + "a,b,c,d,e,f\n" * 9)
    out = command(*ANALYZE, "--tables-only", "--out", "out", cwd=tmp_path).stdout.decode()
    assert "10 kept aside" in out
    assert out.count("fields where the header has 4") == 3
    assert "and 7 more: see rejected.csv in the folder" in out


def test_a_file_becomes_tables_scores_and_a_report(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text(REVIEWS)
    done = command(*ANALYZE, "--by", "hotel", "--out", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode()
    assert "reviews.csv (csv, utf-8): 5 rows, 1 kept aside" in out
    assert "line 7: 6 fields where the header has 4" in out
    assert "5 rows: 3 read, 1 empty, 1 not English" in out
    assert "Staff*" in out and "not told: fewer than two have 30 reviews" in out
    assert out.endswith("Written to out\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("drivers.csv", "drivers.json", "drivers_by_group.csv", "manifest.json", "meta.json"),
        *("opinions.parquet", "quotes.csv", "rejected.csv", "report.html"),
        *("sentences.parquet", "verbatims.parquet"),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "reviews.csv"]
    analysis = verbatim.Analysis.load(tmp_path / "out")
    assert list(analysis.verbatims["id"]) == ["r1", "r2", "r3", "r4", "r5"]
    scores = pd.read_csv(tmp_path / "out" / "drivers.csv").set_index("driver")
    assert scores.loc["staff", "n_reviews"] == 3
    assert json.loads((tmp_path / "out" / "drivers.json").read_text())["drivers"]
    assert list(pd.read_csv(tmp_path / "out" / "rejected.csv")["line"]) == [7]
    assert "Sea" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_csv_tables_are_written_when_asked_for(run: Command) -> None:
    done = run(*ANALYZE, "--out", "out", "--format", "csv", "--quiet")
    assert (done.out, done.err, done.status) == ("", "", 0)
    assert list(pd.read_csv("out/verbatims.csv")["id"]) == ["r1", "r2", "r3", "r4", "r5"]
    assert {"sentences.csv", "opinions.csv", "opinions.parquet"} <= set(os.listdir("out"))


def test_without_names_the_text_is_found_and_said(run: Command) -> None:
    done = run("analyze", "reviews.csv")
    assert done.status == 0
    assert "text column: review (the one with the most words)" in done.out
    assert done.out.endswith("Nothing was written; --out FOLDER writes it\n")
    assert os.listdir() == ["reviews.csv"]


def test_columns_may_have_the_names_of_ours(run: Command) -> None:
    Path("r.csv").write_text("label,status,note\na,1,Lovely staff here\nb,2,Rude staff there\n")
    done = run("analyze", "r.csv", "--text", "note", "--by", "label", "--outcome", "status")
    assert (done.status, done.err) == (0, "")
    assert "What sets each label apart" in done.out


@pytest.mark.parametrize("asked", ["label", "label_input"])
@pytest.mark.parametrize("header", ["label_input,label", "label,label_input"])
def test_scores_are_never_by_another_column_than_asked_for(
    run: Command, header: str, asked: str
) -> None:
    rows = "north,x,Lovely staff here\nsouth,y,Rude staff there\n"
    Path("r.csv").write_text(f"{header},note\n{rows}")
    asked_for = ("--text", "note", "--by", asked, "--engine", "lexicon")
    assert run("analyze", "r.csv", *asked_for, "--out", "out").status == 0
    groups = pd.read_csv("out/drivers_by_group.csv").iloc[:, 0]
    assert set(groups) == ({"north", "south"} if header.startswith(f"{asked},") else {"x", "y"})


def test_numbers_that_may_be_codes_are_named_as_such(run: Command) -> None:
    Path("r.csv").write_text("version,note\n1.1,Lovely staff here\n1.10,Rude staff there\n")
    done = run("analyze", "r.csv", "--text", "note", "--outcome", "version")
    assert done.status == 2
    assert "some may be codes (007, or 1.1 beside 1.10)" in done.err


def test_a_name_that_is_too_long_for_a_folder_is_one_message(run: Command) -> None:
    done = run(*ANALYZE, "--out", "x" * 300)
    assert done.status == 2
    assert "can't be written" in done.err and "Traceback" not in done.err


def test_rows_may_have_weights(run: Command) -> None:
    Path("r.csv").write_text("weight,note\n3,Lovely staff here\n1,Rude staff there\n")
    asked = ("r.csv", "--text", "note", "--engine", "lexicon", "--weight", "weight")
    done = run("analyze", *asked, "--out", "out")
    assert (done.status, done.err) == (0, "")
    scores = pd.read_csv("out/drivers.csv").set_index("driver")
    assert scores.loc["staff", "net_sentiment"] == pytest.approx(50)
    assert run("report", *asked, "-o", "again.html").status == 0
    assert "weight" in Path("again.html").read_text("utf-8")
    assert Path("again.html").read_text("utf-8") == Path("out/report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--text", "reviw"), "unknown text column 'reviw'; did you mean 'review'?"),
        (("--by", "hotels"), "unknown column 'hotels'; did you mean 'hotel'?"),
        (("--id", "k"), "unknown column 'k'. There are: key, hotel, stars, review"),
        (("--by", "review"), "column 'review' is the text"),
        (("--outcome", "hotel"), "--outcome needs numbers, 'hotel' has others too; line 2 holds"),
        (("--weight", "hotel"), "--weight needs numbers, 'hotel' has others too; line 2 holds"),
        (("--engine", "lexikon"), "lexicon"),
        (("--taxonomy", "hospitalty"), "did you mean 'hospitality'?"),
        (("--format", "xlsx"), "unknown format 'xlsx'. There are: parquet, csv"),
        (("--sheet", "A"), "is no workbook"),
        (("--jobs", "0"), "--jobs 0; give a number of processes"),
        (("--chunk-rows", "0"), "--chunk-rows 0; give a number of rows"),
        (("--freq", "H"), "unknown freq 'H'"),
        (("--date", "hotel"), "--date needs dates, such as 2025-03-31; 'hotel' holds 'Sea'"),
    ],
)
def test_a_wrong_option_is_one_message_and_leaves_nothing(
    run: Command, arguments: tuple[str, ...], message: str
) -> None:
    done = run("analyze", "reviews.csv", "--out", "out", *arguments)
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("verbatim: ") and done.err.count("\n") == 1
    assert message in done.err
    assert os.listdir() == ["reviews.csv"]


def test_a_score_written_as_of_ten_is_told_with_its_fix(
    run: Command,
) -> None:
    Path("nps.csv").write_text("score,text\n9,Lovely staff.\n7/10,Good value.\n", "utf-8")
    done = run("analyze", "nps.csv", "--text", "text", "--outcome", "score", "--out", "out")
    assert done.status == 2
    assert "line 3 holds '7/10'; put the number alone there, 7" in done.err


def test_a_missing_file_is_one_message(run: Command) -> None:
    done = run("analyze", "review.csv", "--out", "out")
    assert (done.status, done.out) == (2, "")
    assert done.err == "verbatim: there is no file review.csv; did you mean 'reviews.csv'?\n"


def no_work(*_: object, **__: object) -> None:
    raise AssertionError("the work has begun")


def test_a_folder_that_is_there_is_refused_before_the_work(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("out").mkdir()
    Path("out/mine.txt").write_text("keep me")
    monkeypatch.setattr("verbatim.cli.steps.read", no_work)
    done = run(*ANALYZE, "--out", "out")
    assert done.status == 2
    assert done.err == ("verbatim: out is there already; name another folder or give --overwrite\n")
    done = run(*ANALYZE, "--out", "out", "--overwrite")
    assert done.status == 2 and "is not overwritten" in done.err
    assert Path("out/mine.txt").read_text() == "keep me"


def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verbatim.cli.steps.read", no_work)
    for place in ("reviews.csv/out", "/proc/out"):
        done = run(*ANALYZE, "--out", place)
        assert done.status == 2 and "can't be written" in done.err


def test_an_earlier_analysis_is_replaced_when_told_to(run: Command) -> None:
    assert run(*ANALYZE, "--out", "out", "-q", "--by", "hotel").status == 0
    assert run(*ANALYZE, "--out", "out", "-q", "--overwrite").status == 0
    assert not Path("out/drivers_by_group.csv").exists()
    assert sorted(os.listdir()) == ["out", "reviews.csv"]


def test_work_that_fails_leaves_the_earlier_analysis(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*ANALYZE, "--out", "out", "-q").status == 0
    before = Path("out/report.html").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("verbatim.batch.run.write_file", full)
    done = run(*ANALYZE, "--out", "out", "-q", "--overwrite")
    assert done.status == 2 and "No space left on device" in done.err
    assert Path("out/report.html").read_bytes() == before
    assert sorted(os.listdir()) == ["out", "reviews.csv"]


def test_a_saved_analysis_is_scored_again(run: Command) -> None:
    run(*ANALYZE, "--out", "out", "-q")
    done = run("drivers", "out", "--by", "hotel", "--outcome", "stars")
    assert (done.status, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if line in ("Sea", "Town")] == ["Sea", "Town"]
    assert "Mean stars" in run("drivers", "out", "--outcome", "stars").out
    assert " > " in run("drivers", "out", "--level", "subdriver").out
    assert "did you mean 'hotel'" in run("drivers", "out", "--by", "hotle").err
    assert run("drivers", "nowhere").status == 2


def test_an_outcome_may_be_better_the_lower_it_is(run: Command) -> None:
    rows = ["Lovely staff.,0", "Rude staff.,1", "Great food.,0", "It is a hotel.,0"] * 15
    Path("churn.csv").write_text("\n".join(["review,churned", *rows]))
    lower = ("--outcome", "churned", "--lower-is-better")
    read = run(
        "analyze", "churn.csv", "--text", "review", "--engine", "lexicon", "--out", "out", *lower
    )
    assert "basic" in read.out  # rude staff cost, lovely ones earn nothing
    assert "basic" in run("drivers", "out", *lower).out
    assert "basic" not in run("drivers", "out", "--outcome", "churned").out


def test_a_small_file_may_ask_for_fewer_reviews(run: Command) -> None:
    rows = ["Lovely staff.,Sea,5", "Rude staff.,Town,1", "Great food.,Sea,4"] * 12
    Path("small.csv").write_text("\n".join(["review,hotel,stars", *rows]))
    columns = ("--by", "hotel", "--outcome", "stars")
    ask = ("analyze", "small.csv", "--text", "review", "--engine", "lexicon", *columns)
    usual = run(*ask).out
    assert "fewer than two have 30 reviews (see --min-reviews)" in usual
    fewer = run(*ask, "--min-reviews", "10", "--out", "out").out
    assert "- Staff" in fewer and "hint" not in fewer and "* fewer than" not in fewer
    assert "Few reviews: a hint" not in Path("out/report.html").read_text()
    assert not pd.read_csv("out/drivers.csv").query("n_reviews >= 10")["low_support"].any()
    assert "*" in run("drivers", "out").out
    assert "*" not in run("drivers", "out", "--min-reviews", "10").out
    assert run("report", "out", "--min-reviews", "10").status == 0
    for command in (ask, ("drivers", "out"), ("report", "out")):
        done = run(*command, "--min-reviews", "0")
        assert (done.status, "--min-reviews 0; give" in done.err) == (2, True)


def test_what_is_no_saved_analysis_is_said(run: Command) -> None:
    assert "there is no folder nowhere" in run("drivers", "nowhere").err
    assert "verbatim analyze reviews.csv --out FOLDER" in run("drivers", "reviews.csv").err


def test_a_column_of_numbers_is_no_text(run: Command) -> None:
    done = run("analyze", "reviews.csv", "--text", "stars", "--engine", "lexicon")
    assert done.status == 2
    assert "column 'stars' holds numbers, no verbatims" in done.err


def test_scoring_a_saved_analysis_loads_no_nlp(tmp_path: Path) -> None:
    made([("Kind staff", [opinion("staff", 2, "Kind", "staff")])]).save(tmp_path / "out")
    code = (
        "import sys; sys.argv = ['verbatim', 'drivers', 'out']\n"
        "from verbatim.cli import main\n"
        "try: main()\n"
        "except SystemExit: print('spacy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("False\n")


def test_a_report_of_a_saved_analysis_or_a_file(run: Command) -> None:
    run(*ANALYZE, "--out", "out", "-q")
    assert run("report", "out", "-o", "a.html", "--by", "hotel", "--title", "A & B").status == 0
    assert "<h1>A &amp; B</h1>" in Path("a.html").read_text("utf-8")
    done = run("report", "reviews.csv", "--text", "review", "--by", "hotel")
    assert done.out == "Written to report.html\n"
    assert "Sea" in Path("report.html").read_text("utf-8")
    assert sorted(os.listdir()) == ["a.html", "out", "report.html", "reviews.csv"]


def test_a_report_that_cannot_be_written_is_refused(run: Command) -> None:
    done = run("report", "reviews.csv", "-o", ".")
    assert done.status == 2 and "is a folder" in done.err
    done = run("report", "reviews.csv", "-o", "nowhere/report.html")
    assert done.status == 2 and "can't be written" in done.err


def test_one_verbatim_is_explained(run: Command) -> None:
    done = run("explain", "Lovely staff, but the room was dirty.")
    first, _, *lines = done.out.splitlines()
    assert first == "[+ Lovely +] staff, but the room was [- dirty -]."
    assert lines[0].startswith("+ staff") and 'target "staff"' in lines[0]
    assert lines[-1].startswith(("- cleanliness", "    "))


def test_a_verbatim_comes_from_standard_input(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO("Café staff were lovely\n".encode()), "ascii")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("explain", "-").out.startswith("Café staff were [+ lovely +]\n")


def test_an_explanation_as_json(run: Command) -> None:
    content = json.loads(run("explain", "Lovely staff", "--json").out)
    assert content == json.loads(verbatim.analyze("Lovely staff").to_json())


def test_an_empty_verbatim_is_explained_as_empty(run: Command) -> None:
    assert run("explain", "  ").out.strip() == "Not read: empty."


def test_taxonomies_are_listed(run: Command) -> None:
    out = run("taxonomies").out
    assert all(name in out for name in verbatim.available_taxonomies())
    one = run("taxonomies", "hospitality").out
    assert one.startswith("hospitality: ") and "\nstaff " in one
    assert max(map(len, one.splitlines())) <= 80
    assert run("taxonomies", "nothing").status == 2


def test_version_and_help(run: Command) -> None:
    assert run("--version").out == f"verbatim {verbatim.__version__}\n"
    assert "analyze" in run("--help").out
    assert "--taxonomy" in run("analyze", "-h").out
    assert run("analyse").status == 2


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, verbatim.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"numpy", "pandas", "spacy", "rich", "jinja2"} & set(loaded)


def test_an_ascii_terminal_gets_ascii(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text(REVIEWS)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    done = command(*ANALYZE, cwd=tmp_path, env=environment)
    assert done.returncode == 0
    assert done.stdout.isascii() and b"-o-" in done.stdout
    explained = command("explain", "Lovely café 😀", cwd=tmp_path, env=environment)
    assert explained.stdout.isascii() and b" caf? ?\n" in explained.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = f"{sys.executable} -m verbatim.cli taxonomies retail | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.startswith("retail: ")
    assert done.stderr == ""


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the command on a file that takes it a while."""
    row = "The staff were friendly, but we waited 45 minutes for number {}.\n"
    text = "review\n" + "".join(map(row.format, range(6_000)))
    (folder / "reviews.csv").write_text(text.replace(",", ";"))
    return subprocess.Popen(
        [sys.executable, "-m", "verbatim.cli", *LONG, *arguments],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A suite that runs in the background has it ignored, and its children with it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


LONG = ("analyze", "reviews.csv", "--out", "out", "--engine", "lexicon", "--tables-only")


def stopped(process: subprocess.Popen[bytes], when: Callable[[], bool]) -> bytes:
    """Stop a run as a user does; what it says on stderr."""
    deadline = time.monotonic() + 120
    while not when():
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"Traceback" not in err
    return err


def test_stopping_before_a_part_is_done_leaves_nothing_behind(tmp_path: Path) -> None:
    stopped(started(tmp_path), lambda: len(os.listdir(tmp_path)) > 1)
    assert os.listdir(tmp_path) == ["reviews.csv"]


def test_processes_that_read_are_gone_when_scores_are_made(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verbatim.batch import reading
    from verbatim.cli import output

    seen: list[int] = []
    read = reading.read

    def counted(*arguments: object) -> None:
        seen.append(len(multiprocessing.active_children()))

    def counted_read(*arguments: Any) -> Iterator[Any]:
        for part in read(*arguments):
            counted()
            yield part

    monkeypatch.setattr("verbatim.batch.run.read", counted_read)
    monkeypatch.setattr(output, "write_scores", counted)
    options = ("--chunk-rows", "2", "--jobs", "2", "--engine", "lexicon")
    assert run("analyze", "reviews.csv", "--text", "review", *options).status == 0
    assert max(seen[:-1]) >= 2
    assert seen[-1] == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_was_stopped_goes_on(tmp_path: Path, jobs: str) -> None:
    parts = tmp_path / "out.partial" / "opinions.parquet"
    process = started(tmp_path, "--chunk-rows", "100", "--jobs", jobs)
    err = stopped(process, lambda: parts.is_dir() and len(os.listdir(parts)) > 2)
    assert b"parts are done in out.partial, and the same command goes on" in err
    assert sorted(os.listdir(tmp_path)) == ["out.partial", "reviews.csv"]
    done = command(*LONG, cwd=tmp_path)
    assert done.returncode == 2
    assert b"chunk_rows was 100 and is 5000. Go on with what it was begun with" in done.stderr
    done = command(*LONG, "--chunk-rows", "100", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert len(verbatim.Analysis.load(tmp_path / "out")) == 6_000
    assert sorted(os.listdir(tmp_path)) == ["out", "reviews.csv"]


def test_the_same_again_is_nothing_to_do(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(*ANALYZE, "--out", "out", "--by", "hotel").status == 0
    monkeypatch.setattr("verbatim.batch.read_parts", no_work)
    assert run(*ANALYZE, "--out", "out", "--by", "hotel").out == "out holds all of this already\n"
    done = run(*ANALYZE, "--out", "out")
    assert done.status == 2
    assert "out is there already, and made otherwise (by was ['hotel'] and is [])" in done.err


def test_tables_alone_are_written_when_asked_for(run: Command) -> None:
    done = run(*ANALYZE, "--out", "out", "--tables-only", "--columns", "stars", "--by", "hotel")
    assert done.out.endswith("Written to out\n") and "Staff" not in done.out
    assert sorted(os.listdir("out")) == [
        *("manifest.json", "meta.json", "opinions.parquet", "rejected.csv"),
        *("sentences.parquet", "verbatims.parquet"),
    ]
    assert verbatim.Analysis.load("out").columns == ("hotel", "stars")
    assert "Sea" in run("drivers", "out", "--by", "hotel").out


def test_no_bar_is_drawn_where_nobody_looks(run: Command) -> None:
    assert run(*ANALYZE, "--out", "out", "--chunk-rows", "2").err == ""


@pytest.fixture
def with_moments(tmp_path: Path) -> str:
    texts = ["The oven, 3, caught fire and burned my hand.", "Never again.", "Lovely staff."]
    frame = pd.DataFrame({"review": texts, "shop": ["Oslo", "Rome", "Rome"]})
    verbatim.analyze(frame, text="review", engine="lexicon").save(tmp_path / "saved")
    return "saved"


def test_moments_are_listed_to_read_or_for_a_service_desk(run: Command, with_moments: str) -> None:
    assert "[caught fire]" in run("moments", with_moments).out
    rows = [
        json.loads(line)
        for line in run("moments", "saved", "--format", "jsonl").out.split("\n")[:-1]
    ]
    assert [row["kind"] for row in rows] == ["safety", "churn"]
    listed = pd.read_csv(
        io.StringIO(run("moments", "saved", "--by", "shop", "--format", "csv").out)
    )
    assert listed[["shop", "id", "trigger"]].values.tolist()[0] == ["Oslo", 0, "caught fire"]


def test_moments_are_written_to_a_file(run: Command, with_moments: str, tmp_path: Path) -> None:
    done = run("moments", with_moments, "--kind", "churn", "--format", "csv", "-o", "today.csv")
    assert done.out == "Written to today.csv\n"
    assert pd.read_csv(tmp_path / "today.csv")["kind"].tolist() == ["churn"]


def test_moments_refuse_what_they_don_t_know(run: Command, with_moments: str) -> None:
    assert "did you mean 'safety'" in run("moments", with_moments, "--kind", "safty").err
    assert "unknown format 'xml'" in run("moments", with_moments, "--format", "xml").err


@pytest.mark.parametrize("second", [("--text", "hotel"), ("--text=hotel",)])
def test_a_second_column_of_texts_is_refused_not_read_in_place_of_the_first(
    run: Command, second: tuple[str, ...]
) -> None:
    done = run(*ANALYZE, *second, "--out", "out")
    assert (done.status, done.out) == (2, "")
    assert "--text is given more than once, 'review' and 'hotel'" in done.err
    assert "docs/exports.md" in done.err and not Path("out").exists()


def test_a_second_outcome_is_refused_and_several_groups_are_not(run: Command) -> None:
    done = run(*ANALYZE, "--outcome", "stars", "--outcome", "key")
    assert done.status == 2
    assert "--outcome is given more than once, 'stars' and 'key'; it takes one value" in done.err
    assert run(*ANALYZE, "--by", "hotel", "--by", "stars").status == 0
