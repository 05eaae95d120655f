# ---
# jupyter:
#   description: The derived cross-entropy formulas on two measured data sets, compared with what scikit-learn computes.
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # On real data
#
# Do the derived formulas give the right numbers? This page puts measured data into them. Every function below is made
# from a result of the earlier pages; no formula is typed again. Each cell ends by asserting what it found, so a wrong
# number would stop this page from being built.
#
# ## A model and its probabilities
#
# The data describe 569 breast tumours by 30 measurements each. The label {{ symbol y[i] }} is 1 for a benign tumour
# and 0 for a malignant one. The measurements are standardised: shifted and scaled to mean 0 and standard deviation 1.
# Logistic regression makes a logit from them, a weighted sum plus a constant, and the probability {{ symbol p[i] }}
# is the sigmoid of the logit.

# %%
from textwrap import fill

import numpy
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from derivations.catalogue import catalogue
from derivations.functions import function

results = catalogue()

features, labels = load_breast_cancer(return_X_y=True)
model = make_pipeline(StandardScaler(), LogisticRegression())
model.fit(features, labels)
probabilities = model.predict_proba(features)[:, 1]
logits = model.decision_function(features)

print(f"{labels.size} labels, {labels.sum()} of them 1")
print(f"smallest p:     {probabilities.min():.1e}")
print(f"smallest 1 - p: {(1 - probabilities).min():.1e}")
assert ((0 < probabilities) & (probabilities < 1)).all()

# %% [markdown]
# Some probabilities are close to 0 or 1, but none reaches them: they are interior, as logarithms will ask.
#
# ## Does the likelihood underflow?
#
# The likelihood of all labels is a product, if the labels are independent. That hypothesis is about how the data were
# collected; no computation can confirm it.
#
# {{ result bernoulli.likelihood }}
#
# The smallest positive number that a computer usually holds is about `5e-324`, 5 divided by 10 to the power 324. A
# smaller product underflows: it becomes exactly 0. We try two models, the fitted one and a constant one that gives
# every tumour the share of benign ones. To get more labels than there are, we repeat the data; copies are not
# independent labels, so this shows the arithmetic only.

# %%
share = function(results["bernoulli.frequency"])(y=labels)
models = {
    "fitted": probabilities,
    "constant": numpy.full(labels.size, share),
}


def for_more_labels(compute):
    """Values for both models, of the data and of copies of the data."""
    found = {}
    print("labels      fitted     constant")
    for copies in (1, 2, 25):
        y = numpy.tile(labels, copies)
        for name, p in models.items():
            found[name, copies] = compute(p=numpy.tile(p, copies), y=y)
        fitted, constant = found["fitted", copies], found["constant", copies]
        print(f"{y.size:6} {fitted:11.4g} {constant:12.4g}")
    return found


product = for_more_labels(function(results["bernoulli.likelihood"]))

assert product["constant", 1] > 0 and product["constant", 2] == 0
assert product["fitted", 2] > 0 and product["fitted", 25] == 0

# %% [markdown]
# Notice that nothing underflows at 569 labels, though the constant model comes halfway to the end in powers of ten.
# Two copies of the data are too much for it; the better model lasts longer, and is lost by 25 copies. A 0 can no
# longer tell a good model from a bad one.
#
# ## The log-likelihood does not
#
# For independent labels and interior probabilities, 0 < {{ symbol p[i] }} < 1:
#
# {{ result bernoulli.log_likelihood }}

# %%
log_likelihood = function(results["bernoulli.log_likelihood"])

total = for_more_labels(log_likelihood)

for name, copies in total:
    assert numpy.isclose(total[name, copies], copies * total[name, 1])

# %% [markdown]
# Notice that twice the data give twice the sum. The numbers stay ordinary, and the better model is still the one with
# the larger value.
#
# ## Is the mean the loss that libraries report?
#
# Under the same two hypotheses:
#
# {{ result bernoulli.mean_negative_log_likelihood }}

# %%
names = {
    "NLL": "negative_log_likelihood",
    "mean NLL": "mean_negative_log_likelihood",
    "mean cross-entropy": "cross_entropy",
}
found = {
    words: function(results[f"bernoulli.{name}"])(p=probabilities, y=labels)
    for words, name in names.items()
}
found["log_loss of scikit-learn"] = library = log_loss(labels, probabilities)
for words, value in found.items():
    print(f"{words:25} {value:15.12f}")

mean_nll, mean_loss = found["mean NLL"], found["mean cross-entropy"]
print(f"mean NLL less log_loss    {mean_nll - library:.0e}")
assert numpy.allclose([mean_nll, mean_loss], library, rtol=1e-13, atol=0)

