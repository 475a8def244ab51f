from benchmarks.readings import Reading
from training.by_value import by_value
from training.examples import ATTRIBUTES
from verbatim.labels import EMOTIONS, STAGES


def _row(stage=None, emotions=()):
    return dict.fromkeys(ATTRIBUTES) | {
        "stage": stage,
        "emotions": dict.fromkeys(emotions, 1),
        "intents": [],
    }


def _reading(stage=None, emotions=()):
    attributes = dict.fromkeys(ATTRIBUTES) | {"stage": stage}
    return Reading(0.0, "none", (), frozenset(emotions), frozenset(), attributes)


def test_counts_say_what_a_value_was_found_on():
    rows = [_row("use"), _row("use"), _row("arrival"), _row(None), _row("use")]
    readings = [_reading(found) for found in ("use", "arrival", "use", "use", None)]
    stage = by_value(rows, readings)["stage"]
    assert stage["use"] == {"annotated": 3, "found": {"arrival": 1, "use": 1, "none": 1}}
    assert stage["arrival"] == {"annotated": 1, "found": {"use": 1}}
    assert stage["support"] == {"annotated": 0, "found": {}}
    assert list(stage) == list(STAGES)


def test_of_several_emotions_each_is_counted_by_itself():
    rows = [_row(emotions=["joy", "relief"]), _row(), _row(emotions=["joy"])]
    readings = [_reading(emotions=found) for found in (["joy"], ["joy", "relief"], ["relief"])]
    emotion = by_value(rows, readings)["emotion"]
    assert emotion["joy"] == {"annotated": 2, "found": {"joy": 1, "none": 1}}
    assert emotion["relief"] == {"annotated": 1, "found": {"none": 2}}
    assert list(emotion) == list(EMOTIONS)
