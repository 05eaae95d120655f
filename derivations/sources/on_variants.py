"""Works on variants of the loss, with what they are used for."""

from .work import Source

ON_VARIANTS = (
    Source(
        key="brier_1950",
        authors="Brier, G. W.", year=1950,
        title="Verification of forecasts expressed in terms of probability",
        where="Monthly Weather Review 78(1), 1–3",
        used_for="The score that is a sum of squared differences between probabilities and outcomes.",
        checked="bibliographic data in the documentation of several packages that compute the score",
        link="https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2",
    ),
    Source(
        key="charoenphakdee_et_al_2021",
        authors="Charoenphakdee, N.; Vongkulbhisal, J.; Chairatanakul, N.; Sugiyama, M.", year=2021,
        title="On focal loss for class-posterior probability estimation: A theoretical perspective",
        where="Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition, 5202–5211",
        used_for="Focal loss is not strictly proper, and a closed form leads from its best report to the true "
                 "probability.",
        checked="the abstract, which states both; bibliographic data on the page of the proceedings",
        link="https://arxiv.org/abs/2011.09172",
    ),
    Source(
        key="chowdhery_et_al_2022",
        authors="Chowdhery, A.; Narang, S.; Devlin, J.; et al.", year=2022,
        title="PaLM: Scaling language modeling with Pathways",
        where="arXiv:2204.02311",
        used_for="The z-loss: a small multiple of the square of log-sum-exp, added to cross-entropy.",
        checked="the penalty and its factor as several works that cite the paper report them",
        link="https://arxiv.org/abs/2204.02311",
    ),
    Source(
        key="lin_et_al_2017",
        authors="Lin, T.-Y.; Goyal, P.; Girshick, R.; He, K.; Dollár, P.", year=2017,
        title="Focal loss for dense object detection",
        where="Proceedings of the IEEE International Conference on Computer Vision",
        used_for="Focal loss, with the factor (1 − p) to the power γ.",
        checked="the abstract and the caption of figure 1, which has the formula",
        link="https://arxiv.org/abs/1708.02002",
    ),
    Source(
        key="megatron_lm_2026",
        authors="Megatron-LM", year=2026,
        title="Silent numerical-correctness bugs in Megatron Core parallelism composition",
        where="issue 7452 of the repository; issue 737 is about label smoothing alone",
        used_for="A vocabulary that each device has as a whole and that is counted once for each makes the loss larger "
                 "by a logarithm; smoothing needs a mean over all of the vocabulary.",
        checked="the table of issue 7452 and the description of issue 737, in stored copies of the threads",
        link="https://github.com/NVIDIA/Megatron-LM/issues/7452",
    ),
    Source(
        key="menon_et_al_2021",
        authors="Menon, A. K.; Jayasumana, S.; Rawat, A. S.; Jain, H.; Veit, A.; Kumar, S.", year=2021,
        title="Long-tail learning via logit adjustment",
        where="International Conference on Learning Representations",
        used_for="The logarithm of the class frequencies, added to the logits in the loss, "
                 "or subtracted after training.",
        checked="the abstract and the first page, which name both ways; bibliographic data on the publisher's page",
        link="https://arxiv.org/abs/2007.07314",
    ),
    Source(
        key="ren_et_al_2020",
        authors="Ren, J.; Yu, C.; Sheng, S.; Ma, X.; Zhao, H.; Yi, S.; Li, H.", year=2020,
        title="Balanced meta-softmax for long-tailed visual recognition",
        where="Advances in Neural Information Processing Systems 33",
        used_for="Balanced softmax: softmax with the class frequencies as weights in training.",
        checked="the abstract and the introduction",
        link="https://arxiv.org/abs/2007.10740",
    ),
    Source(
        key="zhang_sabuncu_2018",
        authors="Zhang, Z.; Sabuncu, M. R.", year=2018,
        title="Generalized cross entropy loss for training deep neural networks with noisy labels",
        where="Advances in Neural Information Processing Systems 31",
        used_for="A loss between cross-entropy and mean absolute error, for labels that may be wrong.",
        checked="the abstract on the page of the proceedings; the formula as a summary of the paper prints it",
        link="https://arxiv.org/abs/1805.07836",
    ),
)
