"""The way of a verbatim, wired: text, sentences, engine, decoding, one `Analysis`."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np

from verbatim import __version__
from verbatim.analysis import Analysis
from verbatim.artefacts import open_artefact
from verbatim.decode import Columns, Document, decode
from verbatim.engines import build_engine
from verbatim.engines.base import Engine, Predictions
from verbatim.errors import OptionError, VerbatimError, unknown
from verbatim.intake import Rows, check_batches, take_in
from verbatim.language import detect_language
from verbatim.parallel import ended, n_workers
from verbatim.schema import ID, SCHEMA_VERSION, TABLES
from verbatim.sentences import Sentence, split_sentences
from verbatim.tables import make_table
from verbatim.taxonomy import Taxonomy, resolve
from verbatim.text import completed, own_words
from verbatim.text.blanks import is_number, says_nothing
from verbatim.text.questions import QUESTIONS

MOST_CHARACTERS = 200_000
"""Longer verbatims are read up to here and marked `truncated`."""
WORDS_THAT_TELL = 60
"""Words from which the language is told."""
BATCH = 1024
"""Verbatims read at a time, at most; the result doesn't depend on it."""
BATCH_CHARACTERS = 200_000
"""Characters at which a batch is full."""

_WARMING = "The staff weren't friendly \u2014 we'd waited 45 minutes, e.g. at check-in. Thanks!"

Progress = Callable[[int, int], object]
"""Called with the rows done and the rows there are."""


