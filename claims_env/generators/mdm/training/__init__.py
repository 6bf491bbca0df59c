"""Training: a Motion Diffusion Model of your own, from clips and what is said of them.

A `Corpus` holds normalised clips and the features of their captions; a `Trainer` advances a network
step by step after a `Recipe`; `folder` writes what the loader of published checkpoints reads. What
happens in a step follows from the seed and the step's number, so that a training which was stopped
goes on as if it had not been.
"""
