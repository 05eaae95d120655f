"""At the ends of domains, every module of NumPy has each value that the function of its entry has, and no other one."""

import numpy as np
import pytest
from coded import ENTRIES, VALUES, drawn, loaded, reference
from sympy import Interval

from derivations.coding.task import Task


def at_end(one, end, given):
    """Arguments of which one is at an end of its domain; of a distribution, its first probability."""
    moved = np.array(given[one.name], dtype=float)
    if moved.shape and one.domain.end == 1 and one.sizes[-1] == "K":
        rows = moved.reshape(-1, moved.shape[-1])
        rows[0] = [end, *(1 - end) * rows[0, 1:] / rows[0, 1:].sum()]
    else:
        moved.flat[0] = end
    return given | {one.name: moved}


def ends(id):
    """Each end of each argument, whether its domain has it or leaves it out."""
    for one in Task(ENTRIES[id]).arguments:
        if isinstance(one.domain, Interval) and not one.is_whole:
            yield from ((one, float(end)) for end in (one.domain.start, one.domain.end) if end.is_finite)


def value(compute):
    """What is computed; None where that is refused."""
    try:
        return np.asarray(compute(), dtype=float)
    except (AssertionError, ValueError):
        return None


def faults(id):
    """The ends at which NumPy has no value or another one than the function."""
    module, given = loaded(id), drawn(id)
    for one, end in ends(id):
        there = at_end(one, end, given)
        wanted = value(lambda: reference(id, there))
        if wanted is not None:
            with np.errstate(all="ignore"):
                found = value(lambda: module(**there))
            same = found is not None and np.isclose(found, wanted, rtol=1e-9, atol=1e-12, equal_nan=True)
            if not np.all(same | np.isnan(wanted)):
                yield f"at {one.name} = {end}: {found} is not {wanted}"


@pytest.mark.sampled(20)
@pytest.mark.parametrize("id", VALUES)
def test_what_has_a_value_at_an_end_has_it_in_numpy(id):
    assert list(faults(id)) == []


def test_ends_that_a_domain_leaves_out_are_tried_too():
    assert len(list(ends("targets.smoothed_gradient"))) > 2


@pytest.mark.parametrize("focus", [0, 1e-3, 0.5, 2, 1e3])
def test_a_report_that_is_certain_has_a_certain_truth_behind_it(focus):
    certain = np.array([[1, 0, 0], [0, 1, 0], [0.5, 0.5, 0]])
    assert loaded("focal.truth")(p=[0, 0.5, 1], γ=focus) == pytest.approx([0, 0.5, 1])
    assert loaded("focal.truth_of_classes")(p=certain, γ=focus) == pytest.approx(certain)


BOTH = ["exponential_family.bregman", "log_sum_exp.cross_entropy_of_two", "numerics.distillation",
        "small_differences.divergence", "small_differences.gradient", "small_differences.in_exponentials",
        "temperature.distillation", "temperature.distillation_gradient",
        "temperature.divergence_gradient"]  # fmt: skip


@pytest.mark.sampled(9)
@pytest.mark.parametrize("step", [2.0, 1e-3, 1e-6, 1e-9, 0.0])
@pytest.mark.parametrize("id", BOTH)
def test_a_class_that_two_softmaxes_leave_out_counts_for_nothing(id, step):
    module = loaded(id)
    given = {one.name: np.array(1000.0) for one in Task(ENTRIES[id]).arguments if not one.sizes}
    v = np.array([1.0, 2.0, 0.5])
    without, with_it = (np.asarray(module(v=np.append(v, more), z=np.append(v + [step, 0, -step / 2], more), **given))
                        for more in ([], [-np.inf]))  # fmt: skip
    assert np.isfinite(without).all()
    assert (with_it[:3] if with_it.ndim else with_it) == pytest.approx(without, rel=1e-9, abs=0)
