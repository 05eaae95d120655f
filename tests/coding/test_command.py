"""Code on the command line: of entries, and of losses that were typed."""

import numpy as np
import pytest

from derivations.__main__ import main

FOCAL = ("gradient", "-(1 - softmax(z)[c])^gamma * log(softmax(z)[c])", "z[m]")
POISSON = ("hessian", "sum(exp(z[i]) - y[i]*z[i], i)", "w[f]", "--let", "z[i] = sum(x[i,f]*w[f], f)")


def run(capsys, *arguments, code=0):
    """The names of the module that is printed, and what is said beside it."""
    assert main([*arguments, "--code", "numpy"]) == code
    printed = capsys.readouterr()
    space = {}
    exec(compile(printed.out, "printed.py", "exec"), space)
    return space, printed.err


def test_the_code_of_an_entry(capsys):
    space, said = run(capsys, "softmax.gradient")
    assert not said and space["softmax_gradient"]([1.0, 0], [0.0, 0]).tolist() == [-0.5, 0.5]


def test_what_has_no_code_is_a_line_and_the_others_are_printed(capsys):
    space, said = run(capsys, "softmax.gradient_upper_bound", "softmax.hessian", code=1)
    assert "softmax.gradient_upper_bound has no code: it is an inequality" in said and "softmax_hessian" in space


@pytest.mark.parametrize("target", ["jax", "torch", "js"])
def test_the_other_targets(capsys, target):
    assert main(["softmax.gradient", "--code", target]) == 0
    assert {"jax": "import jax", "torch": "import torch", "js": "export function"}[target] in capsys.readouterr().out


def test_an_id_is_needed(capsys):
    with pytest.raises(SystemExit):
        main(["--code", "numpy"])
    assert "--code needs an id" in capsys.readouterr().err


def test_the_gradient_of_a_loss_that_was_typed(capsys):
    space, _ = run(capsys, *FOCAL)
    z, power, step = np.array([[0.3, -1.2, 2.0], [1.0, 2.0, -1.0]]), 2.0, 1e-6

    def loss(z):
        p = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
        return -((1 - p[..., 1]) ** power) * np.log(p[..., 1])

    moved = step * np.eye(3)
    numeric = np.stack([(loss(z + one) - loss(z - one)) / (2 * step) for one in moved], axis=-1)
    assert space["any_loss_gradient"](c=1, z=z, γ=power) == pytest.approx(numeric, rel=1e-6)
    confident = space["any_loss_gradient"](c=0, z=np.array([800.0, 0, 0]), γ=power)
    assert confident.tolist() == [0, 0, 0]


def test_the_hessian_of_a_loss_that_was_typed(capsys):
    space, _ = run(capsys, *POISSON)
    x, w = np.random.default_rng(1).normal(size=(5, 2)), np.array([0.2, -0.4])
    assert space["any_loss_hessian"](w=w, x=x) == pytest.approx(x.T @ (np.exp(x @ w)[:, None] * x))


def test_a_softmax_over_another_index_is_refused_since_no_form_keeps_its_digits(capsys):
    assert main(["gradient", "-log(softmax(s)[f])", "s[h]", "--code", "numpy"]) == 1
    printed = capsys.readouterr()
    assert not printed.out and "an index that runs to d: write it over k" in printed.err


def test_tanh_keeps_its_digits(capsys):
    space, _ = run(capsys, "gradient", "y[k]*tanh(z[k])", "y[k]")
    assert space["any_loss_gradient"](z=np.array([1e-30, 400.0])).tolist() == [1e-30, 1.0]
