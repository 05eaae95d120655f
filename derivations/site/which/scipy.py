"""Losses, and what they are made of, in SciPy and statsmodels."""

from .rows import Fact, Library, LossFunction

SCIPY = Library(
    "SciPy",
    ("scipy",),
    (
        LossFunction(
            "scipy.special.xlogy",
            ("xlogy",),
            "cross_entropy.cross_entropy",
            "Minus the sum of its values, the weight first.",
            "Probabilities, second.",
            "Weights, first.",
            (Fact("Zeros", "A weight of 0 counts for nothing at any number, even at 0 and at −1; beside nan it is "
                  "nan."),),
        ),
        LossFunction(
            "scipy.special.xlog1py",
            ("xlog1py",),
            "cross_entropy.two_outcomes",
            "Minus it, of one minus the label and minus the probability, is the second term; `xlogy` is the first.",
            "Minus the probability of the label 1, second.",
            "One minus the label, first.",
            (Fact("Zeros", "A weight of 0 counts for nothing, even where the logarithm is minus infinity."),),
        ),
        LossFunction(
            "scipy.special.entr",
            ("entr",),
            "cross_entropy.entropy",
            "The sum of its values.",
            "Probabilities.",
            "",
            (Fact("Zeros", "0 gives 0, and a negative number minus infinity."),),
        ),
        LossFunction(
            "scipy.special.rel_entr",
            ("rel_entr",),
            "cross_entropy.kl_divergence",
            "The sum of its values.",
            "Probabilities of the model, second.",
            "The reference, first: as it is written.",
            (Fact("Zeros", "What occurs and has probability 0 costs infinity. A reference of 0 costs nothing."),),
        ),
        LossFunction(
            "scipy.special.kl_div",
            ("kl_div",),
            "cross_entropy.kl_divergence",
            "The sum of its values, for two distributions.",
            "Probabilities of the model, second.",
            "The reference, first: as it is written.",
            (Fact("More terms", "To each term it adds the second number and subtracts the first. Over two "
                  "distributions this cancels in the sum, but not term by term: there it is not `rel_entr`."),),
        ),
        LossFunction(
            "scipy.stats.entropy",
            ("entropy",),
            "cross_entropy.entropy",
            "With one argument; with two it is the divergence.",
            "Numbers that are not negative.",
            "",
            (
                Fact("Two arguments", "`entropy(pk, qk)` is the divergence of the first from the second, and not a "
                     "cross-entropy.", "cross_entropy.kl_divergence"),
                Fact("Normalised", "Both arguments are divided by their sums first.", "maximum_likelihood.share"),
                Fact("Axis", "The sum is over axis 0: over the rows of a table."),
                Fact("Base", "Nats by default; `base=2` gives bits.", "cross_entropy.base_change"),
            ),
        ),
        LossFunction(
            "scipy.special.logsumexp",
            ("logsumexp",),
            "softmax.log_sum_exp",
            "The whole array at once.",
            "Logits.",
            "",
            (
                Fact("Axis", "The default, `axis=None`, is the whole array: give `axis=-1` for rows."),
                Fact("Empty", "Nothing at all gives minus infinity."),
            ),
        ),
        LossFunction(
            "scipy.special.log_softmax",
            ("log_softmax",),
            "softmax.log_probability",
            "For each entry.",
            "Logits.",
            "",
            (
                Fact("Axis", "The default, `axis=None`, is the whole array: give `axis=-1` for rows."),
                Fact("Infinite logits", "Plus infinity gives nan, and so do logits that are all minus infinity."),
            ),
        ),
        LossFunction(
            "scipy.special.softmax",
            ("softmax",),
            "softmax.probability",
            "For each entry.",
            "Logits.",
            "",
            (Fact("Axis", "The default, `axis=None`, is the whole array: give `axis=-1` for rows."),),
        ),
        LossFunction(
            "scipy.special.expit",
            ("expit",),
            "sigmoid.sigmoid",
            "For each entry.",
            "Logits.",
            "",
            (Fact("Large logits", "Above 37 it is 1. Use `expit(-z)` for the other probability: it keeps its "
                  "digits.", "sigmoid.complement"),),
        ),
        LossFunction(
            "scipy.special.log_expit",
            ("log_expit",),
            "sigmoid.log_probability",
            "For each entry.",
            "Logits.",
            "",
            (Fact("Large logits", "It keeps its digits at both ends. Minus it is the loss of the label 1."),),
        ),
        LossFunction(
            "scipy.special.logit",
            ("logit",),
            "sigmoid.logit",
            "At a probability that the sigmoid gives, it gives the logit back.",
            "Probabilities.",
            "",
            (Fact("At 0 and 1", "Minus and plus infinity; outside 0 to 1 it is nan."),),
        ),
        LossFunction(
            "scipy.special.softplus",
            ("softplus",),
            "sigmoid.softplus",
            "For each entry.",
            "Any numbers.",
            "",
            (Fact("Large logits", "It neither overflows nor loses digits at −40, 40 and 1000."),),
        ),
        LossFunction(
            "scipy.stats.bernoulli.logpmf",
            ("bernoulli.logpmf",),
            "cross_entropy.two_outcomes",
            "Minus its value.",
            "Probabilities of the label 1, second.",
            "0 or 1, first.",
            (Fact("Other labels", "Minus infinity, also for labels between 0 and 1: soft labels are not meant."),),
        ),
        LossFunction(
            "scipy.stats.multinomial.logpmf",
            ("multinomial.logpmf",),
            "categorical.mass",
            "Its exponential, for one trial (`n=1`).",
            "Probabilities.",
            "Counts.",
            (Fact("Several trials", "It is the probability of the counts: the number of orders is a factor. The "
                  "likelihood of labels in their order has no such factor.", "categorical.likelihood"),),
        ),
    ),
)  # fmt: skip

STATSMODELS = Library(
    "statsmodels",
    ("statsmodels",),
    (
        LossFunction(
            "statsmodels.discrete.discrete_model.Logit",
            ("sm.Logit", "Logit.loglike", "Logit.score", "Logit.hessian"),
            "logistic_regression.loss",
            "Minus its `loglike`.",
            "Weights, for features given before.",
            "0 and 1.",
            (
                Fact("Gradient", "Minus its `score`.", "logistic_regression.gradient"),
                Fact("Hessian", "Minus its `hessian`.", "logistic_regression.hessian"),
                Fact("Soft labels", "They are accepted, without a word, and the number is not the loss."),
                Fact("Overflow", "A logit beyond about 709 on the wrong side gives minus infinity, where the loss is "
                     "about the logit."),
            ),
        ),
        LossFunction(
            "statsmodels.genmod.generalized_linear_model.GLM",
            ("sm.GLM(family=sm.families.Binomial())",),
            "logistic_regression.loss",
            "Minus its `loglike`, for the binomial family.",
            "Weights, for features given before.",
            "0 and 1.",
            (Fact("Soft labels", "A term that does not depend on the weights is added: a binomial coefficient of "
                  "numbers that are no integers."),),
        ),
        LossFunction(
            "statsmodels.discrete.discrete_model.MNLogit",
            ("sm.MNLogit", "MNLogit.loglike", "MNLogit.score"),
            "softmax_regression.loss",
            "Minus its `loglike`.",
            "Weights of all classes but the first, whose weights are 0.",
            "Any names for the classes; the one that is sorted first has the weights 0.",
            (
                Fact("Gradient", "Minus its `score`, class by class.", "softmax_regression.gradient"),
                Fact("Overflow", "A logit beyond about 709 gives nan."),
            ),
        ),
    ),
)  # fmt: skip
