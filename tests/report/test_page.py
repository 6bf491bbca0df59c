import base64
import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from report.recorded import RunWriter, entry, finished, prompt, rejected
from toys import LOST

from claims_env.errors import LedgerError
from claims_env.judge import Alignment, Difficulty
from claims_env.report import write_report
from claims_env.report.table import NONE
from claims_env.run_folder import motion_path, round_folder

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&[a](javascript:b)"


class Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    @property
    def words(self) -> str:
        return " ".join(self.text)


def read(folder: Path) -> Reader:
    return Reader(write_report(folder).read_text("utf-8"))


def shown(folder: Path) -> Reader:
    return Reader((folder / "report.html").read_text("utf-8"))


def test_a_report_is_one_page_and_one_markdown_file(two_rounds: Path) -> None:
    path = write_report(two_rounds)
    assert path == two_rounds.resolve() / "report.html"
    assert (two_rounds / "report.md").exists()


def test_the_page_needs_no_other_file_and_no_network(reported: Path) -> None:
    page = (reported / "report.html").read_text("utf-8")
    assert "://" not in page
    reader = Reader(page)
    assert all(
        (img["src"] or "").startswith("data:image/webp;base64,") for img in reader.all("img")
    )
    assert reader.all("link") == []
    assert [s for s in reader.all("script") if "src" in s] == []
    assert all((a["href"] or "").startswith("#") for a in reader.all("a"))


