"""The mutants can still be made: what each of them changes stands in the code."""

import pytest

from tests.mutants import MUTANTS, ROOT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_the_code_is_what_the_mutant_changes(mutant: Mutant) -> None:
    """Once, and to something else that Python can read."""
    made = mutant.made(ROOT)
    assert made != (ROOT / mutant.path).read_text(encoding="utf-8")
    compile(made, mutant.path, "exec")
