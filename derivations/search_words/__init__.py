"""The words by which people look for an entry and that its title lacks: other names, abbreviations, questions.

Data for the site's search. An entry that is listed here is one that is looked for: the search prefers it to its
neighbours.
"""

from .of_practice import WORDS_OF_PRACTICE
from .of_the_chain import WORDS_OF_THE_CHAIN
from .of_variants import WORDS_OF_VARIANTS
from .on_a_computer import WORDS_ON_A_COMPUTER

WORDS: dict[str, tuple[str, ...]] = (
    WORDS_OF_THE_CHAIN | WORDS_OF_VARIANTS | WORDS_OF_PRACTICE | WORDS_ON_A_COMPUTER
)
# The same for questions about code that no entry answers as well, by their place on the site.
WORDS_OF_QUESTIONS: dict[str, tuple[str, ...]] = {
    "code_questions.html#micro-batches": ("gradient accumulation", "class weights", "mean of means"),
    "code_questions.html#vocabulary": ("tensor parallel", "vocab parallel", "chunked cross-entropy", "shards",
                                       "loss larger by log of the number of devices"),
    "code_questions.html#maximise": ("negative loss", "unlearning", "gradient ascent", "unlikelihood",
                                     "subtract a cross-entropy", "maximize"),
    "code_questions.html#ensembles": ("ensemble", "logit averaging", "average logits or probabilities"),
    "code_questions.html#custom-objective": ("LightGBM", "init_score", "boost_from_average", "fobj",
                                             "does not match built-in"),
    "code_questions.html#normalised": ("renormalise", "renormalize", "log_loss sum to one", "normalise predictions"),
    "code_questions.html#softmax-twice": ("softmax applied twice", "double softmax", "loss stuck at 1.46",
                                          "softmax before CrossEntropyLoss"),
    "code_questions.html#kl-mean": ("KLDivLoss", "mean vs batchmean", "kl_div reduction", "negative KL loss"),
    "code_questions.html#loss-and-accuracy": ("validation loss increases but accuracy increases", "val_loss goes up",
                                              "overfitting", "overconfident", "loss vs accuracy"),
    "code_questions.html#all-ignored": ("all ignored", "nan loss"),
    "code_questions.html#ignore-index": ("ignore_index", "remove a class"),
    "code_questions.html#weighted-mean": ("class weights no effect", "batch of one class", "batch size 1"),
    "code_questions.html#log-loss-eps": ("eps", "loss eps"),
    "code_questions.html#start": ("good initial loss", "baseline", "siglip bias", "initialization final layer",
                                  "prior", "imbalanced classes"),
}
# What is asked in whole phrases, whose words alone would find other entries as well or better, and the entry that
# answers: found by all of the words, in any order, and by no part of them.
PHRASES: dict[str, tuple[str, ...]] = {
    "likelihood.minus_log_is_decreasing": ("why minus log", "why negative log likelihood", "why the minus sign",
                                           "why do we minimize negative log likelihood", "why minimise minus log"),
    "likelihood.underflow": ("why do we take the log", "why take the log", "why log likelihood",
                             "why take the logarithm of the likelihood"),
    "bernoulli.log_likelihood": ("why sum instead of product",),
}
