"""Verbatim inside other people's code: spaCy, scikit-learn, pandas and Spark.

Each module is thin, stands alone, and loads its library only when it is imported itself:

``verbatim.adapters.spacy``
    The pipeline component ``nlp.add_pipe("verbatim")``.
``verbatim.adapters.sklearn``
    `VerbatimFeatures`, a transformer of texts into driver, sentiment and emotion features.
``verbatim.adapters.pandas``
    The accessor ``df.verbatim.analyze("review")``.
``verbatim.adapters.spark``
    `analyze_spark` and `drivers_spark`, on a cluster.

Worked examples are in ``docs/adapters.md``.
"""
