"""The section of the report: shown where there is enough to show, weak heads named."""

from __future__ import annotations

import pytest

from tests.experience.made import Told, analysis_of, right
from verbatim.analysis import Analysis
from verbatim.report import report_html

KIND = Told("Kind staff.", (("staff", "positive"),), touchpoint="in_person", emotions=("joy",))
DIRTY = Told("Dirty room.", (("room", "negative"),), touchpoint="premises")
SOLVED = Told("Fixed.", (("service", "positive"),), resolution="solved")
LEFT = Told("Ignored us for an hour.", (("service", "negative"),), resolution="unsolved")
HARD = Told("Rang three times.", touchpoint="phone", effort="high")
BACK = Told("We will be back.", intents=("return",))


def _analysis(**held: dict[str, tuple[int, int]]) -> Analysis:
    reviews = [[KIND, BACK], [DIRTY, HARD], [SOLVED, HARD], [LEFT]] * 30
    counts = {head: right(values) for head, values in held.items()}
    return analysis_of(reviews, held_out=counts or None, stars=[5, 3, 4, 1] * 30)


@pytest.mark.parametrize("outcome", [None, "stars"])
def test_the_section_shows_all_three(outcome: str | None) -> None:
    page = report_html(_analysis(), outcome=outcome)
    assert '<a href="#experience">Service, effort and loyalty</a>' in page
    section = page.partition('<section id="experience"')[2].partition("</section>")[0]
    for title in ("Customer service and the rest", "When something goes wrong", "Effort"):
        assert f">{title}</h3>" in section
    assert "Loyalty is +100" in section
    assert "Contacts made</th><td>60</td>" in section.replace("\n", "")
    assert ("Mean stars" in section) == (outcome is not None)
    assert "Not shown" not in section
    assert ("paradox" in section) == ("had none." in section), "a term is used that nobody explains"


def test_what_the_engine_gets_wrong_is_named_once_and_not_drawn() -> None:
    page = report_html(_analysis(resolution={"solved": (9, 30), "unsolved": (9, 30)}))
    section = page.partition('<section id="experience"')[2].partition("</section>")[0]
    assert "When something goes wrong" not in section
    assert section.count("unsolved problems (9 of 30)") == 1


def test_a_few_reviews_make_no_section() -> None:
    assert 'id="experience"' not in report_html(analysis_of([[KIND], [DIRTY]]))


def test_a_question_for_an_outcome_leaves_room_for_the_names_of_the_rows() -> None:
    question = "How likely are you to recommend us to friends and family? (0-10)"
    found = analysis_of([[KIND, BACK], [DIRTY, HARD], [LEFT]] * 30, **{question: [5, 3, 1] * 30})
    for result in (found.service_experience(outcome=question), found.loyalty(score=question)):
        printed = str(result)
        assert max(map(len, printed.splitlines())) <= 100
        assert "reviews  " in printed and "revie…" not in printed and "servi…" not in printed
