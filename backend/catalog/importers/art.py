"""The art direction of a film that came without a picture, from its genres, words and id."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from backend.catalog.importers.art_colors import colors_for
from backend.catalog.importers.art_words import heroes_of, motifs_in, scenes_of
from backend.catalog.posters import motifs  # noqa: F401 (registers every motif)
from backend.catalog.posters.registry import MOTIFS

_CONSIDERED = 3

# What each composition is good for.
_SEA = frozenset(
    "ship sailboat submarine whale shark fish tentacle iceberg bottle helmet diamond key".split()
)
_MOVING = frozenset(
    "car motorcycle bicycle train bus truck carriage tank horse rider runner aeroplane rocket bird "
    "wolf dog cowboy swordsman dinosaur saucer lion ape".split()
)
_STANDING = frozenset(
    "figure hat-figure couple child family rider cowboy astronaut runner dancer swordsman robot "
    "horse elephant lion dinosaur wolf dog bear car motorcycle bicycle train truck bus carriage "
    "tank tree cactus house cabin castle cathedral pagoda lighthouse tower tent windmill hotel "
    "sailboat ship saucer aeroplane balloon rocket monolith".split()
)
_TALL = frozenset(
    "robot dinosaur dragon ape elephant bear lion wolf horse helmet face two-faces mask skull hand "
    "castle tower tree monolith rocket tentacle bird cowboy astronaut boxer dancer witch ship "
    "clock "
    "guitar camera telephone television cathedral lighthouse statue swordsman crown piano".split()
)
_FRAMED = frozenset(
    "door train eye car gate child clock mirror astronaut runner hat-figure figure candle couple "
    "motorcycle target spiral key staircase lantern saucer book film-reel television cat".split()
)
_SMALL = frozenset(
    "key rose bottle umbrella face chair typewriter glass letter candle television camera eye hat "
    "shoe coin book diamond apple heart star butterfly fish rabbit bird cat dog telephone bicycle "
    "hat-figure astronaut flower crown balloon lantern ring mask bowl gear feather football".split()
)
_SEEN = frozenset(
    "figure couple child family tree bird cat dog flower butterfly tower cathedral castle house "
    "ship "
    "sailboat moon staircase hat-figure dancer horse rose wolf astronaut lantern car train".split()
)
_BELOW = frozenset(
    "figure hat-figure couple child family umbrella hotel tower castle cabin house tree tent gate "
    "cathedral chair suitcase dancer swordsman car runner book letter piano typewriter".split()
)
_GOOD_FOR = {
    "horizon": _STANDING,
    "colossus": _TALL,
    "depths": _SEA,
    "tunnel": _FRAMED,
    "window": _SEEN,
    "pattern": _SMALL,
    "bands": _MOVING,
    "fall": _BELOW,
}
# Things anything can be shown in; a motif's own compositions come twice as often.
_FOR_ALL = ("centre", "disc", "rays", "split")
_TENDER = frozenset("child family couple heart rabbit dog cat balloon".split())
_ARMS = frozenset("target knife revolver skull".split())
# A place seen from the air or through itself makes no backdrop there.
_WITHOUT_SCENE = frozenset(("pattern", "tunnel", "bands"))


def direct(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The `poster` table for a record; the same record always gets the same.

    Args:
        raw: a record of the schema without `poster`: `id`, `title`, `genres` and `keywords` count.
    """
    rng = random.Random(f"art {raw['id']}")
    genres = list(raw["genres"])
    called = motifs_in(raw["keywords"]) or motifs_in([raw["title"]])
    heroes = [name for name in called if MOTIFS[name].kind == "object"][:_CONSIDERED]
    hero = rng.choice(heroes or heroes_of(genres))
    layout = _layout(hero, rng)
    art = {"layout": layout, "motif": hero, "colors": colors_for(genres, rng)}
    detail = _detail(hero, layout, called, genres, rng)
    return art | ({"detail": detail} if detail else {})


def _grim(one: str, other: str) -> bool:
    """Whether two motifs together would say what neither means: a child beside a target."""
    return bool({one, other} & _TENDER) and bool({one, other} & _ARMS)


def _layout(hero: str, rng: random.Random) -> str:
    own = [layout for layout, motifs_ in _GOOD_FOR.items() if hero in motifs_]
    return rng.choice([*own, *own, *_FOR_ALL])


def _detail(
    hero: str, layout: str, called: list[str], genres: list[str], rng: random.Random
) -> str | None:
    """Something else that the film calls for, else a scene of its genre, sometimes nothing."""
    others = [name for name in called if name != hero and not _grim(hero, name)]
    if layout in _WITHOUT_SCENE:
        others = [name for name in others if MOTIFS[name].kind == "object"]
        return rng.choice(others[:_CONSIDERED]) if others else None
    scenes = [name for name in others if MOTIFS[name].kind == "scene"] or scenes_of(genres)
    if others and rng.random() < 0.6:
        return rng.choice(others[:_CONSIDERED])
    return rng.choice(scenes) if scenes and rng.random() < 0.8 else None
