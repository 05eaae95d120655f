"""The losses of Keras."""

from .rows import Fact, Library, LossFunction

KERAS = Library(
    "Keras",
    ("keras", "jax"),
    (
        LossFunction(
            "keras.losses.BinaryCrossentropy",
            ("keras.losses.binary_crossentropy", "tf.keras.losses.BinaryCrossentropy"),
            "cross_entropy.two_outcomes",
            "The mean over the last axis, then over the rest.",
            "Probabilities of the label 1; with `from_logits=True` logits.",
            "Numbers from 0 to 1, in the shape of the probabilities.",
            (
                Fact("Mean", "Over all entries. With sample weights it still divides by the number of entries; "
                     "`reduction=\"mean_with_sample_weight\"` divides by the sum of the weights.",
                     "bernoulli.mean_negative_log_likelihood"),
                Fact("Clipping", "Probabilities are moved into 1e-7 to 1 − 1e-7 without a word, also those above 1. "
                     "So in float32 no loss is above 16.12, for the label 0 none is above 15.94, and where it stops "
                     "the gradient is 0."),
                Fact("From logits", "Nothing is clipped.", "sigmoid.cross_entropy"),
                Fact("Forgotten `from_logits`", "Logits are then taken for probabilities and clipped: the loss is "
                     "about 1e-7 or about 16, and says nothing of the model."),
                Fact("Smoothing", "`label_smoothing` mixes the label with one half, as the smoothing of a distribution "
                     "does where there are two classes.",
                     "soft_labels.smoothed"),
            ),
        ),
        LossFunction(
            "keras.losses.CategoricalCrossentropy",
            ("keras.losses.categorical_crossentropy", "tf.keras.losses.CategoricalCrossentropy"),
            "cross_entropy.cross_entropy",
            "One such loss for each row, then the mean.",
            "Probabilities; with `from_logits=True` logits.",
            "One-hot, or a distribution for each row.",
            (
                Fact("Mean", "Over the rows. With sample weights it still divides by the number of rows.",
                     "categorical.mean_negative_log_likelihood"),
                Fact("Normalised", "Rows of probabilities are divided by their sum, without a word.",
                     "maximum_likelihood.share"),
                Fact("Clipping", "Probabilities are then moved into 1e-7 to 1 − 1e-7."),
                Fact("From logits", "Nothing is clipped.", "softmax.cross_entropy"),
                Fact("Smoothing", "`label_smoothing` mixes the label with the uniform distribution over all classes.",
                     "soft_labels.smoothed_loss"),
            ),
        ),
        LossFunction(
            "keras.losses.SparseCategoricalCrossentropy",
            ("keras.losses.sparse_categorical_crossentropy", "tf.keras.losses.SparseCategoricalCrossentropy"),
            "cross_entropy.hard_label",
            "One such loss for each row, then the mean.",
            "Probabilities; with `from_logits=True` logits.",
            "The number of the class, counted from 0.",
            (
                Fact("From logits", "Nothing is clipped.", "log_sum_exp.hard_loss"),
                Fact("Ignored rows", "`ignore_class` leaves rows out. The mean is over the rows that are kept."),
                Fact("Out of range", "On the JAX backend a class number that does not exist costs 0, without a word."),
            ),
        ),
        LossFunction(
            "keras.losses.KLDivergence",
            ("keras.losses.kl_divergence", "tf.keras.losses.KLDivergence"),
            "cross_entropy.kl_divergence",
            "One such number for each row, then the mean.",
            "Probabilities of the model, second.",
            "The reference, first: as it is written.",
            (Fact("Clipping", "Both are kept at least 1e-7. So a class of probability 0 that does occur costs about "
                  "16, and not infinity."),),
        ),
        LossFunction(
            "keras.losses.BinaryFocalCrossentropy",
            ("keras.losses.binary_focal_crossentropy", "tf.keras.losses.BinaryFocalCrossentropy"),
            "focal.focal_loss",
            "One such loss for each entry, at the probability of its label; then the mean over a row.",
            "Probabilities; with `from_logits=True` logits.",
            "0 and 1.",
            (Fact("Defaults", "`gamma` is 2. `alpha` is 0.25, but is applied only with "
                  "`apply_class_balancing=True`. With `gamma=0` it is binary cross-entropy.",
                  "cross_entropy.two_outcomes"),),
        ),
        LossFunction(
            "keras.losses.CategoricalFocalCrossentropy",
            ("keras.losses.categorical_focal_crossentropy", "tf.keras.losses.CategoricalFocalCrossentropy"),
            "focal.of_classes",
            "One such loss for each row, times `alpha`.",
            "Probabilities; with `from_logits=True` logits.",
            "A distribution for each row, one-hot or soft.",
            (Fact("Defaults", "`gamma` is 2, and `alpha`, 0.25, is applied: with `gamma=0` it is a quarter of "
                  "cross-entropy.", "cross_entropy.cross_entropy"),),
        ),
        LossFunction(
            "keras.losses.CategoricalGeneralizedCrossEntropy",
            ("keras.losses.categorical_generalized_cross_entropy",),
            "scores.generalized",
            "One such loss for each row, at the probability of its class; then the mean. The exponent is called `q`.",
            "Probabilities.",
            "The number of the class, counted from 0, in spite of the name.",
            (Fact("Defaults", "`q` is 0.5. The ends 0 and 1 are refused: they would be cross-entropy and what the "
                  "probability lacks of 1."),),
        ),
    ),
    ("CTC", "CategoricalHinge", "Circle", "CosineSimilarity", "Dice", "Hinge",
     "Huber", "LogCosh", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredError",
     "MeanSquaredLogarithmicError", "Poisson", "SquaredHinge", "Tversky"),
)  # fmt: skip
