"""A film's text as weighted terms, each with a form that a person can read."""

from __future__ import annotations

import re
from collections import Counter

from backend.catalog.folding import fold
from backend.catalog.schema import Film

# How much one occurrence counts, by where it stands.
KEYWORD_WEIGHT = 3.0
KEYWORD_WORD_WEIGHT = 1.0
GENRE_WEIGHT = 1.5
TITLE_WEIGHT = 1.0
SYNOPSIS_WEIGHT = 1.0

_WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|\d{4}")
# Words that carry no story: function words, and verbs of telling that every synopsis uses.
STOP_WORDS = frozenset(
    """
    a about above across after again against all along already also although always am among an and
    another any anyone anything are around as ask asks at away back be became because become becomes
    been before begin begins behind being below best better between beyond big both bring brings but
    by call called calls came can cannot come comes coming could day days decide decides did do does
    doing done down during each either else end ends enough even ever every everyone everything face
    faces far few film final finally find finds first five follow follows for force forced forces
    former four from full gave get gets give given gives go goes going good got great had half hand
    hands has have having he her here herself hers hides high him himself his hold holds hope how
    however i if in instead into is it its itself join joins just keep keeps kept knew know known
    knows large last late later lead leads learn learns leave leaves left less let lets life like
    little live lives long look looks lose loses lost made make makes making man many may me mean
    meanwhile meet meets men might mine more most move moves much must my name named near need needs
    never new next no nobody none nor not nothing now of off old on once one only onto open or order
    other others our out over own part pass people perhaps place plan plans play plays put puts
    quite rather really return returns right run runs said same save saw say says second see seem
    seems seen send sends set sets several shall she should show shows side since six small so some
    someone something soon stand stands start starts stay stays still stop stops story such sure
    take taken takes tell tells ten than that the their them themselves then there these they thing
    things think thinks this those though three through thus time times to together told too took
    toward towards tries try trying turn turned turns two under until up upon us use used uses very
    want wants was watch watches way ways we well went were what when where whether which while who
    whole whom whose why will win with within without woman women won work works world would year
    years yet you young your inside seven eight nine hundred thousand million dozen minute hour week
    month morning night evening today tomorrow away alone last best true real lot
    """.split()
)

# Words that stand in many keywords and are no reason by themselves, only where two films have
# the very same keyword; by stems.
TOO_GENERAL = frozenset(
    """
    apart boss boy brother car chase child city couple crew daughter dead death door escape family
    fate father fight fighting friend game general girl gun home house husband job leader light
    master meeting missing mother neighbour owner parent party room scene secret sister son state
    street summer team town trip true wife worker
    """.split()
)


# Keywords that mean the very same.
_SAME_KEYWORD = {
    "first world war": "world war i",
    "great war": "world war i",
    "second world war": "world war ii",
}
# Plurals that no rule below undoes, and words in -s that are no plurals of others.
_IRREGULAR = {
    "buses": "bus",
    "calves": "calf",
    "chaos": "chaos",
    "children": "child",
    "christmas": "christmas",
    "elves": "elf",
    "grandchildren": "grandchild",
    "halves": "half",
    "heroes": "hero",
    "knives": "knife",
    "leaves": "leaf",
    "mice": "mouse",
    "news": "news",
    "physics": "physics",
    "selves": "self",
    "teeth": "tooth",
    "texas": "texas",
    "thieves": "thief",
    "viruses": "virus",
    "volcanoes": "volcano",
    "wives": "wife",
    "wolves": "wolf",
}


def stem(word: str) -> str:
    """A word without plural and possessive endings: `stories` and `story` are one term.

    For comparing only: `movies` and `movie` both give `movy`.
    """
    word = re.sub(r"['’]s?$", "", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def phrase_words(text: str) -> list[str]:
    """All words of a text, stop words too, folded, in order."""
    return _WORD.findall(fold(text))


def words_of(text: str) -> list[str]:
    """The words of a text that carry meaning, folded, in order.

    A stop word is none with another ending either: `man's`, `worlds`.
    """
    return [
        word
        for word in phrase_words(text)
        if word not in STOP_WORDS and stem(word) not in STOP_WORDS
    ]


def keyword_term(keyword: str) -> str:
    """The term of a whole keyword; stop words count, a `bus stop` is no `bus`."""
    words = phrase_words(keyword)
    return "kw:" + (" ".join(stem(word) for word in words) or fold(keyword))


def film_terms(film: Film) -> tuple[Counter[str], dict[str, str]]:
    """Weighted terms of a film, and the form to show of those that a person would accept.

    A keyword counts as a whole (`kw:` terms) and by its words; a genre as a whole (`genre:`).
    A word is worth showing when somebody chose it as a keyword, or as part of one: words that
    only stand in a synopsis or a title match films, but make poor reasons.
    """
    weights: Counter[str] = Counter()
    shown: dict[str, str] = {}

    def add(term: str, form: str | None, weight: float) -> None:
        weights[term] += weight  # type: ignore[assignment]
        if form is not None:
            shown.setdefault(term, form)

    for written in film.keywords:
        keyword = _SAME_KEYWORD.get(fold(written), written)
        add(keyword_term(keyword), keyword, KEYWORD_WEIGHT)
        for word in words_of(keyword):
            add(stem(word), re.sub(r"['’]s?$", "", word), KEYWORD_WORD_WEIGHT)
    for genre in film.genres:
        add(f"genre:{genre}", genre, GENRE_WEIGHT)
    for text, weight in ((film.title, TITLE_WEIGHT), (film.synopsis, SYNOPSIS_WEIGHT)):
        for word in words_of(text):
            add(stem(word), None, weight)
    return weights, shown
