"""How a decision is kept and counted."""

import json
from dataclasses import replace

import pytest
from report.talked import CHANGES, GROUP, TALK

from claims_env.decision_record import SetChange, decision_as_json, decision_from_json
from claims_env.errors import ConfigError


def test_a_decision_survives_its_way_through_json() -> None:
    assert decision_from_json(json.loads(json.dumps(decision_as_json(TALK)))) == TALK


def test_a_decision_of_another_shape_is_refused_by_field() -> None:
    with pytest.raises(ConfigError, match=r"decision\.groups"):
        decision_from_json({"model": "m", "prompt_version": "v", "settings": {}})


def test_rungs_are_counted_without_their_reasons() -> None:
    more = (*CHANGES, SetChange(2, "rule", {}), SetChange(3, "rule: budget", {}))
    counted = replace(TALK, groups=(replace(GROUP, changes=more),)).rungs
    assert counted == {"rule": 3, "llm": 1}
