"""Powers with exponents of any size, square roots of sums of squares, and the smallest exponentials, in JAX and torch:
as the correctly rounded function has them; and their own derivatives, as the printed gradient has them.
"""

import jax
import numpy as np
import pytest
import torch
from coded import ENTRIES, loaded
from mpmath import mp
from powers import (GAPS, LEAST, NORMS, OF_LOGIT, OF_PROBABILITY, VECTORS, WITHIN, arguments, of_classes, of_gaps,
                    right, truths)  # fmt: skip
from test_slopes_at_ends import slopes

from derivations.__main__ import main
from derivations.functions import function

MADE = {"jax": jax.numpy.asarray, "torch": lambda one: torch.as_tensor(np.asarray(one))}


@pytest.mark.parametrize("target", MADE)
@pytest.mark.parametrize("id", OF_PROBABILITY + OF_LOGIT)
def test_an_exponent_of_any_size_is_right(id, target):
    given = arguments(id)
    found = loaded(id, target)(**{name: MADE[target](one) for name, one in given.items()})
    assert np.asarray(found) == pytest.approx(right(id, given), rel=WITHIN, abs=LEAST)


@pytest.mark.parametrize("target", MADE)
@pytest.mark.parametrize("focus", [1e6, 1e17, 1e300])
def test_an_exponent_of_any_size_is_right_for_many_classes(focus, target):
    for given, wanted in of_classes(focus):
        found = loaded("focal.gradient", target)(**{name: MADE[target](one) for name, one in given.items()})
        assert np.asarray(found) == pytest.approx(wanted, rel=1e-12, abs=LEAST)


@pytest.mark.parametrize("target", MADE)
@pytest.mark.parametrize("focus", [0, 2.0, 1e3, 1e6, 1e17, 1e300])
def test_the_truth_behind_a_report_is_there_where_all_powers_underflow(focus, target):
    for given, wanted in truths(focus):
        given = {name: MADE[target](one) for name, one in given.items()}
        found = loaded("focal.truth_of_classes", target)(**given)
        assert np.asarray(found) == pytest.approx(wanted, rel=WITHIN, abs=LEAST)


@pytest.mark.parametrize("target", MADE)
def test_the_slope_of_such_a_power_is_the_printed_one(target):
    given = arguments("focal.fall")
    found = slopes(target, loaded("focal.focal_loss", target), given, "p")
    assert found == pytest.approx(right("focal.fall", given), rel=1e-9, abs=LEAST)


ORDINARY = {"r": np.array([2.0, 0.5, 1.0]), "s": np.array([0, 1e-9, 2.0])}
FAR = [-1e200, -2.0, -1.0, -1e-200, 0, 1e-9, 1, 3, 1e160, 1e300]


@pytest.mark.parametrize("target", MADE)
def test_a_square_root_of_a_sum_of_squares_has_its_slopes(target, capsys):
    """Also of the second order, and where the squares are equal."""
    assert main(["gradient", "sqrt(1 + z^2)", "z", "--code", target]) == 0
    space, z = {}, np.array(FAR)
    exec(compile(capsys.readouterr().out, "typed.py", "exec"), space)
    gradient = space["any_loss_gradient"]
    assert np.asarray(gradient(MADE[target](z))) == pytest.approx(z / np.hypot(1, z), rel=1e-14, abs=0)
    assert slopes(target, gradient, {"z": z}, "z") == pytest.approx(np.hypot(1, z) ** -3.0, rel=1e-9, abs=1e-150)


@pytest.mark.parametrize("target", MADE)
@pytest.mark.parametrize(("loss", "slope"), NORMS)
def test_a_norm_does_not_overflow(loss, slope, target, capsys):
    """Nor does its slope, nor that of the slope: in the direction of the vector a norm grows evenly."""
    assert main(["gradient", loss, "w[h]", "--code", target]) == 0
    space, vectors = {}, np.array(VECTORS)
    exec(compile(capsys.readouterr().out, "typed.py", "exec"), space)
    gradient, wanted = space["any_loss_gradient"], np.array([slope(w) for w in VECTORS])
    assert np.asarray(gradient(MADE[target](vectors))) == pytest.approx(wanted, rel=1e-14, abs=0)
    if loss == NORMS[0][0]:  # the slopes of the length of the slope, which is 1
        for w in vectors:
            found = slopes(target, lambda w: (gradient(w) ** 2), {"w": w}, "w")
            assert found == pytest.approx([0, 0, 0], abs=1e-14 / max(abs(w)))


