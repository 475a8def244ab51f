"""Service experience, effort and loyalty, as values."""

from __future__ import annotations

import pandas as pd

from verbatim.experience import view
from verbatim.experience.findings import effort_findings, loyalty_findings, service_findings
from verbatim.results import Result, visible


class ExperienceResult(Result):
    """Tables of figures and how they were made. Immutable.

    The columns are documented in `verbatim.experience.columns` and in ``meta["columns"]``. A table
    that you take out is yours: changing it doesn't change the result.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    meta : mapping
        As JSON can hold it: options, counts, meaning of the columns, engine, versions; ``weak``
        names what the engine gets wrong too often to be drawn.
    """

    def __repr__(self) -> str:
        return visible(view.text(self._shown()))

    def _repr_html_(self) -> str:
        return view.html(self._shown())

    def _shown(self) -> view.Shown:
        raise NotImplementedError


class ServiceExperience(ExperienceResult):
    """Customer service and the rest of the experience, and how problems end."""

    main = "parts"

    @property
    def emotions(self) -> pd.DataFrame:
        """One row per group, part and emotion, the most frequent first."""
        return self.tables["emotions"].copy(deep=False)

    @property
    def explained(self) -> pd.DataFrame:
        """What service and the rest explain of the outcome; empty without one."""
        return self.tables.get("explained", pd.DataFrame()).copy(deep=False)

    @property
    def recovery(self) -> pd.DataFrame:
        """One row per group and kind of review: solved, unsolved, untold, none."""
        return self.tables["recovery"].copy(deep=False)

    @property
    def contrasts(self) -> pd.DataFrame:
        """Differences between these kinds, in the outcome and in net emotion."""
        return self.tables["contrasts"].copy(deep=False)

    def findings(self, n: int = 5) -> list[str]:
        """Say what stands out in up to n sentences, each with its n and its interval."""
        return list(map(visible, service_findings(self.tables, self.meta)[: max(n, 0)]))

    def _shown(self) -> view.Shown:
        return view.service(self.tables, self.meta, self.findings())


class Effort(ExperienceResult):
    """How much customers had to do, how often problems are put right, contacts and waits."""

    main = "channels"

    @property
    def amounts(self) -> pd.DataFrame:
        """Median contacts and waits by group and channel."""
        return self.tables["amounts"].copy(deep=False)

    @property
    def quantities(self) -> pd.DataFrame:
        """One row per number read from the texts, by id and place in the text."""
        return self.tables["quantities"].copy(deep=False)

    def findings(self, n: int = 5) -> list[str]:
        """Say what stands out in up to n sentences, each with its n and its interval."""
        return list(map(visible, effort_findings(self.tables, self.meta)[: max(n, 0)]))

    def _shown(self) -> view.Shown:
        return view.effort(self.tables, self.meta, self.findings())


class Loyalty(ExperienceResult):
    """Intents to come back and recommend, against intents to leave and warn."""

    main = "groups"

    @property
    def intents(self) -> pd.DataFrame:
        """One row per group and intent."""
        return self.tables["intents"].copy(deep=False)

    @property
    def stances(self) -> pd.DataFrame:
        """One row per group and stance: loyal, disloyal, both, silent."""
        return self.tables["stances"].copy(deep=False)

    def findings(self, n: int = 5) -> list[str]:
        """Say what stands out in up to n sentences, each with its n and its interval."""
        return list(map(visible, loyalty_findings(self.tables, self.meta)[: max(n, 0)]))

    def _shown(self) -> view.Shown:
        return view.loyalty(self.tables, self.meta, self.findings())
