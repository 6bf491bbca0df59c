import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from toys import tiny_library

from claims_env.library import load_library
from claims_env.trackers.simulated.family import FAMILY, build
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import grid_of, opening_actions
from claims_env.world import WorldRound

LIVE = sorted(set(FAMILY) - {"null"})
SHOWN = ("rejected", "before", "success", "spread", "alignment", "difficulty", "speed")


def played(
    name: str, seeds: list[int], *, rounds: int = 3, sets: int = 40, tier: int | None = None
) -> list[WorldRound]:
    library, world = load_library(), build(name)
    state = world.begin(library, np.array(seeds), sets=sets, rounds=rounds)
    paths = [path_of(library, seed, rounds, sets, tier) for seed in seeds]
    return [world.play(state, np.stack([path[i] for path in paths])) for i in range(rounds)]


def path_of(
    library: VariableLibrary, seed: int, rounds: int, sets: int, tier: int | None = None
) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    if tier is None:
        return [opening_actions(grid_of(library), sets, rng) for _ in range(rounds)]
    domains = library.domains
    return [
        library.encode(
            [library.sample(rng, domain=domains[i % len(domains)], tier=tier) for i in range(sets)]
        ).reshape(sets, 6)
        for _ in range(rounds)
    ]


def digest(name: str) -> str:
    content = b"".join(
        getattr(r, field).tobytes()
        for r in played(name, [0, 7])
        for field in (*SHOWN, "suite_success", "corpus_success")
    )
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", sorted(FAMILY))
def test_an_instance_plays_the_same_alone_and_among_others(name: str) -> None:
    together, alone = played(name, [3, 0, 5, 1]), played(name, [5])
    for many, one in zip(together, alone, strict=True):
        for field in (*SHOWN, "suite_success", "suite_errors", "corpus_success"):
            assert getattr(many, field)[2].tobytes() == getattr(one, field)[0].tobytes(), field


def test_a_world_gives_the_same_bytes_in_another_process() -> None:
    here = Path(__file__).parent
    code = (
        f"import sys; sys.path[:0] = [{str(here.parents[1])!r}, {str(here)!r}]\n"
        "from test_simulated_world import digest\n"
        f"print([digest(name) for name in {sorted(FAMILY)}])"
    )
    words = [sys.executable, "-c", code]
    there = subprocess.run(words, capture_output=True, check=True, text=True).stdout.strip()
    assert there == str([digest(name) for name in sorted(FAMILY)])


def test_another_seed_redraws_the_phrases_around_the_same_tiers() -> None:
    library, world = load_library(), build("rasch")
    state = world.begin(library, np.array([0, 1]), sets=5, rounds=1)
    effect = state.tables.effect
    assert not np.array_equal(effect[0], effect[1])
    tiers = state.grid.tiers
    step = world.settings.phrases.tier_effect
    for tier in (1, 3, 5):
        mean = effect[:, tiers == tier].mean()
        assert mean == pytest.approx(step * (tier - 3), abs=0.08)


@pytest.mark.parametrize("name", LIVE)
def test_the_oracles_plan_is_worth_more_than_what_is_drawn_at_random(name: str) -> None:
    library, world = load_library(), build(name)
    state = world.begin(library, np.arange(2), sets=50, rounds=2)
    opening = np.stack([path_of(library, i, 1, 50)[0] for i in range(2)])
    world.play(state, opening)
    for i in range(2):
        oracle = world.oracle(state, i)
        plan = oracle.plan(np.arange(50) % 5, seed=0)
        assert (plan[:, 0] == np.arange(50) % 5).all()
        others = [oracle.value(path_of(library, s, 1, 50)[0]) for s in range(5)]
        assert oracle.value(plan) > max(others)


@pytest.mark.parametrize("name", sorted(FAMILY))
def test_a_gain_is_what_a_prompt_adds_to_the_value_of_a_round(name: str) -> None:
    library, world = load_library(), build(name)
    state = world.begin(library, np.arange(1), sets=20, rounds=2)
    rounds = path_of(library, 0, 2, 20)
    world.play(state, rounds[0][None])
    oracle, beside, one = world.oracle(state), rounds[1][1:], rounds[1][:1]
    added = oracle.value(rounds[1]) - oracle.value(beside)
    assert oracle.gain(one, beside)[0] == pytest.approx(added, abs=1e-12)


