"""Each source, on files in its true format."""

import gzip
import json
from pathlib import Path

import pytest

from backend.catalog.importers.__main__ import main
from backend.catalog.importers.movielens import split_title
from backend.catalog.importers.report import InvalidSource
from backend.catalog.importers.run import SOURCES, Pictures, catalogue_name, kind_of, run_import
from tests.catalog.importers.files import (
    csv_text,
    imported,
    movielens_folder,
    ranklens_film,
    rejected,
    settings_in,
    tmdb_folder,
    tmdb_row,
)

# TMDB 5000


def test_a_tmdb_film_comes_whole(tmp_path):
    folder = tmdb_folder(tmp_path / "in", [tmdb_row(n) for n in range(1, 14)])
    summary, films = imported(folder, tmp_path)
    film = films["tmdb-7"]
    assert (summary.films, summary.kind, summary.rejected) == (13, "tmdb", 0)
    assert (film.title, film.year, film.runtime_min) == ("Film 7", 2009, 162)
    assert film.directors == ("Dee Rector",)
    assert film.cast == ("First Billed", "Second Billed")
    assert film.genres == ("action", "science fiction")
    assert film.keywords == ("space war", "alien")
    assert film.countries == ("United States of America",)
    assert film.language == "English"
    assert film.synopsis == 'A "quoted" plot, with commas.'
    assert film.popularity == 11800
    assert film.original_title is None


def test_tmdb_gaps_stay_gaps(tmp_path):
    bare = tmdb_row(
        1,
        genres="[]",
        keywords="[]",
        overview="",
        production_countries="[]",
        release_date="",
        runtime="",
        original_title="Ein Film",
        original_language="xx",
    )
    rows = [bare, tmdb_row(2, runtime=0.0), *(tmdb_row(n) for n in range(3, 14))]
    _, films = imported(tmdb_folder(tmp_path / "in", rows, credits=False), tmp_path)
    film = films["tmdb-1"]
    assert (film.year, film.runtime_min, film.synopsis, film.genres) == (None, None, "", ())
    assert (film.original_title, film.language, film.directors) == ("Ein Film", "silent", ())
    assert films["tmdb-2"].runtime_min is None


def test_tmdb_rows_that_break_their_format_are_reported_with_place_and_rule(tmp_path):
    rows = [
        tmdb_row("NaN"),
        tmdb_row(2, genres="[{'id': 28}]"),
        tmdb_row(3),
        tmdb_row(3, title="Again"),
        tmdb_row(4, title="  "),
        *(tmdb_row(n) for n in range(5, 17)),
    ]
    summary, films = imported(tmdb_folder(tmp_path / "in", rows, credits=False), tmp_path)
    assert films["tmdb-3"].title == "Film 3"
    assert summary.films == 13
    found = [(row["line"], row["field"]) for row in rejected(tmp_path)]
    assert found == [(2, "id"), (3, "genres"), (5, "id"), (6, "title")]


def test_a_record_over_several_lines_keeps_the_line_where_it_begins(tmp_path):
    rows = [tmdb_row(1, overview="One.\n\nTwo."), tmdb_row("bad")]
    rows += [tmdb_row(n) for n in range(3, 15)]
    _, films = imported(tmdb_folder(tmp_path / "in", rows, credits=False), tmp_path)
    assert films["tmdb-1"].synopsis == "One. Two."
    assert rejected(tmp_path)[0]["line"] == 5


# MovieLens


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Toy Story (1995)", ("Toy Story", "", 1995)),
        ("Matrix, The (1999)", ("The Matrix", "", 1999)),
        ("American in Paris, An (1951)", ("An American in Paris", "", 1951)),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            ("The City of Lost Children", "La Cité des enfants perdus", 1995),
        ),
        ("Seven (a.k.a. Se7en) (1995)", ("Seven", "Se7en", 1995)),
        ("Babylon 5", ("Babylon 5", "", None)),
        ("Stranger Things (2016–2019)", ("Stranger Things", "", 2016)),
        ("2001: A Space Odyssey (1968) ", ("2001: A Space Odyssey", "", 1968)),
        ("(500) Days of Summer (2009)", ("(500) Days of Summer", "", 2009)),
        ("Avventura, L' (1960)", ("L'Avventura", "", 1960)),
        ("1984 (1956)", ("1984", "", 1956)),
        ("(2000)", ("(2000)", "", 2000)),
    ],
)
def test_movielens_titles_are_put_straight(said, parts):
    assert split_title(said) == parts


