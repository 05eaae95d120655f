"""The losses of PyTorch."""

from .rows import Fact, Library, LossFunction

PYTORCH = Library(
    "PyTorch",
    ("torch",),
    (
        LossFunction(
            "torch.nn.functional.cross_entropy",
            ("F.cross_entropy", "torch.nn.CrossEntropyLoss", "nn.CrossEntropyLoss"),
            "log_sum_exp.hard_loss",
            "One such loss for each row, then the mean.",
            "Logits. The softmax is inside: put none before it. The classes are axis 1, not the last one.",
            "The number of the class, counted from 0; or a probability for each class, in the shape of the logits.",
            (
                Fact("Mean", "Over all positions: rows times whatever axes come after the classes."),
                Fact("Soft labels", "A floating-point target in the shape of the logits is a distribution for each "
                     "row. It need not sum to 1, and may be negative; nothing is checked.",
                     "softmax.weighted_cross_entropy"),
                Fact("Weights", "With numbers of classes, the mean divides by the sum of the weights of the labels. "
                     "With probabilities it divides by the number of rows. So the same labels give two losses."),
                Fact("Smoothing", "`label_smoothing` mixes the label with the uniform distribution over all classes, "
                     "the true one included.", "soft_labels.smoothed_loss"),
                Fact("Weights and smoothing", "Together, each term of the smoothed label has the weight of its own "
                     "class. The mean still divides by the sum of the weights of the labels before smoothing.",
                     "targets.smoothed_loss"),
                Fact("Ignored rows", "`ignore_index` (−100) leaves rows out of the sum and out of what the mean "
                     "divides by. The class stays in the softmax. If every row is ignored the mean is nan, the sum 0."),
                Fact("Minus infinity", "A logit of minus infinity is fine beside a class number. With a one-hot "
                     "probability target the loss is nan, and with smoothing it is infinite, or nan if the class has "
                     "the weight 0. A row of nothing else has a gradient of nan, even if it is ignored."),
                Fact("Out of range", "A class number that does not exist is an IndexError on a CPU."),
            ),
        ),
        LossFunction(
            "torch.nn.functional.linear_cross_entropy",
            ("F.linear_cross_entropy", "torch.nn.LinearCrossEntropyLoss", "nn.LinearCrossEntropyLoss"),
            "softmax_regression.loss",
            "The sum over the observations, divided by their number.",
            "Features and the weights of a linear layer, a row for each class; it computes the logits itself.",
            "As `cross_entropy`.",
            (Fact("Sum", "`reduction=\"sum\"` is the loss as it stands here, of all observations together."),),
        ),
        LossFunction(
            "torch.nn.functional.nll_loss",
            ("F.nll_loss", "torch.nn.NLLLoss", "nn.NLLLoss"),
            "cross_entropy.hard_label",
            "One such loss for each row, then the mean.",
            "Log-probabilities, as `log_softmax` gives them.",
            "The number of the class, counted from 0.",
            (
                Fact("No logarithm", "It takes none, whatever its name says: it picks an entry and changes the sign. "
                     "Probabilities give a negative \"loss\", without a word."),
                Fact("Weights", "The mean divides by the sum of the weights of the labels."),
            ),
        ),
        LossFunction(
            "torch.nn.functional.binary_cross_entropy",
            ("F.binary_cross_entropy", "torch.nn.BCELoss", "nn.BCELoss"),
            "cross_entropy.two_outcomes",
            "One such loss for each entry, then the mean.",
            "Probabilities of the label 1.",
            "Floating-point numbers from 0 to 1, in the shape of the probabilities.",
            (
                Fact("Mean", "Over all entries.", "bernoulli.mean_negative_log_likelihood"),
                Fact("Weights", "The mean divides by the number of entries, and not by the sum of the weights."),
                Fact("Clipping", "No logarithm is below −100: probability 0 with the label 1 gives 100, where the loss "
                     "is infinite."),
                Fact("Gradient", "Its denominator is at least 1e-12: probability 0 with the label 1 gives −1e12, "
                     "and with the label 0 it gives 0.", "bernoulli.score"),
                Fact("Refused", "A probability or a label outside 0 to 1 is a RuntimeError, and so are integers."),
            ),
        ),
        LossFunction(
            "torch.nn.functional.binary_cross_entropy_with_logits",
            ("F.binary_cross_entropy_with_logits", "torch.nn.BCEWithLogitsLoss", "nn.BCEWithLogitsLoss"),
            "sigmoid.cross_entropy",
            "One such loss for each entry, then the mean.",
            "Logits. The sigmoid is inside.",
            "Floating-point numbers in the shape of the logits; soft labels are fine.",
            (
                Fact("Mean", "Over all entries, with weights too."),
                Fact("`pos_weight`", "It multiplies what the label 1 costs, and leaves the label 0 alone. The best "
                     "probability is then no longer the frequency.", "sigmoid.second_form"),
                Fact("Not checked", "A label outside 0 to 1 is taken as it is: 2 gives a loss that can be negative."),
                Fact("Infinite logits", "nan, also where the loss is 0. Only plus infinity with the label 0 gives "
                     "infinity."),
                Fact("Lost digits", "The loss of the label 0 at a logit of −40 is returned as 0; the right value, "
                     "about 4e-18, is a number of binary64 like any other."),
            ),
        ),
        LossFunction(
            "torch.nn.functional.kl_div",
            ("F.kl_div", "torch.nn.KLDivLoss", "nn.KLDivLoss"),
            "cross_entropy.kl_divergence",
            "One term of it for each entry; the sum over the classes is yours to ask for.",
            "Log-probabilities of the model first, the reference second.",
            "A distribution for each row; with `log_target=True` its logarithms.",
            (
                Fact("Order", "The model comes first, and the reference second: the other way round than it is "
                     "written."),
                Fact("Mean", "The default divides by the number of entries, rows times classes, so it is too small by "
                     "the number of classes. `reduction=\"batchmean\"` divides by the rows."),
                Fact("Pointwise", "Single terms can be negative. The sum cannot, if both are distributions."),
                Fact("Zeros", "A reference of 0 counts for nothing, unless the log-probability is minus infinity: "
                     "that is nan."),
            ),
        ),
        LossFunction(
            "torch.nn.functional.soft_margin_loss",
            ("F.soft_margin_loss", "torch.nn.SoftMarginLoss", "nn.SoftMarginLoss"),
            "sigmoid.hard_form",
            "One such loss for each entry, then the mean.",
            "Logits.",
            "−1 and 1, where the formula has 0 and 1.",
            (
                Fact("Mean", "Over all entries."),
                Fact("Overflow", "In float64 a logit beyond about 709 on the wrong side gives infinity, where the loss "
                     "is about the size of the logit. On the right side it keeps its digits."),
            ),
        ),
        LossFunction(
            "torch.nn.functional.multilabel_soft_margin_loss",
            ("F.multilabel_soft_margin_loss", "torch.nn.MultiLabelSoftMarginLoss", "nn.MultiLabelSoftMarginLoss"),
            "sigmoid.cross_entropy",
            "The mean over the labels of a row, then over the rows.",
            "Logits, one for each label of a row.",
            "0 and 1 for each label; several may be 1.",
            (
                Fact("Mean", "Over labels and rows: the same number as `binary_cross_entropy_with_logits`."),
                Fact("Weights", "One for each label. The mean over the labels divides by how many there are."),
            ),
        ),
        LossFunction(
            "torch.nn.functional.softplus",
            ("F.softplus", "torch.nn.Softplus", "nn.Softplus"),
            "sigmoid.softplus",
            "For each entry.",
            "Any numbers.",
            "",
            (Fact("Threshold", "Above 20 it returns its argument, which is wrong from the ninth digit after the point "
                  "on. `threshold` moves the place."),),
        ),
        LossFunction(
            "torch.distributions.Categorical",
            ("torch.distributions.categorical.Categorical", "Categorical.log_prob"),
            "cross_entropy.hard_label",
            "Minus its `log_prob`.",
            "`probs`, or `logits`.",
            "The number of the class, counted from 0.",
            (
                Fact("Normalised", "`probs` are divided by their sum.", "maximum_likelihood.share"),
                Fact("Clipping", "Probabilities are kept at least one rounding unit (2.2e-16 in float64) away from 0, "
                     "so a class of probability 0 costs 36.04, and not infinity."),
            ),
        ),
        LossFunction(
            "torch.distributions.Bernoulli",
            ("torch.distributions.bernoulli.Bernoulli", "Bernoulli.log_prob"),
            "cross_entropy.two_outcomes",
            "Minus its `log_prob`.",
            "`probs`, or `logits`.",
            "0 or 1.",
            (Fact("Clipping", "As for `Categorical`: probability 0 with the label 1 costs 36.04."),),
        ),
    ),
    ("L1Loss", "PoissonNLLLoss", "GaussianNLLLoss", "MSELoss", "HingeEmbeddingLoss", "MultiLabelMarginLoss",
     "SmoothL1Loss", "HuberLoss", "CosineEmbeddingLoss", "MarginRankingLoss", "MultiMarginLoss", "TripletMarginLoss",
     "TripletMarginWithDistanceLoss", "CTCLoss", "NLLLoss2d"),
)  # fmt: skip
