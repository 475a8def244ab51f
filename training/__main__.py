"""Command: ``python -m training STEP``; ``--help`` names the steps."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from training.options import Options

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
ARTEFACT = ROOT / "models" / "neural"
WORDS = ROOT / "models" / "words"
AGAIN = ROOT / "training" / "recipes" / "again.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step."""
    options = _parser().parse_args(arguments)
    options.step(options)
    return 0


def _prepare(given: argparse.Namespace) -> None:
    from training.prepare import prepare

    print(json.dumps(prepare(given.data, given.prepared), indent=1))


def _train(given: argparse.Namespace) -> None:
    from training.evaluate import Dev
    from training.material import Material
    from training.train import Run, load_model, new_model, train

    options = _options(given)
    material = Material.load(given.data, given.prepared, options)
    teachers = [load_model(teacher) for teacher in given.teacher]
    run = Run.start(given.run, options, new_model(options), teachers)
    train(run, material, Dev.load(given.data, material.tokeniser))


def _distil(given: argparse.Namespace) -> None:
    from training.distil import student_of
    from training.evaluate import Dev
    from training.material import Material
    from training.train import Run, load_model, train

    student, options = student_of(given.start or given.teacher[0], _options(given), given.layers)
    material = Material.load(given.data, given.prepared, options)
    teachers = [load_model(teacher) for teacher in given.teacher]
    run = Run.start(given.run, options, student, teachers)
    train(run, material, Dev.load(given.data, material.tokeniser))


def _average(given: argparse.Namespace) -> None:
    from training.average import average

    average(given.runs, given.run)


def _options(given: argparse.Namespace) -> Options:
    from training.options import Options

    options = Options.load(given.options) if given.options else Options()
    named = {name: getattr(given, name) for name in ("minutes", "steps", "passes", "seed")}
    return options.with_changes({name: v for name, v in named.items() if v is not None})


def _evaluate(given: argparse.Namespace) -> None:
    from training import card
    from training.evaluate import Dev, measure
    from training.tokenise import encoder_directory, load_tokeniser
    from training.train import load_model

    model = load_model(given.run)
    dev = Dev.load(given.data, load_tokeniser(encoder_directory() / "tokenizer.json"))
    settings, numbers = measure(model, dev)
    results = _about(given.run) | {"settings": asdict(settings), "numbers": numbers}
    (given.run / "dev.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print(json.dumps(results, indent=1))
    if given.readme:
        card.write(card.NUMBERS, card.table(results))


def _export(given: argparse.Namespace) -> None:
    from training.export import export

    print(json.dumps(export(given.run, given.data, given.out), indent=1))


def _settle(given: argparse.Namespace) -> None:
    from training.export import settle

    print(json.dumps(settle(given.out, given.data), indent=1))


def _ablate(given: argparse.Namespace) -> None:
    from training import ablation, card
    from training.evaluate import Dev
    from training.material import Material

    options = _options(given)

    def material(changed: Options) -> Material:
        return Material.load(given.data, given.prepared, changed)

    dev = Dev.load(given.data, material(options).tokeniser)
    for measured in ablation.ablate(given.work, options, material, dev):
        card.write(card.ABLATION, ablation.table(measured, given.steps, len(dev.rows)))


def _words(given: argparse.Namespace) -> None:
    from training.words import make_words

    print(json.dumps(make_words(given.data, given.out), indent=1))


def _all(given: argparse.Namespace) -> None:
    """Every step in turn; an interrupted run goes on where it was."""
    given.prepared, given.run, given.teacher = given.work / "prepared", given.work / "teacher", ()
    _prepare(given)
    _train(given)
    given.teacher, given.run = [given.run], given.work / "run"
    given.options, given.readme = AGAIN, True
    given.start = given.layers = None
    for step in (_distil, _evaluate, _export):
        step(given)


def _about(run: Path) -> dict[str, Any]:
    """What a reader must know of a run to judge its numbers."""
    from training.options import Options
    from training.train import LOG, OPTIONS

    options = Options.load(run / OPTIONS)
    last = json.loads((run / LOG).read_text("utf-8").splitlines()[-1])
    return {
        "steps": last["step"],
        "passes": last["pass"],
        "minutes": round(last["seconds"] / 60, 1),
        "rows per pass": {name: share.rows for name, share in options.sources.items()},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(required=True)
    prepare, train, distil, average, evaluate, export, settle, ablate, words, every = (
        steps.add_parser(name, help=text)
        for name, text in (
            ("prepare", "read all sets, write the released encoder's vectors and a summary"),
            ("train", "train, or go on with a run"),
            ("distil", "teach a model, of fewer layers or as many, what a trained one says"),
            ("average", "the mean of the weights of runs that began with one another's"),
            ("evaluate", "choose thresholds and measure a run on the own held-out set"),
            ("export", "make the artefact of the neural engine from a run"),
            ("settle", "choose the settings of an artefact anew, after a change of the decoding"),
            ("ablate", "what each set and trick buys: short runs, each without one of them"),
            ("words", "make the artefact of word vectors"),
            ("all", "prepare, train, teach a second model by the first, evaluate, export"),
        )
    )
    functions = (
        *(_prepare, _train, _distil, _average, _evaluate),
        *(_export, _settle, _ablate, _words, _all),
    )
    steps_ = (prepare, train, distil, average, evaluate, export, settle, ablate, words, every)
    for step, function in zip(steps_, functions, strict=True):
        step.set_defaults(step=function)
        step.add_argument("--data", type=Path, default=DATA, metavar="DIR")
    for step in (prepare, train, distil, ablate):
        step.add_argument("--prepared", type=Path, required=True, metavar="DIR")
    for step in (train, distil, average, evaluate, export):
        step.add_argument("--run", type=Path, required=True, metavar="DIR")
    for step in (train, distil, ablate, every):
        step.add_argument("--options", type=Path, metavar="FILE", help="JSON of some settings")
        step.add_argument("--minutes", type=float, help="wall-clock budget")
        step.add_argument("--steps", type=int, help="most steps")
        step.add_argument("--passes", type=int)
        step.add_argument("--seed", type=int)
    heard = "whom the model imitates; of several, their mean"
    train.add_argument("--teacher", type=Path, nargs="+", default=(), metavar="RUN", help=heard)
    distil.add_argument("--teacher", type=Path, nargs="+", required=True, metavar="RUN", help=heard)
    distil.add_argument(
        "--start",
        type=Path,
        metavar="RUN",
        help="whose weights the student has first: the first teacher's",
    )
    distil.add_argument("--layers", type=int, help="as many as that run has, by default")
    average.add_argument("--runs", type=Path, nargs="+", required=True, metavar="RUN")
    ablate.set_defaults(steps=800)
    for step in (ablate, every):
        step.add_argument("--work", type=Path, required=True, metavar="DIR")
    evaluate.add_argument("--readme", action="store_true", help="write the numbers into README.md")
    for step in (export, settle, every):
        step.add_argument("--out", type=Path, default=ARTEFACT, metavar="DIR")
    words.add_argument("--out", type=Path, default=WORDS, metavar="DIR")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
