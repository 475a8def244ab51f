"""The model: one encoder, and heads that gather from its token states what each label needs.

Every driver has a query that attends to the tokens which speak of it. Each sign has one too; the
sum of both scores says where driver d is judged with sign s, and what is gathered there answers
whether it is, and how strongly. One driver can so be judged with two signs in one sentence. These
attention weights are the evidence of an opinion. The judgement itself is read by one small network
for all drivers and for the sentence as a whole, so that graded sentences teach it too.

The graph has no control flow that depends on a tensor, so it can be exported.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Encoder, mean_states
from training.examples import ATTRIBUTES, SIGNS
from training.options import Architecture
from verbatim.labels import DRIVERS, EMOTIONS, INTENTS

TAGS = 3
MASKED = -1e4
"""Score of a padding token before the softmax; fits half precision."""


class Outputs(NamedTuple):
    """What the model says of n sentences of T tokens; all but `evidence` and `vector` are logits.

    Attributes
    ----------
    drivers : (n, 21)
    signs, strong : (n, 21, 3)
        Given that the driver is judged: with this sign, strongly.
    evidence : (n, 21, 3, T)
        Attention weights, sum 1 over the tokens.
    target_tags, assessment_tags : (n, T, 3)
        Outside, begin, inside.
    link_target, link_assessment : (n, 21, 3, T)
        Whether the token is part of the target, or assessment, of this opinion.
    emotions, intensity : (n, 13)
        Felt at all; sigmoid of `intensity` runs from mild (0) to strong (1).
    intents : (n, 7)
    touchpoint, stage, interaction, effort, resolution : (n, values + 1)
        The last is "none".
    sentiment : (n,)
        Its tanh is the sentiment, -1 to 1.
    vector : (n, V)
        Of length 1, for clustering.
    """

    drivers: Tensor
    signs: Tensor
    strong: Tensor
    evidence: Tensor
    target_tags: Tensor
    assessment_tags: Tensor
    link_target: Tensor
    link_assessment: Tensor
    emotions: Tensor
    intensity: Tensor
    intents: Tensor
    touchpoint: Tensor
    stage: Tensor
    interaction: Tensor
    effort: Tensor
    resolution: Tensor
    sentiment: Tensor
    vector: Tensor


class Answers(nn.Module):
    """One yes/no answer per label, each with its own weights, from a vector of its own."""

    def __init__(self, labels: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(labels, width) * width**-0.5)
        self.bias = nn.Parameter(torch.zeros(labels))

    def forward(self, gathered: Tensor) -> Tensor:
        """(..., labels, width) to (..., labels)."""
        return (gathered * self.weight).sum(dim=-1) + self.bias


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, sizes: Architecture, dropout: float = 0.0) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        self.dropout = nn.Dropout(dropout)
        self.opinions = OpinionHeads(sizes, dropout)
        self.sentence = SentenceHeads(sizes, dropout)
        self.tags = nn.Linear(sizes.hidden, 2 * TAGS)

    def forward(self, ids: Tensor, mask: Tensor) -> Outputs:
        """Read token ids (n, T) and their mask (n, T), both int64."""
        states = self.encoder(ids, mask)
        mean = mean_states(states, mask)
        padding = (1 - mask).to(states.dtype) * MASKED
        target_tags, assessment_tags = self.tags(self.dropout(states)).chunk(2, dim=-1)
        drivers, signs, strong, evidence, targets, assessments, sentiment = self.opinions(
            states, mean, padding
        )
        emotions, intensity, intents, attributes, vector = self.sentence(states, mean, padding)
        return Outputs(
            drivers,
            signs,
            strong,
            evidence,
            target_tags,
            assessment_tags,
            targets,
            assessments,
            emotions,
            intensity,
            intents,
            *attributes,
            sentiment,
            vector,
        )


class OpinionHeads(nn.Module):
    """Drivers, their signs and strength, the words of each opinion, the sentence's sentiment."""

    def __init__(self, sizes: Architecture, dropout: float) -> None:
        super().__init__()
        n_drivers, hidden, head = len(DRIVERS), sizes.hidden, sizes.head
        self.keys = nn.Linear(hidden, 2 * sizes.key)
        # One more driver query and one more embedding: those of the sentence as a whole.
        self.driver_queries = nn.Parameter(torch.randn(n_drivers + 1, sizes.key))
        self.sign_queries = nn.Parameter(torch.randn(len(SIGNS), sizes.key))
        self.spoken = nn.Linear(hidden, head)
        self.context = nn.Linear(hidden, head, bias=False)
        self.driver = Answers(n_drivers, head)
        self.judged = nn.Linear(hidden, head)
        self.about = nn.Linear(hidden, head, bias=False)
        self.subjects = nn.Parameter(torch.zeros(n_drivers + 1, head))
        self.sign = Answers(len(SIGNS), head)
        self.strength = Answers(len(SIGNS), head)
        self.sentiment = nn.Linear(head, 1)
        self.linked = nn.Linear(head, 2 * sizes.link)
        self.words = nn.Linear(hidden, 2 * sizes.link)
        self.link_bias = nn.Parameter(torch.zeros(2))
        self.dropout = nn.Dropout(dropout)
        self.scale = sizes.key**-0.5
        self.link_scale = sizes.link**-0.5

    def forward(self, states: Tensor, mean: Tensor, padding: Tensor) -> tuple[Tensor, ...]:
        """Logits per driver, sign and token, the evidence, and the sentiment."""
        driver_keys, sign_keys = self.keys(states).chunk(2, dim=-1)
        by_driver = torch.einsum("ntk,dk->ndt", driver_keys, self.driver_queries)
        by_driver = by_driver * self.scale + padding[:, None]
        by_sign = torch.einsum("ntk,sk->nst", sign_keys, self.sign_queries)
        evidence = torch.softmax(by_driver[:, :-1, None] + by_sign[:, None] * self.scale, dim=-1)
        attention = torch.softmax(by_driver, dim=-1)
        # Weights sum to 1, so a layer may come before what they gather: there are fewer tokens
        # than drivers and signs.
        judgements = self.judged(states)
        subject = attention[:, :-1] @ self.about(states) + self.subjects[:-1]
        gathered = torch.einsum("ndst,nth->ndsh", evidence, judgements)
        judged = self.dropout(functional.gelu(gathered + subject[:, :, None]))
        whole = functional.gelu((attention[:, -1:] @ judgements)[:, 0] + self.subjects[-1])
        context = self.context(self.dropout(mean))[:, None]
        found = functional.gelu(attention[:, :-1] @ self.spoken(states) + context)
        targets, assessments = self._link(judged, states)
        return (
            self.driver(self.dropout(found)),
            self.sign(judged),
            self.strength(judged),
            evidence,
            targets,
            assessments,
            self.sentiment(self.dropout(whole)).squeeze(-1),
        )

    def _link(self, judged: Tensor, states: Tensor) -> tuple[Tensor, Tensor]:
        """Bilinear score of each token as part of each opinion's target, and assessment."""
        opinions = self.linked(judged).chunk(2, dim=-1)
        words = self.words(states).chunk(2, dim=-1)
        target, assessment = (
            torch.einsum("ndsl,ntl->ndst", o, w) * self.link_scale
            for o, w in zip(opinions, words, strict=True)
        )
        return target + self.link_bias[0], assessment + self.link_bias[1]


