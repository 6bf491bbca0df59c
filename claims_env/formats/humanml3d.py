"""HumanML3D's folders: features, sentences, statistics and splits, read and written.

FOLDER/new_joint_vecs/NAME.npy holds a clip's features, FOLDER/texts/NAME.txt its captions in lines
`caption#tokens#start#end`, FOLDER/Mean.npy and Std.npy what features are scaled by, and train.txt,
val.txt and test.txt name the clips of each split, one per line. What `write_humanml3d` writes,
MDM's own training reads too.
"""

from claims_env.formats.humanml3d_reading import HumanML3DSplit, read_humanml3d
from claims_env.formats.humanml3d_writing import write_humanml3d

__all__ = ["HumanML3DSplit", "read_humanml3d", "write_humanml3d"]
