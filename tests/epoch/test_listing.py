"""The listing of the loop: every substep has its lines, and they are code that runs."""

from tempfit.epoch.listing import LOOP, Substep


def test_every_substep_has_a_line_of_the_loop() -> None:
    assert {substep for substep, _ in LOOP} - {None} == set(Substep)


def test_the_lines_are_a_piece_of_python() -> None:
    compile("\n".join(line for _, line in LOOP), "listing", "exec")
