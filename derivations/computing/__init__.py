"""The value of a formula at given numbers, as the number of binary64 that is nearest to it.

- arithmetic: balls, and exact symbols, with what holds at 0 and at infinity
- beside: numbers that keep what is tiny beside what is large
- program: a formula as a program, which computes each sum once for all that it does not depend on
- nearest: balls at rising precision, until the nearest number of binary64 is certain

It knows the nodes of an expression and no law of the rules, no letter of the notation; and it shares no code with the
checker, whose numbers are another witness.
"""
