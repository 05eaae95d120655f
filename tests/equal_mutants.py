"""Changes of the rules' code that make no difference, each with the reason."""

EQUAL = {
    "sums.factor_into_sum: all for any in `any`":
        "one factor is looked for where one is named; where none is, all of them are there",
    "sums.sift_kronecker_delta: filter removed in ` for factor in factors if factor != delta`":
        "a delta that is left in becomes delta_jj, which is 1",
    "derivatives.chain_rule: part 1 left out in "
    "`type(outer) is not type(function) or len(outer.args) != len(function.args)`":
        "the law is asked about quantities of that type alone",
    "derivatives.chain_rule: filter removed in ` for old, new in zip(function.args, outer.args) if old != new`":
        "what is put in its own place changes nothing",
}
