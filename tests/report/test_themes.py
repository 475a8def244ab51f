from __future__ import annotations

from tests.discover.made import EVERYTHING, analysis_of, corpus
from verbatim.report import report_html


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
