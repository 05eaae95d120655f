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
)
