"""What is written for people opens in a spreadsheet as it was meant; what is printed is whole."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.test_cli import ANALYZE, Command

BOM = b"\xef\xbb\xbf"


def test_csv_files_are_utf_8_for_a_spreadsheet_and_hold_no_formula(run: Command) -> None:
    Path("r.csv").write_text(
        '=shop,stars,note\nCafé,-1,"=HYPERLINK(""http://x"",""Lovely staff"")"\n'
        "@home,2,- The staff were rude\n+4,3,Lovely staff\n",
        encoding="utf-8",
    )
    options = ("--text", "note", "--engine", "lexicon", "--by", "=shop", "--format", "csv")
    assert run("analyze", "r.csv", *options, "--out", "out").status == 0
    for path in Path("out").glob("*.csv"):
        assert path.read_bytes().startswith(BOM) and path.read_bytes().count(BOM) == 1
    read = pd.read_csv("out/verbatims.csv")
    assert read["text"].tolist()[1] == "'- The staff were rude"
    assert read["text"].tolist()[0].startswith("'=HYPERLINK")
    assert read["'=shop"].tolist() == ["Café", "'@home", "+4"]
    assert read["stars"].tolist() == [-1, 2, 3]
    kept = pd.read_parquet("out/verbatims.parquet")
    assert kept["text"].tolist()[1] == "- The staff were rude" and "=shop" in kept


def test_moments_in_a_file_are_for_a_spreadsheet_too(run: Command) -> None:
    Path("r.csv").write_text("note\nThe oven caught fire and burned my hand.\n")
    run("analyze", "r.csv", "--engine", "lexicon", "--out", "out")
    run("moments", "out", "--format", "csv", "-o", "today.csv")
    assert Path("today.csv").read_bytes().startswith(BOM)
    assert pd.read_csv("today.csv")["kind"].tolist() == ["safety"]
    assert not run("moments", "out", "--format", "csv").out.startswith("\ufeff")


def test_moments_are_told_by_group_and_without_python(run: Command) -> None:
    rows = "Oslo,The oven caught fire and burned my hand.\nRome,Lovely staff.\n"
    Path("r.csv").write_text(f"shop,note\n{rows}")
    run("analyze", "r.csv", "--text", "note", "--engine", "lexicon", "--out", "out")
    plain = run("moments", "out").out
    grouped = run("moments", "out", "--by", "shop").out
    assert ".frame" not in plain and ".meta" not in plain and "--format csv" in plain
    assert "1. safety, id 0: " in plain and "1. safety, id 0, shop Oslo: " in grouped
    assert "Oslo: safety 1, of 1 review\nRome: none, of 1 review" in grouped


def test_a_file_of_another_language_says_what_was_left_out(run: Command) -> None:
    text = "Das Zimmer war leider sehr schmutzig und viel zu laut."
    Path("r.csv").write_text("note\n" + f"{text}\n" * 3)
    tables = run("analyze", "r.csv", "--engine", "lexicon", "--tables-only", "--out", "out")
    assert "3 rows: 0 read, 3 not English" in tables.out
    run("report", "out", "-o", "r.html")
    assert "No review could be read: 3 not English left out." in Path("r.html").read_text("utf-8")


def test_the_trend_takes_a_date_and_a_period(run: Command) -> None:
    rows = [
        f"2025-{1 + i % 6:02}-01,2024-{1 + i % 6:02}-01,{'Lovely' if i % 2 else 'Rude'} staff"
        for i in range(60)
    ]
    Path("r.csv").write_text("\n".join(["stay,written,note", *rows]))
    options = ("analyze", "r.csv", "--text", "note", "--engine", "lexicon", "--out", "out")
    done = run(*options)
    assert "Trend: stay, written hold dates: name one of them" in done.out
    page = Path("out/report.html").read_text("utf-8")
    assert "No trend is shown: stay, written hold dates" in page
    done = run(*options, "--date", "written", "--freq", "Q", "--overwrite")
    assert "hold dates" not in done.out
    assert "2024-01 to 2024-06" not in Path("out/report.html").read_text("utf-8")
    done = run(*options, "--date", "written", "--freq", "M", "--columns", "stay", "--overwrite")
    assert "2024-01 to 2024-06" in Path("out/report.html").read_text("utf-8")


def test_a_report_of_a_folder_refuses_options_of_reading(run: Command) -> None:
    run(*ANALYZE, "--out", "out", "-q")
    for options in (("--taxonomy", "general"), ("--sheet", "A"), ("--engine", "lexicon")):
        done = run("report", "out", *options)
        assert done.status == 2 and f"{options[0]} can't be changed" in done.err
    assert not Path("report.html").exists()


def test_messages_name_places_and_options_as_the_user_sees_them(run: Command) -> None:
    Path("r.csv").write_text('key,n,note\nk1,1,"Lovely\nstaff"\n,2,Rude staff\nk3,x,Fine\n')
    asked = ("analyze", "r.csv", "--text", "note", "--engine", "lexicon")
    assert "id column 'key' is empty in line 4" in run(*asked, "--id", "key").err
    assert "line 5 holds 'x'" in run(*asked, "--outcome", "n").err
    run(*ANALYZE, "--out", "out", "-q")
    assert "--level theme: out holds no themes; give driver or subdriver" in (
        run("drivers", "out", "--level", "theme").err
    )
    missing = run("report", "nofolder").err
    assert missing.startswith("verbatim: there is no file nofolder; in its folder are: r.csv")
    assert ".report" not in missing


def test_sheets_that_may_hold_the_text_are_named_with_the_error(run: Command) -> None:
    with pd.ExcelWriter("r.xlsx") as writer:
        pd.DataFrame({"by": ["us"], "on": ["Monday"]}).to_excel(writer, sheet_name="Info")
        pd.DataFrame({"note": ["Lovely staff here"]}).to_excel(writer, sheet_name="Data")
    done = run("analyze", "r.xlsx")
    assert done.status == 2
    assert "note: sheet 'Info' was read; not read: 'Data' (--sheet)" in done.err