class Analyzer:
    """Reads verbatims with one engine and one taxonomy. Reusable and thread-safe.

    Parameters
    ----------
    taxonomy : str, Path, mapping or Taxonomy, default "general"
        A shipped pack, a YAML file, a dict, or a `Taxonomy`.
    engine : str, default "neural"
        Which engine reads the sentences.
    n_jobs : int, default 1
        Processes that read; -1 takes every core. The result is the same for any number.
    question : {"improve", "like"}, optional
        What the texts answer, as for `verbatim.analyze`.

    Raises
    ------
    OptionError
        No such engine or question, or `n_jobs` is 0.
    TaxonomyError
        The taxonomy is not valid.

    Examples
    --------
    >>> from verbatim import Analyzer
    >>> analyzer = Analyzer(taxonomy="hospitality", engine="lexicon")
    >>> analyzer.analyze("Spotless room.").opinions["driver"].tolist()
    ['cleanliness']
    """

    def __init__(
        self,
        *,
        taxonomy: str | Path | Mapping[str, Any] | Taxonomy = "general",
        engine: str = "neural",
        n_jobs: int = 1,
        question: str | None = None,
    ) -> None:
        if not isinstance(n_jobs, (int, Integral)) or isinstance(n_jobs, bool) or n_jobs == 0:
            raise OptionError(f"n_jobs={n_jobs!r}; give a positive number, or -1 for every core")
        if question is not None and question not in QUESTIONS:
            raise OptionError(unknown("question", question, QUESTIONS))
        self.question = question
        self.taxonomy = resolve(taxonomy)
        self.n_jobs = int(n_jobs)
        self._engine: Engine = build_engine(engine, self.taxonomy)

    def __reduce__(self) -> tuple[Any, ...]:
        made = self.taxonomy.to_yaml(), self._engine.name, self.question
        return _rebuild, (*made, self.n_jobs)

    def __repr__(self) -> str:
        return f"Analyzer(taxonomy={self.taxonomy.name!r}, engine={self._engine.name!r})"

    def warm_up(self) -> Analyzer:
        """Load now what the first verbatim would load, and return the analyzer.

        A server calls it before it starts its workers, so that no customer waits for it, and
        workers that are forked share what was loaded.

        Examples
        --------
        >>> from verbatim import Analyzer
        >>> analyzer = Analyzer(engine="lexicon").warm_up()
        """
        self._read(take_in(_WARMING), None)
        return self

    def analyze(
        self,
        data: Any,
        *,
        text: str | None = None,
        id: str | None = None,
        progress: Progress | None = None,
    ) -> Analysis:
        """Read `data`; the parameters are those of `verbatim.analyze`."""
        if progress is not None and not callable(progress):
            raise OptionError(
                f"progress={progress!r}; give a function that takes the rows done and the rows "
                "there are, or None"
            )
        return self._read(take_in(data, text, id), progress)

    def stream(
        self, batches: Iterable[Any], *, text: str | None = None, id: str | None = None
    ) -> Iterator[Analysis]:
        """Read batch after batch, each when it is asked for, holding one at a time.

        A batch whose column holds only numbers is read as rows that are no text, where `analyze`
        would raise: it may be part of a column of texts.

        Row positions go on counting from batch to batch, so that `verbatim.concat` of the parts
        is the analysis of the whole.

        Parameters
        ----------
        batches : iterable
            Of anything that `verbatim.analyze` takes, such as the chunks of `pandas.read_csv`.
        text, id : str, optional
            Columns, when the batches are DataFrames.

        Yields
        ------
        Analysis

        Raises
        ------
        InputError
            `batches` is a single batch, or can't be gone through; or a batch can't be read, whose
            number, from 1, is named.

        Examples
        --------
        >>> from verbatim import Analyzer
        >>> parts = Analyzer(engine="lexicon").stream([["Great food"], ["Rude staff"]])
        >>> [part.verbatims["id"].tolist() for part in parts]
        [[0], [1]]
        """
        check_batches(batches)
        return self._stream(batches, text, id)

    def _stream(
        self, batches: Iterable[Any], text: str | None, id: str | None
    ) -> Iterator[Analysis]:
        start = 0
        for number, batch in enumerate(batches, 1):
            try:
                rows = take_in(batch, text, id, start)
            except VerbatimError as error:
                raise type(error)(f"batch {number}: {error}") from error
            start += len(rows)
            yield self._read(rows, None)

    def _read(self, rows: Rows, progress: Progress | None) -> Analysis:
        bounds = batch_bounds(rows.texts)
        batches = [(rows.texts[i:j], rows.statuses[i:j]) for i, j in pairwise(bounds)]
        parts: list[dict[str, Columns]] = []
        with ended(self._map(batches)) as read:
            for part in read:
                parts.append(part)
                if progress is not None:
                    progress(bounds[len(parts)], len(rows))
        tables = {
            name: make_table(
                name,
                _joined(parts, name, bounds, rows.ids),
                rows.others if name == "verbatims" else None,
            )
            for name in TABLES
        }
        return Analysis(tables, self._provenance(rows.id_kind))

    def _map(self, batches: Sequence[tuple[Any, ...]]) -> Generator[dict[str, Columns], None, None]:
        if len(batches) < 2 or n_workers(self.n_jobs) == 1:
            return (self._read_batch(*batch) for batch in batches)
        from joblib import Parallel, delayed

        parallel = Parallel(n_jobs=self.n_jobs, return_as="generator")
        call = delayed(_read_in_worker)
        job = self.__reduce__()[1][:3]
        return parallel(call(job, *batch) for batch in batches)  # type: ignore[no-any-return]

    def _read_batch(
        self, texts: Sequence[str | None], statuses: Sequence[str]
    ) -> dict[str, Columns]:
        ready: dict[tuple[str | None, str], Document] = {}
        documents = []
        for key in zip(texts, statuses, strict=True):
            if key not in ready:
                ready[key] = prepare(*key, self.question)
            documents.append(ready[key])
        sentences = [sentence for document in documents for sentence in document.sentences]
        return decode(documents, self._predict(sentences), self.taxonomy)

    def _predict(self, sentences: Sequence[Sentence]) -> Predictions:
        """Repeated sentences cost the engine once."""
        place: dict[tuple[str, tuple[str, ...]], int] = {}
        indices: list[int] = []
        unique: list[Sentence] = []
        for sentence in sentences:
            index = place.setdefault((sentence.text, sentence.words), len(unique))
            if index == len(unique):
                unique.append(sentence)
            indices.append(index)
        predictions = self._engine.predict(unique)
        if len(unique) == len(sentences):
            return predictions
        return predictions.take(np.array(indices, np.int64))

    def _provenance(self, id_kind: str) -> dict[str, Any]:
        """What read the verbatims: the same for every analysis, and made anew for each."""
        return {
            "schema_version": SCHEMA_VERSION,
            "verbatim_version": __version__,
            "engine": {
                "name": self._engine.name,
                "version": self._engine.version,
                "held_out": json.loads(self._held_out),
            },
            "taxonomy": self.taxonomy.to_dict(),
            "id": id_kind,
            **({} if self.question is None else {"question": self.question}),
        }

    @cached_property
    def _held_out(self) -> str:
        """Held-out counts of the engine, as JSON, so that no analysis can change another's."""
        return json.dumps(open_artefact(self._engine.name).by_value)