def test_only_the_pages_own_script_may_run(reported: Path) -> None:
    page = (reported / "report.html").read_text("utf-8")
    (script,) = re.findall(r"<script[^>]*>(.*?)</script>", page, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = [m["content"] or "" for m in Reader(page).all("meta") if "http-equiv" in m]
    assert policy.startswith("default-src 'none'")
    assert f"script-src 'sha256-{digest}'" in policy


def test_links_within_the_page_lead_somewhere(reported: Path) -> None:
    reader = shown(reported)
    ids = {attributes.get("id") for _, attributes in reader.tags}
    assert {(a["href"] or "")[1:] for a in reader.all("a")} <= ids


def test_what_prompts_and_judges_say_cannot_become_markup(writer: RunWriter) -> None:
    judged = {EVIL: Alignment(0.1, "mismatch", EVIL)}
    rated = {EVIL: Difficulty(3, EVIL, {EVIL: EVIL})}
    evil = entry("c0", prompt=prompt(EVIL), alignments=judged, difficulties=rated, warnings=(EVIL,))
    sets = [replace(evil, measures={EVIL: 1.0}), rejected("c1", EVIL)]
    suite = replace(finished(0, []).suites[0], name=EVIL, kind=EVIL, refused={EVIL: EVIL})
    writer.tracker |= {"note": EVIL}
    folder = writer.write(
        finished(0, sets, suites=(suite,), scheduler=EVIL, training={EVIL: EVIL}),
        config=f"# {EVIL}\nrounds: 2\n",
    )
    reader = read(folder)
    assert len(reader.all("script")) == 1
    assert EVIL in reader.words
    assert {t for t, _ in reader.tags} <= SAFE_TAGS
    assert not [a for _, attributes in reader.tags for a in attributes if a.startswith("on")]
    told = (folder / "report.md").read_text("utf-8")
    assert "<script" not in told
    assert "](" not in told.replace("]\\(", "")


SAFE_TAGS = {
    "a", "article", "b", "body", "button", "caption", "circle", "details", "div", "figcaption",
    "figure", "g", "h1", "h2", "h3", "head", "html", "img", "li", "meta", "nav", "p", "path",
    "pre", "script", "section", "span", "strong", "style", "summary", "svg", "table", "tbody", "td",
    "text", "th", "thead", "title", "tr", "ul",
}  # fmt: skip


def test_the_same_record_gives_the_same_page(two_rounds: Path) -> None:
    first = write_report(two_rounds).read_bytes()
    assert write_report(two_rounds).read_bytes() == first


def test_each_set_has_its_key_frames_and_its_player(reported: Path) -> None:
    reader = shown(reported)
    players = [d for d in reader.all("div") if d.get("class") == "player"]
    # four sets and two suite clips; the rejected one was never tracked
    assert len(players) == len(reader.all("img")) == 6
    assert [p.get("data-tracked") is None for p in players].count(True) == 1
    assert "20" in [p.get("data-failed") for p in players]


def test_success_is_shown_with_its_count_its_baseline_and_its_assist(reported: Path) -> None:
    words = shown(reported).words
    assert "50% (1/2)" in words
    assert "held-out success, assist 0.35; zero action 0% (0/2), random actions 0% (0/2)" in words
    assert "newest round success, assist 0.35; before its training 0% (0/2), zero action" in words
    assert "lost at 20" in words
    assert "the root flies" in words
    assert "missing: too short" in words


def test_how_to_go_on_is_said_without_the_writers_own_paths(reported: Path) -> None:
    page = (reported / "report.html").read_text("utf-8")
    assert "claims-env resume run" in page
    assert "claims-env run --from run/config.yaml --out run-again" in page
    assert str(reported.parent) not in page + (reported / "report.md").read_text("utf-8")


def test_a_surrogate_run_without_trajectories_shows_references_alone(writer: RunWriter) -> None:
    writer.tracker = {"kind": "simulated", "name": "skill", "assist": 0.0}
    reader = read(writer.write(finished(0, [entry("c0")])))
    (player,) = [d for d in reader.all("div") if d.get("class") == "player"]
    assert player.get("data-tracked") is None
    assert "Success [%], simulated" in reader.words


def test_a_run_without_judges_suites_or_baseline_is_written_with_dashes(writer: RunWriter) -> None:
    bare = entry("c0", alignments={}, difficulties={}, untrained=None)
    words = read(writer.write(finished(0, [bare], suites=()))).words
    assert "Judged difficulty" in words
    assert "No judge rated anything." in words
    assert f"judged {NONE}/10" in words


def test_a_damaged_clip_costs_its_picture_not_the_page(two_rounds: Path) -> None:
    motion_path(two_rounds, 1, "r001_s000").write_bytes(b"broken")
    words = read(two_rounds).words
    assert "The clip's file is missing or damaged." in words


def test_a_diverged_simulation_is_held_at_its_last_pose(two_rounds: Path) -> None:
    path = round_folder(two_rounds, 1) / "tracked.npz"
    with np.load(path) as archive:
        arrays = dict(archive)
    arrays["r001_s000.tracked"][30:] = np.nan
    arrays["r001_s001.tracked"][:] = np.inf
    np.savez(path, **arrays)
    assert len(read(two_rounds).all("img")) == 6


@pytest.mark.parametrize("name", ["tracked", "suite_tracked"])
def test_damaged_trajectories_cost_the_films_not_the_page(two_rounds: Path, name: str) -> None:
    for index in (0, 1):
        (round_folder(two_rounds, index) / f"{name}.npz").write_bytes(b"PK broken")
    players = [d for d in read(two_rounds).all("div") if d.get("class") == "player"]
    tracked = [p for p in players if p.get("data-tracked")]
    assert len(tracked) == (2 if name == "tracked" else 3)


def test_trajectories_of_another_shape_are_not_shown(two_rounds: Path) -> None:
    path = round_folder(two_rounds, 1) / "suite_tracked.npz"
    with np.load(path) as archive:
        arrays = dict(archive)
    arrays["held-out/jump.tracked"] = np.zeros((5, 3))
    del arrays["held-out/spin.reference"]
    np.savez(path, **arrays)
    assert "Held-out clips of the newest round in pictures (pictures" in read(two_rounds).words


def test_suites_that_share_a_clips_name_show_their_own_clip(writer: RunWriter) -> None:
    usual = finished(0, [entry("c0")])
    other = replace(usual.suites[0], name="other", clips={"jump": LOST})
    reader = read(writer.write(replace(usual, suites=(usual.suites[0], other))))
    assert all(f"{name}" in reader.words for name in ("held-out: jump", "other: jump"))
    films = [d.get("data-reference") for d in reader.all("div") if d.get("class") == "player"]
    # the corpus clip, held-out's jump and spin, which move alike, and other's jump
    assert len(films) == 4
    assert films[1] == films[2] != films[3]


def test_success_and_its_baseline_share_a_cell_and_a_column(reported: Path) -> None:
    page = (reported / "report.html").read_text("utf-8")
    assert '<td data-v="0.5">50% (1/2),\nzero action 0%,\nrandom actions 0%</td>' in page
    told = (reported / "report.md").read_text("utf-8")
    assert "| 50% (1/2), zero action 0%, random actions 0%" in told
    assert "| 50% (1/2), before 0%, zero action 0%, random actions 0%" in told
    (headings,) = [line for line in told.splitlines() if "success, corpus" in line]
    assert "action" not in headings
    assert headings.count("|") - 1 == 13


@pytest.mark.parametrize("name", ["report.md", "report.html"])
def test_a_page_that_cannot_be_written_is_an_error_with_its_cure(
    two_rounds: Path, name: str
) -> None:
    (two_rounds / name).mkdir()
    with pytest.raises(LedgerError, match=rf"{name} was not written .* then `claims-env report"):
        write_report(two_rounds)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_to_be_full(two_rounds: Path) -> None:
    (two_rounds / ".report.md.partial").symlink_to("/dev/full")
    with pytest.raises(LedgerError, match="the disk is full"):
        write_report(two_rounds)


@pytest.mark.parametrize("name", ["config.yaml", "events.jsonl"])
@pytest.mark.parametrize("damage", ["a folder", "no text"])
def test_a_record_that_cannot_be_read_is_named(two_rounds: Path, name: str, damage: str) -> None:
    (two_rounds / name).unlink()
    if damage == "a folder":
        (two_rounds / name).mkdir()
    else:
        (two_rounds / name).write_bytes(b"\xff\n")
    with pytest.raises(LedgerError, match=name):
        write_report(two_rounds)


def test_a_folder_whose_name_is_no_text_gets_its_page(tmp_path: Path) -> None:
    writer = RunWriter(tmp_path / "r\udcc3\udca9")
    page = write_report(writer.write(finished(0, [entry("c0")])))
    assert "CLAIMS run r??" in page.read_text("utf-8")
    assert "claims-env resume 'r??'" in page.with_suffix(".md").read_text("utf-8")


def test_a_run_without_a_completed_round_is_refused_with_the_cure(writer: RunWriter) -> None:
    with pytest.raises(LedgerError, match="claims-env resume"):
        write_report(writer.write())


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="holds no run"):
        write_report(tmp_path)


