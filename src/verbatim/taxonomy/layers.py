"""Lay one document over another, and make a `Taxonomy` of what results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from verbatim.errors import unknown
from verbatim.labels import DRIVERS
from verbatim.taxonomy.document import Document, Draft
from verbatim.taxonomy.driver import Driver, SubDriver
from verbatim.taxonomy.model import Taxonomy
from verbatim.taxonomy.phrases import Parts, parse
from verbatim.taxonomy.source import Source

Drafts = Mapping[str, Draft]


def hide(drafts: Drafts) -> dict[str, Draft]:
    """Universal drivers that tell an engine their phrases, and are not reported."""
    return {key: replace(drafts[key], into=None, drop=True) for key in drafts if key in DRIVERS}


def lay(base: Drafts, document: Document, source: Source) -> dict[str, Draft]:
    """Lay the drivers of `document` over those of `base`; what is wrong is noted in `source`.

    A driver that the document lists is reported unless it says `drop` or `into` there.
    """
    claims = {
        parse(phrase).key: draft.driver.id
        for draft in document.drafts.values()
        for phrase, _ in draft.driver.phrases()
    }
    laid = {key: replace(draft, driver=_yield(draft.driver, claims)) for key, draft in base.items()}
    for key, new in document.drafts.items():
        old = laid.get(key)
        laid[key] = replace(new, driver=_add(old.driver, new.driver)) if old else new
    if document.extends is None:
        laid = {key: laid[key] for key in (*document.drafts, *laid)}
    _check(laid, base, document, source)
    return laid


def _yield(driver: Driver, claims: Mapping[Parts, str]) -> Driver:
    """Give up the phrases that a later document claims.

    An own driver takes opinions, not phrases, from a universal one: the engine still needs them.
    """

    def kept(phrases: Iterable[str]) -> tuple[str, ...]:
        return tuple(phrase for phrase in phrases if not taken(claims.get(parse(phrase).key)))

    def taken(claimer: str | None) -> bool:
        return claimer is not None and (claimer in DRIVERS or not driver.is_universal)

    return replace(
        driver,
        targets=kept(driver.targets),
        positive=kept(driver.positive),
        negative=kept(driver.negative),
    )


def _add(old: Driver, new: Driver) -> Driver:
    return replace(
        new,
        name=new.name or old.name,
        description=new.description or old.description,
        targets=old.targets + new.targets,
        positive=old.positive + new.positive,
        negative=old.negative + new.negative,
        subdrivers=_join(old.subdrivers, new.subdrivers),
        sources=new.sources or old.sources,
        examples=old.examples + new.examples,
    )


def _join(old: Iterable[SubDriver], new: Iterable[SubDriver]) -> tuple[SubDriver, ...]:
    """Sub-drivers of both; of a phrase under two of them the newer one has it."""
    news = {sub.id: sub for sub in new}
    claimed = {parse(phrase).key for sub in news.values() for phrase in sub.phrases}
    joined: dict[str, SubDriver] = {}
    for sub in old:
        kept = tuple(phrase for phrase in sub.phrases if parse(phrase).key not in claimed)
        later = news.pop(sub.id, SubDriver(sub.id, "", ()))
        joined[sub.id] = SubDriver(sub.id, later.name or sub.name, kept + later.phrases)
    return (*joined.values(), *news.values())


def _check(laid: Drafts, base: Drafts, document: Document, source: Source) -> None:
    merged = {draft.into for draft in laid.values()}
    for key, draft in document.drafts.items():
        path = ("drivers", key)
        own = key not in DRIVERS
        if draft.drop and draft.into:
            source.problem((*path, "drop"), "`drop` and `into` exclude each other; keep one")
        if draft.into and own:
            fix = "only a universal driver can be merged; drop this one instead"
            source.problem((*path, "into"), f"{key!r} is a driver of your own: {fix}")
        if draft.into and draft.into not in laid:
            source.problem((*path, "into"), unknown("driver", draft.into, laid))
        if draft.drop and own and key not in base:
            source.problem(path, unknown("driver to drop", key, base))
        if own and not draft.drop and key not in merged and _is_empty(laid[key].driver):
            fix = f"give one; or it is an {unknown('universal driver', key, DRIVERS)}"
            source.problem(path, f"{key!r} has no phrases, description or examples; {fix}")
        for sub in laid[key].driver.subdrivers:
            if not sub.phrases:
                source.problem((*path, "subdrivers", sub.id), f"{sub.id!r} has no phrases")
    for key, draft in laid.items():
        if draft.into in laid:
            _check_route(key, laid, document, source)
    _check_names(laid, document, source)
    if laid and document.drafts and all(draft.drop or draft.into for draft in laid.values()):
        source.problem(("drivers",), "no driver is left to report; drop fewer")


def _is_empty(driver: Driver) -> bool:
    return not (driver.is_described or any(driver.phrases()))


def _check_route(key: str, laid: Drafts, document: Document, source: Source) -> None:
    route = _route(key, laid)
    last = laid.get(route[-1])
    inside = next((step for step in route if step in document.drafts), key)
    path = ("drivers", inside)
    if route[-1] in route[:-1]:
        source.problem(path, f"`into` goes in a circle: {' -> '.join(route)}")
    elif last is not None and last.drop:
        source.problem(path, f"{key!r} is merged into {route[-1]!r}, which is dropped; drop both")


def _check_names(laid: Drafts, document: Document, source: Source) -> None:
    """Tables and charts show names: two drivers of one name couldn't be told apart."""
    first: dict[str, str] = {}
    for key, draft in laid.items():
        if draft.drop or draft.into:
            continue
        name = draft.driver.name or _label(key)
        other = first.setdefault(name.casefold(), key)
        if other != key:
            path = ("drivers", key if key in document.drafts else other, "name")
            source.problem(path, f"{other} and {key} are both named {name!r}; rename one")


def _route(key: str, laid: Drafts) -> list[str]:
    """Follow `into` from a driver to the one that reports it, or back to one passed before."""
    route = [key]
    while (into := laid[route[-1]].into) and into not in route:
        route.append(into)
        if into not in laid:
            return route
    return [*route, into] if into else route


def build(drafts: Drafts, name: str, description: str) -> Taxonomy:
    """Make a `Taxonomy` of checked drafts."""
    homes = {key: _route(key, drafts)[-1] for key in drafts if not drafts[key].drop}
    reported = [key for key, home in homes.items() if key == home]
    return Taxonomy(
        name=name,
        description=description,
        drivers=tuple(_reported(drafts, key, homes) for key in reported),
        unreported=tuple(
            _named(replace(draft.driver, subdrivers=() if draft.into else draft.driver.subdrivers))
            for key, draft in drafts.items()
            if key in DRIVERS and key not in reported
        ),
    )


def _reported(drafts: Drafts, key: str, homes: Mapping[str, str]) -> Driver:
    guests = [guest for guest, home in homes.items() if home == key != guest]
    driver = drafts[key].driver
    subdrivers = driver.subdrivers
    for guest in guests:
        subdrivers = _join(drafts[guest].driver.subdrivers, subdrivers)
    universal = (key, *guests) if key in DRIVERS else tuple(guests)
    return _named(replace(driver, subdrivers=subdrivers, universal=universal))


def _named(driver: Driver) -> Driver:
    subdrivers = tuple(replace(sub, name=sub.name or _label(sub.id)) for sub in driver.subdrivers)
    return replace(driver, name=driver.name or _label(driver.id), subdrivers=subdrivers)


def _label(key: str) -> str:
    return key.replace("_", " ").capitalize()
