"""The page of the real rung: honest first, the same for the same data, and up to date."""

import re
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rung_rows import made_rung, made_world

from claims_env.assembly.worlds import WORLDS as WORLDS_BY_NAME
from claims_env.assembly.worlds import build_world
from claims_env.benchmark.real_rung import foretold
from claims_env.benchmark.world_order import facts_digest, read_orders
from claims_env.report.rung_page import rung_page, verdict

ROOT = Path(__file__).resolve().parents[2]
CLEAR = {"edit": (0.5, 0.51, 0.5), "random": (0.4, 0.41, 0.4), "rule": (0.3, 0.31, 0.29)}
BLURRED = {"edit": (0.5, 0.3, 0.4), "random": (0.3, 0.5, 0.4), "rule": (0.4, 0.4, 0.39)}
WORLDS = [
    made_world("null", [[0.5, 0.4, 0.45], [0.4, 0.5, 0.45]]),
    made_world("rasch", [[0.6, 0.5, 0.4], [0.7, 0.5, 0.2]]),
]


def test_the_page_says_first_what_it_is_and_names_the_assist_in_every_table() -> None:
    page, picture = rung_page(made_rung(CLEAR), WORLDS, chart="rung.svg", made_by="By hand.")
    assert page.index("> **Read first**") < page.index("## Schedulers on physics")
    captions = re.findall(r"^\*\*(.*)\*\*$\n\n\|", page, flags=re.M)
    assert len(captions) == 5
    assert all("assist 0.25" in caption for caption in captions)
    assert picture.count("assist 0.25") >= 3


def test_the_picture_is_well_formed_and_holds_a_dot_per_scheduler_and_world() -> None:
    _, picture = rung_page(made_rung(CLEAR), WORLDS, chart="rung.svg", made_by="By hand.")
    tree = ElementTree.fromstring(picture)
    assert len(tree.findall(".//{http://www.w3.org/2000/svg}circle")) == 3 + 2


def test_an_order_that_is_luck_is_not_held_against_a_world() -> None:
    rung = made_rung(BLURRED)
    told = verdict(rung, foretold(rung, WORLDS, seed=0))
    assert told.startswith("No simulated world foretold the order on physics beyond chance.")
    assert "neither supports the simulated worlds nor refutes them" in told


def test_an_order_that_is_sure_can_be_held_against_a_world() -> None:
    rung = made_rung(CLEAR)
    told = verdict(rung, foretold(rung, WORLDS, seed=0))
    assert "A perfect surrogate would be expected to reach a tau of 0.99" in told


def test_an_agreement_with_an_order_that_is_luck_is_called_a_hint() -> None:
    rung = made_rung(BLURRED)
    (found,) = foretold(rung, WORLDS[1:], seed=0)
    told = verdict(rung, [replace(found, holm=0.01)])
    assert "foretold by rasch (exact p, Holm, level 0.05)" in told
    assert "a hint to be tried on other seeds" in told


def test_the_same_data_gives_the_same_bytes() -> None:
    made = [rung_page(made_rung(CLEAR), WORLDS, chart="c", made_by="m") for _ in range(2)]
    assert made[0] == made[1]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "real_rung.py"))


def test_the_page_in_the_docs_is_what_the_script_makes_of_the_data(script: dict[str, Any]) -> None:
    page, picture = script["page"]()
    assert (ROOT / "docs" / "real-rung.md").read_text("utf-8") == page
    assert (ROOT / "docs" / "real-rung.svg").read_text("utf-8") == picture


def test_the_simulated_scores_are_of_the_worlds_there_are_now() -> None:
    stored = {o.world: o.facts for o in read_orders(ROOT / "docs" / "real-rung-worlds.jsonl")}
    now = {name: facts_digest(build_world(name).facts) for name in WORLDS_BY_NAME}
    assert stored == now, "a world changed: scripts/real_rung.py worlds, then page"
