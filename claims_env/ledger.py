"""The append-only record of a run: finished stages as JSON lines, everything large as files.

A run is a sequence of stages. Each is either in the record, and then its result is read back, or
not, and then it is done and written: resuming is running again, and losing power costs one stage.

    run.json        what this is: schema version, package versions, seed
    config.yaml     the whole configuration, enough to run it again
    events.jsonl    one line per finished stage, flushed to disk before the next begins
    clock.jsonl     how long each stage took; differs between equal runs
    usage.jsonl     what language models were asked in each stage and what it cost; differs as well
    rounds/000/     motions/*.npz, tracked.npz, tracker.ckpt
"""

import errno
import fcntl
import io
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from claims_env.durable_file import append_line, drop_torn_line, write_atomically
from claims_env.errors import LedgerError
from claims_env.motion import Motion, load_motion, save_motion
from claims_env.records import to_json
from claims_env.run_folder import (
    SCHEMA_VERSION,
    checkpoint_path,
    motion_path,
    read_events,
    read_header,
    round_folder,
    unfinished_path,
)

Work = Callable[[], dict[str, Any]]


class Ledger(Protocol):
    """Where a run is recorded."""

    def stage(self, round_index: int, name: str, work: Work) -> dict[str, Any]:
        """Return the recorded result of a stage, or do the work and record what it returns."""
        ...

    def keep_motion(self, round_index: int, motion: Motion) -> None:
        """Store a motion under its name."""
        ...

    def motion(self, round_index: int, name: str) -> Motion:
        """Return a stored motion."""
        ...

    def keep_arrays(self, round_index: int, name: str, arrays: Mapping[str, Any]) -> None:
        """Store named arrays."""
        ...

    def keep_document(self, round_index: int, name: str, content: Mapping[str, Any]) -> None:
        """Store what is worth reading later, JSON-able."""
        ...

    def keep_checkpoint(self, round_index: int, save: Callable[[Path], None]) -> None:
        """Have the tracker save itself."""
        ...

    def keep_unfinished(self, round_index: int, save: Callable[[Path], None]) -> None:
        """Have the tracker save what an interrupted training stage had learned."""
        ...

    def checkpoint(self, round_index: int) -> Path | None:
        """Return the tracker's checkpoint after a round, or None if none is kept."""
        ...


class MemoryLedger:
    """A ledger that lasts as long as the process: for tests and folderless use."""

    def __init__(self) -> None:
        self._motions: dict[str, Motion] = {}

    def stage(self, round_index: int, name: str, work: Work) -> dict[str, Any]:
        """See `Ledger`; nothing is ever recorded already."""
        result: dict[str, Any] = to_json(work())
        return result

    def keep_motion(self, round_index: int, motion: Motion) -> None:
        """See `Ledger`."""
        self._motions[motion.name] = motion

    def motion(self, round_index: int, name: str) -> Motion:
        """See `Ledger`."""
        return self._motions[name]

    def keep_arrays(self, round_index: int, name: str, arrays: Mapping[str, Any]) -> None:
        """See `Ledger`; trajectories are not kept in memory."""

    def keep_document(self, round_index: int, name: str, content: Mapping[str, Any]) -> None:
        """See `Ledger`; documents are not kept in memory."""

    def keep_checkpoint(self, round_index: int, save: Callable[[Path], None]) -> None:
        """See `Ledger`; the tracker itself is the checkpoint."""

    def keep_unfinished(self, round_index: int, save: Callable[[Path], None]) -> None:
        """See `Ledger`; it is not kept in memory."""

    def checkpoint(self, round_index: int) -> Path | None:
        """See `Ledger`."""
        return None