def test_movielens_films_tags_and_likes(tmp_path):
    movies = (
        "1,Toy Story (1995),Adventure|Animation|Children|Comedy|Fantasy\n"
        '11,"American President, The (1995)",Comedy|Drama|Romance\n'
        "171749,Death Note: Desu nôto (2006–2007),(no genres listed)\n"
        "5,Blade (1998),Action|Horror|IMAX|Film-Noir|Polka\n"
    )
    tags = (
        "15,1,Pixar,1443148538\n18,1,pixar,1284997000\n18,1,toys,1284997000\n"
        '18,1,"funny, warm",1284997000\n'
    )
    ratings = (
        "7,1,4.0,851866703\n7,11,3.5,851866703\n7,5,5.0,851866705\n9,1,0.5,851866703\n"
        "9,4242,5.0,851866703\n9,11,4.5,oops\n"
    )
    folder = movielens_folder(tmp_path / "ml-latest-small", movies, tags, ratings)
    summary, films = imported(folder, tmp_path)
    toys = films["ml-1"]
    assert (toys.title, toys.year, toys.popularity) == ("Toy Story", 1995, 2)
    assert toys.genres == ("adventure", "animation", "family", "comedy", "fantasy")
    assert toys.keywords == ("pixar", "funny, warm", "toys")
    assert films["ml-11"].title == "The American President"
    assert films["ml-171749"].genres == ()
    assert films["ml-5"].genres == ("action", "horror", "crime")
    assert summary.unknown_genres == {"polka": 1}
    saved = settings_in(tmp_path).catalogues_dir / "mine" / "ratings.csv"
    assert saved.read_text().splitlines() == [
        "user_id,movie_id,at",
        "7,ml-1,851866703",
        "7,ml-5,851866705",
    ]
    assert (summary.likes, summary.viewers, summary.rejected) == (2, 1, 1)


def test_movielens_in_latin_1_and_with_a_byte_order_mark(tmp_path):
    folder = movielens_folder(tmp_path / "in", "")
    text = (folder / "movies.csv").read_text() + "77,Amélie (2001),Romance\n"
    for encoding in ("latin-1", "utf-8-sig"):
        (folder / "movies.csv").write_bytes(text.encode(encoding))
        _, films = imported(folder, tmp_path, replace=True)
        assert films["ml-77"].title == "Amélie"


# RankLens


@pytest.mark.parametrize("shape", ["array", "one line", "lines"])
def test_ranklens_films_as_json_and_as_lines(tmp_path, shape):
    films = [ranklens_film(n) for n in range(1, 15)]
    path = tmp_path / ("films.jsonl" if shape == "lines" else "films.json")
    if shape == "lines":
        path.write_text("\n".join(json.dumps(film) for film in films) + "\n")
    else:
        path.write_text(json.dumps(films, indent=2 if shape == "array" else None))
    summary, found = imported(path, tmp_path)
    assert (summary.films, summary.kind) == (14, "ranklens")
    film = found["rl-3"]
    assert (film.title, film.year, film.popularity) == ("Film 3", 1956, 420)
    assert film.genres == ("drama", "adventure")
    assert film.directors == ("Dee Rector",)
    assert film.cast == ("One Actor", "Two Actor")
    assert film.keywords == ("sea", "whale")


@pytest.mark.parametrize(
    ("released", "year"),
    [
        (0, 1970),
        (-4937, 1956),
        (10957, 2000),
        (-4937.0, 1956),
        ("1995", 1995),
        ("1995-11-22T00:00:00Z", 1995),
        (None, None),
        ("soon", None),
        (1e30, None),
        (float("nan"), None),
        (True, None),
        ({"$date": 1}, None),
    ],
)
def test_ranklens_dates_as_text_and_as_days(tmp_path, released, year):
    films = [ranklens_film(n, releaseDate=released) for n in range(12)]
    path = tmp_path / "films.jsonl"
    path.write_text("\n".join(json.dumps(film) for film in films))
    _, found = imported(path, tmp_path)
    assert found["rl-0"].year == year


