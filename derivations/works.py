"""What a source is, and the works on fitting weights; all others stand in `sources`, which has them together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A work, where it appeared, what this project uses it for, and what was seen to confirm it."""

    key: str
    authors: str
    year: int
    title: str
    where: str
    used_for: str
    checked: str
    link: str = ""


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
