"""An own taxonomy, and labelled texts made from templates."""

from __future__ import annotations

from typing import Any

from verbatim.taxonomy import Taxonomy

DRIVERS: dict[str, Any] = {
    "battery": {"description": "Battery life and charging"},
    "screen": {"description": "The display: brightness, resolution and colours"},
    "arrival": {"description": "Delivery, parcel and packaging"},
}

THINGS = {
    "battery": ["battery", "charger", "charging", "power supply"],
    "screen": ["screen", "display", "resolution", "touch screen"],
    "arrival": ["delivery", "parcel", "packaging", "courier"],
}
VERDICTS = ["is poor", "was great", "let me down", "is a joke", "could be better", "surprised me"]


def taxonomy(**changes: Any) -> Taxonomy:
    """Three drivers of their own that only have descriptions."""
    drivers = {id: driver | changes.get(id, {}) for id, driver in DRIVERS.items()}
    return Taxonomy.from_dict({"name": "shop", "extends": None, "drivers": drivers})


def texts(driver: str, n: int) -> list[str]:
    """Texts about one driver."""
    every = [f"The {thing} {verdict}" for verdict in VERDICTS for thing in THINGS[driver]]
    return every[:n]


def labelled(n: int) -> list[tuple[str, str | None]]:
    """Texts of each driver, n each."""
    return [(text, driver) for driver in DRIVERS for text in texts(driver, n)]
