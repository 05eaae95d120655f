# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # On real data
#
# A likelihood is a product of many numbers below 1, and a computer runs out of digits.

# %%
import numpy
from sklearn.datasets import load_breast_cancer

labels = load_breast_cancer().target
share = labels.mean()
print(f"{labels.size} tumours, {share:.1%} of them benign")

# %% [markdown]
# ## The likelihood underflows

# %%
factors = numpy.where(labels == 1, share, 1 - share)
factors.prod()

# %%
from IPython.display import Math

Math(r"\ell(p) = \sum_{i=1}^{n} \left[ y_i \log p + (1 - y_i) \log(1 - p) \right]")
