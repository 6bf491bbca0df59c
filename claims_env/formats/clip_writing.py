"""Clips written: one file or a folder of them, in each format that can be written."""

from collections.abc import Sequence
from pathlib import Path

from claims_env.clip_format import WRITABLE
from claims_env.errors import ConfigError, MotionError, OutputError, UnknownName
from claims_env.formats.amass import write_amass
from claims_env.formats.phc_writing import require_writable, write_phc
from claims_env.formats.pickle_file import SUFFIXES as PICKLES
from claims_env.formats.protomotions_yaml import list_files, write_protomotions
from claims_env.motion import Motion, save_motion

_BY_SUFFIX = {**dict.fromkeys(PICKLES, "phc"), ".yaml": "protomotions", ".yml": "protomotions"}


def written_kind(path: Path, kind: str | None) -> str:
    """Return the format to write, by name or else by the path's suffix; a folder gets npz.

    Raises:
        UnknownName: There is no such format.
        ConfigError: The path's suffix is of another format, or of one that cannot be written.
    """
    suffix = path.suffix.lower()
    if kind is not None and kind not in WRITABLE:
        raise UnknownName("format to write", kind, WRITABLE)
    natural = _BY_SUFFIX.get(suffix, "claims" if suffix in ("", ".npz") else None)
    if natural is None:
        raise ConfigError(
            f"'{path.name}' ends in {suffix}, which is not written. Name an .npz, .pkl or .yaml "
            "file, or a folder."
        )
    is_npz = natural == "claims" and kind in (None, "claims", "amass")
    if kind not in (None, natural) and not is_npz:
        ends = {"phc": ".pkl", "protomotions": ".yaml"}.get(str(kind), ".npz")
        raise ConfigError(f"'{path.name}' is no name for {kind}. Name a file that ends in {ends}.")
    return kind or natural


def planned_files(motions: Sequence[Motion], path: Path, kind: str) -> list[Path]:
    """Return every file that writing would make.

    Raises:
        MotionError: Two clips would have one file.
        ConfigError: There are several clips for one npz.
        MissingDependency: The format needs a package that is not installed.
    """
    if kind == "phc":
        require_writable()
        return [path]
    if kind == "protomotions":
        return [path, *list_files(motions, path)]
    if path.suffix.lower() != ".npz":
        return _npz_files(motions, path)
    if len(motions) != 1:
        raise ConfigError(
            f"{len(motions)} clips do not fit into {path.name}. Name a folder, a .pkl or a .yaml."
        )
    return [path]


def write_clips(motions: Sequence[Motion], path: Path, kind: str) -> None:
    """Write the clips, each file all at once or not at all.

    Raises:
        OutputError: One cannot be written.
        MotionError: Two clips would have one file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "phc":
            write_phc(motions, path)
        elif kind == "protomotions":
            write_protomotions(motions, path)
        else:
            _write_npz(motions, planned_files(motions, path, kind), kind)
    except OSError as error:
        raise OutputError(
            f"{error.filename or path} cannot be written ({error.strerror})."
        ) from None


def _write_npz(motions: Sequence[Motion], files: Sequence[Path], kind: str) -> None:
    for motion, file in zip(motions, files, strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        if kind == "amass":
            write_amass(motion, file)
        else:
            save_motion(motion, file)


def _npz_files(motions: Sequence[Motion], folder: Path) -> list[Path]:
    names = [file_name(motion.name) for motion in motions]
    lowered = [name.lower() for name in names]
    if twice := sorted(
        {name for name, low in zip(names, lowered, strict=True) if lowered.count(low) > 1}
    ):
        raise MotionError(
            folder, f"two clips would be called '{twice[0]}.npz'.", "Rename one of them."
        )
    return [folder / f"{name}.npz" for name in names]


def file_name(name: str) -> str:
    """Return a clip's name as a file may be called: PHC's may be whole paths."""
    plain = "".join("_" if c in '/\\:*?"<>|' or not c.isprintable() else c for c in name)
    return plain.strip(". ")[-200:] or "clip"
