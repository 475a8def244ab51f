"""Read a file of verbatims as a table: CSV, TSV, JSON, JSON lines, Parquet, XLSX.

Nothing is lost or changed on the way: a row that doesn't fit is kept aside with its line number,
"NA" and "null" in a review stay words, and a column holds numbers or dates only when each of its
values is one.
"""

from verbatim.readers.columns import choose_text_column
from verbatim.readers.files import read_table
from verbatim.readers.table import Table

__all__ = ["Table", "choose_text_column", "read_table"]
