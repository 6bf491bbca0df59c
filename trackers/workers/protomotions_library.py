"""Makes ProtoMotions' motion library of a job's clips, by ProtoMotions' own converter and packager.

Runs under Python 3.8 with numpy and torch. Facts: `convert_amass_to_proto.py` and `motion_lib.py`
of ProtoMotions 3 (commit 607ca7a).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import job_files
import protomotions_program
import protomotions_tensors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from protomotions_program import Program

FPS = 30.0
"""The rate of clips and of control, on every simulator but MuJoCo [Hz]."""

SHORTEST = 5
"""Fewest frames of a clip: the converter's velocities look three frames ahead."""

_SET = "set"
"""The subfolder clips lie in; 'smpl' in its name would have the converter pass over it."""

_SKIPPED = "samp"
"""A path that holds this is taken for the SAMP data set, and its npz files are passed over."""


def make_library(program: Program, job: dict[str, Any], folder: Path) -> Path:
    """Write the library of a job's clips, in their order, and return its file.

    Clips go by their place in it, and files by the same number: the converter rewrites names, and
    a folder would be packaged in whatever order the file system has. For an evaluation each clip
    holds its last pose for one frame more. The program evaluates floor(length / step) steps in
    single precision, which loses the last frame of more than half of all lengths; the frame added
    is cut off again.

    Raises:
        job_files.WorkerError: A clip is unusable, or the converter or the packager failed.
    """
    clips = job["clips"]
    if not clips:
        raise job_files.WorkerError("invalid_input", "convert", "The job holds no clip.")
    root = folder / "motions"
    (root / _SET).mkdir(parents=True, exist_ok=True)
    for number, clip in enumerate(clips):
        job_files.beat(folder, "convert", 0.3 * number / len(clips), clip["id"])
        _put(folder / clip["file"], clip, root / _SET / (stem(number) + ".npz"), job["kind"])
    _convert(program, folder, root, len(clips))
    _write_list(root / "library.yaml", len(clips))
    return _package(program, folder, root, clips)


def stem(number: int) -> str:
    """Return the name of the n-th clip's files: nothing in it that the converter would rewrite."""
    return f"c{number:05d}"


def _put(source: Path, clip: dict[str, Any], target: Path, kind: str) -> None:
    import numpy as np

    try:
        with np.load(str(source), allow_pickle=False) as arrays:
            poses, trans = arrays["poses"], arrays["trans"]
            fps = float(arrays["mocap_framerate"])
    except (OSError, ValueError, KeyError) as error:
        raise _unusable(clip, f"its file cannot be read ({error})") from error
    _check(clip, poses, trans, fps)
    if kind == "evaluate":
        poses, trans = np.concatenate([poses, poses[-1:]]), np.concatenate([trans, trans[-1:]])
    np.savez(str(target), poses=poses, trans=trans, mocap_framerate=np.array(FPS))


def _check(clip: dict[str, Any], poses: Any, trans: Any, fps: float) -> None:
    import numpy as np

    if poses.ndim != 2 or poses.shape[1] != 72 or trans.shape != (len(poses), 3):
        raise _unusable(clip, f"poses are {poses.shape} and trans {trans.shape}")
    if len(poses) != clip["frames"]:
        raise _unusable(clip, f"it has {len(poses)} frames, and the job says otherwise")
    if len(poses) < SHORTEST:
        raise _unusable(clip, f"it has {len(poses)} frames, fewer than {SHORTEST}")
    if abs(fps - FPS) > 1e-6:
        raise _unusable(clip, f"it has {fps:g} frames per second, not {FPS:g}")
    if not (np.isfinite(poses).all() and np.isfinite(trans).all()):
        raise _unusable(clip, "it holds numbers that are not finite")


def _unusable(clip: dict[str, Any], problem: str) -> job_files.WorkerError:
    return job_files.WorkerError(
        "invalid_input", "convert", "Clip '{}' cannot be used: {}.".format(clip["id"], problem)
    )


def _convert(program: Program, folder: Path, root: Path, clips: int) -> None:
    done: list[str] = []

    def hear(line: str) -> None:
        if line.startswith("Saving to"):
            done.append(line)
            job_files.beat(folder, "convert", 0.3 + 0.6 * len(done) / clips, "converting")

    with _spoken_of_harmlessly(root) as named:
        arguments = [str(named), "--humanoid-type", "smpl", "--output-fps", f"{FPS:.0f}"]
        status = program.run(protomotions_program.CONVERTER, arguments, "convert", hear)
    lacking = [n for n in range(clips) if not (root / _SET / (stem(n) + ".motion")).is_file()]
    if lacking:
        raise program.failure(
            protomotions_program.CONVERTER,
            status,
            "convert",
            f"{len(lacking)} of {clips} clips were not converted",
        )


@contextlib.contextmanager
def _spoken_of_harmlessly(root: Path) -> Iterator[Path]:
    """Give a path to a folder that the converter does not take for another data set's."""
    if _SKIPPED not in str(root):
        yield root
        return
    above = tempfile.mkdtemp(prefix="claims")
    try:
        link = Path(above) / "motions"
        os.symlink(str(root), str(link))
        yield link
    finally:
        shutil.rmtree(above, ignore_errors=True)


def _write_list(path: Path, clips: int) -> None:
    entries = "".join(f"  - file: {_SET}/{stem(n)}.motion\n" for n in range(clips))
    path.write_text("motions:\n" + entries, "utf-8")


def _package(program: Program, folder: Path, root: Path, clips: list[dict[str, Any]]) -> Path:
    job_files.beat(folder, "convert", 0.95, "packaging")
    library = root / "library.pt"
    arguments = [
        "--motion-path", str(root / "library.yaml"), "--output-file", str(library),
        "--device", "cpu",
    ]  # fmt: skip
    status = program.run(protomotions_program.PACKAGER, arguments, "convert")
    if not library.is_file():
        raise program.failure(
            protomotions_program.PACKAGER, status, "convert", "there is no motion library"
        )
    _confirm(protomotions_tensors.read_tensors(library, "convert"), clips)
    return library


def _confirm(library: dict[str, Any], clips: list[dict[str, Any]]) -> None:
    """Make sure that the library holds the clips, in order, and some contact with the floor."""
    names = [os.path.basename(str(name)) for name in library["motion_files"]]
    if names != [stem(n) + ".motion" for n in range(len(clips))]:
        raise job_files.WorkerError(
            "bad_output", "convert", f"The motion library holds {names[:3]}, not our clips."
        )
    if library.get("contacts") is None or not bool(library["contacts"].any()):
        raise job_files.WorkerError(
            "invalid_input",
            "convert",
            "No foot of any clip ever rests on the floor ({}), so that ProtoMotions drops the "
            "contacts and its contact reward crashes. Add a clip that stands or walks.".format(
                ", ".join(clip["id"] for clip in clips[:5])
            ),
        )
