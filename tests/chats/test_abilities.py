from dataclasses import replace

import pytest

from claims_env.chats.abilities import Abilities, abilities_of, amended
from claims_env.chats.refusal import Refusal

ALL = Abilities()


@pytest.mark.parametrize(
    ("model", "temperature", "cap", "form"),
    [
        ("gpt-4o", True, "max_tokens", "json_schema"),
        ("gpt-4-turbo", True, "max_tokens", "json_object"),
        ("gpt-5.1-mini", False, "max_completion_tokens", "json_schema"),
        ("o3-pro", False, "max_completion_tokens", "json_schema"),
        ("Qwen3-VL-Plus", True, "max_tokens", "json_object"),
        ("gemini-2.5-flash", True, "max_tokens", "json_schema"),
        ("gemini-3.8-flash", False, "max_tokens", "json_schema"),
        ("llava:13b", True, "max_tokens", "json_schema"),
    ],
)
def test_a_model_is_known_by_how_its_name_begins(
    model: str, temperature: bool, cap: str, form: str
) -> None:
    known = abilities_of(model)
    assert (known.temperature, known.caps[0], known.structured[0]) == (temperature, cap, form)


@pytest.mark.parametrize(
    ("parameter", "message", "expected"),
    [
        ("temperature", "Unsupported value: 'temperature'", replace(ALL, temperature=False)),
        ("", "seed: Extra inputs are not permitted", replace(ALL, seed=False)),
        (
            "",
            "'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
            replace(ALL, caps=("max_completion_tokens",)),
        ),
        (
            "response_format.type",
            "json_schema is not supported",
            replace(ALL, structured=("json_object",)),
        ),
    ],
)
def test_exactly_what_a_refusal_names_is_left_out(
    parameter: str, message: str, expected: Abilities
) -> None:
    assert amended(ALL, Refusal(400, "", parameter, message)) == expected


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(400, "", "", "max_tokens is too large: at most 16384"),
        Refusal(400, "", "messages", "messages are not supported"),
        Refusal(400, "", "", "this picture is not supported"),
        Refusal(401, "", "temperature", "unsupported"),
    ],
)
def test_other_refusals_amend_nothing(refusal: Refusal) -> None:
    assert amended(ALL, refusal) is None


def test_what_is_left_out_already_amends_nothing() -> None:
    without = replace(ALL, temperature=False)
    assert amended(without, Refusal(400, "", "temperature", "unsupported")) is None
