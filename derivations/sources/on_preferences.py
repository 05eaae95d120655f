"""Works on preferences and contrast."""

from .work import Source

ON_PREFERENCES = (
    Source(
        key="bradley_terry_1952",
        authors="Bradley, R. A.; Terry, M. E.", year=1952,
        title="Rank analysis of incomplete block designs: I. The method of paired comparisons",
        where="Biometrika 39(3/4), 324–345",
        used_for="One of two is preferred in proportion to a positive number that belongs to each.",
        checked="bibliographic data and the formula in the documentation of a library that cites the paper",
    ),
    Source(
        key="hong_et_al_2024",
        authors="Hong, J.; Lee, N.; Thorne, J.", year=2024,
        title="ORPO: Monolithic preference optimization without reference model",
        where="Proceedings of the 2024 Conference on Empirical Methods in Natural Language Processing, 11170–11189",
        used_for="The odds-ratio loss of two answers: minus the log-sigmoid of the difference of their log odds.",
        checked="the page of the proceedings, with the abstract; the loss in public code that names equations 4 and 7",
        link="https://aclanthology.org/2024.emnlp-main.626",
    ),
    Source(
        key="mitchell_2023",
        authors="Mitchell, E.", year=2023,
        title="A note on DPO with noisy preferences & relationship to IPO",
        where="note on the author's site",
        used_for="The conservative form of direct preference optimization: the label is 1 − ε.",
        checked="title, year and address in several independent reference lists; "
                "equation 3 in public code that cites it",
        link="https://ericmitchell.ai/cdpo.pdf",
    ),
    Source(
        key="oord_li_vinyals_2018",
        authors="van den Oord, A.; Li, Y.; Vinyals, O.", year=2018,
        title="Representation learning with contrastive predictive coding",
        where="arXiv:1807.03748",
        used_for="The loss InfoNCE: to find one match among many.",
        checked="title, year and number in several independent reference lists",
        link="https://arxiv.org/abs/1807.03748",
    ),
    Source(
        key="rafailov_et_al_2023",
        authors="Rafailov, R.; Sharma, A.; Mitchell, E.; Ermon, S.; Manning, C. D.; Finn, C.", year=2023,
        title="Direct preference optimization: Your language model is secretly a reward model",
        where="Advances in Neural Information Processing Systems 36, arXiv:2305.18290",
        used_for="The loss of direct preference optimization, and its margin as a difference of rewards.",
        checked="authors, title and abstract in public notes on the paper; "
                "the loss, equation 7, in public code that cites it",
        link="https://arxiv.org/abs/2305.18290",
    ),
    Source(
        key="williams_1992",
        authors="Williams, R. J.", year=1992,
        title="Simple statistical gradient-following algorithms for connectionist reinforcement learning",
        where="Machine Learning 8, 229–256",
        used_for="Choices weighted with their rewards follow the gradient of the expected reward, with any baseline: "
                 "REINFORCE.",
        checked="the first page with the abstract, in a stored copy; bibliographic data in several independent "
                "reference lists; a survey that states the method with its baseline",
        link="https://doi.org/10.1007/BF00992696",
    ),
    Source(
        key="trl_log1p",
        authors="TRL", year=2024,
        title="[ORPO] use log1p for loss",
        where="pull request 1491 of the library, merged; axolotl's pull request 3910, closed, is about the same line",
        used_for="The logarithm of one minus a probability, from a log-probability: log1p in the place of log.",
        checked="both threads, in stored copies",
        link="https://github.com/huggingface/trl/pull/1491",
    ),
    Source(
        key="welleck_et_al_2020",
        authors="Welleck, S.; Kulikov, I.; Roller, S.; Dinan, E.; Cho, K.; Weston, J.", year=2020,
        title="Neural text generation with unlikelihood training",
        where="International Conference on Learning Representations, arXiv:1908.04319",
        used_for="Unlikelihood loss: minus the logarithm of one minus the probability of what is not wanted.",
        checked="authors, title and abstract, in several copies",
        link="https://arxiv.org/abs/1908.04319",
    ),
)
