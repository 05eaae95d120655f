"""The losses of scikit-learn and of XGBoost."""

from .rows import Fact, Library, LossFunction

SCIKIT_LEARN = Library(
    "scikit-learn",
    ("scikit-learn",),
    (
        LossFunction(
            "sklearn.metrics.log_loss",
            ("log_loss", "neg_log_loss"),
            "cross_entropy.hard_label",
            "One such loss for each row, then the mean. The scorer `neg_log_loss` is minus it.",
            "Probabilities, a column for each class; or one column, the probability of the label that is sorted last.",
            "Any names for the classes.",
            (
                Fact("Mean", "Over the rows; with `sample_weight` it divides by the sum of the weights. "
                     "`normalize=False` gives the sum.", "categorical.mean_negative_log_likelihood"),
                Fact("Order", "The columns belong to the labels in sorted order. `labels=` does not change that. "
                     "It is needed where only one label occurs."),
                Fact("Clipping", "Probabilities are kept one rounding unit of their own type away from 0 and 1: "
                     "no loss is above 36.04 in float64 and 15.94 in float32."),
                Fact("Not normalised", "Rows that do not sum to 1 are used as they are; there is only a warning."),
            ),
        ),
        LossFunction(
            "sklearn.metrics.brier_score_loss",
            ("brier_score_loss", "neg_brier_score"),
            "scores.brier",
            "The mean of such scores over the rows; with two classes half of that. The scorer `neg_brier_score` is "
            "minus it.",
            "Probabilities, a column for each class; or one column, the probability of the label that is sorted last.",
            "Any names for the classes.",
            (
                Fact("Two classes", "`scale_by_half=\"auto\"`, the default, halves the score only there: what is left "
                     "is the square of the error of one class. `False` gives the whole score, `True` always half.",
                     "scores.two_outcomes"),
                Fact("Weights", "With `sample_weight` it divides by the sum of the weights."),
            ),
        ),
        LossFunction(
            "sklearn.linear_model.LogisticRegression",
            ("LogisticRegression",),
            "logistic_regression.penalized_loss",
            "What `fit` minimises, with the strength of the penalty one over `C`.",
            "Features.",
            "Two classes; the one that is sorted last is the label 1.",
            (
                Fact("At the fit", "The gradient with the penalty is 0 there, up to the tolerance of the solver.",
                     "logistic_regression.penalized_gradient"),
                Fact("Penalty", "It is there by default, with `C=1`. The intercept is not penalised."),
            ),
        ),
        LossFunction(
            "sklearn._loss.HalfBinomialLoss",
            ("HalfBinomialLoss",),
            "sigmoid.cross_entropy",
            "One such loss for each observation. Private: the solvers use it.",
            "Logits, second.",
            "0 to 1, first.",
            (
                Fact("Gradient", "It keeps its digits in both tails.", "sigmoid.gradient"),
                Fact("Lost digits", "The loss of the label 1 at a logit of 40 is returned as 0; the right value is "
                     "about 4e-18."),
            ),
        ),
        LossFunction(
            "sklearn._loss.HalfMultinomialLoss",
            ("HalfMultinomialLoss",),
            "log_sum_exp.hard_loss",
            "One such loss for each observation. Private: the solvers use it.",
            "Logits, a column for each class, second.",
            "The number of the class, counted from 0, first.",
            (Fact("Gradient", "That of the formula.", "softmax.hard_gradient"),),
        ),
    ),
    ("d2_log_loss_score", "hamming_loss", "hinge_loss", "label_ranking_loss", "mean_pinball_loss",
     "zero_one_loss"),
)  # fmt: skip

XGBOOST = Library(
    "XGBoost",
    ("xgboost-cpu",),
    (
        LossFunction(
            "binary:logistic",
            ("objective=\"binary:logistic\"", "XGBClassifier"),
            "sigmoid.gradient",
            "The gradient for each observation.",
            "Logits, which XGBoost calls margins.",
            "From 0 to 1; soft labels are fine.",
            (
                Fact("Second derivative", "That of the formula.", "sigmoid.hessian"),
                Fact("`scale_pos_weight`", "It multiplies both derivatives of the observations with the label 1."),
            ),
        ),
        LossFunction(
            "multi:softprob",
            ("objective=\"multi:softprob\"", "objective=\"multi:softmax\""),
            "softmax.hard_gradient",
            "The gradient for each observation and class.",
            "Logits, one for each class.",
            "The number of the class, counted from 0.",
            (Fact("Second derivative", "Up to the release run here at least, twice the diagonal of the Hessian, and "
                  "nothing beside the diagonal. Doubled, it is at least the Hessian at the point itself; a step may "
                  "still be too long. A later change in the repository takes the size of the gradient instead.",
                  "softmax.hessian"),),
        ),
        LossFunction(
            "logloss",
            ("eval_metric=\"logloss\"",),
            "bernoulli.mean_negative_log_likelihood",
            "The metric itself.",
            "Probabilities.",
            "From 0 to 1.",
            (
                Fact("Weights", "It divides by the sum of the weights."),
                Fact("Clipping", "A probability is at least 1e-16 under the logarithm: no loss is above 36.84."),
            ),
        ),
        LossFunction(
            "mlogloss",
            ("eval_metric=\"mlogloss\"",),
            "categorical.mean_negative_log_likelihood",
            "The metric itself.",
            "Probabilities, one for each class.",
            "The number of the class, counted from 0.",
            (Fact("Weights", "It divides by the sum of the weights."),),
        ),
    ),
)  # fmt: skip
