from typing import Any

import pytest

from claims_env.errors import ContractBroken
from claims_env.json_schema import check_schema, expected, misfits


@pytest.mark.parametrize(
    ("value", "schema", "said"),
    [
        (3, {"type": "integer", "minimum": 1, "maximum": 3}, []),
        (0.5, {"type": "number", "minimum": 0, "maximum": 1}, []),
        (None, {"type": ["string", "null"]}, []),
        ("aligned", {"enum": ["aligned", "mismatch"]}, []),
        ([1, 2], {"type": "array", "items": {"type": "integer"}, "maxItems": 2}, []),
        ({"a": 1, "b": 2}, {"type": "object", "properties": {"a": {}}}, []),
        (4, {"type": "integer", "maximum": 3}, ["The answer is 4. Expected an integer of at mos"]),
        (4, {"type": "number", "minimum": 5}, ["The answer is 4. Expected a number of at least 5"]),
        (True, {"type": "integer"}, ["The answer is true. Expected an integer."]),
        (1, {"type": "boolean"}, ["The answer is 1. Expected true or false."]),
        (1, {"type": ["string", "null"]}, ["The answer is 1. Expected a text or null."]),
        ({}, {"type": "array"}, ["The answer is an object. Expected a list."]),
        ("no", {"enum": ["yes", None]}, ["The answer is 'no'. Expected one of 'yes', null."]),
        (
            "abc",
            {"type": "string", "maxLength": 2},
            ["The answer has 3 characters. Expected at most 2."],
        ),
        ("", {"type": "string", "minLength": 1}, ["The answer has 0 characters. Expected at"]),
        ([], {"type": "array", "minItems": 1}, ["The answer has 0 items. Expected at least 1."]),
        ("x" * 99, {"type": "integer"}, [f"The answer is '{'x' * 57}...'. Expected an integer."]),
    ],
)
def test_a_value_meets_its_schema_or_hears_why_not(
    value: Any, schema: dict[str, Any], said: list[str]
) -> None:
    problems = misfits(value, schema)
    assert len(problems) == len(said)
    assert all(problem.startswith(words) for problem, words in zip(problems, said, strict=True))


def test_a_problem_says_where_it_is() -> None:
    item = {"type": "object", "properties": {"id": {"enum": ["a"]}}, "required": ["id"]}
    schema = {"type": "object", "properties": {"sets": {"type": "array", "items": item}}}
    assert misfits({"sets": [{"id": "a"}, {"id": "b"}, {}]}, schema) == [
        "sets[1].id is 'b'. Expected one of 'a'.",
        "sets[2].id is missing. Expected one of 'a'.",
    ]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"anyOf": []}, "schema uses 'anyOf'"),
        ({"type": "text"}, "schema.type is 'text'"),
        ({"additionalProperties": {"type": "string"}}, "schema.additionalProperties is a schema"),
        ({"properties": {"a": {"pattern": "x"}}}, "schema.a uses 'pattern'"),
        ({"items": {"properties": {"b": {"$ref": "#"}}}}, r"schema.items.b uses '\$ref'"),
    ],
)
def test_a_schema_that_would_go_unchecked_is_refused(schema: dict[str, Any], said: str) -> None:
    with pytest.raises(ContractBroken, match=f"{said}.*which is not checked here"):
        check_schema(schema)


def test_words_for_people_pass_unchecked() -> None:
    check_schema({"title": "t", "description": "d", "type": "object", "properties": {}})
    assert expected({}) == "a value"
