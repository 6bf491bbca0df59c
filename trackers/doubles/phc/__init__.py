"""The double of PHC: the fork of the CLAIMS release ('official'), or PHC itself ('upstream').

`python phc/run_hydra.py ...` in the folder that `write_checkout` makes takes the arguments of the
real one and is as strict about them as Hydra; what follows is by the law of `skill`. It shows what
a pipeline has to bear with:

- A motion library must hold torch.float64 roots; clips under 5 frames are dropped without a word;
  a training wants environments in multiples of 512; `checkpoint=` is no key.
- The fork's configuration path is another machine's, and it imports `swanlab`; upstream ends an
  evaluation in a debugger. An evaluation in which no clip ended early divides by zero after its
  files are written (exit status 1); one of more than 27,000 steps resets clips half way.
- A clip is recorded for its frames after the first; one that fails starts anew, again and again,
  until its batch is over, so that the figures over all clips depend on `env.num_envs`.
- Humanoid.pth is written every 50 epochs and at the end; `max_epochs` counts from the first epoch
  ever and is overrun by one; a snapshot and an evaluation follow every `save_frequency` epochs, and
  the failures they find are taken over by whatever later resumes in that folder.
- The fork's figures lie three levels above `output_path`.

What stands in for real assets (`data/smpl`, `sample_data`) holds nothing; delete one to see what a
pipeline does without it. Sources: PHC at 846988d, the CLAIMS release at 0ae4b2e, rl-games 1.1.4.
"""

from .checkout import FLAVOURS, write_checkout

__all__ = ["FLAVOURS", "write_checkout"]
