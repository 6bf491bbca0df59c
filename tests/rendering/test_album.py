from dataclasses import replace

from toys import swaying

from claims_env.chat import Picture
from claims_env.rendering import judge_picture
from claims_env.rendering.album import Album, movement_digest

STANDING = swaying(1.0)


def of(size: int) -> Picture:
    return Picture(bytes(size), "image/jpeg", 1, 1)


def test_a_picture_is_drawn_once_and_its_key_decides() -> None:
    album, drawn = Album(), list[str]()

    def drawing(name: str) -> Picture:
        drawn.append(name)
        return of(1)

    first = album.picture("a", lambda: drawing("a"))
    assert album.picture("a", lambda: drawing("a again")) is first
    assert album.picture("b", lambda: drawing("b")) is not first
    assert drawn == ["a", "b"]


def test_the_picture_asked_for_longest_ago_makes_room() -> None:
    album = Album(room=10)
    kept = {name: album.picture(name, lambda: of(5)) for name in "ab"}
    assert album.picture("a", lambda: of(5)) is kept["a"]
    album.picture("c", lambda: of(5))
    assert album.picture("a", lambda: of(5)) is kept["a"]
    assert album.picture("b", lambda: of(5)) is not kept["b"]


def test_a_picture_larger_than_the_album_is_given_and_not_kept() -> None:
    album = Album(room=10)
    large = album.picture("large", lambda: of(11))
    assert album.picture("large", lambda: of(11)) is not large


def test_a_movement_is_known_whatever_it_is_called_and_by_its_every_number() -> None:
    same = STANDING.renamed("another").with_provenance(prompt="a sway")
    assert movement_digest(same) == movement_digest(STANDING)
    others = [replace(STANDING, fps=29.0), replace(STANDING, root=STANDING.root + 1e-9)]
    assert len({movement_digest(motion) for motion in (STANDING, *others)}) == 3


def test_providers_who_are_shown_the_same_get_the_very_picture() -> None:
    first = judge_picture(STANDING, frames=5, provider="openai")
    assert judge_picture(STANDING, frames=5, provider="openai-mini") is first
    assert judge_picture(STANDING, frames=5, provider="openai", ghost=True) is not first
    assert judge_picture(STANDING, frames=6, provider="openai") is not first
