"""The policy of sessions that have none yet: `POLICY`, until the presenter chooses another.

The choice is a small file of the data folder, exchanged whole, so every process of the instance
reads all of one choice, and a restart of any of them finds it. Who needs it on a request's way
watches: a thread reads the file twice a second (some ten microseconds), a request an attribute.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

from backend.ensemble.policies import POLICIES, require_policy
from backend.errors import Unavailable
from backend.settings import Settings

log = logging.getLogger("ray.serve")

LOOK_EVERY_S = 0.5
"""Seconds after which a choice is in force everywhere."""

_LONGEST_BYTES = 200


class DefaultPolicy:
    """The policy of new sessions, in this process.

    Args:
        settings: `data_dir`, and `policy` for as long as nobody chose one.
    """

    def __init__(self, settings: Settings) -> None:
        self._file = Path(settings.data_dir).absolute() / "default-policy"
        self._of_settings = str(settings.policy)
        self._odd = ""
        self._stopped = threading.Event()
        # So that nobody puts an older choice in the place of a newer one.
        self._looking = threading.Lock()
        self.name = self._of_settings
        self.look()

    @classmethod
    def watched(cls, settings: Settings) -> Self:
        """One whose `name` follows the choice within `LOOK_EVERY_S`, until it is closed."""
        policy = cls(settings)
        threading.Thread(target=policy._watch, name="default-policy", daemon=True).start()
        return policy

    def look(self) -> str:
        """Read the choice: its name, also in `name` from now on. Blocks for a small file."""
        with self._looking:
            self.name = self._read()
            return self.name

    def _read(self) -> str:
        chosen = ""
        try:
            with self._file.open("rb") as file:
                chosen = file.read(_LONGEST_BYTES).decode(errors="replace").strip()
        except FileNotFoundError:
            pass
        except OSError as error:
            # What was known stays in force: a disk in trouble is no choice.
            self._tell(f"{self._file} must be a file that can be read ({error.strerror})")
            return self.name
        if chosen and chosen not in POLICIES:
            self._tell(f"{self._file} must hold one of {', '.join(POLICIES)}, got {chosen[:80]!r}")
            chosen = ""
        return chosen or self._of_settings

    def choose(self, name: str) -> str:
        """Make a policy that of new sessions; on disk when this returns. Blocks for the disk.

        Raises:
            InvalidInput: there is none of this name.
            Unavailable: it could not be written, and nothing changed.
        """
        require_policy(name)
        part = self._file.with_name(f"{self._file.name}.{secrets.token_hex(4)}.part")
        try:
            with part.open("w") as file:
                file.write(name + "\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._file)
            _sync_folder(self._file.parent)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise Unavailable(
                f"the choice could not be written to {self._file.name} in DATA_DIR "
                f"({error.strerror}); make room, and send the request again"
            ) from None
        return self.look()

    def close(self) -> None:
        """Follow no longer."""
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.wait(LOOK_EVERY_S):
            self.look()

    def _tell(self, trouble: str) -> None:
        if trouble != self._odd:
            log.warning("%s; choose a policy again with POST /control/policy", trouble)
            self._odd = trouble


def _sync_folder(folder: Path) -> None:
    """The new name of a file is on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
