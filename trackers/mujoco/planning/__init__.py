"""Planning: how the humanoid can perform a clip by its own strength, found without learning.

`reconstruct` searches for the actions, `feedback` holds a body on the path they lead along,
`corrected` is that path as a motion, and `feasibility` says from it whether a clip obeys physics.
To plan in another way, return a `Reconstruction`: everything else asks for nothing more.
"""
