"""Minimalist film posters, drawn as SVG from the art direction in `data/films`."""
