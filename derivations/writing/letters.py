"""How LaTeX writes the letters and signs that are no letters of its own: for `typeset`."""

LETTERS_IN_LATEX = {
    "λ": r"\lambda", "Λ": r"\Lambda", "σ": r"\sigma", "ζ": r"\zeta", "δ": r"\delta", "ℓ": r"\ell",
    "ℒ": r"\mathcal{L}", "p̂": r"\hat{p}", "ẑ": r"\hat{z}", "z̃": r"\tilde{z}", "v̄": r"\bar{v}",
    "z̄": r"\bar{z}", "ỹ": r"\tilde{y}", "NLL": r"\mathrm{NLL}", "PNLL": r"\mathrm{PNLL}", "KL": r"\mathrm{KL}",
    "PPL": r"\mathrm{PPL}", "unif": r"\mathrm{unif}", "log_b": r"\log_b", "q̃": r"\tilde{q}", "ρ": r"\rho",
    "π": r"\pi", "…": r"\ldots", "ℕ₀": r"\mathbb{N}_0", "mean NLL": r"\overline{\mathrm{NLL}}",
    "ε": r"\varepsilon", "α": r"\alpha", "φ": r"\varphi", "γ": r"\gamma", "∞": r"\infty", "1": r"\mathbf{1}",
    "max": r"\max", "min": r"\min", "sin": r"\sin", "cos": r"\cos", "tanh": r"\tanh",
    "q̂": r"\hat{q}", "p̃": r"\tilde{p}", "ē": r"\bar{e}", "ā": r"\bar{a}", "Δ̄": r"\bar{\Delta}", "L̄": r"\bar{L}",
    "fl": r"\operatorname{fl}", "Cov": r"\operatorname{Cov}", "{": r"\{", "}": r"\}",
    "≠": r"\ne", "≤": r"\le", "≥": r"\ge", "∈": r"\in", "⇒": r"\Rightarrow", "ℝ": r"\mathbb{R}",
    "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "W′": "W'", "w′": "w'", "N₁": "N_1",
    "β": r"\beta", "η": r"\eta", "θ": r"\theta", "κ": r"\kappa", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi",
    "τ": r"\tau", "υ": r"\upsilon", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "ι": r"\iota", "Γ": r"\Gamma",
    "Δ": r"\Delta", "Θ": r"\Theta", "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi",
    "Ω": r"\Omega", "z′": "z'", "y′": "y'", "Var": r"\operatorname{Var}", "√": r"\surd", "n₊": "n_+",
    "A₊": "A_+", "ℓ₊": r"\ell_+", "p′": r"p'",
    "•": r"\bullet", "−": "-", "JS": r"\mathrm{JS}", "p̄": r"\bar{p}", "P̄": r"\bar{P}",
}  # fmt: skip
