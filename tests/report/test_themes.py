from __future__ import annotations

import pytest

from tests.discover.made import EVERYTHING, analysis_of, corpus
from verbatim.analysis import Analysis
from verbatim.report import report_html
from verbatim.report.themes import themes_part


def test_a_tagged_analysis_has_a_section_on_its_themes() -> None:
    talk = corpus([40, 40, 40, 30, 40, 20], EVERYTHING)
    themes = talk.discover()
    page = report_html(themes.tag(talk))
    assert 'id="themes"' in page and 'id="themes"' not in report_html(talk)
    section = page.split('<section id="themes"')[1].split("</section>")[0]
    for row in themes.frame.head(3).to_dict("records"):
        assert row["name"] in section and f"<strong>{row['n_reviews']:,}</strong>" in section
    assert f"{themes.meta['n_unassigned']:,} opinions fit no theme" in section


def test_a_name_is_only_text() -> None:
    analysis = analysis_of([[("food", "soup", "salty", -1)]] * 5)
    themes = analysis.discover()
    renamed = themes.rename(str(themes.frame["theme"].iloc[0]), "<b>soup</b>")
    page = report_html(renamed.tag(analysis))
    assert "&lt;b&gt;soup" in page and "<b>soup" not in page


@pytest.mark.parametrize("lightest", [0.2, 0.0])
def test_weights_leave_each_theme_its_name_figures_and_quote(lightest: float) -> None:
    """The shares order the table by weight, and the section by reviews; 0 leaves rows empty."""
    talk = corpus([40, 40, 40, 30, 40, 20], EVERYTHING)
    tagged = talk.discover().tag(talk)
    pool = tagged.opinions[tagged.opinions["target"].str.contains("pool", na=False)]["id"]
    weights = talk.verbatims["id"].isin(pool).map({True: 5.0, False: lightest})
    verbatims = tagged.verbatims.assign(w=weights.to_numpy())
    weighted = Analysis({**tagged.tables, "verbatims": verbatims}, tagged.meta)
    part = themes_part(weighted, "w")
    assert part is not None
    scores = weighted.drivers(level="theme", weight="w", n_quotes=1)
    table = scores.frame.set_index("theme")
    assert table["n_reviews"].tolist() != sorted(table["n_reviews"], reverse=True) or not lightest
    lines = [(driver, line) for driver, lines in part.drivers for line in lines]
    assert len(lines) == (table["n_reviews"] > 0).sum() > 2
    for driver, line in lines:
        row = table.loc[line.row.theme]
        assert (driver, line.name) == (row["driver"], row["name"])
        assert line.row.n_reviews == row["n_reviews"] and line.row.name.endswith(f"> {line.name}")
        said = scores.quotes[scores.quotes["theme"] == line.row.theme]["text"]
        assert line.quote in (*said, "")
