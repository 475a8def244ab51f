import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from training.batches import inputs
from training.encoder import Encoder, Layer, load_pretrained
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


def test_pretrained_weights_land_where_they_belong(tmp_path):
    sizes = Architecture(vocabulary=7, positions=5, hidden=4, inner=6, layers=1, attention_heads=2)
    layer, shapes = "encoder.layer.0", {}
    for part in ("attention.self.query", "attention.self.key", "attention.self.value"):
        shapes |= {f"{layer}.{part}.weight": (4, 4), f"{layer}.{part}.bias": (4,)}
    for part, shape in (
        ("attention.output.dense", (4, 4)),
        ("intermediate.dense", (6, 4)),
        ("output.dense", (4, 6)),
        ("attention.output.LayerNorm", (4,)),
        ("output.LayerNorm", (4,)),
    ):
        shapes |= {f"{layer}.{part}.weight": shape, f"{layer}.{part}.bias": shape[:1]}
    shapes |= {
        f"embeddings.{n}_embeddings.weight": (s, 4) for n, s in (("word", 7), ("position", 5))
    }
    shapes |= {"embeddings.token_type_embeddings.weight": (2, 4)}
    shapes |= {f"embeddings.LayerNorm.{kind}": (4,) for kind in ("weight", "bias")}
    theirs = {name: torch.randn(shape) for name, shape in shapes.items()}
    save_file(theirs, tmp_path / "model.safetensors")
    encoder = Encoder(sizes, 0.0)
    load_pretrained(encoder, tmp_path / "model.safetensors")
    qkv = encoder.layers[0].qkv.weight
    assert torch.equal(qkv[4:8], theirs[f"{layer}.attention.self.key.weight"])
    assert torch.equal(encoder.layers[0].outer.bias, theirs[f"{layer}.output.dense.bias"])
    words = theirs["embeddings.word_embeddings.weight"][3]
    place = theirs["embeddings.position_embeddings.weight"][2]
    kind = theirs["embeddings.token_type_embeddings.weight"][0]
    torch.testing.assert_close(
        encoder.words.weight[3] + encoder.positions.weight[2], words + place + kind
    )


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
