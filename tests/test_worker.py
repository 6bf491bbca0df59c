"""Jobs of outside trackers: done, followed, limited, and never half believed."""

from pathlib import Path

import pytest
from worker_jobs import HERE, QUICK, failure, job, result

from claims_env import process_group
from claims_env.errors import TrackerFailed
from claims_env.job_folder import Beat, attempts, identity, write_job
from claims_env.worker import Limits, conclude, is_dead, run_job
from claims_env.worker_command import Launch, mark

# What a job is


def test_a_jobs_name_follows_from_what_is_asked() -> None:
    first = identity("train", {"epochs": 3, "seed": 1})
    assert first == identity("train", {"seed": 1, "epochs": 3})
    assert first != identity("train", {"seed": 2, "epochs": 3})
    assert first.startswith("train-") and len(first) == len("train-") + 12


def test_a_second_attempt_lies_beside_the_first(tmp_path: Path) -> None:
    first, _ = job(tmp_path, "return {}")
    second, _ = job(tmp_path, "return {}")
    third, _ = job(tmp_path, "return {}")
    assert [path.name for path in (second, third)] == [f"{first.name}-2", f"{first.name}-3"]
    assert attempts(tmp_path / "jobs", first.name) == [first, second, third]


def test_a_job_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        (folder / "half").write_text("a clip")
        raise OSError(28, "No space left on device")

    with pytest.raises(TrackerFailed, match=r"disk is full; nothing was half-written"):
        write_job(tmp_path / "jobs", "train-0", {}, fill)
    assert list((tmp_path / "jobs").iterdir()) == []


# How it goes


def test_a_job_is_done_and_its_result_returned(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "return {'returned': ['a'], 'printed': {'rate': 0.5}}")
    done = run_job(folder, script, HERE, QUICK)
    assert (done["status"], done["returned"], done["printed"]) == ("ok", ["a"], {"rate": 0.5})
    assert done["id"] == folder.name and done["num_envs"] == 512


def test_a_finished_job_is_read_and_not_done_again(tmp_path: Path) -> None:
    body = "open(folder / 'times', 'a').write('x')\nreturn {}"
    folder, script = job(tmp_path, body)
    first = run_job(folder, script, HERE, QUICK)
    assert run_job(folder, script, HERE, QUICK) == first
    assert (folder / "times").read_text() == "x"


def test_every_heartbeat_is_told(tmp_path: Path) -> None:
    body = """
for i in range(3):
    job_files.beat(folder, 'train', i / 3, 'epoch%d' % i)
    while not (folder / ('epoch%d' % i)).exists():
        time.sleep(0.01)
return {}
"""
    folder, script = job(tmp_path, body)
    heard: list[Beat] = []

    def hear(beat: Beat) -> None:
        heard.append(beat)
        if beat.note:
            (folder / beat.note).touch()

    run_job(folder, script, HERE, QUICK, hear)
    told = [(b.phase, b.fraction, b.note) for b in heard if b.phase == "train"]
    assert told == [("train", i / 3, f"epoch{i}") for i in range(3)]


def test_a_failed_result_tells_kind_phase_command_and_folder(tmp_path: Path) -> None:
    body = "print('the last words', flush=True)\nraise job_files.WorkerError('oom', 'sim', 'CUDA')"
    folder, script = job(tmp_path, body)
    told = failure(folder, script)
    for piece in ("oom in phase 'sim': CUDA", str(script), "the last words", str(folder)):
        assert piece in told


def test_an_unforeseen_error_in_a_worker_comes_with_its_traceback(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "job_files.beat(folder, 'convert')\nreturn {'x': {}['gone']}")
    told = failure(folder, script)
    assert "crash in phase 'convert'" in told and "KeyError: 'gone'" in told


def test_a_worker_that_dies_without_a_result_is_told_with_its_exit_status(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "job_files.beat(folder, 'train')\nos.kill(os.getpid(), 11)")
    told = failure(folder, script)
    assert "Exit status: -11" in told and "Last seen in phase 'train'" in told
    assert is_dead(folder)


def test_an_interpreter_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "return {}")
    told = failure(folder, script, Launch(python=("/nowhere/python",)))
    assert "/nowhere/python" in told and "cannot be started" in told


