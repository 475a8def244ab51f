"""Customer service, effort and loyalty: what the texts tell of them, with intervals."""

from __future__ import annotations

from verbatim.experience.effort import effort
from verbatim.experience.loyalty import loyalty
from verbatim.experience.quantities import Quantity, quantities
from verbatim.experience.result import Effort, Loyalty, ServiceExperience
from verbatim.experience.service import service_experience

__all__ = [
    "Effort",
    "Loyalty",
    "Quantity",
    "ServiceExperience",
    "effort",
    "loyalty",
    "quantities",
    "service_experience",
]
