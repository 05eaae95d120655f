"""What a form takes for a class that only one of its sides has."""

import pytest

from derivations import numerics, policy
from derivations.coding.form import form_of
from derivations.coding.marks import FirstLargest
from derivations.notation import z


def test_any_class_is_that_of_the_largest_logit():
    assert form_of(numerics.softmax_beside).right.atoms(FirstLargest) == {FirstLargest(z)}


def test_of_two_vectors_at_any_class_none_is_taken():
    with pytest.raises(ValueError, match="policy.reference_less_mean: .* one vector at m, found q, z$"):
        form_of(policy.reference_less_mean, -1, last=0)