@pytest.mark.parametrize("target", MADE)
@pytest.mark.parametrize(("loss", "slope"), GAPS)
def test_a_power_less_that_of_one_of_its_terms_keeps_its_digits(loss, slope, target, capsys):
    """Also of the slope that the libraries have of it."""
    given, wanted = of_gaps(loss, slope)
    assert main(["gradient", loss, "s", "--code", target, *(["--where", "r > 0"] if "r" in given else [])]) == 0
    space = {}
    exec(compile(capsys.readouterr().out, "typed.py", "exec"), space)
    found = space["any_loss_gradient"]
    given = {name: MADE[target](one) for name, one in given.items()}
    assert np.asarray(found(**given)) == pytest.approx(wanted, rel=1e-12, abs=LEAST)
    ordinary = {name: one for name, one in ORDINARY.items() if name in given}
    with mp.workdps(80):
        at = zip(*map(mp.matrix, ORDINARY.values()))
        curvatures = [float(mp.diff(lambda s, r=r: slope(r, s), here)) for r, here in at]
    assert slopes(target, found, ordinary, "s") == pytest.approx(curvatures, rel=1e-9, abs=1e-25)


@pytest.mark.parametrize("target", MADE)
def test_0_log_0_has_no_slope_so_that_chains_from_logits_have_one(target, capsys):
    """The printed slope of p log p has its limit; that of the value, which logits hand on, is 0 there."""
    assert main(["gradient", "sum(p[k]*log(p[k]), k)", "p[m]", "--code", target]) == 0
    space, p = {}, np.array([0.25, 0.75, 0])
    exec(compile(capsys.readouterr().out, "typed.py", "exec"), space)
    limit = np.array([1 + np.log(0.25), 1 + np.log(0.75), -np.inf])
    assert np.asarray(space["any_loss_gradient"](MADE[target](p))) == pytest.approx(limit, rel=1e-14, abs=0)
    entropy = loaded("cross_entropy.entropy", target)
    assert slopes(target, entropy, {"q": p}, "q") == pytest.approx([*-limit[:2], 0], rel=1e-14, abs=0)
    share = {"jax": jax.nn.softmax, "torch": torch.nn.Softmax(-1)}[target]
    handed = slopes(target, lambda z: entropy(q=share(z)), {"z": np.array([800.0, 0, 1])}, "z")
    assert handed == pytest.approx([0, 0, 0], abs=1e-300)


@pytest.mark.parametrize("how", [lambda run: run, jax.jit])
def test_the_digits_that_rounding_took_are_given_back_to_the_smallest_numbers(how):
    """A second derivative at a margin of 700, where what is given back would be below the smallest number of XLA."""
    z = np.array([[690.61, 0.13, -0.71], [0.03, 680.77, 0.31], [-0.3, 0.2, 699.1]])
    wanted = [[[function(ENTRIES["softmax.hessian"])(z=row, m=m, l=l) for l in (1, 2, 3)] for m in (1, 2, 3)]
              for row in z]  # fmt: skip
    found = np.asarray(how(loaded("softmax.hessian", "jax"))(z=jax.numpy.asarray(z)))
    assert found == pytest.approx(np.array(wanted), rel=1e-14, abs=0)
    value = loaded("softmax.cross_entropy", "jax")
    of_value = how(jax.vmap(jax.hessian(lambda z: value(y=jax.numpy.eye(3)[0], z=z))))(jax.numpy.asarray(z))
    assert np.asarray(of_value) == pytest.approx(np.array(wanted), rel=1e-14, abs=0)
