"""From a name, a file, YAML text or a dict to a `Taxonomy`.

Shipped taxonomies are the YAML files of ``packs/``. All rest on ``universal``, which gives the 21
drivers their names and phrases; any taxonomy may extend a shipped one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from verbatim.errors import TaxonomyError, unknown
from verbatim.taxonomy.document import Document, Draft, read
from verbatim.taxonomy.layers import build, hide, lay
from verbatim.taxonomy.model import Taxonomy
from verbatim.taxonomy.source import MAX_BYTES, Source
from verbatim.taxonomy.source import from_mapping as read_mapping
from verbatim.taxonomy.source import from_yaml as read_yaml

PACKS = Path(__file__).with_name("packs")
ROOT = "universal"


def available_taxonomies() -> tuple[str, ...]:
    """Names of the taxonomies that are shipped.

    Examples
    --------
    >>> "hospitality" in available_taxonomies()
    True
    """
    return tuple(sorted(path.stem for path in PACKS.glob("*.yaml")))


def resolve(taxonomy: str | Path | Mapping[str, Any] | Taxonomy) -> Taxonomy:
    """Return the taxonomy that is meant.

    Parameters
    ----------
    taxonomy : str, Path, mapping or Taxonomy
        The name of a shipped taxonomy, the path of a YAML file, YAML text, a dict of the same
        form, or a `Taxonomy`, which is returned as it is.

    Raises
    ------
    TaxonomyError
        Lists everything that is wrong, each with its place and the fix.
    """
    if isinstance(taxonomy, Taxonomy):
        return taxonomy
    if isinstance(taxonomy, Mapping):
        return from_dict(taxonomy)
    if isinstance(taxonomy, Path):
        return from_yaml(taxonomy)
    if not isinstance(taxonomy, str):
        kinds = "a name, the path of a YAML file, a dict or a Taxonomy"
        raise TaxonomyError(f"a taxonomy is {kinds}, not {taxonomy!r}")
    is_file = taxonomy.endswith((".yaml", ".yml")) or "/" in taxonomy or "\\" in taxonomy
    return from_yaml(taxonomy) if is_file or _is_text(taxonomy) else load(taxonomy)


def load(name: str) -> Taxonomy:
    """Load the shipped taxonomy `name`."""
    if name not in available_taxonomies():
        message = unknown("taxonomy", name, available_taxonomies())
        raise TaxonomyError(f"{message}. Your own is given as a path that ends in .yaml, or a dict")
    return _load(PACKS, name)


def from_yaml(source: str | Path) -> Taxonomy:
    """Read a taxonomy from the path of a YAML file, or from YAML text."""
    if isinstance(source, str) and _is_text(source):
        return _build(read_yaml(source, "taxonomy"), "custom")
    path = Path(source)
    return _build(read_yaml(_read_file(path), path.name), path.stem)


def from_dict(mapping: Mapping[str, Any]) -> Taxonomy:
    """Read a taxonomy from a dict."""
    return _build(read_mapping(mapping, "taxonomy"), "custom")


def _is_text(source: str) -> bool:
    return "\n" in source or ": " in source or not source.strip()


def _read_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            # One byte more than allowed tells a file that is too large from one that just fits.
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise TaxonomyError(f"{path} is larger than {MAX_BYTES:,} bytes, too large to read")
        return data.decode("utf-8-sig")
    except FileNotFoundError as error:
        shipped = ", ".join(available_taxonomies())
        raise TaxonomyError(f"there is no file {str(path)!r}; shipped are: {shipped}") from error
    except UnicodeDecodeError as error:
        raise TaxonomyError(f"{path} is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise TaxonomyError(f"cannot read {str(path)!r}: {error.strerror}") from error


def _build(source: Source, default_name: str) -> Taxonomy:
    document = read(source, default_name)
    drafts = _lay(source, document, ())
    return build(drafts, document.name, document.description)


def _lay(source: Source, document: Document, heirs: tuple[str, ...]) -> dict[str, Draft]:
    base = {} if document.standalone else _base(source, document, heirs)
    drafts = {} if base is None else lay(base, document, source)
    source.check()
    return drafts


def _base(source: Source, document: Document, heirs: tuple[str, ...]) -> dict[str, Draft] | None:
    """Drivers that the document starts from; None where it names a parent that there is not."""
    parent = document.extends
    if parent is None:
        return hide(_shipped(PACKS, ROOT)[1])
    if parent in heirs:
        source.problem(("extends",), f"extends itself: {' -> '.join((*heirs, parent))}")
    elif parent in available_taxonomies():
        return _shipped(PACKS, parent, heirs)[1]
    elif parent:
        source.problem(("extends",), unknown("taxonomy", parent, available_taxonomies()))
    return None


@lru_cache(maxsize=64)
def _shipped(
    packs: Path, name: str, heirs: tuple[str, ...] = ()
) -> tuple[Document, dict[str, Draft]]:
    source = read_yaml(_read_file(packs / f"{name}.yaml"), f"{name}.yaml")
    document = read(source, name)
    if document.name != name:
        source.problem(("name",), f"{document.name!r} must be called like its file, {name!r}")
    if name == ROOT:
        drafts = lay({}, document, source)
        source.check()
        return document, drafts
    return document, _lay(source, document, (*heirs, name))


@lru_cache(maxsize=64)
def _load(packs: Path, name: str) -> Taxonomy:
    document, drafts = _shipped(packs, name)
    return build(drafts, document.name, document.description)
