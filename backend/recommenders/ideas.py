"""What a query asks for: the ideas in it, and for each the terms of the index that would meet it.

`french romance in the 1960s` holds three ideas. A film may meet the first by its country, its
language or a word of its story; the second by its genre, or less well by a wedding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from backend.catalog.folding import fold
from backend.catalog.schema import GENRES
from backend.recommenders.terms import STOP_WORDS, keyword_term, phrase_words, stem
from backend.recommenders.thesaurus import GENRE, Thesaurus, stems_of

MOST_IDEAS = 12
_LONGEST_PHRASE = 4
_MOST_RELATED = 40

# How well a film meets an idea, 1 for wholly.
_EXACT = 1.0
_NAME = 0.95
_NAME_THAT_IS_A_WORD = 0.5
_RELATED = 0.45
_RELATED_GENRE = 0.3
_BY_PARTS = 0.8
_BY_ITS_ONLY_PART = 0.5

_DECADE_WORDS = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
}
_TOKEN = re.compile(
    r"\b(?P<decade>(?:19|20)\d0)['’]?s\b|(?<!\w)['’]?(?P<short>\d0)['’]?s\b"
    r"|(?P<word>[a-z][a-z'’-]*[a-z]|\d{4})"
)
# Said of films in general, so nothing in a film tells of it.
_NOISE = frozenset(
    stem(word) for word in "movie cinema picture feature starring please recommend plot".split()
)
_GENRE_BY_STEMS = {stems_of(genre): genre for genre in GENRES}


@dataclass(frozen=True)
class Alternative:
    """One way of meeting an idea.

    Attributes:
        name: a term of the index or a facet.
        weight: how well it meets the idea, 0 to 1.
        form: what to call it; "" for the form that the index shows.
    """

    name: str
    weight: float
    form: str = ""


@dataclass(frozen=True)
class Idea:
    """One thing asked for.

    Attributes:
        text: the words of the query, folded.
        direct: what says the same.
        related: what goes with it.
        parts: the ideas of its words when it is a phrase; meeting them all is meeting it by
            `by_parts`.
        unfinished: perhaps still being typed.
    """

    text: str
    direct: tuple[Alternative, ...]
    related: tuple[Alternative, ...] = ()
    parts: tuple[Idea, ...] = ()
    by_parts: float = _BY_PARTS
    unfinished: bool = False


def ideas_of(query: str, thesaurus: Thesaurus, knows: Callable[[str], bool]) -> list[Idea]:
    """The ideas of a query in its order, each once, at most `MOST_IDEAS`.

    Args:
        query: any text.
        knows: whether the index has a term or facet.
    """
    return _Reading(thesaurus, knows).ideas(query)


class _Reading:
    def __init__(self, thesaurus: Thesaurus, knows: Callable[[str], bool]) -> None:
        self._thesaurus = thesaurus
        self._knows = knows

    def ideas(self, query: str) -> list[Idea]:
        tokens = self._replaced(_tokens(fold(query)))
        open_end = bool(query) and query[-1].isalnum()
        found: dict[str, Idea] = {}
        at = 0
        while at < len(tokens) and len(found) < MOST_IDEAS:
            length, idea = self._next(tokens, at)
            at += length
            if idea is not None:
                if at == len(tokens) and open_end and length == 1:
                    idea = Idea(idea.text, idea.direct, idea.related, unfinished=True)
                found.setdefault(idea.text, idea)
        if found:
            return list(found.values())
        # Nothing but stop words, or another script: only a keyword can be just that.
        term = keyword_term(query.strip())
        return [Idea(query.strip(), (Alternative(term, _EXACT),))] if self._knows(term) else []

    def _replaced(self, tokens: list[str]) -> list[str]:
        """Phrases exchanged for the words that stand for them here."""
        done: list[str] = []
        at = 0
        while at < len(tokens):
            for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
                words = self._thesaurus.same.get(_spaced(_stems(tokens[at : at + length])))
                if words is not None:
                    done += _tokens(words)
                    at += length
                    break
            else:
                done.append(tokens[at])
                at += 1
        return done

    def _next(self, tokens: list[str], at: int) -> tuple[int, Idea | None]:
        """The idea that begins at a token and how many tokens it takes; None for filler."""
        for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 1, -1):
            words = tokens[at : at + length]
            if tokens[at] not in {"a", "an", "the"} and self._is_phrase(_stems(words)):
                return length, self._phrase(words)
        word = tokens[at]
        if word.endswith("0s") and word[:-1].isdigit():
            return 1, Idea(word, (Alternative(f"decade:{word}", _EXACT, word),))
        if "-" in word and not self._is_known(stem(word)):
            parts = [part for part in word.split("-") if len(part) > 1]
            if len(parts) > 1 and not self._is_phrase(_stems(parts)):
                tokens[at : at + 1] = parts
                return self._next(tokens, at)
            if len(parts) > 1:
                return 1, self._phrase(parts)
        if _is_filler(word):
            return 1, None
        return 1, self._word(word)

    def _is_known(self, stems: str) -> bool:
        known = self._thesaurus
        return (
            stems in known.related
            or stems in known.genres
            or stems in known.countries
            or stems in _GENRE_BY_STEMS
            or self._knows(f"kw:{stems}")
            or self._knows(stems)
        )

    def _is_phrase(self, stems: str) -> bool:
        return self._is_known(stems) or self._knows(f"country:{stems}")

    def _phrase(self, words: list[str]) -> Idea:
        text = " ".join(words)
        parts = tuple(self._word(word) for word in words if not _is_filler(word))
        # `travel` is much less than `time travel`.
        by_parts = _BY_PARTS if len(parts) > 1 else _BY_ITS_ONLY_PART
        direct, related = self._alternatives(_stems(words), text)
        return Idea(text, direct, related, parts, by_parts)

    def _word(self, word: str) -> Idea:
        stems = stem(word)
        direct, related = self._alternatives(stems, word)
        return Idea(word, (Alternative(stems, _EXACT, word), *direct), related)

    def _alternatives(
        self, stems: str, text: str
    ) -> tuple[tuple[Alternative, ...], tuple[Alternative, ...]]:
        known = self._thesaurus
        direct = [Alternative(f"kw:{stems}", _EXACT)]
        genre = _GENRE_BY_STEMS.get(stems) or known.genres.get(stems)
        if genre:
            direct.append(Alternative(GENRE + genre, _EXACT, genre))
        for country in (*known.countries.get(stems, ()), text):
            direct.append(Alternative(f"country:{fold(country)}", _EXACT, country.title()))
        direct.append(Alternative(f"language:{text}", _EXACT, text.title()))
        if text.isdigit():
            direct.append(Alternative(f"year:{text}", _EXACT, text))
        is_word = self._is_known(stems)
        name = _NAME_THAT_IS_A_WORD if is_word else _NAME
        direct.append(Alternative(f"name:{text}", name, text.title()))
        related: list[Alternative] = []
        for other, others in known.related.get(stems, ())[:_MOST_RELATED]:
            if not others:
                related.append(Alternative(other, _RELATED_GENRE))
                continue
            related.append(Alternative(f"kw:{others}", _RELATED, other))
            if " " not in others:
                related.append(Alternative(others, _RELATED, other))
        return tuple(direct), tuple(related)


def _tokens(folded: str) -> list[str]:
    """Words, years, and decades as `1960s`."""
    tokens = []
    for match in _TOKEN.finditer(folded):
        if match["decade"]:
            tokens.append(f"{match['decade']}s")
        elif match["short"]:
            # `20s` are those of sound and speed; the new century is written out.
            century = 1900 if int(match["short"]) >= 20 else 2000
            tokens.append(f"{century + int(match['short'])}s")
        elif match["word"] in _DECADE_WORDS:
            tokens.append(f"{_DECADE_WORDS[match['word']]}s")
        else:
            tokens += phrase_words(match["word"])
    return tokens


def _stems(words: list[str]) -> str:
    return " ".join(stem(word) for word in words)


def _spaced(stems: str) -> str:
    return stems.replace("-", " ")


def _is_filler(word: str) -> bool:
    return word in STOP_WORDS or stem(word) in STOP_WORDS or stem(word) in _NOISE