class SentenceHeads(nn.Module):
    """Emotions, intents, the attributes, and the sentence vector."""

    def __init__(self, sizes: Architecture, dropout: float) -> None:
        super().__init__()
        hidden, head = sizes.hidden, sizes.head
        self.sizes = [len(EMOTIONS), len(INTENTS), len(ATTRIBUTES)]
        self.scale = sizes.key**-0.5
        self.keys = nn.Linear(hidden, sizes.key)
        self.queries = nn.Parameter(torch.randn(sum(self.sizes), sizes.key))
        self.gathered = nn.Linear(hidden, head)
        self.context = nn.Linear(hidden, head, bias=False)
        self.emotions = Answers(len(EMOTIONS), head)
        self.intensity = Answers(len(EMOTIONS), head)
        self.intents = Answers(len(INTENTS), head)
        self.attributes = nn.ModuleList(
            nn.Linear(head, len(values) + 1) for values in ATTRIBUTES.values()
        )
        self.vector = nn.Linear(hidden, sizes.vector)
        self.dropout = nn.Dropout(dropout)
        # The mean state is a good sentence vector from the start.
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)

    def forward(
        self, states: Tensor, mean: Tensor, padding: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, list[Tensor], Tensor]:
        """Logits, and a vector of length 1."""
        scores = torch.einsum("ntk,qk->nqt", self.keys(states), self.queries)
        weights = torch.softmax(scores * self.scale + padding[:, None], dim=-1)
        context = self.context(self.dropout(mean))[:, None]
        gathered = functional.gelu(weights @ self.gathered(states) + context)
        emotions, intents, attributes = self.dropout(gathered).split(self.sizes, dim=1)
        return (
            self.emotions(emotions),
            self.intensity(emotions),
            self.intents(intents),
            [layer(attributes[:, i]) for i, layer in enumerate(self.attributes)],
            functional.normalize(self.vector(mean), dim=-1),
        )
