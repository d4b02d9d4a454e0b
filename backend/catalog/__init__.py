"""The films: one schema, their drawn posters, their palettes, and the build that makes them."""
