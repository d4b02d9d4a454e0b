"""Import a catalogue of your own.

python -m backend.catalog.importers SOURCE [--name NAME] [--kind KIND] [--posters FOLDER]
    [--download-posters] [--replace]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend.catalog.importers.download import Downloader
from backend.catalog.importers.report import REJECTED_FILE
from backend.catalog.importers.run import (
    SOURCES,
    Pictures,
    Summary,
    catalogue_name,
    kind_of,
    run_import,
)
from backend.errors import DoubleFeatureError
from backend.settings import Settings


def main() -> int:
    """Parse the command line and do it."""
    parser = argparse.ArgumentParser(prog="import_catalogue", description=__doc__)
    parser.add_argument("source", type=Path, help="file or folder of the collection")
    parser.add_argument("--name", help="name of the catalogue; made of the source's when left out")
    parser.add_argument("--kind", choices=("auto", *SOURCES), default="auto")
    parser.add_argument("--posters", type=Path, help="folder of pictures named by id")
    parser.add_argument(
        "--download-posters", action="store_true", help="fetch pictures that the source names"
    )
    parser.add_argument("--replace", action="store_true", help="in place of one of this name")
    arguments = parser.parse_args()
    try:
        settings = Settings()
        name = catalogue_name(arguments.name, arguments.source)
        kind = kind_of(arguments.source) if arguments.kind == "auto" else arguments.kind
        source = SOURCES[kind].open(arguments.source)
        downloader = Downloader() if arguments.download_posters else None
        summary = run_import(
            settings,
            source,
            name,
            pictures=Pictures(arguments.posters, downloader),
            replace=arguments.replace,
        )
    except DoubleFeatureError as error:
        print(f"double-feature: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        reason = error.strerror or error
        print(f"double-feature: cannot write or read {error.filename}: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("double-feature: interrupted; nothing was changed", file=sys.stderr)
        return 130
    print(told(summary, settings.catalogues_dir / name))
    return 0


def told(summary: Summary, folder: Path) -> str:
    """The summary for a person."""
    lines = [f"Imported {summary.films:,} films as {summary.name!r} ({summary.kind})."]
    if summary.likes:
        lines.append(f"{summary.likes:,} likes of {summary.viewers:,} viewers train the ranking.")
    if summary.pictures or summary.pictures_refused:
        lines.append(
            f"{summary.pictures:,} pictures kept, {summary.pictures_refused:,} refused; "
            "the others are drawn."
        )
    if summary.rejected:
        lines.append(
            f"{summary.rejected:,} rows left out; see {folder / REJECTED_FILE}. The first:"
        )
        lines += [f"  {example}" for example in summary.examples]
    if summary.unknown_genres:
        lines.append("Genres without a name here: " + ", ".join(summary.unknown_genres))
    lines.append(f"Use it: CATALOGUE={summary.name} scripts/start_all.sh")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
