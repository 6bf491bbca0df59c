"""Does one job with PHC, or says what PHC would be missing.

`python phc_worker.py FOLDER` does the job in a folder (see `phc_job`);
`python phc_worker.py --check REPOSITORY` answers as JSON, in any Python from 3.8 on, whatever it
lacks.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import job_files
import phc_preflight


def run(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Do a job and return its result; see `job_files.main`."""
    import phc_job  # it needs numpy, which a check does not

    return phc_job.run(job, folder)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        phc_preflight.main(Path(sys.argv[2]))
    else:
        job_files.main(run)
