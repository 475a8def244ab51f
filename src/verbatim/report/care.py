"""What to keep in mind while reading: warnings of a biased sample, weights, few reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verbatim.report.wording import counted, percent, shortened


@dataclass(frozen=True, slots=True)
class Care:
    """A note: a title, a text, and shares by value to draw beside it, which may be none."""

    title: str
    text: str
    shares: tuple[tuple[str, float], ...] = ()


def cares(meta: Mapping[str, Any]) -> list[Care]:
    """List what the scores warn of, and how they are weighted."""
    found = [_warning(warning) for warning in meta["warnings"]]
    return [*found, *([_weights(meta)] if meta["weight"] is not None else [])]


def weights_text(meta: Mapping[str, Any]) -> str:
    """Say what the reviews are weighted by, and what that costs."""
    name, n = shortened(meta["weight"]), counted(meta["n_read"], "review")
    return (
        f"Weighted by {name}: the {n} tell as much as {meta['n_effective']:,.0f} of equal weight."
    )


def _weights(meta: Mapping[str, Any]) -> Care:
    none = meta["n_zero_weight"]
    left_out = f" {counted(none, 'review')} of weight 0 don't count." if none else ""
    return Care(
        "Weighted",
        f"{weights_text(meta)} Shares, net sentiment, means and effects are weighted; numbers of "
        f"reviews are not.{left_out}",
    )


def _warning(warning: Mapping[str, Any]) -> Care:
    if warning["kind"] != "j_shape":
        return Care("Read with care", str(warning["message"]))
    shares = tuple(
        (str(value), float(share))
        for value, share in zip(warning["values"], warning["shares"], strict=True)
    )
    (low, least), (high, most) = shares[0], shares[-1]
    return Care(
        f"Read with care: {shortened(warning['outcome'])} is J-shaped",
        f"{percent(least)} of the {counted(warning['n'], 'review')} give {low} and "
        f"{percent(most)} give {high}, more than the values next to them. The delighted and the "
        "let down post most, so the mean, and what drivers seem to cost and earn, are likely to "
        "be off for customers as a whole, however many reviews there are. Nothing was corrected; "
        "weights to a known distribution can do that.",
        shares,
    )
