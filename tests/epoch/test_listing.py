"""The listing of the loop: every step has its lines, and they are code that runs."""

from tempfit.epoch.listing import LOOP, Step


def test_every_step_has_a_line_of_the_loop() -> None:
    assert {step for step, _ in LOOP} - {None} == set(Step)


def test_the_lines_are_a_piece_of_python() -> None:
    compile("\n".join(line for _, line in LOOP), "listing", "exec")
