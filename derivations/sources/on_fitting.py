"""Works on fitting weights, with what they are used for."""

from .work import Source

ON_FITTING = (
    Source(
        key="fahrmeir_kaufmann_1985",
        authors="Fahrmeir, L.; Kaufmann, H.", year=1985,
        title="Consistency and asymptotic normality of the maximum likelihood estimator in generalized linear models",
        where="The Annals of Statistics 13(1), 342–368",
        used_for="Weights fitted to many labels are nearly normal, with the inverse information as covariance.",
        checked="bibliographic data in several independent reference lists; its conditions, that information grows and "
                "is continuous, as a textbook that cites it states them",
    ),
    Source(
        key="lightgbm_multiclass",
        authors="LightGBM", year=2020,
        title="update multi-class objective (softmax)",
        where="change to the library of July 2020, merged; the file src/objective/multiclass_objective.hpp",
        used_for="For softmax LightGBM takes p (1 − p) times K/(K − 1) as the second derivative; before, times 2.",
        checked="the file in two copies of the repository, one from before the change and one from after it; the "
                "change, which names a work of Friedman as its source, in a stored copy of the thread",
        link="https://github.com/microsoft/LightGBM/pull/3256",
    ),
    Source(
        key="lightgbm_start",
        authors="LightGBM", year=2026,
        title="boost_from_average does nothing for custom objectives",
        where="issue 7193 of the repository; issues 2136 and 3312 ask why a log loss of one's own differs",
        used_for="The built-in objective starts at the best constant, and an objective of one's own at 0.",
        checked="the descriptions of the three issues, and an answer in issue 6040, in stored copies of the threads",
        link="https://github.com/lightgbm-org/LightGBM/issues/7193",
    ),
    Source(
        key="wilks_1938",
        authors="Wilks, S. S.", year=1938,
        title="The large-sample distribution of the likelihood ratio for testing composite hypotheses",
        where="The Annals of Mathematical Statistics 9(1), 60–62",
        used_for="Twice a difference of log-likelihoods is nearly chi-squared for many labels.",
        checked="the abstract of Chernoff (1954), which states the result as a classical one due to this work; "
                "bibliographic data in several works that cite it",
        link="https://doi.org/10.1214/aoms/1177732360",
    ),
    Source(
        key="xgboost_multiclass",
        authors="XGBoost", year=2026,
        title="Use the absolute-residual pseudo-Hessian |p − y| for multiclass softmax",
        where="change to the library of September 2026, merged; the file src/objective/multiclass_obj.cu",
        used_for="For softmax XGBoost took 2 p (1 − p) as the second derivative; the change takes the size of the "
                 "gradient instead.",
        checked="the file in two copies of the repository, both from before the change; the beginning of the change "
                "in a stored copy of the thread, not the release that has it",
        link="https://github.com/dmlc/xgboost/pull/12537",
    ),
    Source(
        key="zehna_1966",
        authors="Zehna, P. W.", year=1966,
        title="Invariance of maximum likelihood estimators",
        where="The Annals of Mathematical Statistics 37(3), 744",
        used_for="The maximum of a likelihood moves along with what the likelihood is written in.",
        checked="a textbook (Mukhopadhyay, Probability and Statistical Inference, theorem 7.2.1), which states the "
                "result and names this work for its proof",
        link="https://doi.org/10.1214/aoms/1177699475",
    ),
)
