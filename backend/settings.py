"""The one table of settings: name, default, unit, rule and help, read from the environment.

`docs/settings.md` is written from this table, and a test fails when the two differ.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.errors import InvalidSetting
from backend.setting_rules import (
    choice,
    different_names,
    flag,
    folder,
    not_empty,
    number,
    optional_database,
    optional_folder,
    slug,
    whole_number,
)

REPOSITORY = Path(__file__).resolve().parent.parent
EMBEDDED = "embedded"
"""The catalogue that comes with the project."""


@dataclass(frozen=True)
class Row:
    """One setting.

    Attributes:
        name: the attribute of `Settings`; the environment variable is this in capitals.
        default: the value when the variable is unset, already of the right type.
        unit: what a number counts, "" when it counts nothing.
        help: one sentence for a person.
        parse: turns text into the value, raising `ValueError` with the rule.
        secret: the value may hold a password, so no error tells it.
    """

    name: str
    default: Any
    unit: str
    help: str
    parse: Callable[[str], Any]
    secret: bool = False

    @property
    def variable(self) -> str:
        """The name of the environment variable."""
        return self.name.upper()

    @property
    def rule(self) -> str:
        """What a value must be; "" when every text will do. No rule takes an empty text."""
        try:
            self.parse("")
        except ValueError as rule:
            return str(rule)
        return ""

    @property
    def default_text(self) -> str:
        """The default as one would write it in the environment; "" when it is to be left unset."""
        match self.default:
            case None:
                return ""
            case bool():
                return str(int(self.default))
            case float():
                return f"{self.default:g}"
            case tuple():
                return ",".join(self.default)
            case Path() if self.default.is_relative_to(REPOSITORY):
                return str(self.default.relative_to(REPOSITORY))
            case _:
                return str(self.default)


TABLE: tuple[Row, ...] = (
    Row("host", "127.0.0.1", "", "Address the API and the page listen on.", not_empty),
    Row("api_port", 8000, "", "Port of the HTTP API.", whole_number(1, 65535)),
    Row("data_dir", Path("var"), "", "Folder of everything built or recorded.", folder),
    Row(
        "database_url",
        None,
        "",
        "Database of the event log, as `postgresql://USER:PASSWORD@HOST/DATABASE`; unset, a SQLite "
        "file in the data folder.",
        optional_database,
        secret=True,
    ),
    Row("films_dir", REPOSITORY / "data/films", "", "Folder of the film records.", folder),
    Row(
        "catalogue",
        EMBEDDED,
        "",
        "Catalogue in use: `embedded`, or the name that an import was given.",
        slug,
    ),
    Row(
        "poster_dir",
        None,
        "",
        "Folder of real poster images named by film id; they go before drawn ones.",
        optional_folder,
    ),
    Row(
        "posters_ahead",
        1000,
        "films",
        "Posters are drawn when first asked for; up to so many films, all of them after the start.",
        whole_number(0, 10_000_000),
    ),
    Row(
        "poster_width_px",
        480,
        "px",
        "Width of a built poster; the height is 1.5 times it.",
        whole_number(100, 2000),
    ),
    Row("build_workers", 2, "tasks", "Posters measured at once by the build.", whole_number(1, 64)),
    Row(
        "sources",
        ("color", "plot"),
        "",
        "Recommenders the ensemble mixes, by name.",
        different_names,
    ),
    Row(
        "policy",
        "preference",
        "",
        "Policy of sessions that have none, until `POST /control/policy` chooses another.",
        choice("preference", "static", "classic"),
    ),
    Row(
        "slate_size",
        10,
        "films",
        "Films of a slate when a request names no count.",
        whole_number(1, 50),
    ),
    Row(
        "max_slate_size", 50, "films", "Largest count a request may ask for.", whole_number(1, 500)
    ),
    Row(
        "source_deadline_ms",
        250,
        "ms",
        "Time a source has to answer before the slate is made without it.",
        whole_number(1, 60_000),
    ),
    Row(
        "store_deadline_ms",
        2000,
        "ms",
        "Time the impression store has to answer.",
        whole_number(1, 60_000),
    ),
    Row(
        "prior_likes",
        1.0,
        "likes",
        "Likes each source is taken to have had before the first: higher moves the mix less.",
        number(0.01, 1000),
    ),
    Row(
        "exploration_share",
        0.05,
        "share",
        "Least share of the slate for a source, so that it can still win likes.",
        number(0.001, 0.25),
    ),
    Row(
        "store_shards",
        1,
        "actors",
        "Actors that hold the sessions. On two cores one is fastest, as more share a message and a "
        "write; more pay where there are cores for them.",
        whole_number(1, 64),
    ),
    Row(
        "session_ttl_s",
        3600.0,
        "s",
        "Idle time after which a session leaves memory (never the log).",
        number(1, 1e9),
    ),
    Row(
        "max_sessions_per_shard",
        50_000,
        "sessions",
        "Sessions one actor keeps in memory.",
        whole_number(1, 10_000_000),
    ),
    Row(
        "session_memory_bytes",
        256 * 1024 * 1024,
        "bytes",
        "Memory one actor keeps idle sessions in, packed; the longest idle leave it first.",
        whole_number(1_000_000, 1_000_000_000_000),
    ),
    Row(
        "max_session_likes", 1000, "likes", "Likes one session may hold.", whole_number(1, 100_000)
    ),
    Row(
        "max_session_rankings",
        200,
        "rankings",
        "Rankings of one session that can still be liked; older ones are forgotten.",
        whole_number(1, 10_000),
    ),
    Row("ensemble_replicas", 1, "replicas", "Replicas of the Ensemble.", whole_number(1, 16)),
    Row("source_replicas", 1, "replicas", "Replicas of each recommender.", whole_number(1, 16)),
    Row(
        "feature_replicas",
        2,
        "replicas",
        "Replicas of the UserFeatureExtractor.",
        whole_number(1, 16),
    ),
    Row(
        "ranking_min_replicas",
        1,
        "replicas",
        "Fewest replicas of the ItemRankingModel.",
        whole_number(1, 64),
    ),
    Row(
        "ranking_max_replicas",
        5,
        "replicas",
        "Most replicas of the ItemRankingModel.",
        whole_number(1, 64),
    ),
    Row(
        "ranking_target_ongoing_requests",
        3.0,
        "requests",
        "Requests in flight per ItemRankingModel replica that autoscaling aims at.",
        number(0.1, 1000),
    ),
    Row(
        "ranking_upscale_delay_s",
        2.0,
        "s",
        "How long load must last before a replica is added.",
        number(0, 600),
    ),
    Row(
        "ranking_downscale_delay_s",
        20.0,
        "s",
        "How long calm must last before one is removed.",
        number(0, 600),
    ),
    Row(
        "ranking_max_batch_size",
        32,
        "requests",
        "Users scored in one call at most.",
        whole_number(1, 1024),
    ),
    Row(
        "ranking_batch_wait_ms",
        0,
        "ms",
        "Longest wait for a batch to fill; at 0 what waits already goes together.",
        whole_number(0, 1000),
    ),
    Row(
        "replica_cpus",
        0.1,
        "CPUs",
        "CPUs Ray reserves per replica: bookkeeping, small so that all fit on two cores.",
        number(0, 64),
    ),
    Row("cluster_cpus", 4, "CPUs", "CPUs Ray believes it has.", whole_number(1, 1024)),
    Row(
        "max_body_bytes",
        16_384,
        "bytes",
        "Largest request body accepted.",
        whole_number(256, 10_000_000),
    ),
    Row(
        "max_requests_under_way",
        200,
        "requests",
        "Requests one replica that answers HTTP works on at once; more are refused with 503.",
        whole_number(1, 10_000),
    ),
    Row(
        "max_queued_requests",
        200,
        "requests",
        "Requests that may wait for a busy deployment; more are refused with 503.",
        whole_number(1, 100_000),
    ),
    Row(
        "rate_per_session",
        500.0,
        "requests/s",
        "How often one session may ask, twice that at once; 0: as often as it likes.",
        number(0, 1e6),
    ),
    Row(
        "rate_per_address",
        100.0,
        "requests/s",
        "How often one address may ask, other than this machine; 0: as often as it likes.",
        number(0, 1e6),
    ),
    Row(
        "rate_of_loopback",
        5000.0,
        "requests/s",
        "How often this machine may ask, the page and all its visitors included; 0: no limit.",
        number(0, 1e6),
    ),
    Row(
        "fast_data_plane",
        True,
        "",
        "Use HAProxy where its package has a wheel, and gRPC between replicas.",
        flag,
    ),
    Row(
        "telemetry_interval_s",
        1.0,
        "s",
        "How often replicas report their counts.",
        number(0.1, 60),
    ),
    Row(
        "log_level",
        "WARNING",
        "",
        "Level of Serve's logs.",
        choice("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
)


class Settings:
    """The settings in force; one attribute for each row of `TABLE`.

    Args:
        environment: variables to read; unknown names are ignored, it is a shared environment.

    Raises:
        InvalidSetting: a variable breaks its row's rule.
    """

    database_url: str

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        environment = os.environ if environment is None else environment
        for row in TABLE:
            text = environment.get(row.variable)
            setattr(self, row.name, row.default if text is None else self._parse(row, text))
        if not self.database_url:
            file = Path(self.data_dir).absolute() / "impressions.db"
            self.database_url = f"sqlite:///{file}"
        self._at_most("ranking_min_replicas", "ranking_max_replicas")
        self._at_most("slate_size", "max_slate_size")

    def _at_most(self, low: str, high: str) -> None:
        if getattr(self, low) > getattr(self, high):
            raise InvalidSetting(
                f"{low.upper()} must be at most {high.upper()}, got {getattr(self, low)} and "
                f"{getattr(self, high)}; set both (see docs/settings.md)",
                field=low.upper(),
            )

    @staticmethod
    def _parse(row: Row, text: str) -> Any:
        try:
            return row.parse(text)
        except ValueError as rule:
            got = "another text" if row.secret else repr(text)
            raise InvalidSetting(
                f"{row.variable} must be {rule}, got {got}; "
                f"unset it to use {row.default!r} (see docs/settings.md)",
                field=row.variable,
                value=None if row.secret else text,
            ) from None

    def __getattr__(self, name: str) -> Any:
        # Only reached for names that __init__ did not set.
        raise AttributeError(f"no setting {name!r}; the table is in backend/settings.py")

    @property
    def catalogues_dir(self) -> Path:
        """Where imported catalogues lie, each in a folder of its name."""
        return Path(self.data_dir) / "catalogues"

    @property
    def catalogue_dir(self) -> Path:
        """Where all that is built of the catalogue in use lies, and an import itself."""
        if self.catalogue == EMBEDDED:
            return Path(self.data_dir)
        return self.catalogues_dir / str(self.catalogue)

    @property
    def catalogue_db(self) -> Path:
        """The SQLite database of films, palettes and interactions."""
        return self.catalogue_dir / "catalogue.db"

    @property
    def built_posters_dir(self) -> Path:
        """Where built posters lie."""
        return self.catalogue_dir / "posters"

    @property
    def index_dir(self) -> Path:
        """Where built indexes and the ranking model lie."""
        return self.catalogue_dir / "index"


def markdown_table() -> str:
    """`TABLE` as the table of docs/settings.md."""
    lines = [
        "| Variable | Default | Unit | Must be | What it is |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in TABLE:
        default = f"`{row.default_text}`" if row.default_text else "unset"
        lines.append(f"| `{row.variable}` | {default} | {row.unit} | {row.rule} | {row.help} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(markdown_table())
