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
)
