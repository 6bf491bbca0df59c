"""The composer: the default text-to-motion generator, which needs no data, no weights and no GPU.

A prompt is read into a score (`lexicon`), the score is directed onto a stage (`director`, `stage`),
where primitives write footholds, key poses and flights, and the sheet of keys is performed by
closed-form kinematics (`performance`). To add a move, write a function `(Stage, Ask) -> None` in
one of the files of `primitives`, name it in that file's table, and let the lexicon use the name.
"""

from claims_env.generators.composer.composer import Composer, compose
from claims_env.generators.composer.primitives import PRIMITIVES
from claims_env.generators.composer.score import Move, Score, Style, Timing

__all__ = ["PRIMITIVES", "Composer", "Move", "Score", "Style", "Timing", "compose"]
