"""The tables of an evaluation: one list of columns each."""

from __future__ import annotations

from verbatim.schema import Column


def _share(name: str, meaning: str) -> tuple[Column, Column, Column]:
    return (
        Column(name, "float64", meaning, True, None, 0, 1),
        Column(f"{name}_low", "float64", f"lower end of the interval of {name}", True, None, 0, 1),
        Column(f"{name}_high", "float64", f"upper end of the interval of {name}", True, None, 0, 1),
    )


DRIVERS: tuple[Column, ...] = (
    Column("driver", "str", "driver of the taxonomy"),
    Column("name", "str", "its name for people"),
    Column("n_texts", "int64", "texts labelled with it", low=0),
    Column("n_assigned", "int64", "texts that the taxonomy gives to it", low=0),
    Column("n_right", "int64", "texts of both kinds", low=0),
    *_share("precision", "n_right / n_assigned"),
    *_share("recall", "n_right / n_texts"),
    *_share("f1", "2 n_right / (n_assigned + n_texts)"),
    Column("low_support", "bool", "whether n_texts is below min_reviews"),
)

CONFUSIONS: tuple[Column, ...] = (
    Column("driver", "str", "the label; NA for a text labelled as about none", True),
    Column("assigned", "str", "what the taxonomy gives; NA where it leaves the text open", True),
    Column("n", "int64", "texts", low=1),
)

METHODS = {
    "assignment": "each text is taken whole, as one opinion: by the phrases of own drivers, then "
    "by likeness; no engine reads it",
    "precision, recall": "interval: Wilson",
    "f1": "interval: Bayesian bootstrap of the texts, with one imagined text added",
    "accuracy": "texts with the right driver, or rightly with none, of all; interval: Wilson",
}
"""How the figures are made."""
