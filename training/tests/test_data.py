import json

import pytest

from training import data


@pytest.fixture
def folder(tmp_path, monkeypatch, rows):
    """Data folder in which the own set relabels one MAMS sentence and holds out another."""
    for name in (data.OWN, data.HELD_OUT, *data.RELABELLED_SETS):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    mams = [
        {"id": f"m-{i}", "text": text, "opinions": [{"accept": ["food"], "sign": 1}]}
        for i, text in enumerate(("Good soup.", "Good bread.", "Good pie."))
    ]
    (tmp_path / "public" / "mams_train.jsonl").write_text("\n".join(map(json.dumps, mams)))
    (tmp_path / "public" / "mams_dev.jsonl").write_text("")
    (tmp_path / data.HELD_OUT).write_text(json.dumps(rows[0] | {"text": "good  bread"}))
    labels = {name: value for name, value in rows[2].items() if name != "text"} | {"id": "m-0"}
    labels["opinions"] = labels["opinions"][:1]
    monkeypatch.setattr(data, "WRITTEN", tmp_path / "written")
    monkeypatch.setattr(data, "RELABELLED", tmp_path / "labels")
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "mams.jsonl").write_text(json.dumps(labels))
    return tmp_path


def test_relabelled_row_takes_its_text_from_its_set(folder):
    assert [example.text for example in data.load(folder, "written")] == ["Good soup."]


def test_sentence_of_an_annotated_set_is_not_read_from_another(folder):
    assert [example.text for example in data.load(folder, "mams")] == ["Good pie."]


def test_nothing_is_learnt_from_that_holds_a_held_out_sentence(folder, rows):
    def written(name, *texts):
        lines = [json.dumps(rows[0] | {"text": text, "opinions": []}) for text in texts]
        (folder / name).write_text("\n".join(lines))

    written(data.HELD_OUT, "The beds were rock hard.")
    kept = ["The beds were.", "Two beds were rock hard."]
    written(data.OWN, "Nice room. The BEDS were rock hard, sadly!", "beds were rock hard", *kept)
    assert [example.text for example in data.load(folder, "own")] == kept


def test_examples_of_a_set_depend_on_the_labels_of_this_project(folder):
    assert folder / "labels" / "mams.jsonl" in data.files(folder, "written")
    for source in ("own", "written", "mams"):
        assert folder / data.HELD_OUT in data.files(folder, source)