def test_a_full_disk_is_a_kind_of_its_own(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "raise OSError(28, 'No space left on device')")
    assert "disk_full" in failure(folder, script)


def test_an_exit_status_counts_less_than_a_whole_result(tmp_path: Path) -> None:
    folder, _ = job(tmp_path, "return {}")
    script = folder / "rude.py"
    good = result(folder.name)
    script.write_text(f"open({str(folder / 'result.json')!r}, 'w').write({good!r}); raise OSError")
    assert run_job(folder, script, HERE, QUICK)["status"] == "ok"


# What is not believed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (result("train-ffffffffffff"), r"result of job 'train-ffffffffffff'. Expected"),
        (result("train-0123456789ab")[:40], "damaged"),
        (result("train-0123456789ab", schema=2), "schema 2"),
        (result("train-0123456789ab", status="fine"), "status 'fine'"),
        (result("train-0123456789ab", returned=3), "no usable 'returned'"),
        (result("train-0123456789ab", status="failed"), "does not say why"),
    ],
)
def test_a_result_that_does_not_fit_is_refused(tmp_path: Path, text: str, message: str) -> None:
    folder, script = job(tmp_path, "return {}")
    (folder / "result.json").write_text(text)
    with pytest.raises(TrackerFailed, match=message) as caught:
        run_job(folder, script, HERE, QUICK)
    assert str(folder) in str(caught.value)


def test_a_half_written_result_is_none(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "return {}")
    (folder / ".result.json.partial").write_text(result(folder.name)[:20])
    assert run_job(folder, script, HERE, QUICK)["status"] == "ok"


# Limits


def test_a_worker_that_never_speaks_is_ended(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "return {}")
    script.write_text("import time; time.sleep(100)")
    told = failure(folder, script, limits=Limits(start=0.3, patience=0.2, mercy=0.2))
    assert "no sign of life within 0.3 s" in told and "Exit status: -15" in told
    assert process_group.members(None, mark(folder)) == []


def test_a_worker_that_falls_silent_is_ended(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "job_files.beat(folder, 'sim')\ntime.sleep(100)")
    told = failure(folder, script, limits=Limits(heartbeat=0.3, patience=0.2, mercy=0.2))
    assert "no sign of life for 0.3 s" in told and "phase 'sim'" in told
    assert process_group.members(None, mark(folder)) == []


def test_what_a_job_has_at_its_limit_is_returned(tmp_path: Path) -> None:
    body = """
job_files.beat(folder, 'train')
while not job_files.cancelled(folder):
    time.sleep(0.01)
return {'status': 'partial', 'error': {'kind': 'cancelled', 'phase': 'train', 'message': ''}}
"""
    folder, script = job(tmp_path, body)
    limits = Limits(total=0.5, patience=20.0)
    assert conclude(folder, script, HERE, limits)["status"] == "partial"


def test_a_limit_counts_from_when_the_work_began(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "time.sleep(0.3)\nreturn {}")
    script.write_text("import time; time.sleep(1.2)\n" + script.read_text())
    assert conclude(folder, script, HERE, Limits(total=1.0))["status"] == "ok"


def test_output_without_end_does_not_fill_the_disk(tmp_path: Path) -> None:
    body = """
import program_run
program_run._MOST = 5000
job_files.run_program([sys.executable, '-c', 'for i in range(9000): print(i)'], folder=folder,
    cwd=folder, env=None, phase='train', on_line=lambda line: print('x' * (line == '8999')))
return {}
"""
    folder, script = job(tmp_path, body)
    run_job(folder, script, HERE, QUICK)
    printed = (folder / "stdout.log").read_text()
    assert "is left out]" in printed and len(printed) < 80_000
    assert printed.splitlines()[-1] == "x", "what it says is heard all the same"


def test_a_program_that_hangs_is_told_by_its_worker(tmp_path: Path) -> None:
    body = """
job_files.run_program([sys.executable, '-c', 'print("epoch 7", flush=True); import time; '
    'time.sleep(100)'], folder=folder, cwd=folder, env=None, phase='train',
    on_line=lambda line: None, stall_seconds=0.4, grace_seconds=2)
"""
    folder, script = job(tmp_path, body)
    told = failure(folder, script)
    assert "hang in phase 'train'" in told and "its last line was: epoch 7" in told
