"""What is ordered of claims-env generate: prompts by text, number and phrase, and their names."""

from dataclasses import replace

import pytest
from toys import tiny_library

from claims_env.commands.generate.flags import GenerateFlags
from claims_env.commands.generate.order import Order, draw, fill, read_action, read_text, slug
from claims_env.errors import ConfigError, UnknownName

LIBRARY = tiny_library()


def test_a_slug_is_short_plain_and_never_empty() -> None:
    assert slug("Grand plié, à la seconde!") == "grand-plie-a-la-seconde"
    assert slug("跳") == "clip"
    assert len(slug("word " * 40)) <= 44 and not slug("word " * 40).endswith("-")


def test_names_differ_with_text_seed_and_generator_alone() -> None:
    same = Order("a jump", 0).name("composer")
    assert same == Order("a jump", 0).name("composer")
    others = [Order("a jump.", 0), Order("a jump", 1)]
    names = {*(order.name("composer") for order in others), Order("a jump", 0).name("mdm")}
    assert len(names) == 3 and same not in names


def test_names_differ_with_tiers_though_the_words_are_the_same() -> None:
    prompt = draw(LIBRARY, 0, 0, domain="sport")
    harder = replace(prompt, detail=replace(prompt.detail, tier=prompt.detail.tier + 1))
    assert prompt.text == harder.text
    assert Order(prompt, 0).name("composer") != Order(harder, 0).name("composer")


def test_a_generator_is_named_with_its_folder() -> None:
    here, there = (GenerateFlags(generator=f"mocap_retrieval:{f}/") for f in ("here", "there"))
    assert here.full_name == "mocap_retrieval:here"
    names = {Order("a jump", 0).name(flags.full_name) for flags in (here, there)}
    assert len(names) == 2


def test_a_drawn_prompt_does_not_depend_on_how_many_are_drawn() -> None:
    assert [draw(LIBRARY, 0, i) for i in range(3)] == [draw(LIBRARY, 0, i) for i in range(9)][:3]
    assert draw(LIBRARY, 0, 0) != draw(LIBRARY, 1, 0) or draw(LIBRARY, 0, 1) != draw(LIBRARY, 1, 1)


def test_text_actions_and_phrases_give_the_prompt_they_name() -> None:
    prompt = draw(LIBRARY, 0, 0, domain="sport")
    assert read_text(prompt.text, LIBRARY) == prompt
    assert read_text("something else", LIBRARY) == "something else"
    numbers = ",".join(map(str, LIBRARY.encode([prompt]).tolist()))
    assert read_action(numbers, LIBRARY) == prompt
    filled = fill(LIBRARY, [prompt], {"detail": "sport detail 3"})
    assert filled.detail.text == "sport detail 3" and filled.base_action == prompt.base_action


def test_a_phrase_of_another_domain_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match="sport detail phrase"):
        fill(LIBRARY, [draw(LIBRARY, 0, 0, domain="sport")], {"detail": "dance detail 3"})
    with pytest.raises(ConfigError, match="room for detail"):
        fill(LIBRARY, [], {"detail": "sport detail 3"})
