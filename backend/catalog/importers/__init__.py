"""Bring films of other collections into the schema of the catalogue; see docs/importing.md.

python -m backend.catalog.importers SOURCE --name NAME
"""
