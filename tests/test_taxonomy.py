"""Taxonomies: what is reported, where an opinion goes, and what is refused."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim.errors import OptionError, TaxonomyError
from verbatim.labels import DRIVERS
from verbatim.taxonomy import Taxonomy, available_taxonomies, loader, resolve
from verbatim.taxonomy.phrases import fold, parse

UNIVERSAL = """\
name: universal
description: All drivers.
extends: null
drivers:
  staff:
    name: Staff
    description: The people.
    targets: [receptionist, waiter]
    positive: [friendly]
    negative: [rude]
    subdrivers:
      reception: {name: Reception, phrases: [receptionist, front desk]}
  room:
    targets: [room, view]
    subdrivers:
      view: [view]
  comfort:
    targets: [bed, noise]
    negative: [noisy, "~old"]
    subdrivers:
      bed: [bed, mattress]
      noise: {phrases: [noise, noisy, wall + thin]}
  facilities:
    targets: [parking, car park, pool]
  technology:
    targets: [wi-fi]
  overall:
    targets: [stay]
"""

GENERAL = "name: general\nextends: universal\ndrivers:\n  staff:\n"

HOTEL = """\
name: hotel
extends: universal
drivers:
  staff: {name: Team, targets: [concierge]}
  comfort: {into: room}
  technology: {drop: true}
  facilities: {targets: [view]}
"""


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small shipped taxonomies in place of the real ones."""
    folder = tmp_path / "packs"
    folder.mkdir()
    for name, text in (("universal", UNIVERSAL), ("general", GENERAL), ("hotel", HOTEL)):
        (folder / f"{name}.yaml").write_text(text)
    monkeypatch.setattr(loader, "PACKS", folder)
    return folder


def terms(taxonomy: Taxonomy) -> dict[str, tuple[str, str, bool]]:
    return {
        " + ".join(" ".join(part) for part in term.parts): (term.universal, term.kind, term.weak)
        for term in taxonomy.vocabulary()
    }


def spacy_words(tokeniser: spacy.tokenizer.Tokenizer, text: str) -> tuple[str, ...]:
    tokens = [token.text for token in tokeniser(text)]
    return tuple(token for token in tokens if any(map(str.isalnum, token)))


def problems(document: str | dict[str, Any]) -> str:
    with pytest.raises(TaxonomyError) as caught:
        resolve(document)
    return str(caught.value)


# --- what a taxonomy holds


@pytest.mark.usefixtures("packs")
def test_a_shipped_taxonomy_has_ids_names_and_descriptions() -> None:
    taxonomy = Taxonomy.load("universal")
    assert taxonomy.ids == ("staff", "room", "comfort", "facilities", "technology", "overall")
    assert len(taxonomy) == 6
    assert [driver.id for driver in taxonomy] == list(taxonomy.ids)
    assert "staff" in taxonomy
    assert "food" not in taxonomy
    assert taxonomy["staff"].description == "The people."
    assert taxonomy.name_of("room") == "Room"
    assert taxonomy.name_of("staff", "reception") == "Reception"


@pytest.mark.usefixtures("packs")
def test_an_unknown_driver_names_the_near_one() -> None:
    taxonomy = Taxonomy.load("universal")
    with pytest.raises(TaxonomyError, match="did you mean 'comfort'"):
        taxonomy["confort"]
    with pytest.raises(TaxonomyError, match="did you mean 'reception'"):
        taxonomy.name_of("staff", "receptoin")
    with pytest.raises(OptionError, match="did you mean 'staff'"):
        taxonomy.assign("stuff", ["rude"])


@pytest.mark.usefixtures("packs")
def test_a_pack_renames_adds_merges_and_drops() -> None:
    hotel = Taxonomy.load("hotel")
    assert hotel.ids == ("staff", "room", "facilities", "overall")
    assert hotel["staff"].name == "Team"
    assert hotel["staff"].targets == ("receptionist", "waiter", "concierge")
    assert hotel["room"].universal == ("room", "comfort")
    assert [sub.id for sub in hotel["room"].subdrivers] == ["bed", "noise", "view"]
    assert hotel.assign("comfort", ["the", "mattress"]) == ("room", "bed")
    assert hotel.assign("technology", ["wi", "fi"]) == (None, None)
    assert hotel.assign("food", ["soup"]) == (None, None)


