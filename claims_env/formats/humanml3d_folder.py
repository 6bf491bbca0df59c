"""Where things lie in a folder of HumanML3D's layout."""

from dataclasses import dataclass
from pathlib import Path

SPLITS = ("train", "val", "test")
"""What a data set's clips are divided into."""


@dataclass(frozen=True, slots=True)
class HumanML3DFolder:
    """The paths of a data set.

    Attributes:
        path: The folder itself.
    """

    path: Path

    @property
    def features(self) -> Path:
        """Holds a clip's features, NAME.npy."""
        return self.path / "new_joint_vecs"

    @property
    def texts(self) -> Path:
        """Holds a clip's captions, NAME.txt."""
        return self.path / "texts"

    @property
    def mean(self) -> Path:
        """The mean of each channel."""
        return self.path / "Mean.npy"

    @property
    def std(self) -> Path:
        """The standard deviation of each channel, shared within groups."""
        return self.path / "Std.npy"

    def split(self, name: str) -> Path:
        """Return the file that names a split's clips."""
        return self.path / f"{name}.txt"

    def features_of(self, clip: str) -> Path:
        """Return the file of a clip's features."""
        return self.features / f"{clip}.npy"

    def text_of(self, clip: str) -> Path:
        """Return the file of a clip's captions."""
        return self.texts / f"{clip}.txt"
