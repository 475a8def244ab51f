"""Make the artefacts in ``models/``; not part of the wheel."""