# %% [markdown]
# Notice that the mean NLL, the mean cross-entropy and `log_loss` are the same number up to rounding. `log_loss`
# shares no code with this site.
#
# ## Is the gradient the difference of probability and label?
#
# {{ result sigmoid.cross_entropy }}
#
# {{ result sigmoid.gradient }}
#
# To test the second formula, we use the first alone: move a logit a small step up and a small step down, and divide the
# change of the loss by the distance. This central difference has two errors. A long step sees the curve bend; a short
# step divides rounding errors by a tiny number. We try three steps, at all 569 logits.

# %%
loss = function(results["sigmoid.cross_entropy"])
slope = function(results["sigmoid.gradient"])
pairs = list(zip(labels, logits))
gradient = numpy.array([slope(y=y, z=z) for y, z in pairs])

error = {}
for step in (1e-1, 1e-5, 1e-9):
    change = [
        loss(y=y, z=z + step) - loss(y=y, z=z - step) for y, z in pairs
    ]
    error[step] = abs(gradient - numpy.divide(change, 2 * step)).max()
    print(f"step {step:.0e}: largest error {error[step]:.0e}")

assert error[1e-5] < 1e-9 < min(error[1e-1], error[1e-9])
assert numpy.allclose(gradient, probabilities - labels, rtol=0, atol=1e-14)

# %% [markdown]
# Notice the middle step: there both errors are small, and the formula agrees to nine decimals. No hypothesis was
# needed: a sigmoid is never 0 or 1.
#
# ## Three classes
#
# The iris data hold 150 flowers of three species. The labels are one-hot, and the model, fitted anew, gives each
# flower three logits. Softmax turns them into its probabilities; all are positive, as the mean cross-entropy asks.

# %%
features, species = load_iris(return_X_y=True)
model.fit(features, species)
probabilities_of_classes = model.predict_proba(features)
one_hot = numpy.eye(3)[species]

mean_cross_entropy = function(results["categorical.cross_entropy"])
mean_loss = mean_cross_entropy(p=probabilities_of_classes, y=one_hot)
library = log_loss(species, probabilities_of_classes)

print(f"mean cross-entropy        {mean_loss:.12f}")
print(f"log_loss of scikit-learn  {library:.12f}")
print(f"difference                {mean_loss - library:.0e}")
assert numpy.isclose(mean_loss, library, rtol=1e-13, atol=0)

# %% [markdown]
# Notice that it is the same number again, now for three classes.
#
# The gradient for class m of one flower, under the hypothesis that its labels sum to 1:
#
# {{ result softmax.gradient }}

# %%
def largest_error(loss, slope, labels, logits, step=1e-5):
    """Of the gradient against central differences of the loss."""
    errors = []
    for y, z in zip(labels, logits):
        for m, move in enumerate(step * numpy.eye(3), start=1):
            change = loss(y=y, z=z + move) - loss(y=y, z=z - move)
            errors.append(abs(slope(m=m, y=y, z=z) - change / (2 * step)))
    return max(errors)


logits = model.decision_function(features)
loss = function(results["softmax.cross_entropy"])
slope = function(results["softmax.gradient"])
error = largest_error(loss, slope, one_hot, logits)
print(f"largest error {error:.0e}")
assert error < 1e-9

# %% [markdown]
# Notice that it is as small as before. What if the labels do not sum to 1, say because every flower counts half? Then
# this formula is refused, and the general one takes its place:
#
# {{ result softmax.weighted_gradient }}

# %%
try:
    slope(m=1, y=one_hot[0] / 2, z=logits[0])
except ValueError as refusal:
    print(fill(str(refusal), 76))
else:
    raise AssertionError("labels that sum to one half were taken")

loss = function(results["softmax.weighted_cross_entropy"])
slope = function(results["softmax.weighted_gradient"])
error = largest_error(loss, slope, one_hot / 2, logits)
print(f"largest error of the general formula {error:.0e}")
assert error < 1e-9

# %% [markdown]
# Notice that the refusal names the hypothesis and the value it found, and that the general formula agrees.
#
# ## A label outside its domain
#
# A common slip is to number two classes 1 and 2 instead of 0 and 1.

# %%
try:
    log_likelihood(p=probabilities, y=labels + 1)
except ValueError as refusal:
    print(fill(str(refusal), 76))
    assert "outside its domain" in str(refusal)
else:
    raise AssertionError("a label of 2 was taken")

# %% [markdown]
# Notice that it names the first label that does not fit, counted from 1 as in the formulas, and the domain it should
# be in.
