"""What other collections call genres and languages, in our words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from backend.catalog.schema import GENRES

MOST_GENRES = 5
# Names of TMDB, MovieLens and IMDb that differ from ours; None says nothing of what a film is
# about and is dropped in silence.
_GENRES: dict[str, str | None] = {
    "sci-fi": "science fiction",
    "sci fi": "science fiction",
    "scifi": "science fiction",
    "science-fiction": "science fiction",
    "children": "family",
    "children's": "family",
    "kids": "family",
    "film-noir": "crime",
    "film noir": "crime",
    "noir": "crime",
    "gangster": "crime",
    "animated": "animation",
    "anime": "animation",
    "biopic": "biography",
    "biographical": "biography",
    "historical": "history",
    "suspense": "thriller",
    "romantic": "romance",
    "sports": "sport",
    "documentaries": "documentary",
    "martial arts": "action",
    "disaster": "action",
    "superhero": "action",
    "imax": None,
    "tv movie": None,
    "foreign": None,
    "short": None,
    "(no genres listed)": None,
    "": None,
}


def genres(names: Iterable[str], unknown: Counter[str]) -> list[str]:
    """Our names for a film's genres, at most 5, none twice.

    Args:
        names: as the source has them.
        unknown: counts those that have no name here.
    """
    found: dict[str, None] = {}
    for name in names:
        key = " ".join(name.casefold().split())
        ours = key if key in GENRES else _GENRES.get(key)
        if ours is not None:
            found.setdefault(ours)
        elif key not in _GENRES and (len(unknown) < 1000 or key in unknown):
            unknown[key] += 1
    return list(found)[:MOST_GENRES]


# ISO 639-1, and the codes that TMDB has of its own.
_LANGUAGES = dict(
    pair.split("=")
    for pair in (
        "af=Afrikaans am=Amharic ar=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bn=Bengali "
        "bo=Tibetan bs=Bosnian ca=Catalan cn=Cantonese cs=Czech cy=Welsh da=Danish de=German "
        "dz=Dzongkha el=Greek en=English es=Spanish et=Estonian eu=Basque fa=Persian fi=Finnish "
        "fr=French ga=Irish gl=Galician he=Hebrew hi=Hindi hr=Croatian hu=Hungarian hy=Armenian "
        "id=Indonesian is=Icelandic it=Italian iu=Inuktitut ja=Japanese ka=Georgian kk=Kazakh "
        "km=Khmer kn=Kannada ko=Korean ku=Kurdish ky=Kyrgyz la=Latin lb=Luxembourgish lo=Lao "
        "lt=Lithuanian lv=Latvian mi=Maori mk=Macedonian ml=Malayalam mn=Mongolian mr=Marathi "
        "ms=Malay mt=Maltese my=Burmese nb=Norwegian ne=Nepali nl=Dutch nn=Norwegian no=Norwegian "
        "pa=Punjabi pl=Polish ps=Pashto pt=Portuguese ro=Romanian ru=Russian se=Sami "
        "sh=Serbo-Croatian "
        "si=Sinhala sk=Slovak sl=Slovenian so=Somali sq=Albanian sr=Serbian sv=Swedish sw=Swahili "
        "ta=Tamil te=Telugu tg=Tajik th=Thai tl=Tagalog tr=Turkish uk=Ukrainian ur=Urdu uz=Uzbek "
        "vi=Vietnamese wo=Wolof xh=Xhosa xx=silent yi=Yiddish zh=Chinese zu=Zulu"
    ).split()
)


def language(code: str) -> str:
    """The English name of a language code; other text as it is."""
    return _LANGUAGES.get(code.casefold(), code)
