"""Body plans: which SMPL joints move, how strong they are, and what the humanoid is made of.

Axes are those of SMPL's rest frame (x left, y up, z forward), so a body's world orientation is the
SMPL joint's. Masses: segment fractions of Winter (Biomechanics and Motor Control of Human Movement,
4th ed., Table 4.1) of a 72 kg person. The lite body's gains were tuned by us at 90 Hz; the full
body has PHC's proportional gains (`smpllib/skeleton_local.py` of SMPLSim).
"""

from dataclasses import dataclass, replace

from claims_env.skeleton import INDEX, OFFSETS

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class MovingJoint:
    """A joint that moves relative to the next moving joint up the tree.

    Attributes:
        follows: The SMPL joint whose world orientation it takes over; others in between are welded.
        stiffness: Proportional gain [Nm/rad].
        torque: Largest torque per axis [Nm].
        hinge: Axis of a hinge, or None for a ball joint.
        aims: An SMPL joint the segment points at: it is turned so that this joint comes to lie in
            the right direction, which spreads a bent spine over a rigid trunk. None: no aiming.
    """

    follows: str
    stiffness: float
    torque: float
    hinge: Vector | None = None
    aims: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A piece of flesh fixed to an SMPL joint.

    Attributes:
        joint: The SMPL joint it is fixed to; a welded joint passes it on to the next moving one.
        kind: 'capsule', 'sphere' or 'box'.
        start: Capsule: one end; sphere and box: the centre [m].
        end: Capsule: the other end [m]; box: half its edges [m].
        radius: Of capsule and sphere [m].
        mass: [kg].
    """

    joint: str
    kind: str
    start: Vector
    end: Vector
    radius: float
    mass: float


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """A humanoid on the SMPL skeleton.

    Attributes:
        name: As it is called in settings and records.
        joints: The joints that move besides the free root, by SMPL name.
        shapes: What gives it mass and contact.
        physics_hz: Physics steps per second, a multiple of the control rate.
        damping_time: Joint damping over stiffness [s]; of a supplied body, on average.
    """

    name: str
    joints: dict[str, MovingJoint]
    shapes: tuple[Shape, ...]
    physics_hz: int = 90
    damping_time: float = 0.05


def _sided(side: str, left: float) -> list[Shape]:
    """Return the limbs of one side; `left` is +1 or -1."""
    s = left
    return [
        Shape(f"{side}_Hip", "capsule", (0.005 * s, -0.06, 0), (0.03 * s, -0.31, 0), 0.06, 7.2),
        Shape(
            f"{side}_Knee", "capsule", (0, -0.06, -0.01), (-0.011 * s, -0.33, -0.04), 0.048, 3.35
        ),
        # one sole from heel to toe: with welded toes a second box would only add contacts
        Shape(f"{side}_Ankle", "box", (0.018 * s, -0.03, 0.065), (0.045, 0.042, 0.125), 0, 1.04),
        Shape(
            f"{side}_Shoulder", "capsule", (0.05 * s, 0, 0), (0.21 * s, -0.01, -0.02), 0.045, 2.0
        ),
        Shape(f"{side}_Elbow", "capsule", (0.04 * s, 0, 0), (0.21 * s, 0.006, 0), 0.036, 1.15),
        Shape(f"{side}_Wrist", "sphere", (0.08 * s, -0.006, -0.01), (0, 0, 0), 0.045, 0.43),
    ]


_TRUNK = [
    Shape("Pelvis", "capsule", (0.06, -0.02, 0), (-0.06, -0.02, 0), 0.085, 10.2),
    Shape("Spine1", "capsule", (0.05, 0.06, 0), (-0.05, 0.06, 0), 0.08, 5.0),
    Shape("Spine2", "capsule", (0.05, 0.02, 0), (-0.05, 0.02, 0), 0.085, 5.0),
    Shape("Spine3", "capsule", (0.07, 0.09, 0), (-0.07, 0.09, 0), 0.10, 15.6),
    Shape("Neck", "capsule", (0, 0.0, 0.01), (0, 0.04, 0.03), 0.045, 1.0),
    Shape("Head", "sphere", (0, 0.07, 0), (0, 0, 0), 0.10, 4.8),
]


def _lite() -> BodyPlan:
    joints = {
        "Spine1": MovingJoint("Spine3", 1600, 600, aims="Neck"),
        "Neck": MovingJoint("Neck", 300, 120),
    }
    for side in "LR":
        joints |= {
            f"{side}_Hip": MovingJoint(f"{side}_Hip", 1000, 500),
            f"{side}_Knee": MovingJoint(f"{side}_Knee", 1000, 400, hinge=(1, 0, 0)),
            f"{side}_Ankle": MovingJoint(f"{side}_Ankle", 800, 240),
            f"{side}_Shoulder": MovingJoint(f"{side}_Shoulder", 600, 240),
            f"{side}_Elbow": MovingJoint(f"{side}_Elbow", 400, 160, hinge=(0, 1, 0)),
        }
    return BodyPlan("lite", joints, (*_TRUNK, *_sided("L", 1.0), *_sided("R", -1.0)))


# stiffness [Nm/rad] by family as in PHC; the torque limits [Nm] are the lite body's, and our own
# guesses in the same proportion where that body is rigid
_FULL_JOINTS = {
    **{f"{side}_Hip": (800, 500) for side in "LR"},
    **{f"{side}_Knee": (800, 400) for side in "LR"},
    **{f"{side}_Ankle": (800, 240) for side in "LR"},
    **{f"{side}_Foot": (500, 60) for side in "LR"},
    **{f"Spine{number}": (1000, 600) for number in (1, 2, 3)},
    **{name: (500, 120) for name in ("Neck", "Head")},
    **{f"{side}_Collar": (500, 300) for side in "LR"},
    **{f"{side}_Shoulder": (500, 240) for side in "LR"},
    **{f"{side}_Elbow": (500, 160) for side in "LR"},
    **{f"{side}_Wrist": (300, 60) for side in "LR"},
    **{f"{side}_Hand": (300, 30) for side in "LR"},
}


def _extremities(side: str, left: float) -> list[Shape]:
    """Return foot, collar and hand of one side, where the full body has joints of their own."""
    s = left
    _, drop, ahead = (float(x) for x in OFFSETS[INDEX[f"{side}_Foot"]])
    return [
        # together they fill the lite body's sole
        Shape(f"{side}_Ankle", "box", (0.018 * s, -0.03, 0.027), (0.045, 0.042, 0.087), 0, 0.80),
        Shape(
            f"{side}_Foot",
            "box",
            (-0.008 * s, -0.055 - drop, 0.154 - ahead),
            (0.045, 0.017, 0.036),
            0,
            0.24,
        ),
        Shape(f"{side}_Collar", "capsule", (0.02 * s, 0.006, 0), (0.07 * s, 0.02, 0), 0.05, 1.2),
        Shape(f"{side}_Wrist", "capsule", (0.015 * s, 0, 0), (0.07 * s, -0.006, -0.012), 0.03, 0.2),
        Shape(f"{side}_Hand", "sphere", (0.03 * s, 0, 0), (0, 0, 0), 0.04, 0.23),
    ]


def _full() -> BodyPlan:
    joints = {name: MovingJoint(name, *strength) for name, strength in _FULL_JOINTS.items()}
    own = [*_extremities("L", 1.0), *_extremities("R", -1.0)]
    rest = [s for s in _lite().shapes if s.joint not in {shape.joint for shape in own}]
    # the collars' mass is the chest's in the lite body
    trunk = [replace(s, mass=s.mass - 2.4) if s.joint == "Spine3" else s for s in rest]
    return BodyPlan("full", joints, (*trunk, *own), physics_hz=120)


PLANS = {"lite": _lite(), "full": _full()}
"""Every body there is."""
