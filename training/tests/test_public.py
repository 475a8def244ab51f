from training.public import read_dmaste, read_goemotions, read_graded, read_mams, read_oposum


def _mams(*opinions):
    return {
        "text": "The bread was dry.",
        "opinions": [{"accept": accept, "sign": sign} for accept, sign in opinions],
    }


def test_mams_neutral_mention_and_uncovered_driver_are_left_open():
    example = read_mams(_mams((["food"], -1), (["staff", "service"], 0)))
    assert [(o.drivers, o.sign) for o in example.opinions] == [(("food",), -1)]
    assert {"staff", "service", "delivery"} <= example.unknown
    assert not {"food", "price", "location"} & example.unknown


def test_mams_category_without_counterpart_leaves_all_but_the_certain_open():
    example = read_mams(_mams((None, 1), (["food"], 1)))
    assert "food" not in example.unknown
    assert {"overall", "price"} <= example.unknown


def test_driver_named_by_a_vague_opinion_is_no_negative():
    assert {"food", "choice"} <= read_mams(_mams((["food", "choice"], 1))).unknown


def test_oposum_reads_its_categories_not_its_drivers():
    row = {
        "text": "They never wrote back",
        "categories": ["Customer_service"],
        "drivers": ["product"],
    }
    assert [o.drivers for o in read_oposum(row).opinions] == [("service",)]


def test_oposum_none_is_no_proof_against_the_product_or_overall():
    example = read_oposum({"text": "I love it", "categories": ["None"], "drivers": []})
    assert not example.opinions
    assert {"product", "overall"} <= example.unknown
    assert "food" not in example.unknown


def test_dmaste_spans_name_the_words_of_its_tokens():
    tokens = ["Gets", "hot", ",", "but", "the", "lid", "does", "n't", "close", "."]
    example = read_dmaste({"tokens": tokens, "triplets": [[[5], [6, 8], -1], [[], [1], -1]]})
    assert example.text == "Gets hot, but the lid doesn't close."
    words = [
        [example.text[slice(*span)] if span else None for span in (o.target, o.assessment)]
        for o in example.opinions
    ]
    assert words == [["lid", "doesn't close"], [None, "hot"]]
    assert example.tasks == {"spans"}


def test_single_task_sets():
    assert read_goemotions({"text": "Yay", "emotions": ["joy"]}).emotions == {"joy": 1}
    assert read_graded({"text": "Meh", "score": -2.0}).sentiment == -0.5
