"""Doubles: programs that behave like a tracker's own, for testing a pipeline without a GPU.

`python -m claims_env.trackers.doubles phc FOLDER` writes what stands in for a checkout of PHC, and
`protomotions` likewise. A double takes the same arguments, writes the same files, prints the same
lines and has the same quirks; it needs Python 3.8 or later, numpy and torch, and no GPU. Nothing
is simulated: it follows a clip as well as a single number, its skill, allows; training raises the
skill, and the skill travels in the checkpoint. See `phc` for what each quirk is.

To see how a pipeline bears bad luck, set `CLAIMS_DOUBLE_FAULTS` to JSON such as
`{"hang": 1, "gpu_oom": 2}`: each fault happens so many times, counted in the double's folder, and
then no more. `faults.FAULTS` says what each does.

To add one, write a package here with `write_checkout(folder, flavour)` and `FLAVOURS`, whose
modules import one another by relative names alone, since they are copied into the checkout.
"""
