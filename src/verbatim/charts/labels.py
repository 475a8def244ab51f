"""Place names beside the points of a chart so that nothing overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verbatim.charts.theme import CHARACTER, FONT_SIZE

_HEIGHT = FONT_SIZE + 2
_GAP = 8
_RADIUS = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, width: float, height: float) -> bool:
        """Whether it lies in a chart of this size; names of points on the edge may jut out."""
        jut = _HEIGHT / 2
        upright = self.top >= -jut and self.bottom <= height + jut
        return self.left >= 0 and self.right <= width and upright


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: its middle line, and the side of it that is at `x`."""

    x: float
    y: float
    align: str

    def box(self, width: float) -> Box:
        """Room that a text of this width takes."""
        left = self.x - {"left": 0.0, "center": width / 2, "right": width}[self.align]
        return Box(left, self.y - _HEIGHT / 2, left + width, self.y + _HEIGHT / 2)


def place_labels(
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    width: float,
    height: float,
    taken: Sequence[Box] = (),
) -> list[Place | None]:
    """Place each name beside its point; None where there is no room.

    The first names choose first: right of the point, left, above, below, then the corners.

    Parameters
    ----------
    points : sequence of (x, y)
        In pixels from the upper left corner.
    names : sequence of str
    width, height : float
        Of the chart.
    taken : sequence of Box
        Where nothing may stand.

    Examples
    --------
    >>> place_labels([(10, 50), (90, 50)], ["Staff", "Room"], 100, 100)
    [Place(x=18, y=50, align='left'), Place(x=82, y=50, align='right')]
    """
    dots = [Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in points]
    placed: list[Box] = list(taken)
    found: list[Place | None] = []
    for i, (point, name) in enumerate(zip(points, names, strict=True)):
        room = CHARACTER * len(name)
        blocked = [*dots[:i], *dots[i + 1 :], *placed]
        place = next(
            (one for one in _places(point) if _fits(one.box(room), blocked, width, height)), None
        )
        if place is not None:
            placed.append(place.box(room))
        found.append(place)
    return found


def _fits(box: Box, blocked: Sequence[Box], width: float, height: float) -> bool:
    return box.inside(width, height) and not any(box.meets(other) for other in blocked)


def _places(point: tuple[float, float]) -> Iterator[Place]:
    x, y = point
    up, down = y - _GAP - _HEIGHT / 2, y + _GAP + _HEIGHT / 2
    yield Place(x + _GAP, y, "left")
    yield Place(x - _GAP, y, "right")
    yield from (Place(x, level, "center") for level in (up, down))
    for level in (up, down):
        yield Place(x + _GAP / 2, level, "left")
        yield Place(x - _GAP / 2, level, "right")
