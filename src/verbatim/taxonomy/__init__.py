"""Taxonomies: which drivers an analysis reports, and the phrases that tell them apart."""

from __future__ import annotations

from verbatim.taxonomy.driver import Driver, SubDriver, Term
from verbatim.taxonomy.loader import available_taxonomies, resolve
from verbatim.taxonomy.model import Taxonomy

__all__ = ["Driver", "SubDriver", "Taxonomy", "Term", "available_taxonomies", "resolve"]
