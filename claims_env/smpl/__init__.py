"""The SMPL body, for people who own its model file; everything else works without this room.

`load_body` reads a model file, running nothing that stands in it, and gives a `BodyMesh`
(`claims_env.body_mesh`) whose vertices follow any motion. The file is not part of this package:
its owners license it at https://smpl.is.tue.mpg.de, for research that is not commercial. The
skinning here is this project's own and needs numpy alone; the `smplx` package, which does the same
under the same licence as the files, is not used.

Another body with SMPL's 24 joints is another implementation of `BodyMesh`.
"""

from claims_env.smpl.body import SmplBody, load_body
from claims_env.smpl.model_file import SmplModel, find_model, read_model

__all__ = ["SmplBody", "SmplModel", "find_model", "load_body", "read_model"]
