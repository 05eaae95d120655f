"""Code on the command line: of entries, and of losses that were typed."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from mpmath import exp, fsum, mp, mpf

from derivations.__main__ import main

PROJECT = Path(__file__).parents[2]
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
    assert space["any_loss_gradient"](c=1, z=z, γ=power) == pytest.approx(numeric, rel=1e-6, abs=0)
    confident = space["any_loss_gradient"](c=0, z=np.array([800.0, 0, 0]), γ=power)
    assert confident.tolist() == [0, 0, 0]


def test_the_hessian_of_a_loss_that_was_typed(capsys):
    space, _ = run(capsys, *POISSON)
    x, w = np.random.default_rng(1).normal(size=(5, 2)), np.array([0.2, -0.4])
    assert space["any_loss_hessian"](w=w, x=x) == pytest.approx(x.T @ (np.exp(x @ w)[:, None] * x))


def exact_softmax(logits):
    """By numbers of 600 digits."""
    powers = [exp(mpf(float(one))) for one in logits]
    return [power / fsum(powers) for power in powers]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("index", "vector", "at"), [("i", "z", "z[j]"), ("f", "s", "s[h]"), ("a", "s", "s[a]")])
def test_a_softmax_over_another_index_keeps_its_digits(capsys, index, vector, at):
    loss = f"-sum(y[{index}]*log(softmax({vector})[{index}]), {index})"
    space, _ = run(capsys, "gradient", loss, at, "--given", f"sum(y[{index}], {index}) = 1")
    for logits in ([0.3, -1.2, 2, 0.1], [40, 0, -3, 1], [800, 0, 0.5, 2], [-1e4, -1e4 - 2, 3 - 1e4, 0]):
        for label in np.eye(4):
            with mp.workdps(600):
                right = [float(one - place) for one, place in zip(exact_softmax(logits), label)]
            found = space["any_loss_gradient_given"](**{"y": label, vector: np.array(logits, dtype=float)})
            assert found == pytest.approx(np.array(right), rel=1e-14, abs=1e-300)


def test_the_hessian_of_a_softmax_over_another_index_keeps_its_digits(capsys):
    space, _ = run(capsys, "hessian", "logsumexp(s)", "s[a]")
    logits = np.array([40.0, 0, -3])
    with mp.workdps(600):
        p = exact_softmax(logits)
        right = [[float(p[a] * ((a == b) - p[b])) for b in range(3)] for a in range(3)]
    assert space["any_loss_hessian"](s=logits) == pytest.approx(np.array(right), rel=1e-14, abs=0)


def test_a_softmax_of_rows_over_another_index_whose_logits_are_made(capsys):
    space, _ = run(capsys, "gradient", "sum(logsumexp(z[i]), i)", "w[f]", "--let", "z[i,a] = sum(x[i,a,f]*w[f], f)")
    x, w = np.random.default_rng(5).normal(size=(3, 4, 2)), np.array([1900.0, -1700.0])
    with mp.workdps(600):
        rows = [exact_softmax(row) for row in x @ w]
        right = [float(fsum(p * mpf(one) for row, some in zip(rows, x[..., f]) for p, one in zip(row, some)))
                 for f in range(2)]  # fmt: skip
    assert space["any_loss_gradient"](w=w, x=x) == pytest.approx(np.array(right), rel=1e-12, abs=0)


def test_two_softmaxes_of_two_lengths_are_two(capsys):
    space, _ = run(capsys, "gradient", "logsumexp(z)*logsumexp(s)", "s[a]", "--where", "z[k] in R")
    found = space["any_loss_gradient"](s=np.array([800.0, 0]), z=np.array([1000.0, 1000, 1000]))
    assert found == pytest.approx(np.array([1000 + np.log(3), 0]), rel=1e-14, abs=1e-300)


def test_an_index_that_runs_to_a_number_is_refused_in_words(capsys):
    assert main(["gradient", "logsumexp(s)", "s[a]", "--where", "a in 1..3", "--code", "numpy"]) == 1
    assert "an index that runs to a number: a runs to 3" in capsys.readouterr().err


def test_tanh_keeps_its_digits(capsys):
    space, _ = run(capsys, "gradient", "y[k]*tanh(z[k])", "y[k]")
    assert space["any_loss_gradient"](z=np.array([1e-30, 400.0])).tolist() == [1e-30, 1.0]


def test_the_hessian_of_a_linear_loss_is_0_at_each_place(capsys):
    space, _ = run(capsys, "hessian", "sum(z[k], k)", "z[m]")
    assert np.array_equal(space["any_loss_hessian"](np.arange(6.0).reshape(2, 3)), np.zeros((2, 3, 3)))


def test_a_slope_that_is_constant_has_the_shape_of_its_variable(capsys):
    several = np.arange(6.0).reshape(2, 3)
    single, _ = run(capsys, "gradient", "1e3*z", "z")
    assert np.array_equal(single["any_loss_gradient"](several), np.full((2, 3), 1000.0))
    row, _ = run(capsys, "gradient", "sum(z[k], k)", "z[m]")
    assert np.array_equal(row["any_loss_gradient"](several), np.ones((2, 3)))
    scaled, _ = run(capsys, "gradient", "t*sum(z[k], k)", "z[m]")
    assert np.array_equal(scaled["any_loss_gradient"](t=np.array([2.0, 5.0]), z=several), [[2] * 3, [5] * 3])
    kept, _ = run(capsys, "gradient", "1e3*z", "z", "--where", "z in (0, 1)")
    with pytest.raises(ValueError, match="z = 0.0 is not a number above 0 and below 1"):
        kept["any_loss_gradient"](0.0)


@pytest.mark.parametrize("asked", [["focal.truth"], list(FOCAL)], ids=["an entry", "a loss"])
def test_a_module_is_utf8_whatever_the_terminal_is(asked):
    ways = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "derivations", *asked, "--code", "numpy"]
    done = subprocess.run(command, cwd=PROJECT, env=os.environ | ways, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"") and "γ" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("asked", [["focal.truth"], list(FOCAL)], ids=["an entry", "a loss"])
def test_a_module_in_ascii_is_refused(asked, capsys):
    with pytest.raises(SystemExit):
        main([*asked, "--code", "numpy", "--ascii"])
    assert "--ascii does not go with --code" in capsys.readouterr().err


def test_a_module_says_what_its_formula_names(capsys):
    assert main(["softmax.gradient", "preferences.signed_gradient", "--code", "numpy"]) == 0
    printed = capsys.readouterr().out
    assert "\nWhere\n    H(q, p) = −∑ₖ₌₁ᴷ qₖ log pₖ (cross_entropy.cross_entropy)\n    pₖ = " in printed
    assert "    s = 2 y − 1 (preferences.signed)\n" in printed
    assert main([*POISSON, "--code", "numpy"]) == 0
    assert "    zᵢ = ∑_(f=1)^d w_f x_{if} (as typed)\n" in capsys.readouterr().out