def test_ranklens_fields_of_other_shapes(tmp_path):
    odd = ranklens_film(
        "tt0049513",
        genres=["War", {"name": None}, 7],
        tags=[{"name": "Sea"}, 3, None],
        director="Dee Rector",
        topActors=[{"name": "One Actor"}],
        overview=None,
        poster=5,
        unknown={"deep": [1]},
    )
    path = tmp_path / "films.jsonl"
    others = [ranklens_film(n) for n in range(12)]
    path.write_text("\n".join(json.dumps(film) for film in [odd, *others]))
    _, found = imported(path, tmp_path)
    film = found["rl-tt0049513"]
    assert (film.genres, film.keywords) == (("war",), ("sea",))
    assert (film.directors, film.cast, film.synopsis) == (("Dee Rector",), ("One Actor",), "")


@pytest.mark.parametrize("key", [None, True, float("nan"), 1.5, [], {}, "", "!!!"])
def test_a_ranklens_film_without_a_usable_id_is_left_out(tmp_path, key):
    path = tmp_path / "films.jsonl"
    films = [ranklens_film(key), *(ranklens_film(n) for n in range(12))]
    path.write_text("\n".join(json.dumps(film) for film in films))
    summary, _ = imported(path, tmp_path)
    assert (summary.films, summary.rejected) == (12, 1)
    assert rejected(tmp_path)[0]["field"] == "id"


def test_an_array_that_breaks_off_keeps_what_came_before(tmp_path):
    path = tmp_path / "films.json"
    whole = json.dumps([ranklens_film(n) for n in range(14)])
    path.write_text(whole[:-40])
    summary, found = imported(path, tmp_path)
    assert len(found) == 13
    assert summary.rejected == 1


# Plain CSV


