"""The worker of ProtoMotions, with the scripts of its double run in the worker's own process."""

import job_files
from protomotions_desk import inside, worker

if __name__ == "__main__":
    job_files.main(lambda job, folder: worker.run(job, folder, inside))
