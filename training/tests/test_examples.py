import pytest

from training.data import read_own
from training.examples import cleaned
from training.options import Options
from verbatim.errors import OptionError


def test_spans_follow_the_words_when_the_text_is_normalised():
    raw = "so&nbsp;<b>clean</b> &amp; quiet"
    clean = cleaned(raw)
    for words in ("clean", "quiet"):
        start = raw.index(words)
        moved = clean.span((start, start + len(words)))
        assert clean.text[slice(*moved)] == words


def test_span_whose_words_are_gone_is_none():
    assert cleaned("<b>clean</b>").span((0, 3)) is None


def test_own_row_keeps_sign_strength_and_grade(rows):
    example = read_own(rows[1])
    assert [(o.sign, o.strong) for o in example.opinions] == [(1, False), (-1, True)]
    assert example.sentiment == pytest.approx((0.4 - 0.7) / 2)


def test_row_without_opinions_but_with_feelings_has_no_sentiment_label(rows):
    assert "sentiment" in read_own(rows[4]).tasks
    assert "sentiment" not in read_own(rows[4] | {"emotions": {"joy": 1}}).tasks


def test_options_survive_a_file_and_refuse_unknown_names(options, tmp_path):
    options.save(tmp_path / "options.json")
    assert Options.load(tmp_path / "options.json") == options
    with pytest.raises(OptionError, match="unknown option 'epochs'"):
        Options().with_changes({"epochs": 3})
    with pytest.raises(OptionError, match="did you mean 'signs'"):
        Options().with_changes({"losses": {"sign": 3}})