@pytest.mark.usefixtures("packs")
def test_phrases_of_merged_and_dropped_drivers_still_reach_the_engine() -> None:
    universal, hotel = terms(Taxonomy.load("universal")), terms(Taxonomy.load("hotel"))
    assert hotel["wi fi"] == ("technology", "target", False)
    assert hotel["noisy"] == ("comfort", "negative", False)
    assert hotel["old"] == ("comfort", "negative", True)
    assert hotel.keys() - universal.keys() == {"concierge"}


@pytest.mark.usefixtures("packs")
def test_a_phrase_of_a_child_overrides_the_same_phrase_of_another_driver() -> None:
    assert terms(Taxonomy.load("universal"))["view"] == ("room", "target", False)
    assert terms(Taxonomy.load("hotel"))["view"] == ("facilities", "target", False)
    child = resolve({"extends": "universal", "drivers": {"comfort": {"positive": ["old"]}}})
    assert terms(child)["old"] == ("comfort", "positive", False)


@pytest.mark.usefixtures("packs")
def test_listing_a_merged_or_dropped_driver_reports_it_again() -> None:
    child = resolve({"extends": "hotel", "drivers": {"comfort": None, "technology": ["router"]}})
    assert child.assign("comfort", ["bed"]) == ("comfort", "bed")
    assert child["room"].universal == ("room",)
    assert child.assign("technology", ["x"]) == ("technology", None)


@pytest.mark.usefixtures("packs")
def test_a_parent_may_be_taken_as_it_is() -> None:
    assert resolve("name: same\nextends: hotel").drivers == Taxonomy.load("hotel").drivers


@pytest.mark.usefixtures("packs")
def test_merges_follow_each_other() -> None:
    drivers = {"facilities": {"into": "comfort"}, "comfort": {"into": "room"}}
    taxonomy = resolve({"extends": "universal", "drivers": drivers})
    assert taxonomy["room"].universal == ("room", "comfort", "facilities")


# --- a user's own taxonomy


@pytest.mark.usefixtures("packs")
def test_an_own_driver_takes_the_opinions_that_hold_its_phrases() -> None:
    taxonomy = resolve({"drivers": {"parking": ["parking", "valet"]}})
    assert taxonomy.ids[-1] == "parking"
    assert taxonomy.name_of("parking") == "Parking"
    assert taxonomy.assign("facilities", ["the", "parking"]) == ("parking", None)
    assert taxonomy.assign("staff", ["two", "valets"]) == ("parking", None)
    assert taxonomy.assign("facilities", ["the", "pool"]) == ("facilities", None)


@pytest.mark.usefixtures("packs")
def test_from_limits_whose_opinions_an_own_driver_takes() -> None:
    taxonomy = resolve({"drivers": {"parking": {"from": ["facilities"], "phrases": ["valet"]}}})
    assert taxonomy.assign("facilities", ["valet"]) == ("parking", None)
    assert taxonomy.assign("staff", ["valet"]) == ("staff", None)
    assert terms(taxonomy)["valet"] == ("facilities", "target", False)


@pytest.mark.usefixtures("packs")
def test_an_own_phrase_keeps_the_universal_driver_that_it_is_known_by() -> None:
    known = terms(resolve({"drivers": {"arrival": ["parking", "valet", "check in"]}}))
    assert known["parking"] == ("facilities", "target", False)
    assert known["valet"] == known["check in"] == ("overall", "target", False)
    moved = terms(resolve({"drivers": {"arrival": {"from": "staff", "phrases": ["parking"]}}}))
    assert moved["parking"] == ("staff", "target", False)


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("nothing", [None, "none"])
def test_extending_nothing_reports_only_what_is_listed(nothing: str | None) -> None:
    taxonomy = resolve({"extends": nothing, "drivers": {"valet": ["valet"], "staff": None}})
    assert taxonomy.ids == ("valet", "staff")
    assert taxonomy.assign("facilities", ["pool"]) == (None, None)
    assert taxonomy.assign("staff", ["rude"]) == ("staff", None)
    assert taxonomy["staff"].positive == ("friendly",)
    assert terms(taxonomy)["car park"] == ("facilities", "target", False)


@pytest.mark.usefixtures("packs")
def test_the_longest_phrase_wins_then_the_most_then_the_first() -> None:
    drivers = {
        "kids": ["kids", "play"],
        "club": ["kids club"],
        "games": ["chess", "go"],
    }
    taxonomy = resolve({"extends": None, "drivers": drivers})
    assert taxonomy.assign("staff", ["kids", "club", "chess"]) == ("club", None)
    assert taxonomy.assign("staff", ["chess", "kids", "play"]) == ("kids", None)
    assert taxonomy.assign("staff", ["chess", "kids"]) == ("kids", None)