def test_in_the_null_world_no_prompt_is_worth_anything() -> None:
    library, world = load_library(), build("null")
    state = world.begin(library, np.arange(1), sets=20, rounds=2)
    rounds = path_of(library, 0, 2, 20)
    world.play(state, rounds[0][None])
    assert (world.oracle(state).gain(rounds[1]) == 0).all()


def test_in_the_null_world_no_tier_leads_to_more() -> None:
    seeds = list(range(48))
    low = played("null", seeds, rounds=4, sets=10, tier=1)[-1].suite_success.mean(1)
    high = played("null", seeds, rounds=4, sets=10, tier=5)[-1].suite_success.mean(1)
    apart = low - high
    assert not np.array_equal(low, high)  # two trainings share no luck
    assert abs(apart.mean()) < 3 * apart.std() / np.sqrt(len(seeds))


def test_in_the_skilled_world_nothing_but_easy_prompts_leads_to_less() -> None:
    seeds = list(range(8))
    easy = played("multi-skill", seeds, rounds=7, sets=100, tier=1)[-1]
    drawn = played("multi-skill", seeds, rounds=7, sets=100)[-1]
    assert easy.suite_success.mean() < drawn.suite_success.mean() - 0.02


def test_the_luck_of_a_set_does_not_depend_on_what_is_asked_for() -> None:
    easy = played("rasch", [0], rounds=1, tier=1)[0]
    hard = played("rasch", [0], rounds=1, tier=5)[0]
    assert (easy.spread == hard.spread).all()
    assert (easy.success | ~hard.success).all()  # what is tracked when hard is when easy


def test_judges_without_reliability_see_nothing_and_perfect_ones_everything() -> None:
    library, rng = load_library(), np.random.default_rng(0)
    actions = opening_actions(grid_of(library), 2000, rng)[None]
    seen = {}
    for reliability in (0.0, 1.0):
        world = build("rasch", judges={"reliability": reliability}, phrases={"clip_sd": 0.0})
        state = world.begin(library, np.zeros(1, int), sets=2000, rounds=1)
        shown = world.play(state, actions)
        tier = shown.tiers[0].mean(-1)
        seen[reliability] = np.corrcoef(tier, shown.difficulty[0, :, 0])[0, 1]
    assert abs(seen[0.0]) < 0.08
    assert seen[1.0] > 0.85


def test_two_judges_share_part_of_their_errors() -> None:
    shown = played("rasch", [0], rounds=1, sets=4000)[0]
    both = np.corrcoef(shown.difficulty[0].T)[0, 1]
    # reliability .8: .64 of the truth, and half of the other .36
    assert both == pytest.approx(0.82, abs=0.06)


def test_a_round_keeps_a_clip_even_where_all_would_be_rejected() -> None:
    library, world = load_library(), build("rasch", filter={"base": 1.0})
    state = world.begin(library, np.arange(3), sets=8, rounds=1)
    shown = world.play(state, np.stack([path_of(library, i, 1, 8)[0] for i in range(3)]))
    assert shown.kept.sum(1).tolist() == [1, 1, 1]


def test_a_world_says_that_it_is_simulated() -> None:
    for name in FAMILY:
        assert build(name).facts["kind"] == "simulated"
        assert build(name).facts["name"] == name


def test_what_is_held_out_is_a_whole_number_of_clips() -> None:
    world = build("rasch")
    for shown in played("rasch", [0, 1]):
        for place, suite in enumerate(world.suites):
            won = shown.suite_success[:, place] * suite.clips
            assert np.allclose(won, np.rint(won))


def test_a_world_plays_on_any_library() -> None:
    library = tiny_library()
    for name in FAMILY:
        world = build(name)
        state = world.begin(library, np.arange(2), sets=6, rounds=1)
        shown = world.play(state, np.stack([path_of(library, i, 1, 6)[0] for i in range(2)]))
        assert shown.success.shape == (2, 6)
