import pytest
import torch
from torch import nn

from training.batches import inputs
from training.encoder import Layer
from training.model import Outputs, Reader
from training.options import Architecture
from training.predict import predict
from training.tokenise import encode


@pytest.fixture(scope="module")
def model(options):
    torch.manual_seed(0)
    return Reader(options.architecture).eval()


def _encoded(examples, tokeniser):
    return encode(tokeniser, [example.text for example in examples])


def test_layer_equals_the_one_of_torch():
    sizes = Architecture(hidden=16, inner=32, attention_heads=4)
    torch.manual_seed(0)
    theirs = nn.TransformerEncoderLayer(16, 4, 32, 0.0, "gelu", 1e-12, batch_first=True)
    ours = Layer(sizes, 0.0)
    names = {
        "self_attn.in_proj_": "qkv.",
        "self_attn.out_proj": "attended",
        "norm1": "attended_norm",
        "norm2": "outer_norm",
        "linear1": "inner",
        "linear2": "outer",
    }
    weights = theirs.state_dict()
    for their, our in names.items():
        weights = {name.replace(their, our): weight for name, weight in weights.items()}
    ours.load_state_dict(weights)
    states, mask = torch.randn(2, 5, 16), torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]).bool()
    expected = theirs(states, src_key_padding_mask=~mask)
    found = ours(states, mask[:, None, None])
    torch.testing.assert_close(found[mask], expected[mask], atol=1e-5, rtol=1e-5)


def test_sentence_reads_the_same_alone_and_among_others(model, examples, tokeniser):
    encoded = _encoded(examples, tokeniser)
    together = predict(model, encoded)
    for tokens, said in zip(encoded, together, strict=True):
        (alone,) = predict(model, [tokens])
        for name in Outputs._fields:
            torch.testing.assert_close(
                torch.from_numpy(said[name]), torch.from_numpy(alone[name]), atol=1e-5, rtol=1e-4
            )


def test_evidence_is_a_share_of_the_sentence(model, examples, tokeniser):
    ids, mask = inputs(_encoded(examples, tokeniser))
    outputs = model(ids, mask)
    assert (outputs.evidence.transpose(1, 3)[mask == 0] == 0).all()
    torch.testing.assert_close(outputs.evidence.sum(dim=-1), torch.ones(len(examples), 21, 3))
    torch.testing.assert_close(outputs.vector.norm(dim=-1), torch.ones(len(examples)))


def test_graph_exports_with_any_number_of_rows_and_tokens(model, examples, tokeniser):
    ids, mask = inputs(_encoded(examples[:2], tokeniser))
    rows, tokens = torch.export.Dim("rows", max=512), torch.export.Dim("tokens", max=64)
    shape = {0: rows, 1: tokens}
    exported = torch.export.export(model, (ids, mask), dynamic_shapes=(shape, shape), strict=False)
    ids, mask = inputs(_encoded(examples[2:5], tokeniser))
    for found, expected in zip(exported.module()(ids, mask), model(ids, mask), strict=True):
        torch.testing.assert_close(found, expected)
