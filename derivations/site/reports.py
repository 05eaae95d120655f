"""Reports of errors that others printed: where a wrong formula stood, and who told.

The right one is derived here; `tests` refute the wrong one.
"""

from ..sources.work import Source

REPORTS = (
    Source(
        key="bhmnl_softmax",
        authors="tnearey",
        year=2026,
        title="bhmnl",
        where="a package for R, documentation of softmax; undated, the year is that of reading",
        used_for="Its description of softmax divides by log-sum-exp; the code beside it is right.",
        checked="the description and the code, in a copy of the repository",
        link="https://github.com/tnearey/bhmnl",
    ),
    Source(
        key="fastai_label_smoothing",
        authors="fastai",
        year=2019,
        title="Fix label smoothing",
        where="pull request to the library of March 2019, merged",
        used_for="A loss for smoothed labels that took ε K/(K − 1) from the label instead of ε; reported and mended.",
        checked="the text of the report, which derives both formulas",
        link="https://github.com/fastai/fastai",
    ),
    Source(
        key="kumar_2023",
        authors="Kumar, A.",
        year=2023,
        title="Notes on Cross-Entropy and Negative-Log-Likelihood",
        where="a blog post; we know it through a list of its statements",
        used_for="The questions that these pages answer; its sum runs from i = 0 and lacks brackets.",
        checked="a list of its statements, made for this project; where it was published was not confirmed",
    ),
    Source(
        key="libnd4j_softmax_derivative",
        authors="deeplearning4j",
        year=2017,
        title="Softmax derivative implementation incorrect",
        where="report to the library libnd4j of August 2017, closed as mended",
        used_for="A derivative of softmax with the diagonal of the Jacobian only.",
        checked="the text of the report and of the answers",
        link="https://github.com/deeplearning4j/libnd4j",
    ),
    Source(
        key="mxnet_softmax_output",
        authors="Apache MXNet",
        year=2017,
        title="SoftmaxOutput",
        where="documentation of release 1.6; the year is that of a proposal to change it",
        used_for="It calls output − label the gradient in the output of softmax; it is the gradient in the input.",
        checked="the text in release 1.6 and in the source code; the proposal, which was closed without a change",
        link="https://mxnet.apache.org/versions/1.6/api/r/docs/api/mx.symbol.SoftmaxOutput.html",
    ),
    Source(
        key="optax_softmax_cross_entropy",
        authors="optax",
        year=2024,
        title="Wrong formula for softmax_cross_entropy in online doc",
        where="report to the library of September 2024, closed by a merged change",
        used_for="A formula with the labels inside the logarithm, and without the minus.",
        checked="the text of the report, which quotes the formula, and of the answer",
        link="https://github.com/google-deepmind/optax",
    ),
    Source(
        key="pytorch_label_smoothing_thread",
        authors="PyTorch",
        year=2020,
        title="Label smoothing for CrossEntropyLoss",
        where="thread in which readers ask for the feature and show code of their own",
        used_for="Code that adds ε/(K − 1) to every class, so that the label sums to more than 1.",
        checked="the part of the thread that shows such code",
        link="https://github.com/pytorch/pytorch",
    ),
    Source(
        key="statproofbook_bern_kl",
        authors="Soch, J., et al.",
        year=2023,
        title="Kullback-Leibler divergence for the Bernoulli distribution",
        where="The Book of Statistical Proofs, proof P419",
        used_for="It printed p(x = 0) + p(x = 0) for p(x = 0) + p(x = 1); mended in January 2024.",
        checked="the report of a reader and the answer; the proof as it stands now",
        link="https://statproofbook.github.io/P/bern-kl",
    ),
)
