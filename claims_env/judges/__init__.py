"""The judges: whoever looks at a motion and says how hard it is and whether it shows its prompt.

Two of them need neither a key nor a network. The kinematic judge reads speeds, flights and turns;
the posture judge sees fifteen stills and knows nothing of time, so that the two are independent
readings and may disagree. To add one, meet `claims_env.judge.Judge` and name it in `assembly`.
"""
