"""The tables of an ablation as Markdown, in the shape of the paper's Tab. 3 and 4, beside them."""

from collections.abc import Sequence

from claims_env.ablation import AVERAGE, Ablation, Choice
from claims_env.arms import ARMS, Arm
from claims_env.bootstrap import Estimate
from claims_env.paper_tables import averages, paper_table

NONE = "-"

FULL = "full"
"""The arm the others are compared with."""

_PAPERS_LOOPS = ("L1", "L2", "L3")
"""The rounds of Tab. 3."""


def ablation_page(found: Ablation, said_first: Sequence[str]) -> str:
    """Return the page.

    Args:
        found: The runs.
        said_first: What was real and what was not, a sentence each.
    """
    parts = [
        "# Ablation",
        *_ruled(found.choices),
        "\n".join(f"- **{said}**" if i == 0 else f"- {said}" for i, said in enumerate(said_first)),
        "## Success [%] by arm and round (shape of the paper's Tab. 3)",
        _by_round(found),
        "In brackets the 95 % interval over seeds (percentile bootstrap; with fewer than five "
        "seeds it is too narrow). 'Against full' is the difference after the last rounds, seed by "
        "seed, in points.",
        *_one_shot(found),
        *_choices(found.choices),
        "## The paper's figures",
        "PHC in Isaac Gym, real motion captured by others, one training per cell. Avg weighs each "
        "suite by its clips; it is ours, the paper prints none here.",
        _papers_arms(),
        _papers_one_shot(),
        _doubts(),
    ]
    return "\n\n".join(parts) + "\n"


def shown(figure: Estimate | None, *, signed: bool = False) -> str:
    """Return a figure with its interval, as tables show it."""
    if figure is None:
        return NONE
    value = _rounded(figure.value, signed)
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{_rounded(figure.low, signed)}, {_rounded(figure.high, signed)}]"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; everything but its first column is set to the right."""
    marks = ["---", *("--:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def _rounded(value: float, signed: bool) -> str:
    # neither -0.0 nor +0.0: what rounds to nothing has no sign
    value = round(value, 1) or 0.0
    return format(value, "+.1f" if signed and value else ".1f")


def _ruled(choices: Sequence[Choice]) -> list[str]:
    """Return who had the rule choose in the model's place, where any had."""
    ruled = [choice for choice in choices if choice.rule]
    if not ruled:
        return []
    runs = (f"{c.arm}, seed {c.seed}: {c.rule} of {c.model + c.rule}" for c in ruled)
    return [
        "**The rule in code, not the model, chose prompts, so that these arms are not what "
        f"their names say: {'; '.join(runs)}.**"
    ]


def _choices(choices: Sequence[Choice]) -> list[str]:
    if not choices:
        return []
    rows = [
        [
            f"{c.arm}, seed {c.seed}",
            c.asked,
            ", ".join(c.served) or "nobody",
            *map(str, (c.model, c.rule, c.redrawn)),
        ]
        for c in choices
    ]
    head = ["run", "asked", "answered", "by the one asked", "by the rule", "redrawn"]
    return ["## Who chose the prompts after round 0", table(head, rows)]


def _by_round(found: Ablation) -> str:
    loops = range(max(found.last(arm) for arm in found.arms) + 1)
    head = ["arm", *(f"{column} L{loop}" for column in found.columns for loop in loops)]
    rows = [
        [
            arm,
            *(shown(found.success(arm, loop, c)) for c in found.columns for loop in loops),
            _against_full(found, arm),
        ]
        for arm in found.arms
        if arm != "one-shot"
    ]
    return table([*head, "against full"], rows)


def _against_full(found: Ablation, arm: str) -> str:
    if arm == FULL or FULL not in found.arms:
        return NONE
    return shown(found.gap(arm, FULL, found.columns[-1]), signed=True)


def _one_shot(found: Ablation) -> list[str]:
    pair = [arm for arm in ("one-shot", FULL) if arm in found.arms]
    if "one-shot" not in pair:
        return []
    rows = [
        [
            f"{arm} (after L{found.last(arm)})",
            *(shown(found.success(arm, found.last(arm), c)) for c in found.columns),
            _against_full(found, arm),
        ]
        for arm in pair
    ]
    title = "## All at once, or round by round (shape of the paper's Tab. 4)"
    return [title, table(["arm", *found.columns, "against full"], rows)]


def _papers_arms() -> str:
    paper = paper_table(3)
    recomputed = {(a.row.method, a.row.loop): a.recomputed for a in averages(paper)}
    head = [f"{c} {loop}" for c in (*paper.columns, AVERAGE) for loop in _PAPERS_LOOPS]
    rows: list[list[str]] = []
    for arm in _of_table(3):
        figures = [paper.figures(paper.row(arm.method, loop)) for loop in _PAPERS_LOOPS]
        cells = [f"{figure[c]:.1f}" for c in paper.columns for figure in figures]
        cells += [f"{recomputed[arm.method, loop]:.1f}" for loop in _PAPERS_LOOPS]
        rows.append([f"{arm.name} ({arm.method})", *cells])
    return table(["Tab. 3", *head], rows)


def _papers_one_shot() -> str:
    paper = paper_table(4)
    rows = [
        [
            f"{a.row.method} {a.row.loop}".strip(),
            *(f"{cell:.1f}" for cell in a.row.cells),
            f"{a.recomputed:.1f}",
        ]
        for a in averages(paper)
    ]
    return table(["Tab. 4", *paper.columns, AVERAGE], rows)


def _doubts() -> str:
    told = [f"- Tab. {n}: {doubt}" for n in (1, 3, 4) for doubt in paper_table(n).doubts]
    return "\n".join(["What does not fit together in the paper's tables:", "", *told])


def _of_table(number: int) -> list[Arm]:
    return [arm for arm in ARMS.values() if arm.table == number]
