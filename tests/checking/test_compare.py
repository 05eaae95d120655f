"""One comparison: more bits are spent only where they can decide something."""

from flint import ctx, fmpq
from sympy import Rational

from derivations.checking import compare as comparing
from derivations.checking.compare import UNDECIDED, VERIFIED, compare
from derivations.checking.points import Point, Table
from derivations.notation import z


def bits_spent(monkeypatch, *sides):
    """The outcome of a comparison where z has two entries, and at which precisions something was worked out."""
    spent, ball_of = [], comparing.ball_of
    monkeypatch.setattr(comparing, "ball_of", lambda *side: spent.append(ctx.prec) or ball_of(*side))
    entries = Table({(1,): fmpq(10**60) + fmpq(1, 3), (2,): fmpq(10**60)})
    outcome, _ = compare(*sides, "=", Point.of({z: entries}))
    return outcome, sorted(set(spent))


def test_an_entry_that_does_not_exist_is_not_asked_for_again_and_again(monkeypatch):
    outcome, spent = bits_spent(monkeypatch, z[1], z[3])
    assert outcome == UNDECIDED and len(spent) == 1


def test_what_more_bits_can_decide_is_decided(monkeypatch):
    outcome, spent = bits_spent(monkeypatch, z[1] - z[2], Rational(1, 3))
    assert outcome == VERIFIED and len(spent) == 2
