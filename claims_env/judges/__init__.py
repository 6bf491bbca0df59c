"""The judges: whoever looks at a motion and says how hard it is and whether it shows its prompt.

The vision-language judge shows a model pictures and reads its answers, as the paper does; what it
says to the model lies in `prompts`, to be read and edited. Two others need neither a key nor a
network: the kinematic judge reads speeds, flights and turns; the posture judge sees fifteen stills
and knows nothing of time, so that the two are independent readings and may disagree. To add one,
meet `claims_env.judge.Judge` and name it in `assembly`.
"""
