"""The Ray Serve backend of Double Feature."""
