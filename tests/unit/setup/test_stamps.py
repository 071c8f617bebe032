from helpers.setup import stamps


def test_a_folder_without_a_stamp_is_neither_finished_nor_interrupted(tmp_path):
    assert not stamps.finished(tmp_path, "a")
    assert not stamps.interrupted(tmp_path)


def test_work_that_began_and_did_not_end_counts_as_interrupted(tmp_path):
    stamps.begin(tmp_path / "env")
    assert stamps.interrupted(tmp_path / "env")
    assert not stamps.finished(tmp_path / "env", "a")


def test_a_finished_folder_is_finished_for_its_fingerprint_only(tmp_path):
    stamps.begin(tmp_path)
    stamps.finish(tmp_path, "a")
    assert stamps.finished(tmp_path, "a")
    assert not stamps.finished(tmp_path, "b")
    assert not stamps.interrupted(tmp_path)


def test_a_finished_folder_that_lost_a_file_is_not_finished(tmp_path):
    stamps.finish(tmp_path, "a")
    assert not stamps.finished(tmp_path, "a", tmp_path / "bin" / "python")


def test_a_stamp_cut_off_by_a_power_failure_counts_as_interrupted(tmp_path):
    (tmp_path / stamps.NAME).write_text("")
    assert stamps.interrupted(tmp_path)


def test_beginning_again_takes_the_stamp_away(tmp_path):
    stamps.finish(tmp_path, "a")
    stamps.begin(tmp_path)
    assert not stamps.finished(tmp_path, "a")
