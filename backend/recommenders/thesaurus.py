"""Words that people search stories by: which hang together, other names of genres and countries.

The words are in `data/thesaurus.toml`, for people to edit. Here every phrase becomes its stems,
joined by spaces, which is how a query is compared with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from backend.errors import InvalidSetting
from backend.recommenders.terms import phrase_words, stem
from backend.settings import REPOSITORY

THESAURUS = REPOSITORY / "data" / "thesaurus.toml"
GENRE = "genre:"


def stems_of(phrase: str) -> str:
    """The words of a phrase without endings, stop words too: `Time Machines` is `time machine`."""
    return " ".join(stem(word) for word in phrase_words(phrase))


@dataclass(frozen=True)
class Thesaurus:
    """All by stems.

    Attributes:
        related: for a phrase those of its groups, in the order of the file: each as written and
            its stems; the genres among them as `genre:<name>` with no stems.
        same: for a phrase, with spaces for hyphens, the words that stand for it here.
        genres: for another name of a genre its own.
        countries: for an adjective the countries it may mean.
    """

    related: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    genres: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path = THESAURUS) -> Self:
        """Read the file.

        Raises:
            FileNotFoundError: there is none.
            InvalidSetting: it is no TOML, or not of this form.
        """
        try:
            with path.open("rb") as file:
                return cls.of(tomllib.load(file))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InvalidSetting(f"{path.name} must be TOML: {error}", field=path.name) from None

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Self:
        """From the content of the file.

        Raises:
            InvalidSetting: it is not of the right form.
        """
        related: dict[str, dict[str, str]] = {}
        for group in _checked(written, "groups", list):
            stems = {
                phrase: "" if phrase.startswith(GENRE) else stems_of(phrase)
                for phrase in _phrases(group, "groups")
            }
            for phrase in filter(None, stems.values()):
                related.setdefault(phrase, {}).update(stems)
        countries: dict[str, tuple[str, ...]] = {}
        for country, names in _checked(written, "countries", dict).items():
            for name in _phrases(names, "countries"):
                countries[stems_of(name)] = (*countries.get(stems_of(name), ()), country)
        return cls(
            related={
                phrase: tuple(other for other in others.items() if other[1] != phrase)
                for phrase, others in related.items()
            },
            same={
                stems_of(phrase.replace("-", " ")): ", ".join(_phrases(words, "same"))
                for phrase, words in _checked(written, "same", dict).items()
            },
            genres={
                stems_of(name): genre
                for genre, names in _checked(written, "genres", dict).items()
                for name in _phrases(names, "genres")
            },
            countries=countries,
        )


def _checked(written: Mapping[str, Any], name: str, kind: type) -> Any:
    value = written.get(name, kind())
    if not isinstance(value, kind):
        rule = "a list" if kind is list else "a table"
        raise InvalidSetting(f"{name} must be {rule}, got {value!r}; in the thesaurus", field=name)
    return value


def _phrases(line: object, name: str) -> list[str]:
    phrases: Iterable[str] = line.split(",") if isinstance(line, str) else ()
    found = [phrase.strip() for phrase in phrases]
    if not all(found) or not found:
        raise InvalidSetting(
            f"{name} must be phrases with commas between, got {line!r}; in the thesaurus",
            field=name,
        )
    return found
