"""What schedulers are told: all there is, or less where an arm of the ablation hides it."""

from toys import Toy

from claims_env.briefing import Sight, briefing


def test_a_view_holds_what_is_known_of_its_set(toy: Toy) -> None:
    env = toy.env(sets=4)
    env.reset(seed=0)
    played = env.rounds[0]
    for number, (view, s) in enumerate(zip(briefing(played), played.sets, strict=True)):
        assert (view.number, view.prompt, view.rejected) == (number, s.prompt, s.rejected)
        assert s.metrics is not None and view.tracked is not None
        assert view.tracked.success == s.metrics.success
        assert view.tracked.g_mpjpe == s.metrics.g_mpjpe
        assert view.difficulty == s.difficulty


def test_what_is_hidden_is_not_there(toy: Toy) -> None:
    env = toy.env(sets=4)
    env.reset(seed=0)
    blind = briefing(env.rounds[0], Sight(metrics=False, judges=False))
    assert all(view.tracked is None and not view.ratings for view in blind)
    assert all(view.difficulty is None for view in blind)
    assert [view.number for view in blind] == list(range(4))
