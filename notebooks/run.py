"""Run the notebooks and save them with what they show.

``python notebooks/run.py`` after a change, or with the names of some; a test compares.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# Warnings of the kernel about itself are no concern of a notebook's.
_STRICT = """\
import warnings
warnings.simplefilter("error")
warnings.filterwarnings("ignore", module="ipykernel")
"""


def run(path: Path) -> Any:
    """Run a copy of a notebook in this folder, where a warning is an error, and give it back."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_STRICT))
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--HistoryManager.enabled=False"],
        resources={"metadata": {"path": str(FOLDER)}},
    )
    client.execute()
    del notebook.cells[0]
    return _tidy(notebook)


def _tidy(notebook: Any) -> Any:
    """Drop what differs from run to run and machine to machine."""
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = None
    return notebook


if __name__ == "__main__":
    chosen = [path for path in NOTEBOOKS if not sys.argv[1:] or path.stem in sys.argv[1:]]
    for path in chosen:
        nbformat.write(run(path), path)
