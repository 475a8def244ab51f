from dataclasses import replace

import numpy as np
import pytest
import torch

from training.average import average
from training.distil import student_of
from training.imitation import imitation, together
from training.material import Material
from training.model import Reader
from training.options import Share
from training.predict import predict
from training.train import Run, load_model, train


@pytest.fixture(scope="module")
def material(examples, tokeniser):
    vectors = np.random.default_rng(0).normal(size=(len(examples), 48)).astype("float16")
    return Material.of({"own": examples}, {"own": vectors}, tokeniser)


@pytest.fixture(scope="module")
def teacher(options, material, tmp_path_factory):
    folder = tmp_path_factory.mktemp("teacher")
    options = replace(options, passes=20, dropout=0.0, augment=0.0)
    torch.manual_seed(0)
    train(Run.start(folder, options, Reader(options.architecture)), material, None)
    return folder


def _distance(student: Reader, teacher: Reader, material: Material, options) -> float:
    places = [("own", row) for row in range(len(material.examples["own"]))]
    batch = material.batch(places, options, 0)
    with torch.no_grad():
        found = imitation(
            student.eval()(batch.ids, batch.mask), teacher(batch.ids, batch.mask), batch.mask
        )
    return float(torch.stack(list(found.values())).sum())


def test_a_student_with_every_layer_says_what_its_teacher_says(options, teacher, dev):
    student, _ = student_of(teacher, options, options.architecture.layers)
    for ours, theirs in zip(
        predict(student, dev.encoded), predict(load_model(teacher), dev.encoded), strict=True
    ):
        assert all(np.array_equal(ours[name], theirs[name]) for name in theirs)


def test_a_student_without_labels_comes_nearer_to_its_teacher(options, teacher, material, tmp_path):
    options = replace(options, passes=40, dropout=0.0, augment=0.0, imitation=1.0)
    student, options = student_of(teacher, options, 1)
    assert options.architecture.layers == 1
    full = load_model(teacher)
    before = _distance(student, full, material, options)
    nearest = _distance(full, full, material, options)
    train(Run.start(tmp_path, options, student, [full]), material, None)
    after = _distance(load_model(tmp_path), full, material, options)
    assert nearest < after < nearest + 0.5 * (before - nearest)


def test_a_teacher_has_no_say_on_rows_it_is_wrong_about(options, teacher, material, tmp_path):
    """A run whose rows are all untaught ends as the same run without a teacher does."""
    untaught = {"own": Share(1.0, taught=0.0)}
    options = replace(options, dropout=0.0, imitation=0.7, sources=untaught)
    for folder, teachers in (("alone", []), ("taught", [load_model(teacher)])):
        student, options = student_of(teacher, options, 1)
        train(Run.start(tmp_path / folder, options, student, teachers), material, None)
    alone, taught = (load_model(tmp_path / name).state_dict() for name in ("alone", "taught"))
    assert all(torch.equal(alone[name], taught[name]) for name in alone)


def test_a_wider_teacher_of_another_kind_can_teach(options, teacher, material, tmp_path):
    sizes = replace(options.architecture, hidden=64, inner=80, layers=3, distances=8)
    wide = replace(options, architecture=sizes, passes=20, dropout=0.0, augment=0.0)
    torch.manual_seed(1)
    train(Run.start(tmp_path / "wide", wide, Reader(sizes)), material, None)
    wide_teacher = load_model(tmp_path / "wide")

    taught = replace(options, passes=40, dropout=0.0, augment=0.0, imitation=1.0)
    student, taught = student_of(teacher, taught)
    before = _distance(student, wide_teacher, material, taught)
    run = Run.start(tmp_path / "taught", taught, student, [wide_teacher])
    train(run, material, None)
    nearest = _distance(wide_teacher, wide_teacher, material, taught)
    after = _distance(load_model(tmp_path / "taught"), wide_teacher, material, taught)
    assert nearest < after < nearest + 0.5 * (before - nearest)


def test_several_teachers_say_their_mean(options, teacher, material):
    places = [("own", row) for row in range(len(material.examples["own"]))]
    batch = material.batch(places, options, 0)
    torch.manual_seed(2)
    models = [load_model(teacher), Reader(options.architecture).eval()]
    with torch.no_grad():
        one, other = (model(batch.ids, batch.mask) for model in models)
    mean = together([one, other])
    assert torch.allclose(mean.drivers, (one.drivers + other.drivers) / 2)
    assert torch.equal(together([one, one]).evidence, one.evidence)


def test_averaged_runs_are_a_run_with_the_mean_of_their_weights(
    options, teacher, material, dev, tmp_path
):
    student, options = student_of(teacher, options)
    train(Run.start(tmp_path / "on", options, student), material, dev)
    average([teacher, tmp_path / "on"], tmp_path / "mean")
    one, other, mean = (
        load_model(run).state_dict() for run in (teacher, tmp_path / "on", tmp_path / "mean")
    )
    assert all(torch.allclose(mean[name], (one[name] + other[name]) / 2) for name in one)
    assert not all(torch.equal(one[name], other[name]) for name in one)
