"""The site's own search, asked as learners ask: what they look for is among the first three hits."""

import pytest

from derivations.catalogue import RENAMED, WITHDRAWN, catalogue, has_result
from derivations.writing.asked import asked_formula, for_the_browser
from derivations.writing.typeset import plain

pytestmark = pytest.mark.browser

FIRST = 3
# Query -> what must be among its first hits: a page, or a place on a page.
QUERIES = {
    "softmax gradient": "softmax.html#softmax.gradient",
    "BCE": "cross_entropy.html#cross_entropy.two_outcomes",
    "log loss": "cross_entropy.html#cross_entropy.two_outcomes",
    "p - y": "softmax.html#softmax.gradient",
    "softmax cross entropy gradient": "softmax.html#softmax.gradient",
    "focal loss gradient": "focal.html#focal.gradient",
    "fisher information bernoulli": "maximum_likelihood.html#maximum_likelihood.bernoulli_fisher_information",
    "weighted cross entropy": "weights.html#weights.loss",
    "cross entropy lower bound": "cross_entropy.html#cross_entropy.minimum",
    "subtract max softmax": "softmax.html#softmax.shift",
    "label smoothing loss": "soft_labels.html#soft_labels.smoothed_loss",
    "entropy of the uniform distribution": "entropy.html#entropy.uniform_model",
    "logits vs probabilities": "softmax.html#softmax.probability",
    "maximum likelihood equals minimum cross entropy": "cross_entropy.html#cross_entropy.mean_nll",
    "MLE cross entropy": "cross_entropy.html#cross_entropy.mean_nll",
    "minimize KL": "cross_entropy.html#cross_entropy.decomposition",
    "numerical stability softmax": "numerics.html#numerics.log_softmax",
    "bits vs nats": "cross_entropy.html#cross_entropy.base_change",
    "d/dz sigmoid(z)": "sigmoid.html#sigmoid.derivative",
    "gradient of BCE with respect to weights": "logistic_regression.html#logistic_regression.gradient",
    "temperature": "softmax.html#softmax.not_scale_invariant",
    "binary cross entropy": "cross_entropy.html#cross_entropy.two_outcomes",
    "categorical cross entropy": "categorical.html#categorical.cross_entropy",
    "negative log likelihood": "bernoulli.html#bernoulli.negative_log_likelihood",
    "NLL": "categorical.html#categorical.negative_log_likelihood",
    "KL divergence": "cross_entropy.html#cross_entropy.kl_divergence",
    "DKL": "cross_entropy.html#cross_entropy.kl_divergence",
    "softmax derivative": "softmax.html#softmax.jacobian",
    "jacobian of softmax": "softmax.html#softmax.jacobian",
    "sigmoid derivative": "sigmoid.html#sigmoid.derivative",
    "hessian logistic regression": "logistic_regression.html#logistic_regression.hessian",
    "why minus log": "likelihood.html#likelihood.minus_log_is_decreasing",
    "why do we minimize negative log likelihood": "likelihood.html#likelihood.minus_log_is_decreasing",
    "why do we take the log": "likelihood.html#likelihood.underflow",
    "difference between cross entropy and log loss": "cross_entropy.html#cross_entropy.two_outcomes",
    "derivative of softmax cross entropy": "softmax.html#softmax.gradient",
    "why take the log": "likelihood.html#likelihood.underflow",
    "perplexity": "cross_entropy.html#cross_entropy.perplexity",
    "entropy vs cross entropy": "cross_entropy.html#cross_entropy.decomposition",
    "label smoothing": "soft_labels.html#soft_labels.smoothed",
    "log sum exp trick": "numerics.html#numerics.log_sum_exp",
    "overflow": "numerics.html#numerics.log_sum_exp",
    "underflow": "likelihood.html#likelihood.underflow",
    "mse vs cross entropy": "sigmoid.html#sigmoid.squared_error_gradient",
    "one hot": "categorical.html#categorical.one_hot_label",
    "maximum likelihood bernoulli": "bernoulli.html#bernoulli.maximum_likelihood",
    "convex": "logistic_regression.html#logistic_regression.convex",
    "information gain": "entropy.html#entropy.information_gain",
    "log odds": "sigmoid.html#sigmoid.logit",
    "CrossEntropyLoss": "softmax.html#softmax.cross_entropy",
    "BCEWithLogitsLoss": "sigmoid.html#sigmoid.cross_entropy",
    "cross entropy formula": "cross_entropy.html#cross_entropy.cross_entropy",
    "logistic regression": "logistic_regression.html",
    "sigmoid vs softmax": "two_classes.html#two_classes.first_probability",
    "soft labels": "soft_labels.html",
    "gibbs inequality": "cross_entropy.html#cross_entropy.gibbs",
    "fisher information": "maximum_likelihood.html#maximum_likelihood.fisher_information",
    "is cross entropy symmetric": "cross_entropy.html#cross_entropy.asymmetry",
    "L2 regularization": "logistic_regression.html#logistic_regression.penalized_loss",
    "perfect separation": "logistic_regression.html#logistic_regression.separation",
    "likelihood vs probability": "likelihood.html#likelihood.not_a_density",
    "gradient check": "numerics.html#numerics.central_difference",
    "gradient accumulation": "perplexity.html#perplexity.pooled_mean",
    "minibatch": "perplexity.html#perplexity.unbiased",
    "corpus perplexity": "perplexity.html#perplexity.pooled",
    "jensen shannon": "averages.html#averages.jensen_shannon",
    "ensemble": "averages.html#averages.ensemble",
    "population risk": "information.html#information.population",
    "brier hessian": "squared_error.html#squared_error.hessian",
    "squared error softmax not convex": "squared_error.html#squared_error.not_convex",
    # With digits, signs and little words, which mean something else to the search, or are the beginning of many words.
    "log of 0": "cross_entropy.html#cross_entropy.two_outcomes",
    "focal loss label 0": "focal.html#focal.other_label",
    "focal (1-p)^gamma": "focal.html#focal.focal_loss",
    "logistic loss labels -1 and 1": "preferences.html#preferences.signed_loss",
    "xgboost p(1-p) hessian": "newton.html#newton.diagonal_bound",
    # A function of another library is found by any of its names.
    "torch.nn.functional.cross_entropy": "which_function.html#torch.nn.functional.cross_entropy",
    "F.cross_entropy": "which_function.html#torch.nn.functional.cross_entropy",
    "nn.CrossEntropyLoss": "which_function.html#torch.nn.functional.cross_entropy",
    "binary_cross_entropy_with_logits": "which_function.html#torch.nn.functional.binary_cross_entropy_with_logits",
    "sparse_categorical_crossentropy": "which_function.html#keras.losses.SparseCategoricalCrossentropy",
    "sklearn.metrics.log_loss": "which_function.html#sklearn.metrics.log_loss",
    "optax.kl_divergence": "which_function.html#optax.losses.kl_divergence",
    "ignore_index": "code_questions.html#ignore-index",
    "gradient accumulation class weights": "code_questions.html#micro-batches",
    "ignore_index all ignored nan": "code_questions.html#all-ignored",
    "infonce log n": "preferences.html#preferences.contrastive_loss",
    "jsd maximum": "averages.html#averages.at_most_log_two",
    # Other prose has no words of its own; it is found by its heading and its text.
    "clipping": "numerics.html#what-clipping-does",
    "focal loss": "focal.html",
    "how is it checked": "how_it_is_checked.html",
}
# Query of practitioners -> the pages, or places, that answer it. A minus sign excludes a word: no query has one alone.
PRACTICE = {
    "softmax applied twice": ("bounded_logits.html#bounded_logits.softmax_twice", "code_questions.html#softmax-twice"),
    "double softmax": ("bounded_logits.html#bounded_logits.softmax_twice", "code_questions.html#softmax-twice"),
    "loss stuck at 1.46": ("bounded_logits.html#bounded_logits.softmax_twice", "code_questions.html#softmax-twice"),
    "softmax before CrossEntropyLoss": ("bounded_logits.html#bounded_logits.softmax_twice",
                                        "code_questions.html#softmax-twice"),
    "InfoNCE lower bound": ("bounded_logits.html#bounded_logits.contrastive",),
    "contrastive loss minimum": ("bounded_logits.html#bounded_logits.contrastive",
                                 "preferences.html#preferences.contrastive_loss"),
    "KLDivLoss mean vs batchmean": ("code_questions.html#kl-mean",),
    "logistic loss": ("sigmoid.html", "preferences.html#preferences.signed_loss", "logistic_regression.html"),
    "softmax loss": ("softmax.html",),
    "cross entropy with logits": ("softmax.html", "sigmoid.html"),
    "categorical crossentropy": ("categorical.html", "which_function.html"),
    "relative entropy": ("cross_entropy.html",),
    "surprisal": ("distributions.html", "cross_entropy.html"),
    "mutual information": ("entropy.html", "information.html"),
    "temperature scaling": ("calibration.html", "temperature.html"),
    "softmax temperature": ("temperature.html",),
    "temperature derivative": ("temperature.html",),
    "calibration": ("calibration.html", "temperature.html", "weights.html", "focal.html", "scores.html"),
    "knowledge distillation": ("temperature.html",),
    "distillation T squared": ("temperature.html",),
    "soft targets teacher student": ("temperature.html",),
    "label smoothing eps/K": ("soft_labels.html",),
    "label smoothing optimal logits": ("soft_labels.html",),
    "pos_weight": ("weights.html",),
    "pos_weight undo calibrated": ("weights.html",),
    "focal loss alpha": ("focal.html",),
    "focal loss negative class": ("focal.html",),
    "nan masked logits -inf": ("targets.html", "targets.html#masked-logits-and-nan"),
    "gradient accumulation class weights": ("targets.html", "targets.html#targets.by_number"),
    "class weights": ("weights.html",),
    "class_weight balanced": ("targets.html", "weights.html"),
    "class imbalance": ("weights.html", "focal.html"),
    "logit adjustment": ("weights.html", "targets.html#targets.adjusted_report", "targets.html#targets.after_training"),
    "balanced softmax": ("targets.html#targets.adjusted_report", "targets.html#targets.after_training"),
    "class weights label smoothing CrossEntropyLoss": ("targets.html#targets.smoothed_loss",),
    "scale_pos_weight": ("weights.html",),
    "oversampling": ("weights.html",),
    "focal loss gradient": ("focal.html",),
    "focal loss hessian": ("focal.html",),
    "focal loss gamma": ("focal.html",),
    "RetinaNet": ("focal.html",),
    "z-loss": ("focal.html",),
    "z loss PaLM": ("focal.html",),
    "generalized cross entropy noisy labels": ("scores.html#scores.generalized",
                                               "scores.html#scores.generalized_gradient"),
    "GCE loss": ("scores.html",),
    "bits per byte": ("perplexity.html#perplexity.bits_per_byte", "perplexity.html#perplexity.bits_from_perplexity"),
    "bits per character": ("perplexity.html#perplexity.bits_per_byte", "perplexity.html#bits-per-byte"),
    "nats to bits": ("perplexity.html#perplexity.bits_per_byte", "perplexity.html#perplexity.bits_from_perplexity"),
    "validation loss rises while accuracy rises": ("code_questions.html#loss-and-accuracy",
                                                   "bernoulli.html#bernoulli.one_mistake"),
    "validation loss increases but accuracy increases": ("code_questions.html#loss-and-accuracy",
                                                         "bernoulli.html#bernoulli.one_mistake"),
    "Brier score": ("scores.html",),
    "proper scoring rule": ("scores.html", "focal.html"),
    "mean absolute error": ("scores.html",),
    "multi-label": ("multilabel.html",),
    "multilabel classification loss": ("multilabel.html",),
    "multi-label sigmoid or softmax": ("multilabel.html",),
    "DPO": ("preferences.html",),
    "DPO loss": ("preferences.html",),
    "conservative DPO": ("preferences.html",),
    "implicit reward": ("preferences.html",),
    "RLHF": ("preferences.html",),
    "Bradley-Terry": ("preferences.html",),
    "reward model": ("preferences.html",),
    "InfoNCE": ("preferences.html",),
    "contrastive loss": ("preferences.html",),
    "CLIP loss": ("preferences.html",),
    "signed labels": ("preferences.html",),
    "Newton": ("newton.html",),
    "Newton IRLS": ("newton.html",),
    "iteratively reweighted least squares": ("newton.html",),
    "standard errors logistic regression": ("newton.html",),
    "covariance of coefficients": ("newton.html",),
    "XGBoost hessian": ("newton.html", "focal.html"),
    "LightGBM": ("newton.html", "focal.html"),
    "weight decay": ("ridge.html", "logistic_regression.html"),
    "ridge": ("ridge.html",),
    "Laplace smoothing": ("ridge.html",),
    "targets do not sum to one": ("targets.html",),
    "masked softmax": ("targets.html",),
    "reduction mean weighted": ("targets.html", "weights.html"),
    "exponential family": ("exponential_family.html",),
    "Poisson regression gradient": ("exponential_family.html", "any_loss.html"),
    "hinge loss": ("any_loss.html",),
    "k3 estimator": ("small_differences.html",),
    "GRPO": ("small_differences.html",),
    "GRPO KL": ("small_differences.html",),
    "KL estimator": ("small_differences.html",),
    "approx_kl": ("small_differences.html",),
    "reverse KL": ("small_differences.html",),
    "log_loss eps": ("code_questions.html#log-loss-eps",),
    "good log loss": ("code_questions.html#start", "code_questions.html#log-loss-eps"),
    "what is a good log loss": ("code_questions.html#start",),
    "initial loss": ("code_questions.html#start",),
    "siglip bias": ("code_questions.html#start",),
    "bias initialization final layer": ("code_questions.html#start",),
    "log(p/(1-p)) bias prior": ("code_questions.html#start", "invariance.html#invariance.best_logit"),
    "class weights no effect": ("code_questions.html#weighted-mean", "targets.html#targets.mean_by_weights"),
    "batch of one class": ("code_questions.html#weighted-mean", "targets.html#targets.mean_by_weights"),
    "soft target": ("soft_labels.html",),
    "soft targets": ("soft_labels.html",),
    "average logits or probabilities": ("ensembles.html", "code_questions.html#ensembles"),
    "logit averaging": ("ensembles.html",),
    "product of experts": ("ensembles.html",),
    "vocab parallel": ("log_sum_exp.html#log_sum_exp.from_parts", "code_questions.html#vocabulary"),
    "tensor parallel cross entropy": ("log_sum_exp.html#log_sum_exp.from_parts", "code_questions.html#vocabulary"),
    "chunked cross-entropy": ("log_sum_exp.html#log_sum_exp.from_parts", "code_questions.html#vocabulary"),
    "unlikelihood": ("odds.html",),
    "unlearning": ("odds.html", "code_questions.html#maximise"),
    "maximize cross entropy": ("odds.html", "code_questions.html#maximise"),
    "ORPO": ("odds.html", "code_questions.html#log-odds"),
    "log1mexp": ("odds.html", "code_questions.html#log-odds"),
    "focal loss class weights": ("focal.html",),
    "init_score": ("code_questions.html#custom-objective",),
    "renormalise": ("targets.html#targets.divided_loss", "targets.html#targets.divided",
                    "code_questions.html#normalised"),
    "undersampling": ("weights.html",),
    "downsampling": ("weights.html",),
    "autoencoder": ("soft_labels.html",),
    "ordinal": ("questions.html#ordered",),
    "ordered classes": ("questions.html#ordered",),
}
# A formula as people type it -> what states it.
FORMULAS = {
    "p - y": "sigmoid.html#sigmoid.gradient",
    "p_m - y_m": "softmax.html#softmax.gradient",
    "pₘ − yₘ": "softmax.html#softmax.gradient",
    r"\hat{p}_m - y_m": "softmax.html#softmax.gradient",
    "p[m]-y[m]": "softmax.html#softmax.gradient",
    "softmax(z) - y": "softmax.html#softmax.gradient",
    "softmax(z)[m] - y[m]": "softmax.html#softmax.gradient",
    "sigmoid(z) - y": "sigmoid.html#sigmoid.gradient",
    r"\sigma(z) - y": "sigmoid.html#sigmoid.gradient",
    "log(sum(exp": "softmax.html#softmax.log_sum_exp",
    "log(sum(exp(z)))": "softmax.html#softmax.log_sum_exp",
    "np.log(np.sum(np.exp(z), axis=-1))": "softmax.html#softmax.log_sum_exp",
    r"\log \sum_{k=1}^{K} e^{z_k}": "softmax.html#softmax.log_sum_exp",
    "t + log(sum(exp(z - t)))": "numerics.html#numerics.log_sum_exp",
    "exp(z)/sum(exp(z))": "softmax.html#softmax.probability",
    r"\frac{e^{z_m}}{\sum_k e^{z_k}}": "softmax.html#softmax.probability",
    "e^z_m / sum_{k=1}^K e^z_k": "softmax.html#softmax.probability",
    "sum p log p": "cross_entropy.html#cross_entropy.entropy",
    "-sum(p * log(p))": "cross_entropy.html#cross_entropy.entropy",
    "Σ p log p": "cross_entropy.html#cross_entropy.entropy",
    "-sum(y[k]*log(p[k]), k)": "cross_entropy.html#cross_entropy.cross_entropy",
    r"-\sum_{k} y_k \log \hat{p}_k": "cross_entropy.html#cross_entropy.cross_entropy",
    "-y*np.log(p) - (1-y)*np.log(1-p)": "cross_entropy.html#cross_entropy.two_outcomes",
    "sum q log(q/p)": "cross_entropy.html#cross_entropy.kl_divergence",
    "KL(q, p) >= 0": "cross_entropy.html#cross_entropy.gibbs",
    "H(q,p) = H(q) + KL(q,p)": "cross_entropy.html#cross_entropy.decomposition",
    "-q/p": "cross_entropy.html#cross_entropy.gradient",
    "p(1-p)": "sigmoid.html#sigmoid.derivative",
    "σ(z)(1−σ(z))": "sigmoid.html#sigmoid.derivative",
    "diag(p) - pp^T": "softmax.html#softmax.jacobian",
    "1/(1+exp(-z))": "sigmoid.html#sigmoid.sigmoid",
    r"\frac{1}{1 + e^{-z}}": "sigmoid.html#sigmoid.sigmoid",
    "log(1+exp(z))": "sigmoid.html#sigmoid.softplus",
    "np.log1p(np.exp(z))": "sigmoid.html#sigmoid.softplus",
    "max(0, z) + log(1 + exp(-|z|))": "numerics.html#numerics.softplus",
    "p^y (1-p)^(1-y)": "bernoulli.html#bernoulli.mass",
    "p**y * (1-p)**(1-y)": "bernoulli.html#bernoulli.mass",
    "(y - p)/(p(1-p))": "bernoulli.html#bernoulli.score",
    "y log p + (1-y) log(1-p)": "bernoulli.html#bernoulli.log_likelihood",
    "X^T (p - y)": "logistic_regression.html#logistic_regression.gradient",
    "(1 - eps) y + eps/K": "soft_labels.html#soft_labels.smoothed",
    "N_k/n": "categorical.html#categorical.frequency",
    # As other books write it.
    **dict.fromkeys(("KL(q||p)", "KL(p || q)", "KL(q‖p)", "D_KL", "D_KL(p||q)", r"D_{\mathrm{KL}}(P \parallel Q)",
                     "KL[q||p]", r"D_{KL}(p\|q)", "E_q[log q/p]"), "cross_entropy.html#cross_entropy.kl_divergence"),
    **dict.fromkeys(("H(p,q)", "H(P, Q)", "E[log p]", "-E_q[log p(x)]", "E[-log p]",
                     r"-\mathbb{E}_{x \sim p}[\log q(x)]"), "cross_entropy.html#cross_entropy.cross_entropy"),
    **dict.fromkeys(("H(p)", "H[p]"), "cross_entropy.html#cross_entropy.entropy"),
    **dict.fromkeys(("dL/dz", "∂L/∂z"), "softmax.html#softmax.gradient"),
    "JS(p||q)": "averages.html#averages.jensen_shannon",
    **dict.fromkeys(("ŷ − y", r"\hat{y} - y", "ŷ_k - y_k"), "softmax.html#softmax.gradient"),
    **dict.fromkeys(("p_i(δ_ij - p_j)", "p_k(delta_km - p_m)"), "softmax.html#softmax.jacobian"),
    **dict.fromkeys((r"\sigma'(z)", "sigmoid'(z)", "σ′(z)"), "sigmoid.html#sigmoid.derivative"),
    **dict.fromkeys(("log(p/(1-p))", "logit(p)"), "sigmoid.html#sigmoid.logit"),
    "softmax(z + c)": "softmax.html#softmax.shift",
    **dict.fromkeys(("-log(p)", "-log p_y"), "distributions.html#distributions.surprisal"),
    "-log softmax(z)": "softmax.html#softmax.log_probability",
    "z_y - log sum exp z": "softmax.html#softmax.log_probability",
    **dict.fromkeys(("σ(z)", "sigma(z)"), "sigmoid.html#sigmoid.sigmoid"),
    "sigma(-z)": "sigmoid.html#sigmoid.symmetry",
    "X^T W X": "logistic_regression.html#logistic_regression.hessian",
    **dict.fromkeys(("exp(H)", "2^H", "exp(cross entropy)"), "cross_entropy.html#cross_entropy.perplexity"),
    # A relation of quantities by their names, and from either side; a slope of a loss, with what it is.
    **dict.fromkeys(("cross entropy >= entropy", "cross entropy ≥ entropy", "entropy <= cross-entropy",
                     r"H(q) \leqslant H(q, p)"), "cross_entropy.html#cross_entropy.minimum"),
    **dict.fromkeys(("KL divergence >= 0", "0 ≤ KL", "0 <= KL(q||p)"), "cross_entropy.html#cross_entropy.gibbs"),
    **dict.fromkeys(("dL/dz = p - y", "∂L/∂z = p − y", "∇_z L = p - y", "p - y = dL/dz",
                     "dL/dz_k = ŷ_k - y_k"), "softmax.html#softmax.gradient"),
    "dL/dz = softmax(z) - y": "softmax.html#softmax.gradient",
    **dict.fromkeys(("dL/dw = X^T (p - y)", r"\nabla_{\mathbf{w}} L(w)", "∇_w L"),
                    "logistic_regression.html#logistic_regression.gradient"),
    **dict.fromkeys(("1 - sigmoid(z)", "1 − σ(z)"), "sigmoid.html#sigmoid.symmetry"),
    "𝑝ₘ − 𝑦ₘ": "softmax.html#softmax.gradient",
}
# What somebody types who comes to cite: an id, also one of the past or in words, a rule, a loss -> what comes first.
CITERS = {
    "by_hypothesis": "rules.html#by_hypothesis",
    "unfold": "rules.html#unfold",
    "chain_rule": "rules.html#chain_rule",
    "chain rule": "rules.html#chain_rule",
    "log of a product": "rules.html#log_of_product",
    "log_of_product": "rules.html#log_of_product",
    "sift_kronecker_delta": "rules.html#sift_kronecker_delta",
    "linearity_of_sum": "rules.html#linearity_of_sum",
    "softmax jacobian": "softmax.html#softmax.jacobian",
    "cross entropy gradient": "cross_entropy.html#cross_entropy.gradient",
    "bernoulli.score": "bernoulli.html#bernoulli.score",
    "Bernoulli score": "bernoulli.html#bernoulli.score",
    "ORPO": "odds.html#odds.ratio_loss",
    "hinge loss": "any_loss.html#any_loss.hinge",
    "z-loss gradient": "focal.html#focal.z_gradient",
    "Bradley-Terry loss": "preferences.html#preferences.choice_loss",
    "label smoothing gradient": "soft_labels.html#soft_labels.gradient",
    "gradient logistic regression matrix form": "logistic_regression.html#logistic_regression.gradient",
    "cross entropy greater than entropy": "cross_entropy.html#cross_entropy.minimum",
    "I(X;Y)": "entropy.html#entropy.information_gain",
    **dict.fromkeys((r"\nabla_w", "∇_w", "∇", "nabla"), "logistic_regression.html#logistic_regression.gradient"),
    # The name of its theorem in Coq.
    **dict.fromkeys(("Theorem softmax_gradient", "softmax_gradient", "softmax_gradient_derived",
                     "Lemma softmax_gradient_value"), "softmax.html#softmax.gradient"),
    "Theorem cross_entropy_gibbs_derived": "cross_entropy.html#cross_entropy.gibbs",
    "y_k": "notation.html",
    # No letter of the notation: what states something with it.
    **dict.fromkeys(("δ_km", "delta_km", r"\delta_{km}", "δ"), "categorical.html#categorical.one_hot_label"),
    **{old: f"r/{old}.html" for old in (*RENAMED, *WITHDRAWN)},
}
CONDITIONS = [
    "the labels are independent given the inputs", "the first feature is 1 for every observation",
    "the labels of each observation sum to 1",
]  # fmt: skip
# A symbol, an id or a rule.
OTHERS = {
    "λ": "notation.html",
    r"\lambda": "notation.html",
    "z_m": "notation.html",
    "softmax.gradient": "softmax.html#softmax.gradient",
    "cross_entropy.kl_divergence": "cross_entropy.html#cross_entropy.kl_divergence",
    "linearity of derivative": "rules.html",
    "sift kronecker delta": "rules.html",
    "kronecker": "rules.html#sift_kronecker_delta",
    "linearity of the sum": "rules.html#linearity_of_sum",
}
# Hits come a page at a time. Of each page: what is in sight and has the page's best score, which need not be its head.
HITS = """[...document.querySelectorAll('.md-search-result__item')].map((item) => {
    const links = [...item.querySelectorAll(':scope > a')].map((link) => ({
        place: /(r\\/)?[^/]*$/.exec(link.pathname)[0] + link.hash, text: link.innerText,
        score: Number(link.querySelector('article').dataset.mdScore)}));
    return links.filter((link) => link.score === Math.max(...links.map((other) => other.score)));
})"""
EMPTY = "document.querySelectorAll('.md-search-result__item').length === 0"
SETTLED = """async () => {
    const list = document.querySelector('.md-search-result__list');
    for (let before = null, same = 0; same < 3; before = list.innerHTML)  // the hits come by and by
        await new Promise((tick) => setTimeout(tick, 20)), same = list.innerHTML === before ? same + 1 : 0;
}"""


