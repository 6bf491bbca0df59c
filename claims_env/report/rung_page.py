"""The page of the real rung: what it can say first, then what was found, as Markdown."""

from collections.abc import Sequence

from claims_env.benchmark.real_rung import Foretelling, RealRung, foretold
from claims_env.benchmark.world_order import WorldOrder
from claims_env.benchmark_summary import summarise
from claims_env.bootstrap import Estimate
from claims_env.report.bench_words import caveats, headline
from claims_env.report.rung_chart import RungPanel, rung_chart
from claims_env.report.rung_tables import (
    assisted,
    effect_table,
    foretelling_table,
    power_table,
    reliability_table,
    result_table,
)
from claims_env.report.table import plain, table_as_markdown
from claims_env.statistics.pool import Pool
from claims_env.statistics.ranking_reliability import least_tau, ranking_reliability, tau_ceiling

LEVEL = 0.05


def rung_page(
    rung: RealRung, worlds: Sequence[WorldOrder], *, chart: str, made_by: str, seed: int = 0
) -> tuple[str, str]:
    """Return the page, and the picture it shows; the same data gives the same bytes.

    Args:
        rung: What was measured on physics.
        worlds: The same schedulers in simulated worlds of the same size.
        chart: How the picture's file is called.
        made_by: How a run of the data was made and the page is made again.
        seed: Decides all draws.
    """
    summary = summarise(rung.scores, seed=seed)
    (pool,) = summary.pools
    found = foretold(rung, worlds, seed=seed)
    tested = sum(f.holm is not None for f in found)
    parts = [
        "# The real rung: what a ranking in simulated worlds is worth",
        _first(rung, worlds),
        f"**{plain(headline(summary))}** **{plain(verdict(rung, found))}**",
        f"![Schedulers on physics, and worlds against physics ({assisted(rung)})]({chart})",
        "## Schedulers on physics",
        table_as_markdown(result_table(rung, pool, seed=seed)),
        f"That no scheduler matters: p = {pool.decision.effect_p:.3f}.",
        "\n".join(f"- {plain(sentence)}" for sentence in caveats(summary)),
        "## Is there an order to foretell?",
        _READING,
        table_as_markdown(reliability_table(rung)),
        "## Worlds against physics",
        _ORDERS,
        table_as_markdown(foretelling_table(rung, found)),
        "## How many seeds would settle it",
        table_as_markdown(power_table(rung, tested)),
        table_as_markdown(effect_table(rung)),
        "## How it was made",
        made_by,
    ]
    picture = rung_chart(
        f"The real rung: held-out success, {assisted(rung)}, {len(rung.seeds)} seeds",
        (_schedulers(pool, rung), _worlds(found, rung)),
    )
    return "\n\n".join(part.strip("\n") for part in parts) + "\n", picture


def verdict(rung: RealRung, found: Sequence[Foretelling]) -> str:
    """Return in a sentence or two whether a world foretold physics, and how to take it."""
    agreed = [f.world for f in found if f.holm is not None and f.holm <= LEVEL]
    told = (
        f"Beyond chance, the order on physics was foretold by {', '.join(agreed)} (exact p, Holm, "
        f"level {LEVEL:g})."
        if agreed
        else "No simulated world foretold the order on physics beyond chance."
    )
    return f"{told} {_certainty(rung, bool(agreed))}"


def _certainty(rung: RealRung, agreed: bool) -> str:
    """Return how far the order on physics can be relied on, and what follows."""
    own = ranking_reliability(rung.final())
    ceiling = f"be expected to reach a tau of {tau_ceiling(own.share.value):.2f}"
    if own.p <= LEVEL:
        return f"A perfect surrogate would {ceiling}."
    follows = (
        "The agreement is a hint to be tried on other seeds."
        if agreed
        else "This neither supports the simulated worlds nor refutes them."
    )
    return (
        f"By their own scores the schedulers cannot be told apart on physics (p = {own.p:.2f}): "
        f"even a perfect surrogate would {ceiling} only. {follows}"
    )


_READING = (
    "A ranking from few seeds is partly luck, and no surrogate can foretell luck. The reliable "
    "share is what of the variance between schedulers' means is not their seeds' (1 - 1/F of a "
    "two-way analysis of variance, the intraclass correlation ICC(C, k) of McGraw and Wong, 1996); "
    "the expected tau of a surrogate that knows the truth follows from it for normal scores "
    "(Greiner's relation). The other figures are shown because success counts clips and wastes "
    "what is known of each; they were not chosen beforehand."
)

_ORDERS = (
    "A tau is that of mean scores. Its p-value is exact: the share of all orders that agree as "
    "well or better. Its interval draws seeds and instances again; from few seeds it is too "
    "narrow. No world but the emulator was fitted to runs on this tracker."
)


def _first(rung: RealRung, worlds: Sequence[WorldOrder]) -> str:
    row, instances = rung.rows[0], min(len(world.scores) for world in worlds)
    samples = row.budget["samples"] / row.rounds
    sentences = (
        f"Physics: the embedded tracker ({plain(row.tracker)}), trained from nothing with assist "
        f"{rung.assist:g}: success with a helping wrench of up to {rung.assist:.0%} of body weight "
        "at the root. It is not plain tracking success, and every figure on this page has it.",
        f"Small: {len(rung.schedulers)} schedulers, {len(rung.seeds)} seeds "
        f"({', '.join(map(str, rung.seeds))}), {row.rounds} rounds of {row.sets} prompts, "
        f"{samples:,.0f} samples of training a round. The paper seems to train a thousand times "
        "as long. Which scheduler is best here need not be best there.",
        "Clips are composed by rule, ratings are computed from kinematics, and the held-out clips "
        "are composed too: what is real is the physics, and the learning.",
        f"Simulated worlds were played at the same size, on {instances} instances each. The "
        "emulator was fitted to runs of this kind, so that its agreement is no test; the null "
        "world has no order, and shows what chance looks like.",
        "It can say whether differences between schedulers are visible at this size, and whether a "
        "simulated world puts them in the same order. It cannot say that a world is wrong where "
        "the order on physics is itself uncertain, nor anything about humanoid control at scale.",
    )
    return "\n".join(["> **Read first**", *(f">\n> - {sentence}" for sentence in sentences)])


def _schedulers(pool: Pool, rung: RealRung) -> RungPanel:
    rows = tuple(
        _scaled(name, figures["IQM"], 100.0, pale=False)
        for name, figures in pool.aggregates.items()
    )
    return RungPanel(
        "Schedulers on physics", f"IQM of held-out success [%], {assisted(rung)}", rows
    )


def _worlds(found: Sequence[Foretelling], rung: RealRung) -> RungPanel:
    rows = tuple(
        _scaled(f.world, f.agreement.tau or Estimate(0.0, None, None), 1.0, pale=f.holm is None)
        for f in found
    )
    share, needed = ranking_reliability(rung.final()).share, least_tau(len(rung.schedulers))
    most = ", ".join(f"{tau_ceiling(b):.2f}" for b in (share.low, share.high) if b is not None)
    return RungPanel(
        "Worlds against physics (pale: not tested)",
        f"Kendall's tau, {assisted(rung)}; a perfect surrogate: "
        f"{tau_ceiling(share.value):.2f} [{most}]",
        rows,
        () if needed is None else ((needed, "p = 0.05"),),
    )


def _scaled(
    name: str, figure: Estimate, factor: float, *, pale: bool
) -> tuple[str, float, float | None, float | None, bool]:
    low, high = (None if b is None else factor * b for b in (figure.low, figure.high))
    return (name, factor * figure.value, low, high, pale)
