"""The losses of optax, and log-probabilities of JAX."""

from .rows import Fact, Library, LossFunction

OPTAX = Library(
    "JAX and optax",
    ("jax", "optax"),
    (
        LossFunction(
            "optax.losses.softmax_cross_entropy",
            ("optax.softmax_cross_entropy",),
            "softmax.weighted_cross_entropy",
            "One such loss for each row.",
            "Logits, with the classes on the last axis.",
            "A number for each class. They need not sum to 1, and the formula says what happens then.",
            (
                Fact("Gradient", "It is that of the formula, for labels of any sum.", "softmax.weighted_gradient"),
                Fact("No mean", "It returns a loss for each row."),
                Fact("Minus infinity", "A logit of minus infinity is nan, even where its label is 0."),
            ),
        ),
        LossFunction(
            "optax.losses.safe_softmax_cross_entropy",
            ("optax.safe_softmax_cross_entropy",),
            "softmax.weighted_cross_entropy",
            "One such loss for each row.",
            "Logits, with the classes on the last axis.",
            "As `softmax_cross_entropy`.",
            (Fact("Minus infinity", "A label of 0 at a logit of minus infinity counts for nothing."),),
        ),
        LossFunction(
            "optax.losses.softmax_cross_entropy_with_integer_labels",
            ("optax.softmax_cross_entropy_with_integer_labels",),
            "log_sum_exp.hard_loss",
            "One such loss for each row.",
            "Logits, floating-point: integers are a TypeError.",
            "The number of the class, counted from 0.",
            (
                Fact("No mean", "It returns a loss for each row."),
                Fact("Out of range", "Nothing is said: −1 is the last class, and a number that is too large gives "
                     "nan. There is no `ignore_index`."),
                Fact("Left out", "`where=` leaves classes out of the softmax, not rows."),
            ),
        ),
        LossFunction(
            "optax.losses.sigmoid_binary_cross_entropy",
            ("optax.sigmoid_binary_cross_entropy",),
            "sigmoid.cross_entropy",
            "One such loss for each entry.",
            "Logits.",
            "Any numbers; soft labels are fine, and nothing is checked.",
            (
                Fact("No mean", "It returns a loss for each entry."),
                Fact("Large logits", "It keeps its digits: at −40 the label 0 costs about 4e-18, as it should."),
                Fact("Infinite logits", "nan, also on the right side, where the loss is 0."),
            ),
        ),
        LossFunction(
            "optax.losses.kl_divergence",
            ("optax.kl_divergence", "optax.losses.convex_kl_divergence"),
            "cross_entropy.kl_divergence",
            "The sum over the classes of a row.",
            "Log-probabilities of the model first, the reference second.",
            "A distribution for each row.",
            (
                Fact("Order", "The model comes first: the other way round than it is written."),
                Fact("Zeros", "A reference of 0 counts for nothing, unless the log-probability is minus infinity: "
                     "that is nan. The gradient in a reference of 0 is nan too."),
            ),
        ),
        LossFunction(
            "optax.losses.kl_divergence_with_log_targets",
            ("optax.kl_divergence_with_log_targets",),
            "cross_entropy.kl_divergence",
            "The sum over the classes of a row.",
            "Log-probabilities of the model first.",
            "The logarithms of the reference.",
            (Fact("Zeros", "A reference of 0, given as minus infinity, is nan."),),
        ),
        LossFunction(
            "optax.losses.generalized_kl_divergence",
            (),
            "cross_entropy.kl_divergence",
            "No result here is the same. It adds the sum of the model's numbers, and subtracts that of the reference. "
            "For two distributions these cancel.",
            "Logarithms of the model first, the reference second.",
            "Numbers that are not negative; they need not sum to 1.",
            (Fact("Other sums", "What it adds is the difference of the two sums. So it is not negative even where "
                  "they are no distributions."),),
            nearly=True,
        ),
        LossFunction(
            "optax.losses.poly_loss_cross_entropy",
            (),
            "softmax.cross_entropy",
            "No result here is the same. It adds `epsilon` times one minus the probability of the label.",
            "Logits, with the classes on the last axis.",
            "A distribution for each row.",
            (Fact("Default", "`epsilon` is 2; with 0 it is the result named here."),),
            nearly=True,
        ),
        LossFunction(
            "optax.losses.sigmoid_focal_loss",
            ("optax.sigmoid_focal_loss",),
            "focal.focal_loss",
            "One such loss for each entry, at the probability of its label.",
            "Logits.",
            "0 or 1; soft labels are another loss.",
            (
                Fact("Defaults", "`gamma` is 2 and `alpha` is not applied; with `gamma=0` it is binary cross-entropy.",
                     "sigmoid.cross_entropy"),
                Fact("Soft labels", "Cross-entropy times one power, that of a mean of the two probabilities. It is no "
                     "mean of two focal losses.", "sigmoid.cross_entropy"),
            ),
        ),
        LossFunction(
            "optax.losses.smooth_labels",
            ("optax.smooth_labels",),
            "soft_labels.smoothed",
            "Not a loss, but what goes into one.",
            "Labels.",
            "One-hot, or a distribution for each row.",
            (Fact("Spread", "Over all classes, the true one included: not over the others only."),),
        ),
        LossFunction(
            "jax.scipy.stats.bernoulli.logpmf",
            (),
            "cross_entropy.two_outcomes",
            "Minus its value.",
            "Probabilities of the label 1, second.",
            "0 or 1, first.",
            (Fact("Impossible", "Probability 0 with the label 1 gives minus infinity: nothing is clipped."),),
        ),
    ),
    ("binary_dice_loss", "cosine_distance", "cosine_similarity", "ctc_loss", "ctc_loss_with_forward_probs",
     "dice_loss", "hinge_loss", "huber_loss", "l2_loss", "log_cosh", "make_fenchel_young_loss",
     "multiclass_generalized_dice_loss", "multiclass_hinge_loss", "multiclass_perceptron_loss",
     "multiclass_sparsemax_loss", "ntxent", "perceptron_loss", "ranking_softmax_loss", "sparsemax_loss",
     "squared_error", "triplet_margin_loss"),
)  # fmt: skip
