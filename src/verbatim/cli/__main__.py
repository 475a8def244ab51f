"""Run the command with ``python -m verbatim.cli``."""

from __future__ import annotations

from verbatim.cli.app import main

if __name__ == "__main__":
    main()
