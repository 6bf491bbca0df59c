"""What failed before: prompts of a domain that were lost, or that made no clip to practise on."""

from collections.abc import Sequence

from claims_env.briefing import Sight, briefing
from claims_env.rounds import Round

MOST = 20
"""Most prompts told of a domain, the latest: about a thousand tokens."""


def failures(
    rounds: Sequence[Round], last: int, domain: str, sight: Sight
) -> list[tuple[str, str]]:
    """Return what failed in a domain, oldest first: 'lost' or 'unusable', and the sentence.

    It is read from the rounds that every scheduler is given, so nothing has to be remembered. What
    is hidden from the questions is hidden here too: without the tracker's figures nothing is lost.

    Args:
        rounds: All so far.
        last: From how many of them, the last one included; 0 is none.
        domain: Which prompts count.
        sight: What is shown.
    """
    seen = [view for played in rounds[len(rounds) - last :] for view in briefing(played, sight)]
    found = [
        ("unusable" if view.rejected is not None else "lost", view.prompt.text)
        for view in seen
        if view.prompt.domain == domain
        if view.rejected is not None or (view.tracked is not None and not view.tracked.success)
    ]
    return found[-MOST:]