def analyze(
    data: Any,
    *,
    text: str | None = None,
    id: str | None = None,
    taxonomy: str | Path | Mapping[str, Any] | Taxonomy = "general",
    engine: str = "neural",
    n_jobs: int = 1,
    question: str | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Find the opinions in customer verbatims and tag them with driver, sentiment and emotion.

    Parameters
    ----------
    data : str, iterable of str, Series or DataFrame
        The verbatims, one per row; Arrow and Polars tables are taken as DataFrames. A single
        string is one verbatim. Rows that are empty, not text or not English keep their place, and
        say why in the column ``status``.
    text : str, optional
        The column that holds the verbatims, when `data` is a DataFrame. Its other columns ride
        along in ``analysis.verbatims``; one that has the name of a column of ours gets ``_input``
        behind its name.
    id : str, optional
        A column of unique ids; without it rows are numbered from 0.
    taxonomy : str, Path, mapping or Taxonomy, default "general"
        A shipped pack (see `verbatim.available_taxonomies`), a YAML file, a dict, or a `Taxonomy`.
    engine : str, default "neural"
        Which engine reads the sentences.
    n_jobs : int, default 1
        Processes that read; -1 takes every core. The result is the same for any number.
    question : {"improve", "like"}, optional
        What the texts answer: what should be improved, or what was liked. Answers that only name
        things ("showers") judge them then; without it they don't.
    progress : callable, optional
        Called as ``progress(done, total)`` after every batch, of 1,024 rows at most.

    Returns
    -------
    Analysis
        Always, whatever the input.

    Raises
    ------
    InputError
        `data` holds no verbatims, or a column isn't there.
    OptionError, TaxonomyError
        An argument has a value that is not allowed.

    Examples
    --------
    >>> import verbatim
    >>> analysis = verbatim.analyze(["The room was spotless but the staff were rude.", None])
    >>> analysis.opinions[["driver", "label", "target", "assessment"]].values.tolist()
    [['cleanliness', 'positive', 'room', 'spotless'], ['staff', 'negative', 'staff', 'rude']]
    >>> analysis.verbatims["status"].tolist()
    ['ok', 'empty']
    """
    analyzer = Analyzer(taxonomy=taxonomy, engine=engine, n_jobs=n_jobs, question=question)
    return analyzer.analyze(data, text=text, id=id, progress=progress)


def prepare(text: str | None, status: str, question: str | None) -> Document:
    """Normalise one verbatim and cut it into sentences, if it can be read."""
    if text is None or status != "ok":
        return Document(text, status, None, None, ())
    if len(text) > MOST_CHARACTERS:
        status = "truncated"
    normal = own_words(text[:MOST_CHARACTERS])
    sentences = () if says_nothing(normal.text) else tuple(split_sentences(normal.text))
    if not sentences:
        return Document(text, "empty", None, None, ())
    if is_number(normal.text):
        return Document(text, "not_text", None, None, ())
    words = list(chain.from_iterable([sentence.words for sentence in sentences]))
    language = detect_language(normal.text, words[:WORDS_THAT_TELL])
    if language not in ("en", "und"):
        return Document(text, "not_english", language, None, ())
    if question is not None:
        normal = completed(normal, question)
        sentences = tuple(split_sentences(normal.text))
    return Document(text, status, language, normal, sentences)


def batch_bounds(texts: Sequence[str | None]) -> list[int]:
    """Where batches of `texts` begin, and where the last one ends.

    Engines read much at a time faster, and what is in work takes memory: so a batch ends with the
    text that fills it, however long the texts are.

    Examples
    --------
    >>> batch_bounds(["Good."] * 1500)
    [0, 1024, 1500]
    >>> batch_bounds([])
    [0, 0]
    """
    bounds, held = [0], 0
    for place, text in enumerate(texts):
        held += len(text or "")
        if held >= BATCH_CHARACTERS or place + 1 - bounds[-1] == BATCH:
            bounds.append(place + 1)
            held = 0
    if bounds[-1] < len(texts) or not texts:
        bounds.append(len(texts))
    return bounds


def _joined(
    parts: Sequence[dict[str, Columns]], table: str, bounds: Sequence[int], ids: Any
) -> dict[str, Any]:
    """Columns of all batches as one; positions in a batch become the rows' ids."""
    if len(parts) == 1:
        columns: dict[str, Any] = parts[0][table]
        return {**columns, ID: ids[columns[ID]]}
    columns = {
        column.name: np.concatenate([part[table][column.name] for part in parts])
        for column in TABLES[table]
    }
    lengths = [len(part[table][ID]) for part in parts]
    columns[ID] = ids[columns[ID] + np.repeat(bounds[:-1], lengths)]
    return columns


@lru_cache(maxsize=4)
def _rebuild(taxonomy: str, engine: str, question: str | None, n_jobs: int = 1) -> Analyzer:
    return Analyzer(
        taxonomy=Taxonomy.from_yaml(taxonomy), engine=engine, n_jobs=n_jobs, question=question
    )


def _read_in_worker(
    job: tuple[str, str, str | None], texts: Sequence[str | None], statuses: Sequence[str]
) -> dict[str, Columns]:
    """Read a batch in another process, which keeps its analyzer for the next one."""
    return _rebuild(*job)._read_batch(texts, statuses)
