"""Two judges who read difficulty from 1 to 10, with errors they partly share."""

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.noise import Luck
from claims_env.trackers.simulated.phrase_tables import PhraseTables, looked_up, weighed
from claims_env.trackers.simulated.settings import WorldSettings
from claims_env.word_grid import Floats, Reading

MIDDLE = 5.5
"""The rating of what looks middling."""


def ratings(
    settings: WorldSettings, reading: Reading, tables: PhraseTables, own: Floats, luck: Luck
) -> npt.NDArray[np.int8]:
    """Return how hard each judge finds each clip, shape (B, S, 2).

    What they see is how hard the phrases look and how the clip came out; their errors are normal.

    Args:
        settings: Of the world.
        reading: The prompts.
        tables: How hard each phrase looks.
        own: How much harder each clip came out than its prompt, shape (B, S) [logit].
        luck: Of the round.
    """
    judges, phrases = settings.judges, settings.phrases
    seen = weighed(looked_up(tables.looks, reading), reading) + own
    # the tiers of a random prompt of four slots spread by about 0.7
    usual = np.hypot(0.7 * phrases.tier_effect, phrases.clip_sd) or 1.0
    clear = np.float32(judges.steps * judges.reliability / usual) * seen
    blur = np.float32(judges.steps * np.sqrt(1 - judges.reliability**2))
    shared, alone = np.float32(judges.agreement**0.5), np.float32((1 - judges.agreement) ** 0.5)
    said = [
        MIDDLE + clear + blur * (shared * luck.normal[1] + alone * luck.normal[i]) for i in (2, 3)
    ]
    return np.asarray(np.clip(np.rint(np.stack(said, axis=-1)), 1, 10), np.int8)