@pytest.mark.usefixtures("packs")
def test_a_weak_phrase_yields_to_any_other() -> None:
    drivers = {"age": ["~very old"], "lift": ["lift"]}
    taxonomy = resolve({"extends": None, "drivers": drivers})
    assert taxonomy.assign("room", ["very", "old", "lift"]) == ("lift", None)
    assert taxonomy.assign("room", ["very", "old", "bed"]) == ("age", None)


@pytest.mark.usefixtures("packs")
def test_joint_phrases_need_all_parts_near_each_other() -> None:
    taxonomy = Taxonomy.load("universal")
    assert taxonomy.assign("comfort", ["thin", "hotel", "walls"]) == ("comfort", "noise")
    assert taxonomy.assign("comfort", ["the", "walls"]) == ("comfort", None)
    far = ["walls", "a", "b", "c", "d", "e", "thin"]
    assert taxonomy.assign("comfort", far) == ("comfort", None)


@pytest.mark.usefixtures("packs")
def test_a_listed_phrase_beats_a_form_of_another() -> None:
    drivers = {"green": ["park"], "cars": ["parking"]}
    taxonomy = resolve({"extends": None, "drivers": drivers})
    assert taxonomy.assign("location", ["parking"]) == ("cars", None)
    assert taxonomy.assign("location", ["parks"]) == ("green", None)


@pytest.mark.usefixtures("packs")
def test_the_subdriver_is_the_one_with_the_longest_phrase() -> None:
    drivers = {"staff": {"subdrivers": {"desk": ["desk"], "concierge": ["concierge desk"]}}}
    taxonomy = resolve({"drivers": drivers})
    assert taxonomy.assign("staff", ["concierge", "desk"]) == ("staff", "concierge")
    assert taxonomy.assign("staff", ["the", "desk"]) == ("staff", "desk")
    assert taxonomy.assign("staff", ["front", "desk"]) == ("staff", "reception")
    assert taxonomy.assign("staff", ["someone"]) == ("staff", None)


@pytest.mark.usefixtures("packs")
def test_a_universal_driver_may_be_merged_into_an_own_one() -> None:
    drivers = {"sleep": {"name": "Sleep"}, "comfort": {"into": "sleep"}}
    taxonomy = resolve({"drivers": drivers})
    assert taxonomy["sleep"].universal == ("comfort",)
    assert taxonomy.assign("comfort", ["too", "hot"]) == ("sleep", None)
    assert taxonomy.assign("comfort", ["bed"]) == ("sleep", "bed")


@pytest.mark.usefixtures("packs")
def test_examples_are_kept() -> None:
    taxonomy = resolve({"drivers": {"pool": {"phrases": ["pool"], "examples": ["Cold pool."]}}})
    assert taxonomy["pool"].examples == ("Cold pool.",)


@pytest.mark.usefixtures("packs")
def test_assigning_again_or_elsewhere_gives_the_same() -> None:
    taxonomy = Taxonomy.load("hotel")
    first = taxonomy.assign("comfort", ["bed"])
    copy = pickle.loads(pickle.dumps(taxonomy))
    assert copy == taxonomy
    assert copy.assign("comfort", ("bed",)) == taxonomy.assign("comfort", ["bed"]) == first


# --- ways in and out


@pytest.mark.usefixtures("packs")
def test_name_file_text_dict_and_value_give_equal_taxonomies(tmp_path: Path) -> None:
    text = "name: mine\ndrivers:\n  parking: [valet]\n"
    path = tmp_path / "mine.yaml"
    path.write_text(f"\ufeff{text}", encoding="utf-8")
    by_dict = resolve({"name": "mine", "drivers": {"parking": ("valet",)}})
    assert resolve(text) == resolve(path) == resolve(str(path)) == resolve(by_dict) == by_dict
    assert Taxonomy.from_yaml(path) == Taxonomy.from_yaml(text) == by_dict
    assert resolve("hotel") == Taxonomy.load("hotel")