def test_three_rounds_of_ten_long_clips_stay_below_three_megabytes(writer: RunWriter) -> None:
    rounds = [finished(r, [entry(f"r{r}_s{i}") for i in range(10)]) for r in range(3)]
    path = write_report(writer.write(*rounds, frames=240))
    assert path.stat().st_size < 3_000_000


def test_markdown_tells_the_same_without_pictures(reported: Path) -> None:
    told = (reported / "report.md").read_text("utf-8")
    assert told.startswith("# CLAIMS run run\n")
    assert "not plain tracking success" in told
    assert "50% (1/2)" in told
    assert "rejected: the root flies" in told
    assert "![" not in told


@pytest.mark.skipif(shutil.which("node") is None, reason="no JavaScript engine to ask")
@pytest.mark.parametrize("name", ["player.js", "sorting.js"])
def test_the_scripts_are_valid_javascript(name: str, tmp_path: Path) -> None:
    script = tmp_path / name
    script.write_text((files("claims_env.report") / name).read_text("utf-8"), "utf-8")
    subprocess.run(["node", "--check", str(script)], check=True, capture_output=True)


def test_the_newest_sets_have_pictures_and_older_ones_their_table(writer: RunWriter) -> None:
    rounds = [finished(r, [entry(f"r{r}_s{i}") for i in range(25)]) for r in range(2)]
    writer.tracker = {"kind": "simulated"}
    reader = read(writer.write(*rounds, frames=4))
    assert "Round 1 in pictures: 25 of 25 sets" in reader.words
    assert "Round 0 in pictures: 15 of 25 sets" in reader.words


def test_a_lost_clip_is_marked_in_every_place(writer: RunWriter) -> None:
    reader = read(writer.write(finished(0, [entry("c0", metrics=LOST)])))
    assert reader.words.count("lost at 20") >= 3
