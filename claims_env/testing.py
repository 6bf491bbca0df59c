"""Conformance checks for whatever you plug in: each says which promise of its contract is broken.

    from claims_env.testing import check_scheduler
    check_scheduler(MyScheduler)

A check returns quietly or raises `ContractBroken`.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import gymnasium as gym
import numpy as np

from claims_env.env import CurriculumEnv
from claims_env.errors import ContractBroken
from claims_env.free_text import SentenceSpace
from claims_env.generator import MotionGenerator
from claims_env.judge import Alignment, Difficulty, Judge, Missing
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.run import run
from claims_env.scheduler import Scheduler, Stateful, Writes
from claims_env.tracker import BLIND, Budget, HasBaseline, TrackedClip, Tracker
from claims_env.variable_library import VariableLibrary


def check_scheduler(
    build: Callable[[VariableLibrary], Scheduler | Writes],
    make_env: Callable[[], CurriculumEnv] | None = None,
) -> None:
    """Check that a scheduler acts, or writes, validly and repeats itself under a seed.

    It must not matter either whether it played before, nor, for one that acts, whether it is made
    anew and given back its state (see `Stateful`) between two decisions: runs are resumed.

    Args:
        build: Returns a fresh scheduler for a library; its class, if that is all it takes.
        make_env: Returns a fresh, cheap environment of two rounds or more; None takes a small
            simulated world.

    Raises:
        ContractBroken: It does not.
    """
    make_env = make_env or small_world
    env, other = make_env(), make_env()
    agent = build(env.parts.library)
    _require(bool(agent.name), "a scheduler has a name")
    first = run(agent, env, seed=0)
    again = run(build(other.parts.library), other, seed=0)
    _require(first == again, "the same seed gives the same run")
    _require(first == run(agent, make_env(), seed=0), "an episode starts a scheduler anew")
    if isinstance(agent, Writes):
        _check_writing(agent, make_env())
    else:
        _check_acting(build, agent, make_env())


def small_world() -> CurriculumEnv:
    """Return a simulated world with ten sets and four rounds: cheap, and not easy to please."""
    made = gym.make("claims_env/Surrogate-v0", world="multi-skill", sets=10, rounds=4)
    return cast(CurriculumEnv, made.unwrapped)


def _check_writing(agent: Writes, env: CurriculumEnv) -> None:
    observation, info = env.reset(seed=0)
    before = observation.copy()
    problem = SentenceSpace(env.sets).problem(agent.write(observation, info))
    _require(problem is None, f"write returns valid sentences: {problem}")
    _require(np.array_equal(before, observation), "a decision does not change the observation")


def _check_acting(
    build: Callable[[VariableLibrary], Scheduler | Writes], agent: Scheduler, env: CurriculumEnv
) -> None:
    observation, info = env.reset(seed=0)
    while len(env.rounds) < env.max_rounds:
        before, rounds = observation.copy(), list(info["rounds"])
        other = build(env.parts.library)
        if isinstance(agent, Stateful) and isinstance(other, Stateful):
            other.restore(json.loads(json.dumps(agent.state())))
        action = np.asarray(agent.act(observation, info))
        _require(env.action_space.contains(action), "act returns a valid action")
        _require(np.array_equal(before, observation), "a decision does not change the observation")
        _require(rounds == list(info["rounds"]), "a decision does not change the rounds")
        if not isinstance(other, Writes):
            same = np.array_equal(action, other.act(observation, info))
            _require(same, "made anew and given back its state, it decides the same")
        observation, _, _, _, info = env.step(action)


def check_generator(generator: MotionGenerator, prompts: Sequence[Prompt | str]) -> None:
    """Check that a generator's clips follow from prompt and seed alone.

    Args:
        generator: What to check.
        prompts: Slot-filled ones, and free text.

    Raises:
        ContractBroken: They do not.
    """
    seeds = list(range(len(prompts)))
    together = generator.generate(prompts, seeds)
    _require(len(together) == len(prompts), "there is one motion per prompt")
    _require(bool(generator.name), "a generator has a name")
    backwards = generator.generate(prompts[::-1], seeds[::-1])[::-1]
    for motion, other in zip(together, backwards, strict=True):
        same = np.array_equal(motion.rotations, other.rotations)
        _require(
            same and np.array_equal(motion.root, other.root),
            "a clip does not depend on its neighbours in the batch",
        )


def check_judge(judge: Judge, motions: Sequence[Motion], prompts: Sequence[Prompt]) -> None:
    """Check that a judge answers once per motion, in range, and repeats itself.

    Raises:
        ContractBroken: It does not.
    """
    alignments, ratings = judge.align(motions, prompts), judge.rate(motions)
    _require(len(alignments) == len(ratings) == len(motions), "there is one answer per motion")
    for alignment in alignments:
        fits = isinstance(alignment, Missing) or 0 <= alignment.score <= 1
        _require(fits and isinstance(alignment, Alignment | Missing), "alignment is 0 to 1")
    for rating in ratings:
        fits = isinstance(rating, Missing) or 1 <= rating.score <= 10
        _require(fits and isinstance(rating, Difficulty | Missing), "difficulty is 1 to 10")
    _require(judge.rate(list(motions)[::-1])[::-1] == ratings, "answers do not depend on order")


def check_tracker(build: Callable[[], Tracker], motions: Sequence[Motion], budget: Budget) -> None:
    """Check that a tracker answers once per motion, resets, and continues from its checkpoints.

    What it shows without a policy, if it can, is checked too: that must repeat itself.

    Raises:
        ContractBroken: It does not.
    """
    tracker = build()
    _require({"kind", "assist"} <= set(tracker.facts), "facts name kind and assist")
    tracker.reset(seed=0)
    before = tracker.evaluate(motions)
    _require([t.name for t in before] == [m.name for m in motions], "one result per motion")
    tracker.train(motions, budget)
    after = tracker.evaluate(motions)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.ckpt"
        tracker.save(path)
        _require([p.name for p in Path(folder).iterdir()] == [path.name], "save leaves one file")
        other = build()
        other.reset(seed=1)
        other.load(path)
        _require(_metrics(other.evaluate(motions)) == _metrics(after), "load continues from save")
    tracker.reset(seed=0)
    _require(_metrics(tracker.evaluate(motions)) == _metrics(before), "reset forgets training")
    if isinstance(tracker, HasBaseline):
        _check_baseline(tracker, motions)


def _check_baseline(tracker: HasBaseline, motions: Sequence[Motion]) -> None:
    for action in BLIND:
        done = tracker.evaluate_untrained(motions, action=action)
        _require([t.name for t in done] == [m.name for m in motions], "one result per motion")
        again = tracker.evaluate_untrained(motions[::-1], action=action)[::-1]
        _require(
            _metrics(again) == _metrics(done), "a baseline repeats itself, whatever is beside it"
        )


def _metrics(clips: Sequence[TrackedClip]) -> list[str]:
    return [repr(clip.metrics) for clip in clips]  # repr: NaN equals itself there


def _require(holds: bool, promise: str) -> None:
    if not holds:
        raise ContractBroken(f"The contract is broken: {promise}.")