def test_a_plain_csv_needs_titles_only(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("title\n" + "".join(f"Film {n}\n" for n in range(12)))
    _, films = imported(path, tmp_path)
    assert films["film-3"].title == "Film 3"
    assert films["film-3"].poster.motif


def test_a_plain_csv_with_every_column(tmp_path):
    header = "id,title,year,directors,cast,countries,language,genres,runtime_min,keywords,overview"
    row = ["X 1", "Über", "1999", "A B|C D", "E|F", "Peru", "Quechua", "Drama|Western", "95"]
    row += ["llama|Andes", "A shepherd walks."]
    rows = [header.split(","), row, *([f"n{n}", f"F{n}", *[""] * 9] for n in range(12))]
    path = tmp_path / "mine.csv"
    path.write_text(csv_text(rows))
    _, films = imported(path, tmp_path)
    film = films["x-1"]
    assert (film.title, film.year, film.directors) == ("Über", 1999, ("A B", "C D"))
    assert (film.genres, film.runtime_min) == (("drama", "western"), 95)
    assert film.keywords == ("llama", "andes")


# Finding the kind, names, errors


def test_the_kind_is_told_by_the_files(tmp_path):
    assert kind_of(tmdb_folder(tmp_path / "a", [])) == "tmdb"
    assert kind_of(movielens_folder(tmp_path / "b", "")) == "movielens"
    (tmp_path / "c.jsonl").write_text("")
    assert kind_of(tmp_path / "c.jsonl") == "ranklens"
    (tmp_path / "d.csv").write_text("title\n")
    assert kind_of(tmp_path / "d.csv") == "csv"
    (tmp_path / "e").mkdir()
    for unknown in (tmp_path / "e", tmp_path / "nowhere"):
        with pytest.raises(InvalidSource, match="source must be"):
            kind_of(unknown)


@pytest.mark.parametrize("name", ["embedded", "../up", "Big", "", "a" * 41, "a b"])
def test_a_name_that_cannot_be_is_refused(tmp_path, name):
    with pytest.raises(InvalidSource, match="name must be lower-case words"):
        catalogue_name(name, tmp_path)


def test_a_name_is_made_of_the_source(tmp_path):
    assert catalogue_name(None, tmp_path / "My Films (2024).csv") == "my-films-2024"


def test_missing_columns_are_named(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("name,jahr\nA,1990\n")
    with pytest.raises(InvalidSource, match=r"columns title; missing: title.*docs/importing.md"):
        imported(path, tmp_path)
    assert list(settings_in(tmp_path).catalogues_dir.iterdir()) == []


def test_too_few_films_leave_nothing_behind(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("title\nOnly one\n")
    with pytest.raises(InvalidSource, match="at least 12 films that can be read, got 1"):
        imported(path, tmp_path)
    assert list(settings_in(tmp_path).catalogues_dir.iterdir()) == []


def test_a_taken_name_is_refused_unless_it_may_be_replaced(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("title\n" + "".join(f"Film {n}\n" for n in range(12)))
    imported(path, tmp_path)
    with pytest.raises(InvalidSource, match=r"new catalogue, got 'mine'.*--replace"):
        imported(path, tmp_path)
    path.write_text("title\n" + "".join(f"Other {n}\n" for n in range(13)))
    _, films = imported(path, tmp_path, replace=True)
    assert len(films) == 13


def test_an_import_that_fails_leaves_the_old_one_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "mine.csv"
    path.write_text("title\n" + "".join(f"Film {n}\n" for n in range(12)))
    imported(path, tmp_path)
    path.write_text("title\nToo few\n")
    with pytest.raises(InvalidSource):
        imported(path, tmp_path, replace=True)
    folder = settings_in(tmp_path).catalogues_dir
    assert [p.name for p in folder.iterdir()] == ["mine"]
    assert len((folder / "mine" / "films.jsonl").read_text().splitlines()) == 12


def test_an_import_that_cannot_be_moved_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "mine.csv"
    path.write_text("title\n" + "".join(f"Film {n}\n" for n in range(12)))
    imported(path, tmp_path)
    rename = Path.rename

    def refuse(self, target):
        if ".part-" in self.name and "old" not in self.name:
            raise PermissionError(13, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        imported(path, tmp_path, replace=True)
    assert [p.name for p in settings_in(tmp_path).catalogues_dir.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", ["films.jsonl.gz", "films.json.gz"])
def test_packed_json_is_read_alone_and_in_a_folder(tmp_path, name):
    films = [ranklens_film(n) for n in range(12)]
    text = json.dumps(films) if ".json." in name else "\n".join(map(json.dumps, films))
    folder = tmp_path / "ranklens"
    folder.mkdir()
    (folder / name).write_bytes(gzip.compress(text.encode()))
    assert len(imported(folder / name, tmp_path)[1]) == 12
    assert len(imported(folder, tmp_path, replace=True)[1]) == 12


def test_damaged_packed_json_is_refused(tmp_path):
    text = json.dumps([ranklens_film(n) for n in range(3000)]).encode()
    path = tmp_path / "films.json.gz"
    path.write_bytes(gzip.compress(text)[:-3000])
    with pytest.raises(InvalidSource, match=r"films\.json\.gz must be a file that can be read"):
        imported(path, tmp_path)


def test_packed_movielens_files_are_found(tmp_path):
    folder = movielens_folder(tmp_path / "ml", "1,Toy Story (1995),Comedy\n")
    movies = folder / "movies.csv"
    (folder / "movies.csv.gz").write_bytes(gzip.compress(movies.read_bytes()))
    movies.unlink()
    summary, films = imported(folder, tmp_path)
    assert summary.kind == "movielens"
    assert films["ml-1"].year == 1995


def test_a_kind_that_is_named_settles_what_the_file_name_does_not_say(tmp_path, monkeypatch):
    path = tmp_path / "films.txt"
    path.write_text("title\n" + "".join(f"Film {n}\n" for n in range(12)))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr("sys.argv", ["import", str(path), "--kind", "csv"])
    assert main() == 0
    assert (tmp_path / "var/catalogues/films/films.jsonl").is_file()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, monkeypatch, capsys):
    path = tmp_path / "films.csv"
    path.write_text("title\n" + "".join(f"Film {n}\n" for n in range(12)))
    monkeypatch.setenv("DATA_DIR", str(path))
    monkeypatch.setattr("sys.argv", ["import", str(path)])
    assert main() == 1
    assert capsys.readouterr().err.strip().count("\n") == 0


def test_leftovers_of_a_killed_import_are_cleared(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("title\n" + "".join(f"Film {n}\n" for n in range(12)))
    left = settings_in(tmp_path).catalogues_dir / ".mine.part-999999999"
    left.mkdir(parents=True)
    settings = settings_in(tmp_path)
    run_import(settings, SOURCES["csv"].open(path), "mine", pictures=Pictures(), quiet=True)
    assert not left.exists()
