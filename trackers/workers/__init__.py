"""Scripts that run in a tracker's own Python, which may be as old as 3.8 and knows nothing of us.

Each is copied into the folder of every job and started there as a program of its own; they import
one another as siblings. To add one, write `run(job, folder)`, hand it to `job_files.main`, and
name the script in a tracker of `claims_env.trackers`.
"""