@pytest.mark.usefixtures("packs")
def test_a_file_without_a_name_is_called_like_the_file(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text("drivers: {ward: [ward]}")
    assert resolve(path).name == "clinic"
    assert resolve("drivers: {ward: [ward]}").name == "custom"


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize(
    "document",
    [
        "universal",
        "hotel",
        {"drivers": {"arrival": {"from": ["staff"], "phrases": ["parking", "no", "~on"]}}},
        {"extends": None, "drivers": {"sleep": {"examples": ["x"]}, "comfort": {"into": "sleep"}}},
    ],
)
def test_a_taxonomy_survives_the_way_to_a_dict_and_to_yaml(document: str | dict[str, Any]) -> None:
    taxonomy = resolve(document)
    by_json = Taxonomy.from_dict(json.loads(json.dumps(taxonomy.to_dict())))
    assert by_json == Taxonomy.from_yaml(taxonomy.to_yaml()) == taxonomy
    assert by_json.digest == taxonomy.digest
    assert by_json.vocabulary() == taxonomy.vocabulary()


@pytest.mark.usefixtures("packs")
def test_a_stored_taxonomy_does_not_change_with_the_shipped_ones(packs: Path) -> None:
    stored = Taxonomy.load("hotel")
    text = stored.to_yaml()
    (packs / "universal.yaml").unlink()
    assert Taxonomy.from_yaml(text) == stored


@pytest.mark.usefixtures("packs")
def test_the_digest_tells_taxonomies_apart() -> None:
    digests = {Taxonomy.load(name).digest for name in available_taxonomies()}
    assert len(digests) == 3
    assert all(len(digest) == 64 for digest in digests)


# --- what is refused


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("drivers:\n  staff:\n    tagets: [a]", 3, "did you mean 'targets'"),
        ("nmae: x\ndrivers: {staff: [a]}", 1, "did you mean 'name'"),
        ("extends: hotl\ndrivers: {staff: [a]}", 1, "did you mean 'hotel'"),
        ("drivers:\n  staff: [a]\n  staff: [b]", 3, "'staff' stands twice"),
        ("drivers:\n  comfort:\n    into: rooom", 3, "did you mean 'room'"),
        ("drivers:\n  comfort: {into: comfort}", 2, "circle: comfort -> comfort"),
        ("drivers:\n  x: [x]\n  comfort: {into: room}\n  room: {into: comfort}", 3, "circle"),
        ("drivers:\n  comfort: {into: room}\n  room: {drop: true}", 2, "is dropped; drop both"),
        ("drivers:\n  comfort:\n    into: room\n    drop: true", 4, "keep one"),
        ("drivers:\n  comfort:\n    drop: maybe", 3, "'maybe' is not true or false"),
        ("drivers:\n  pol:\n    phrases: [pool]\n    into: room", 4, "driver of your own"),
        ("drivers:\n  a: [a]\n  confort: {drop: true}", 3, "did you mean 'comfort'"),
        ("drivers:\n  pol:\n    phrases: [x]\n    from: [facilites]", 4, "mean 'facilities'"),
        ("drivers:\n  room:\n    from: [comfort]", 3, "is universal"),
        ("drivers:\n  staff:\n    targets:\n      - yes", 4, 'in quotes: "yes"'),
        ("drivers:\n  staff:\n    targets:\n    - a\n    - null", 5, 'in quotes: "null"'),
        ("drivers:\n  staff:\n    targets:\n    - a\n    - 24", 5, 'in quotes: "24"'),
        ("drivers:\n  staff:\n    targets:\n    - a: b", 4, "stands where text is needed"),
        ("drivers:\n  staff:\n    targets: desk", 3, "write `[first, second]`"),
        ("drivers:\n  no: [a]\n  staff: [b]", 2, "the key `no` is not text"),
        ("drivers:\n  staff:\n    targets: ['!']", 3, "it has no word"),
        ("drivers:\n  staff:\n    targets: [a + + b]", 3, "both sides"),
        ("drivers:\n  staff:\n    subdrivers: {a: {phrase: [x]}}", 3, "did you mean 'phrases'"),
        ("name: x\nextends: hotel\ndrivers: {}", 3, "no drivers"),
        ("name: x\ndrivers: text", 2, "where a mapping is needed"),
        ("drivers:\n  Car Park: [a]", 2, "write 'car_park' and `name: Car Park`"),
        ("drivers:\n  a: [desk]\n  b: [x, Desk]", 3, "under a.targets and under b.targets"),
        ("drivers:\n  a:\n    positive: [x]\n    negative: [~x]", 4, "under a.negative"),
        ("drivers:\n  a: [x + y]\n  b: [y + x]", 3, "under a.targets and under b.targets"),
        ("drivers:\n  cleanlines:\n    name: Clean", 2, "has no phrases"),
        (
            "drivers:\n  staff:\n    subdrivers: {recption: {name: R}}",
            3,
            "'recption' has no phrases",
        ),
        ("drivers:\n  a: &list [x]\n  b: *list", 3, "aliases"),
        ("drivers:\n  a: !!python/tuple [x]", 2, "tags"),
        ("drivers:\n  a: [x\n  b: [y]", 3, "not valid YAML"),
        ("drivers: {a: [x]}\n---\ndrivers: {}", 2, "a second document"),
        ("? [a, b]\n: c", 1, "a key must be a word"),
    ],
)
def test_each_problem_names_its_line_and_the_fix(text: str, line: int, message: str) -> None:
    said = problems(text)
    assert f"line {line}:" in said
    assert message in said


