"""What trackers outside this package share: their clips, jobs, checkpoints, and our figures.

A tracker of this kind runs in its own Python, on its own terms. To add one, write its worker in
`claims_env.trackers.workers`, and beside `phc.py` a class that says which jobs make up its training
and evaluation; `ExternalWorker` does them, `performed` turns what comes back into metrics.
"""

from claims_env.trackers.external.checkpoint import HeldCheckpoint as HeldCheckpoint
from claims_env.trackers.external.exchange import ExchangeClip as ExchangeClip
from claims_env.trackers.external.exchange import exchanged as exchanged
from claims_env.trackers.external.job_request import JobRequest as JobRequest
from claims_env.trackers.external.performance import performed as performed
from claims_env.trackers.external.worker import Done as Done
from claims_env.trackers.external.worker import ExternalWorker as ExternalWorker
