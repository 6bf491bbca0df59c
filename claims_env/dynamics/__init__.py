"""Dynamics: what moves a body, and what forces a motion would need.

Everything here is per kilogram of the body's mass, so that a motion, which has no weight of its
own, is judged alike for light and heavy people. `body` knows the segments and `momentum` how they
move together; from the low-passed `segment_motion` follow the `ground_force` that explains a motion
best and the moments at the joints (`inverse_dynamics`); `self_penetration` looks for limbs inside
the body, and `strain` sums all of it up in the figures that `MotionFeatures` reports. Pure numpy,
vectorised over frames; agrees with MuJoCo's inverse dynamics to within a hundredth.
"""
