"""The things on screen, each in its own folder or module."""
