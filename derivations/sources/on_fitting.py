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
)
