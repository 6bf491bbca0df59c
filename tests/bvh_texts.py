"""BVH files as exporters write them: SMPL's own skeleton, under other names and with other axes."""

import numpy as np

from claims_env.inverse_kinematics.shortest_arc import shortest_arc
from claims_env.motion import Motion
from claims_env.rotation import about, conjugate, from_rotvec, multiply, rotate
from claims_env.skeleton import JOINTS, OFFSETS, PARENTS, UPRIGHT


def smpl_bvh(
    motion: Motion,
    unit: float = 1.0,
    names: tuple[str, ...] = JOINTS,
    rest: np.ndarray | None = None,
) -> str:
    """Return a motion as BVH of SMPL's own skeleton, in a y-up world, rotations as Z, Y, X.

    Args:
        motion: What to write.
        unit: How many units a metre has.
        names: What the joints are called.
        rest: How each joint's own axes lie in SMPL's rest pose, shape (24, 4); None as SMPL's do.
    """
    rest = np.tile([1.0, 0.0, 0.0, 0.0], (len(JOINTS), 1)) if rest is None else rest
    above = np.concatenate([[[1.0, 0.0, 0.0, 0.0]], rest[list(PARENTS[1:])]])
    offsets = unit * rotate(conjugate(above), OFFSETS)
    lines: list[str] = ["HIERARCHY"]

    def open_joint(joint: int) -> None:
        word = "ROOT" if joint == 0 else "JOINT"
        positions = "Xposition Yposition Zposition " if joint == 0 else ""
        lines.append(f"{word} {names[joint]}\n{{")
        lines.append("OFFSET " + " ".join(map(str, offsets[joint])))
        count = 6 if joint == 0 else 3
        lines.append(f"CHANNELS {count} {positions}Zrotation Yrotation Xrotation")
        order.append(joint)
        for child in (j for j, parent in enumerate(PARENTS) if parent == joint):
            open_joint(child)
        lines.append("}")

    order: list[int] = []
    open_joint(0)
    lines.append(f"MOTION\nFrames: {motion.frames}\nFrame Time: {1 / motion.fps}")
    local = motion.rotations.copy()
    local[:, 0] = multiply(conjugate(UPRIGHT), local[:, 0])
    local = multiply(conjugate(above), multiply(local, rest))
    root = motion.root[:, [0, 2, 1]] * [1, 1, -1] * unit
    for frame in range(motion.frames):
        angles = [value for joint in order for value in zyx(local[frame, joint])]
        lines.append(" ".join(map(str, [*root[frame], *angles])))
    return "\n".join(lines)


def zyx(q: np.ndarray) -> list[float]:
    """Return the angles [deg] about z, then y, then x of a quaternion."""
    w, x, y, z = q
    return [
        float(np.rad2deg(angle))
        for angle in (
            np.arctan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)),
            np.arcsin(np.clip(2 * (w * y - z * x), -1, 1)),
            np.arctan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)),
        )
    ]


def bending(frames: int = 8) -> Motion:
    """Return a body whose every joint but the hands turns a little further in each frame."""
    draw = np.random.default_rng(3)
    poses = draw.normal(0, 0.3, (1, 24, 3)) * np.linspace(0.2, 1, frames)[:, None, None]
    poses[:, 22:] = 0
    # the spine's joints are shared anew between pelvis and chest: let them be what that gives
    poses[:, [3, 6, 9]] = 0
    rotations = from_rotvec(poses)
    rotations[:, 0] = multiply(about("z", np.linspace(0, 1, frames)), UPRIGHT)
    root = np.stack([np.linspace(0, 1, frames), np.zeros(frames), np.full(frames, 0.95)], 1)
    return Motion(rotations, root, 60.0, "bending")


def along_x() -> np.ndarray:
    """Return how joints' axes lie where every bone runs along its own x axis, as in LAFAN1."""
    rest = np.tile([1.0, 0.0, 0.0, 0.0], (len(JOINTS), 1))
    for joint, parent in enumerate(PARENTS):
        children = [child for child, above in enumerate(PARENTS) if above == joint]
        # of several children the spine goes on: 3 of the pelvis, 12 of the chest
        end = next((child for child in children if child in (3, 12)), next(iter(children), None))
        if end is None:
            rest[joint] = rest[parent]
        else:
            bone = OFFSETS[end] / np.linalg.norm(OFFSETS[end])
            rest[joint] = shortest_arc(np.array([1.0, 0.0, 0.0]), bone)
    return rest


def below_a_scene(text: str, turn: str = "0 0 0") -> str:
    """Return a BVH file whose root hangs below a joint 'Reference', turned by z, y, x [deg]."""
    tree, _, motion = text.partition("MOTION\n")
    tree = tree.removeprefix("HIERARCHY\n").replace("ROOT", "JOINT", 1)
    frames, seconds, *rows = motion.split("\n")
    channels = "CHANNELS 3 Zrotation Yrotation Xrotation"
    lines = ["HIERARCHY", "ROOT Reference", "{", "OFFSET 0 0 0", channels, tree.rstrip(), "}"]
    rows = [f"{turn} {row}" for row in rows if row]
    return "\n".join([*lines, "MOTION", frames, seconds, *rows])