@pytest.mark.usefixtures("packs")
def test_all_problems_are_told_at_once_in_their_order() -> None:
    said = problems(
        "drivers:\n  staff:\n    tagets: [a]\n    positive: [no]\n  B: [x]"
    ).splitlines()
    assert said[0] == "taxonomy is not a valid taxonomy:"
    assert [line.split(":")[0].strip() for line in said[1:]] == ["line 3", "line 4", "line 5"]


@pytest.mark.usefixtures("packs")
def test_many_problems_are_cut_short() -> None:
    said = problems({"drivers": {f"driver_{i}": [f"x{i}", 1] for i in range(30)}}).splitlines()
    assert len(said) == 22
    assert said[-1].strip() == "and 10 more"


@pytest.mark.usefixtures("packs")
def test_in_a_dict_the_path_stands_for_the_line() -> None:
    said = problems({"drivers": {"staff": {"targets": ["desk", None]}, 5: ["five"]}})
    assert "drivers.staff.targets.1: None stands where text is needed" in said
    assert "the key 5 is not text" in said


@pytest.mark.usefixtures("packs")
def test_dropping_every_driver_is_refused() -> None:
    drivers = {driver: {"drop": True} for driver in Taxonomy.load("universal").ids}
    assert "no driver is left" in problems({"drivers": drivers})


@pytest.mark.usefixtures("packs")
def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert "shipped are: general, hotel, universal" in problems(str(path))
    path.write_bytes(b"")
    assert "mine.yaml is empty" in problems(str(path))
    path.write_bytes(b"drivers: {a: [caf\xe9]}")
    assert "save it as UTF-8" in problems(str(path))
    path.write_bytes(b"#" * 5_000_001)
    assert "larger than 5,000,000 bytes" in problems(str(path))
    path.write_bytes(b"drivers: {a: [\x00]}")
    assert "not valid YAML" in problems(str(path))
    path.write_text("drivers:\n  spa: [massage]\n", encoding="utf-8-sig", newline="\r\n")
    assert resolve(path)["spa"].targets == ("massage",)
    assert "is empty" in problems(" ")
    assert "not valid YAML" in problems("drivers: {a: [\ud800]}")
    (tmp_path / "folder.yaml").mkdir()
    assert "cannot read" in problems(str(tmp_path / "folder.yaml"))


@pytest.mark.usefixtures("packs")
def test_a_name_that_is_not_shipped_names_those_that_are() -> None:
    said = problems("hotl")
    assert "did you mean 'hotel'" in said
    assert "ends in .yaml" in said
    with pytest.raises(TaxonomyError, match="not 5"):
        resolve(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", [20, 100_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_and_does_no_harm(opening: str, depth: int) -> None:
    start = time.process_time()
    assert "nested too deeply" in problems(f"drivers:\n {opening * depth}")
    assert time.process_time() - start < 5


def test_a_dict_that_holds_itself_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["drivers"] = endless
    assert "nested too deeply" in problems(endless)


def test_an_alias_bomb_is_refused_at_once() -> None:
    names = [f"a{i}" for i in range(20)]
    bomb = [f"  {b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in pairwise(names)]
    start = time.process_time()
    assert "line 3: aliases" in problems("\n".join(["drivers:", "  a0: &a0 [x]", *bomb]))
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (
            lambda folder: (folder / "hotel.yaml").write_text(HOTEL.replace("hotel", "inn")),
            "like its file",
        ),
        (
            lambda folder: (folder / "hotel.yaml").write_text(HOTEL.replace("universal", "hotel")),
            "itself",
        ),
        (lambda folder: (folder / "universal.yaml").write_text("drivers: 5"), "universal.yaml"),
    ],
)
def test_a_shipped_pack_is_checked_too(
    packs: Path, break_it: Callable[[Path], object], message: str
) -> None:
    break_it(packs)
    assert message in problems("hotel")