class RunLedger:
    """A ledger in a run directory.

    Open it with `create` or `resume`; close it, or use it as a context manager.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = _lock(folder)
        self._done = {(e["round"], e["stage"]): e["result"] for e in read_events(folder)}

    @classmethod
    def create(cls, folder: Path, config_yaml: str, facts: Mapping[str, Any]) -> "RunLedger":
        """Start a run in a new or empty folder.

        Raises:
            LedgerError: The folder holds something already, or cannot be written.
        """
        with _explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            # a start that was cut off leaves at most these, and no run.json
            left = {"config.yaml", ".config.yaml.partial", ".run.json.partial"}
            if {path.name for path in folder.iterdir()} - left:
                raise LedgerError(
                    f"{folder} is not empty. Continue that run with `claims-env resume {folder}`, "
                    "or choose another folder with --out."
                )
            # run.json last: a folder without it is not yet a run
            write_atomically(folder / "config.yaml", config_yaml.encode())
            header = {"schema_version": SCHEMA_VERSION, **facts}
            text = json.dumps(header, indent=2, sort_keys=True) + "\n"
            write_atomically(folder / "run.json", text.encode())
        return cls(folder)

    @classmethod
    def resume(cls, folder: Path) -> "RunLedger":
        """Open a run to continue it; a line torn by a crash is dropped.

        Raises:
            LedgerError: There is no run there, another schema wrote it, or it is being written.
        """
        read_header(folder)
        ledger = cls(folder)
        with _explained(folder):
            for name in ("events.jsonl", "clock.jsonl", "usage.jsonl"):
                drop_torn_line(folder / name)
        return ledger

    def __enter__(self) -> "RunLedger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let other processes have the run."""
        os.close(self._lock)

    def stage(self, round_index: int, name: str, work: Work) -> dict[str, Any]:
        """See `Ledger`; the work's files are complete before its line is written."""
        key = (round_index, name)
        if key not in self._done:
            start = time.perf_counter()
            event = {"round": round_index, "stage": name, "result": to_json(work())}
            line = json.dumps(event)
            with _explained(self.folder):
                append_line(self.folder / "events.jsonl", line)
                clock = {"round": round_index, "stage": name}
                took = round(time.perf_counter() - start, 3)
                append_line(self.folder / "clock.jsonl", json.dumps({**clock, "seconds": took}))
            # through JSON, so that a fresh result and one read back are the same value
            self._done[key] = json.loads(line)["result"]
        result: dict[str, Any] = self._done[key]
        return result

    def keep_motion(self, round_index: int, motion: Motion) -> None:
        """See `Ledger`."""
        path = motion_path(self.folder, round_index, motion.name)
        with _explained(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            save_motion(motion, path)

    def motion(self, round_index: int, name: str) -> Motion:
        """See `Ledger`."""
        return load_motion(motion_path(self.folder, round_index, name))

    def keep_arrays(self, round_index: int, name: str, arrays: Mapping[str, Any]) -> None:
        """See `Ledger`."""
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        path = round_folder(self.folder, round_index) / f"{name}.npz"
        with _explained(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, buffer.getvalue())

    def keep_document(self, round_index: int, name: str, content: Mapping[str, Any]) -> None:
        """See `Ledger`."""
        path = round_folder(self.folder, round_index) / f"{name}.json"
        text = json.dumps(to_json(content), indent=1, ensure_ascii=False) + "\n"
        with _explained(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode())

    def keep_checkpoint(self, round_index: int, save: Callable[[Path], None]) -> None:
        """See `Ledger`."""
        self._keep(checkpoint_path(self.folder, round_index), save)
        unfinished_path(self.folder, round_index).unlink(missing_ok=True)

    def keep_unfinished(self, round_index: int, save: Callable[[Path], None]) -> None:
        """See `Ledger`."""
        self._keep(unfinished_path(self.folder, round_index), save)

    def _keep(self, path: Path, save: Callable[[Path], None]) -> None:
        with _explained(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            save(path)

    def keep_usage(self, round_index: int, name: str, usage: Mapping[str, Any]) -> None:
        """See `chat_usage.KeepsUsage`."""
        line = json.dumps({"round": round_index, "stage": name, **to_json(usage)})
        with _explained(self.folder):
            append_line(self.folder / "usage.jsonl", line)

    def checkpoint(self, round_index: int) -> Path | None:
        """See `Ledger`."""
        return checkpoint_path(self.folder, round_index)


# Writing


def _lock(folder: Path) -> int:
    with _explained(folder):
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise LedgerError(
            f"Another process is writing {folder}. Wait for it, or stop it first."
        ) from None
    return descriptor


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LedgerError(
                f"The disk is full; nothing was half-written in {folder}. Free some space, then "
                f"`claims-env resume {folder}`."
            ) from error
        raise LedgerError(
            f"{folder} cannot be written ({error.strerror}). Choose a writable folder with --out."
        ) from error
