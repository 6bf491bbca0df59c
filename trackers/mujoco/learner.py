"""One worker's training: live, agree with the others, improve, and again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.clip_progress import ClipProgress, Practice
from claims_env.trackers.mujoco.collective import Collective
from claims_env.trackers.mujoco.environment import Environment
from claims_env.trackers.mujoco.experience import Experience, live
from claims_env.trackers.mujoco.humanoid import humanoid
from claims_env.trackers.mujoco.observation import size
from claims_env.trackers.mujoco.policy import Policy
from claims_env.trackers.mujoco.ppo import Optimiser
from claims_env.trackers.mujoco.reference import Corpus, Reference, gather
from claims_env.trackers.mujoco.settings import MujocoSettings
from claims_env.trackers.mujoco.state import LearnerState

_LESSONS = 60
"""Updates over which the teacher fades from all that counts to nothing."""


@dataclass(frozen=True, slots=True)
class Iteration:
    """Where training stands after one update; the same in every worker.

    Attributes:
        number: From 1.
        reward: Mean per control step, 0 to 1.
        failure: Share of practice episodes that are lost, mean over clips.
        assist: Help in practice as a fraction of body weight, mean over clips.
        diverged: Simulations that blew up so far, in all workers.
        skipped: Gradient steps left out so far because they were not finite.
    """

    number: int
    reward: float
    failure: float
    assist: float
    diverged: int
    skipped: int


class Learner:
    """Holds a policy, its optimiser and what it practised; can be taken apart into a state.

    Args:
        settings: Body and learning rule.
        seed: Decides the first weights.
    """

    def __init__(self, settings: MujocoSettings, seed: int) -> None:
        self.settings = settings
        self.body = humanoid(settings.body)
        actions = self.body.actuators
        self.policy = Policy(size(actions), actions, settings, seed)
        self.optimiser = Optimiser(self.policy, settings)
        self.practice: dict[str, Practice] = {}
        """How far it has come on each clip, by name."""

    def live(self, environment: Environment, random: torch.Generator) -> Experience:
        """Return what the humanoids live through with the present policy."""
        return live(
            environment,
            self.policy,
            self.settings.horizon,
            gamma=self.settings.gamma,
            gae_lambda=self.settings.gae_lambda,
            random=random,
        )

    def see(
        self, experience: Experience, environment: Environment, collective: Collective
    ) -> tuple[float, int]:
        """Let scaling and clip sampling learn what all workers saw.

        Returns:
            The mean reward, and how many simulations have blown up in all workers.
        """
        ended, failed = environment.outcomes()
        square = (experience.last**2).mean(0).numpy()
        mean = experience.last.mean(0).numpy()
        rest = np.array([experience.reward, environment.diverged])
        parts: list[Floats] = [mean, square, ended, failed, rest]
        agreed = np.concatenate(parts).astype(np.float32)
        collective.average(agreed)
        ends = np.cumsum([len(part) for part in parts])[:-1]
        all_mean, all_square, all_ended, all_failed, all_rest = np.split(agreed, ends)
        count = collective.size * environment.simulation.n
        self.policy.see(torch.from_numpy(all_mean), torch.from_numpy(all_square), count)
        # averaged counts become sums again
        environment.progress.learn(collective.size * all_ended, collective.size * all_failed)
        return float(all_rest[0]), round(collective.size * float(all_rest[1]))

    def progress(self, corpus: Corpus) -> ClipProgress:
        """Return what is known of a corpus' clips."""
        settings = self.settings
        return ClipProgress(
            corpus.names,
            corpus.lengths,
            self.practice,
            least=settings.assist,
            most=settings.practice_assist,
            replay=settings.replay,
        )

    def state(self, *, seed: int, stages: int, samples: int) -> LearnerState:
        """Return everything learned."""
        first, second, steps = self.optimiser.moments()
        return LearnerState(
            parameters=self.policy.parameters.numpy().copy(),
            first_moment=first.numpy(),
            second_moment=second.numpy(),
            steps=steps,
            learning_rate=self.optimiser.learning_rate,
            mean=self.policy.mean.numpy().copy(),
            variance=self.policy.variance.numpy().copy(),
            count=self.policy.count,
            practice=dict(self.practice),
            seed=seed,
            stages=stages,
            samples=samples,
        )

    def restore(self, state: LearnerState) -> None:
        """Know what was known when `state` returned this."""
        self.policy.parameters.copy_(torch.from_numpy(state.parameters))
        self.policy.mean = torch.from_numpy(state.mean.copy())
        self.policy.variance = torch.from_numpy(state.variance.copy())
        self.policy.count = state.count
        self.optimiser.learning_rate = state.learning_rate
        first, second = map(torch.from_numpy, (state.first_moment, state.second_moment))
        self.optimiser.restore(first, second, state.steps)
        self.practice = dict(state.practice)


def learn(
    learner: Learner,
    references: Sequence[Reference],
    collective: Collective,
    *,
    iterations: int,
    seed: list[int],
    proceed: Callable[[Iteration], bool],
) -> list[Iteration]:
    """Train, in step with the other workers, and return the course of it.

    Args:
        learner: What learns, with the same state in every worker.
        references: The clips to practise, the same in every worker.
        collective: The workers.
        iterations: How many updates at most.
        seed: Of this stage; each worker adds its rank.
        proceed: Told about every update; whether to go on. Only the leader's answer counts.
    """
    settings, seed = learner.settings, [*seed, collective.rank]
    corpus = gather(references, learner.body)
    progress = learner.progress(corpus)
    n, device = settings.environments, settings.device
    environment = Environment(learner.body, corpus, n, progress, seed, device)
    random = torch.Generator().manual_seed(int(np.random.SeedSequence(seed).generate_state(1)[0]))
    course: list[Iteration] = []
    skipped_before = learner.optimiser.skipped
    taught = bool(np.isfinite(corpus.taught).any())
    for number in range(1, iterations + 1):
        learner.optimiser.attention = max(0.0, 1 - (number - 1) / _LESSONS) if taught else 0.0
        experience = learner.live(environment, random)
        reward, diverged = learner.see(experience, environment, collective)
        learner.optimiser.update(experience, collective, random)
        failure, assist = float(progress.failure.mean()), float(progress.assist.mean())
        counts = diverged, learner.optimiser.skipped - skipped_before
        course.append(Iteration(number, reward, failure, assist, *counts))
        if progress.mastered(settings.mastered):
            break
        stop = np.zeros(1, np.float32)
        if collective.rank == 0 and not proceed(course[-1]):
            stop[0] = 1
        collective.average(stop)
        if stop[0] > 0:
            break
    learner.practice |= progress.practices()
    return course