# --- what is shipped


def test_the_universal_taxonomy_holds_the_whole_label_space() -> None:
    universal = Taxonomy.load("universal")
    assert universal.ids == DRIVERS
    assert universal.unreported == ()
    assert all(
        driver.targets and driver.description for driver in universal if driver.id != "overall"
    )


@pytest.mark.parametrize("name", available_taxonomies())
def test_every_shipped_taxonomy_is_whole(name: str) -> None:
    taxonomy = Taxonomy.load(name)
    assert taxonomy.name == name
    assert taxonomy.description
    labels = [driver.name for driver in taxonomy]
    assert len(set(labels)) == len(labels)
    assert {term.universal for term in taxonomy.vocabulary()} == set(DRIVERS)
    assert Taxonomy.from_dict(taxonomy.to_dict()) == taxonomy


@pytest.mark.parametrize("name", available_taxonomies())
def test_every_phrase_of_a_subdriver_finds_it(name: str) -> None:
    taxonomy = Taxonomy.load(name)
    lost = []
    for driver in taxonomy:
        universal = (*driver.universal, *driver.sources, "overall")[0]
        for sub in driver.subdrivers:
            for phrase in sub.phrases:
                words = [word for part in parse(phrase).parts for word in part]
                if taxonomy.assign(universal, words) != (driver.id, sub.id):
                    lost.append(f"{driver.id}.{sub.id}: {phrase}")
    assert lost == []


def shipped_phrases(name: str) -> list[str]:
    drivers = (*Taxonomy.load(name).drivers, *Taxonomy.load(name).unreported)
    phrases = [text for driver in drivers for text, _ in driver.phrases()]
    return phrases + [text for d in drivers for sub in d.subdrivers for text in sub.phrases]


@pytest.mark.parametrize("name", available_taxonomies())
def test_every_shipped_phrase_is_lower_case_with_its_marks_in_place(name: str) -> None:
    phrases = [text.removeprefix("~") for text in shipped_phrases(name)]
    assert [text for text in phrases if text != text.lower() or set(text) & set('~",;()')] == []


@pytest.mark.parametrize("name", available_taxonomies())
def test_every_shipped_phrase_is_cut_like_the_texts(name: str) -> None:
    tokeniser = spacy.blank("en").tokenizer
    parts = [part.strip(" ~") for text in shipped_phrases(name) for part in text.split("+")]
    assert [text for text in parts if fold(text) != spacy_words(tokeniser, text)] == []


wild = st.none() | st.booleans() | st.integers() | st.text(max_size=6)
ids = st.sampled_from(["staff", "room", "comfort", "overall", "valet", "spa"])
phrases = st.lists(
    st.sampled_from(["bed", "~old", "desk", "spa", "a + b", "no", "valet"]) | wild, max_size=4
)
entries = st.fixed_dictionaries(
    {},
    optional={
        "name": wild,
        "targets": phrases,
        "positive": phrases,
        "negative": phrases | wild,
        "subdrivers": st.dictionaries(ids, phrases, max_size=2),
        "into": ids,
        "drop": st.booleans(),
        "from": st.lists(ids, max_size=1),
        "tpyo": wild,
    },
)
documents = st.fixed_dictionaries(
    {"drivers": st.dictionaries(ids, phrases | entries | wild, max_size=4) | wild},
    optional={"extends": st.sampled_from([None, "none", "hospitality", "nothing"]), "name": wild},
)


@settings(deadline=None)
@given(documents)
def test_any_dict_is_a_taxonomy_or_says_why_not(document: dict[str, Any]) -> None:
    before = json.dumps(document)
    try:
        taxonomy = Taxonomy.from_dict(document)
    except TaxonomyError:
        pass
    else:
        assert Taxonomy.from_dict(taxonomy.to_dict()) == taxonomy
        assert Taxonomy.from_yaml(taxonomy.to_yaml()) == taxonomy
        assert all(taxonomy.assign(name, ["x"])[0] in (*taxonomy.ids, None) for name in DRIVERS)
    assert json.dumps(document) == before


def test_it_shows_its_drivers_and_not_their_phrases() -> None:
    spa = Taxonomy.from_dict({"name": "spa", "extends": None, "drivers": {"sauna": ["steam"]}})
    assert repr(spa) == "Taxonomy(name='spa', drivers=('sauna',))"
