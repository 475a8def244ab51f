import math

import torch

from training.batches import Item, collate
from training.examples import Example, Opinion
from training.losses import losses, total
from training.model import Reader
from training.options import Options
from training.tokenise import encode
from verbatim.labels import DRIVERS


def _losses(examples, tokeniser, options, **changed):
    encoded = encode(tokeniser, [example.text for example in examples])
    items = [Item(*pair) for pair in zip(examples, encoded, strict=True)]
    batch = collate(items, options.architecture.vector)
    torch.manual_seed(0)
    outputs = Reader(options.architecture)(batch.ids, batch.mask)
    return batch, losses(outputs._replace(**changed), batch, smoothing=0.0)


def test_row_without_labels_costs_nothing(tokeniser, options):
    _, parts = _losses([Example("own", "soup", frozenset())], tokeniser, options)
    assert {name: loss.sum().item() for name, loss in parts.items()} == dict.fromkeys(parts, 0.0)


def test_fully_labelled_rows_teach_every_loss_but_the_vector(examples, tokeniser, options):
    _, parts = _losses(examples, tokeniser, options)
    assert [name for name, loss in parts.items() if not loss.sum() > 0] == ["vector"]
    assert parts.keys() == Options().losses.keys()


def test_choice_of_drivers_costs_minus_log_of_any_of_them(tokeniser, options):
    row = Example("mams", "soup", frozenset(), (Opinion(("staff", "service"), None),))
    logits = torch.zeros(1, len(DRIVERS))
    _, parts = _losses([row], tokeniser, options, drivers=logits)
    assert math.isclose(parts["drivers"].item(), -math.log(1 - 0.5 * 0.5), rel_tol=1e-5)
    assert parts["signs"] == 0


def test_sign_of_a_choice_goes_to_the_likeliest_driver(tokeniser, options):
    row = Example("mams", "soup", frozenset(), (Opinion(("staff", "service"), 1),))
    drivers = torch.full((1, len(DRIVERS)), -20.0)
    drivers[0, DRIVERS.index("service")] = 20.0
    signs = torch.zeros(1, len(DRIVERS), 3)
    signs[0, DRIVERS.index("service")] = torch.tensor([20.0, -20.0, -20.0])
    _, parts = _losses([row], tokeniser, options, drivers=drivers, signs=signs)
    assert parts["signs"].item() < 1e-6


def test_choice_that_is_certain_has_finite_gradient(tokeniser, options):
    row = Example("mams", "soup", frozenset(), (Opinion(("staff", "service"), 1),))
    drivers = torch.full((1, len(DRIVERS)), -200.0, requires_grad=True)
    _, parts = _losses([row], tokeniser, options, drivers=drivers)
    parts["drivers"].sum().backward()
    assert torch.isfinite(drivers.grad).all()


def test_weight_of_a_row_scales_its_losses(examples, tokeniser, options):
    batch, parts = _losses(examples, tokeniser, options)
    whole = total(parts, options.losses, batch.weight).item()
    batch.weight.mul_(0.5)
    assert math.isclose(total(parts, options.losses, batch.weight).item(), whole / 2, rel_tol=1e-5)