@pytest.fixture(scope="module")
def ask(browser, server):
    """Types a query and gives the hits, page by page; the site is opened once for all queries."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{server}index.html")
    box = page.get_by_role("textbox", name="Search")
    box.click()

    def ask(query):
        box.fill("")
        box.press("End")  # the theme listens to keys
        page.wait_for_function(EMPTY)
        box.fill(query)
        box.press("End")
        page.locator(".md-search-result__item").first.wait_for()
        page.evaluate(SETTLED)
        return page.evaluate(HITS)

    yield ask
    page.close()


@pytest.mark.sampled(20)
@pytest.mark.parametrize("query", QUERIES)
def test_what_is_looked_for_is_among_the_first_hits(ask, query):
    first = [hit["place"] for hits in ask(query)[:FIRST] for hit in hits]
    assert QUERIES[query] in first


def test_practitioners_find_their_page(ask):
    """All on one page load."""
    assert len(PRACTICE) >= 60
    first = {query: [hit["place"] for hits in ask(query)[:FIRST] for hit in hits] for query in PRACTICE}
    assert {
        query: found for query, found in first.items()
        if not any(place == right or place.startswith(f"{right}#") for place in found for right in PRACTICE[query])
    } == {}  # fmt: skip


@pytest.mark.parametrize("query", FORMULAS)
@pytest.mark.sampled(12)
def test_a_formula_finds_what_states_it(ask, query):
    first = [hit["place"] for hits in ask(query)[:FIRST] for hit in hits]
    assert FORMULAS[query] in first


def test_who_comes_to_cite_finds_it_first(ask):
    """All on one page load."""
    first = {query: [hit["place"] for hit in ask(query)[0]] for query in CITERS}
    assert {query: places for query, places in first.items() if CITERS[query] not in places} == {}


def test_of_all_that_is_found_by_the_name_of_a_loss_the_loss_comes_before_what_it_needs(ask):
    assert [hit["place"] for hit in ask("ORPO")[0]][:1] == ["odds.html#odds.ratio_loss"]


@pytest.mark.parametrize("query", OTHERS)
def test_a_symbol_an_id_and_a_rule_are_found(ask, query):
    first = [hit["place"] for hits in ask(query)[:FIRST] for hit in hits]
    assert [place for place in first if place == OTHERS[query] or place.startswith(f"{OTHERS[query]}#")]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_finds_what_supposes_it(ask, condition):
    first = [hit["place"].partition("#")[2] for hit in ask(condition)[0]]
    needs = [{given.words for given in catalogue()[id].hypotheses} for id in first]
    assert needs and all(condition in words for words in needs)


def test_the_name_of_a_condition_finds_what_supposes_it_before_other_libraries(ask):
    first = [hit["place"].partition("#")[2] for hits in ask("labels sum to 1")[:FIRST] for hit in hits]
    assert first and all("labels sum to 1" in {one.name for one in catalogue()[id].hypotheses} for id in first)


def test_the_browser_reads_a_query_as_python_does(browser, server):
    """Both by the same tables; words are no formula for either."""
    page = browser.new_page()
    page.goto(f"{server}index.html")
    page.add_script_tag(url=f"{server}javascripts/asked.js")
    results = [plain(entry.result) for entry in catalogue().values() if has_result(entry)]
    queries = [*FORMULAS, *OTHERS, *QUERIES, *results]
    read = page.evaluate("([tables, queries]) => queries.map((query) => formulaAsked(query, tables))",
                         [for_the_browser(), queries])  # fmt: skip
    page.close()
    assert read == [asked_formula(query) or [] for query in queries]
    assert sum(map(bool, read)) > len(FORMULAS) and not asked_formula("log loss")


# What has a letter too few, too many or wrong, and a page that is among the first.
MISTYPED = {"softmx": "softmax.html", "cros entropy": "cross_entropy.html", "cross entrpy": "cross_entropy.html",
            "label smothing": "soft_labels.html", "bernouli": "bernoulli.html", "sigmiod": "sigmoid.html",
            "logisitc regression": "logistic_regression.html", "Kullbak": "cross_entropy.html"}  # fmt: skip


def test_what_is_mistyped_finds_what_is_spelt_nearly_so(ask):
    """All on one page load."""
    first = {query: {hit["place"].split("#")[0] for hits in ask(query)[:6] for hit in hits} for query in MISTYPED}
    assert {query: pages for query, pages in first.items() if MISTYPED[query] not in pages} == {}


def test_a_hit_shows_the_formula_and_the_words(ask):
    (hit,) = [hit for hits in ask("softmax gradient") for hit in hits if hit["place"].endswith("#softmax.gradient")]
    assert "∂/∂zₘ H(y, p) = pₘ − yₘ" in hit["text"] and "Other words: p - y" in hit["text"]
    assert "is the label of class m. Nothing else is left" in hit["text"]  # and not "of class ."


def test_reasons_of_steps_are_not_found(ask):
    """The rule's own name is on the page of rules, and in every second derivation."""
    shown = [hit["text"] for hits in ask("linearity of derivative") for hit in hits]
    assert shown and not any("steps as in" in text or "Derivation " in text for text in shown)
