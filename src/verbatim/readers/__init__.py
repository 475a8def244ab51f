"""Read a file of verbatims as tables: CSV, TSV, JSON, JSON lines, Parquet, XLSX.

Nothing is lost or changed on the way: a row that doesn't fit is kept aside with its line number,
"NA" and "null" in a review stay words, and a column holds numbers or dates only when each of its
values is one. A file is read twice: once to learn what its columns are, and once for its rows, so
many at a time, so that its length doesn't matter.
"""

from verbatim.readers.columns import choose_text_column
from verbatim.readers.files import look_through, read_table
from verbatim.readers.source import Progress, Source
from verbatim.readers.table import Table

__all__ = ["Progress", "Source", "Table", "choose_text_column", "look_through", "read_table"]
