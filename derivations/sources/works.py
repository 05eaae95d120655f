"""Works that a page or a cited theorem refers to, with what they are used for."""

from .work import Source

WORKS = (
    Source(
        key="albert_anderson_1984",
        authors="Albert, A.; Anderson, J. A.", year=1984,
        title="On the existence of maximum likelihood estimates in logistic regression models",
        where="Biometrika 71(1), 1–10",
        used_for="Complete separation, quasi-complete separation and overlap: "
                 "when a largest likelihood is attained in logistic regression.",
        checked="bibliographic data in several independent reference lists; "
                "the three cases in the SAS documentation, which cites the paper",
        link="https://doi.org/10.1093/biomet/71.1.1",
    ),
    Source(
        key="bernardo_1979",
        authors="Bernardo, J. M.", year=1979,
        title="Expected information as expected utility",
        where="The Annals of Statistics 7(3), 686–690",
        used_for="Under regularity conditions, a proper score that looks only at what occurred is "
                 "equivalent to the logarithmic score.",
        checked="bibliographic data in several independent reference lists; "
                "the theorem as Gneiting and Raftery report it on page 366",
        link="https://doi.org/10.1214/aos/1176344689",
    ),
    Source(
        key="bishop_2006",
        authors="Bishop, C. M.", year=2006,
        title="Pattern Recognition and Machine Learning",
        where="Springer",
        used_for="The letters t for targets, y for outputs and a for activations, "
                 "and the gradient y − t of the cross-entropy error.",
        checked="the text of section 4.3.4, equations 4.104 to 4.110; "
                "bibliographic data in several independent reference lists",
        link="https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/",
    ),
    Source(
        key="blanchard_higham_higham_2021",
        authors="Blanchard, P.; Higham, D. J.; Higham, N. J.", year=2021,
        title="Accurately computing the log-sum-exp and softmax functions",
        where="IMA Journal of Numerical Analysis 41(4), 2311–2330",
        used_for="Rounding errors of log-sum-exp and softmax, with the largest logit subtracted first and without.",
        checked="the abstract, and part of the introduction on overflow",
        link="https://doi.org/10.1093/imanum/draa038",
    ),
    Source(
        key="blondel_martins_niculae_2020",
        authors="Blondel, M.; Martins, A. F. T.; Niculae, V.", year=2020, title="Learning with Fenchel-Young Losses",
        where="Journal of Machine Learning Research 21, 1–69, arXiv:1901.02324",
        used_for="The name Fenchel–Young loss: a convex function of the scores, plus its conjugate, less the product.",
        checked="the first page of the paper: title, authors, volume, pages and abstract",
    ),
    Source(
        key="boyd_vandenberghe_2004",
        authors="Boyd, S.; Vandenberghe, L.", year=2004,
        title="Convex Optimization",
        where="Cambridge University Press",
        used_for="Log-sum-exp is convex, and it lies between the maximum and the maximum plus log n (section 3.1.5). "
                 "A strictly convex function is smallest at one point at most (section 4.2).",
        checked="bibliographic data in several independent reference lists; the statements on log-sum-exp as quoted "
                "in two works that cite the book, the one on strict convexity in two others",
        link="https://web.stanford.edu/~boyd/cvxbook/",
    ),
    Source(
        key="cover_thomas_2006",
        authors="Cover, T. M.; Thomas, J. A.", year=2006,
        title="Elements of Information Theory",
        where="2nd edition, Wiley",
        used_for="Gibbs' inequality under the name information inequality: "
                 "relative entropy is not negative (theorem 2.6.3).",
        checked="the start of section 2.6, up to theorem 2.6.1; theorem 2.6.3 as two works that cite it state it",
        link="https://onlinelibrary.wiley.com/doi/book/10.1002/047174882X",
    ),
    Source(
        key="cs231n_notes",
        authors="CS231n, Stanford University", year=2015,
        title="Linear classification",
        where="notes of the course Convolutional Neural Networks for Visual Recognition; "
              "undated, the year is that of the oldest change seen",
        used_for="The letter f for scores; its probabilities 0.9, 0.09, 0.01 are not the softmax of the "
                 "scores beside them: 12.5, 0.6, −23.",
        checked="the text of the notes, from the score function to the comparison of the two classifiers",
        link="https://cs231n.github.io/linear-classify/",
    ),
    Source(
        key="gneiting_raftery_2007",
        authors="Gneiting, T.; Raftery, A. E.", year=2007,
        title="Strictly proper scoring rules, prediction, and estimation",
        where="Journal of the American Statistical Association 102(477), 359–378",
        used_for="The logarithmic score is strictly proper; its entropy is Shannon's, "
                 "its divergence that of Kullback and Leibler.",
        checked="the text of sections 1 and 2.1, and of sections 3 and 4.1 with example 3",
        link="https://doi.org/10.1198/016214506000001437",
    ),
    Source(
        key="goldberg_1991",
        authors="Goldberg, D.", year=1991,
        title="What every computer scientist should know about floating-point arithmetic",
        where="ACM Computing Surveys 23(1), 5–48",
        used_for="IEEE arithmetic rounds the exact result of +, −, ×, ÷ to the nearest floating-point number, "
                 "ties to even.",
        checked="the abstract and the introduction; the sentence on exact rounding as quoted in two works",
        link="https://doi.org/10.1145/103162.103163",
    ),
    Source(
        key="good_1952",
        authors="Good, I. J.", year=1952,
        title="Rational decisions",
        where="Journal of the Royal Statistical Society, Series B 14(1), 107–114, "
              "doi:10.1111/j.2517-6161.1952.tb00104.x",
        used_for="The origin of the logarithmic score.",
        checked="bibliographic data in several independent reference lists; "
                "Gneiting and Raftery trace the score back to it",
    ),
    Source(
        key="goodfellow_bengio_courville_2016",
        authors="Goodfellow, I.; Bengio, Y.; Courville, A.", year=2016,
        title="Deep Learning",
        where="MIT Press",
        used_for="Any loss that is a negative log-likelihood is a cross-entropy of the empirical "
                 "distribution against the model (section 5.5).",
        checked="the passage around equation 5.61; bibliographic data in several independent reference lists",
        link="https://www.deeplearningbook.org",
    ),
    Source(
        key="hinton_vinyals_dean_2015",
        authors="Hinton, G.; Vinyals, O.; Dean, J.", year=2015,
        title="Distilling the knowledge in a neural network",
        where="arXiv:1503.02531",
        used_for="Soft labels that come from another model, the factor T² before their loss, "
                 "and what its gradient tends to at a large temperature.",
        checked="equations 2 to 4 and the sentence on T² in section 2.1, as several public threads quote them; "
                "bibliographic data in several independent reference lists",
        link="https://arxiv.org/abs/1503.02531",
    ),
    Source(
        key="kullback_leibler_1951",
        authors="Kullback, S.; Leibler, R. A.", year=1951,
        title="On information and sufficiency",
        where="The Annals of Mathematical Statistics 22(1), 79–86",
        used_for="The divergence between two distributions.",
        checked="bibliographic data in several independent reference lists",
        link="https://doi.org/10.1214/aoms/1177729694",
    ),
    Source(
        key="lau_2022",
        authors="Lau, R.", year=2022,
        title="Cross-Entropy, Negative Log-Likelihood, and All That Jazz",
        where="Towards Data Science",
        used_for="The likelihood with labels as exponents that mask the other class, "
                 "from which the note behind this project started.",
        checked="author, title and address in four works that refer to it; "
                "the year in one of them only, while another gives 2025",
        link="https://towardsdatascience.com/cross-entropy-negative-log-likelihood-and-all-that-jazz-47a95bd2e81/",
    ),
    Source(
        key="mackay_2003",
        authors="MacKay, D. J. C.", year=2003,
        title="Information Theory, Inference, and Learning Algorithms",
        where="Cambridge University Press",
        used_for="Gibbs' inequality under that name, with equality only if the two distributions are the same.",
        checked="the statement in the author's course notes of 1997; "
                "bibliographic data in several independent reference lists",
        link="https://www.inference.org.uk/mackay/itila/",
    ),
    Source(
        key="mathlib",
        authors="The mathlib Community", year=2020,
        title="The Lean mathematical library",
        where="Proceedings of the 9th ACM SIGPLAN Conference on Certified Programs and Proofs, 367–381",
        used_for="Theorems that a computer has proved: a product of sums multiplied out, and what monotone maps keep.",
        checked="the statements Fintype.prod_sum, StrictMono.le_iff_le and StrictAnti.le_iff_ge in the library's text",
        link="https://doi.org/10.1145/3372885.3373824",
    ),
    Source(
        key="dlmf",
        authors="National Institute of Standards and Technology", year=2026,
        title="NIST Digital Library of Mathematical Functions",
        where="online, release 1.2.8 of 15 September 2026",
        used_for="Euler's beta integral (5.12.1) and the integral of a product of powers over the simplex (5.14.2).",
        checked="the text of sections 5.12 and 5.14 in an older release; "
                "the number and date of the newest one in a reference list",
        link="https://dlmf.nist.gov/",
    ),
    Source(
        key="nesterov_2018",
        authors="Nesterov, Y.", year=2018,
        title="Lectures on Convex Optimization",
        where="2nd edition, Springer, doi:10.1007/978-3-319-91578-4",
        used_for="A gradient has the Lipschitz constant L if and only if the norm of the Hessian is at most L.",
        checked="the statement, and the proof on page 25, as a question about that page quotes them",
    ),
    Source(
        key="press_et_al_2007",
        authors="Press, W. H.; Teukolsky, S. A.; Vetterling, W. T.; Flannery, B. P.", year=2007,
        title="Numerical Recipes: The Art of Scientific Computing",
        where="3rd edition, Cambridge University Press",
        used_for="For a central difference, a step near the cube root of the rounding unit balances truncation "
                 "and rounding error (section 5.7).",
        checked="the documentation of SciPy's numerical derivatives, which cites section 5.7 for that step; "
                "a shortened copy of the section",
    ),
    Source(
        key="pytorch_documentation",
        authors="PyTorch", year=2021,
        title="CrossEntropyLoss and BCELoss",
        where="documentation of release 1.10",
        used_for="N for the batch, C for classes; the mean with class weights; BCELoss bounds logarithms by −100; "
                 "an exp of the sum for the sum of exps.",
        checked="the pages of CrossEntropyLoss (1.10) and of BCELoss (later); the weighted mean in copies of the text; "
                "a report of the exp of the sum, since mended",
        link="https://pytorch.org/docs/1.10/generated/torch.nn.CrossEntropyLoss.html",
    ),
    Source(
        key="scikit_learn_documentation",
        authors="scikit-learn developers", year=2026,
        title="log_loss",
        where="documentation of release 1.9.1",
        used_for="The letters y and p; the natural logarithm; probabilities clipped at machine precision; "
                 "an example that gives 0.21616.",
        checked="the text in release 1.9.1; the formula for many classes in the user guide of an older release",
        link="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.log_loss.html",
    ),
    Source(
        key="shannon_1948",
        authors="Shannon, C. E.", year=1948,
        title="A mathematical theory of communication",
        where="Bell System Technical Journal 27(3), 379–423, and 27(4), 623–656",
        used_for="Entropy.",
        checked="bibliographic data in several independent reference lists",
        link="https://doi.org/10.1002/j.1538-7305.1948.tb01338.x",
    ),
    Source(
        key="szegedy_et_al_2016",
        authors="Szegedy, C.; Vanhoucke, V.; Ioffe, S.; Shlens, J.; Wojna, Z.", year=2016,
        title="Rethinking the Inception architecture for computer vision",
        where="Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition, 2818–2826",
        used_for="Label smoothing.",
        checked="bibliographic data in several independent reference lists, two of which name label smoothing",
        link="https://arxiv.org/pdf/1512.00567.pdf",
    ),
    Source(
        key="varga_2004",
        authors="Varga, R. S.", year=2004,
        title="Geršgorin and His Circles",
        where="Springer Series in Computational Mathematics 36, Springer, doi:10.1007/978-3-642-17798-9",
        used_for="Every eigenvalue lies in a disc about a diagonal entry, with the sum of the absolute values of the "
                 "other entries of its row as radius.",
        checked="bibliographic data in two independent reference lists; the publisher's description; "
                "the theorem as MathWorld states it",
    ),
    Source(
        key="wainwright_jordan_2008",
        authors="Wainwright, M. J.; Jordan, M. I.", year=2008,
        title="Graphical Models, Exponential Families, and Variational Inference",
        where="Foundations and Trends in Machine Learning 1(1–2), 1–305, doi:10.1561/2200000001",
        used_for="In every exponential family the log-partition has the mean as gradient, the covariance as Hessian.",
        checked="title, authors and abstract in a copy of the text; the theorem as course notes state it",
    ),
    Source(
        key="zhang_lipton_li_smola_2023",
        authors="Zhang, A.; Lipton, Z. C.; Li, M.; Smola, A. J.", year=2023,
        title="Dive into Deep Learning",
        where="Cambridge University Press",
        used_for="The letter o for logits; its exercise that calls log-sum-exp translation invariant, "
                 "which it is not (section 4.1, exercise 6.2).",
        checked="the text of section 4.1 and its exercises; bibliographic data in several independent reference lists",
        link="https://d2l.ai/chapter_linear-classification/softmax-regression.html",
    ),
)
