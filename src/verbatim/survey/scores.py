"""Net promoter score, customer satisfaction and customer effort, with intervals and by group."""

from __future__ import annotations

from collections.abc import Sequence

from verbatim.errors import OptionError, unknown
from verbatim.survey.measures import customer_effort, net_promoters, satisfaction, score_groups
from verbatim.survey.options import Scale, SurveyOptions, integer, scale_of
from verbatim.survey.responses import Data, read
from verbatim.survey.result import SurveyScores

DIRECTIONS = ("higher_is_easier", "lower_is_easier")


def nps(
    data: Data,
    score: str | None = None,
    *,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    confidence: float = 0.95,
    n_resamples: int = 1000,
    seed: int = 0,
    min_responses: int = 30,
) -> SurveyScores:
    """Net promoter score: share of promoters (9, 10) less share of detractors (0 to 6), times 100.

    Parameters
    ----------
    data : Analysis, DataFrame, or iterable of numbers
        Scores that are whole numbers from 0 to 10. Those that are missing are left out and counted.
        Of an `Analysis` all verbatims count, whether their text was read or not.
    score : str, optional
        Column of the scores; needed for a DataFrame or an Analysis, and only for these.
    by : str or sequence of str, optional
        Columns to group by; each combination of their values is scored by itself, NA too.
    weight : str, optional
        Column of the weights, at least 0. Their scale doesn't matter.
    confidence : float
        Share of the intervals that should hold the true value, 0 to 1.
    n_resamples : int
        Resamples behind the bootstrap intervals, 100 to 100,000.
    seed : int
        Of the resampling.
    min_responses : int
        Groups with a smaller (effective) n are marked as of low support.

    Returns
    -------
    SurveyScores

    Raises
    ------
    InputError
        The data holds no scores, or scores that aren't whole numbers of the scale.
    OptionError
        An option is out of its range, a column isn't there, or a weight is negative or missing.

    Notes
    -----
    How the intervals are made stands in `verbatim.survey.intervals` and `verbatim.survey.samples`.

    References
    ----------
    F. F. Reichheld (2003), The one number you need to grow, Harvard Business Review 81(12), 46-54.

    Examples
    --------
    >>> frame = nps([10] * 50 + [8] * 30 + [4] * 20).frame
    >>> frame[["promoters", "passives", "detractors", "score"]].iloc[0].tolist()
    [50.0, 30.0, 20.0, 30.0]
    >>> frame[["low", "high"]].iloc[0].round(1).tolist()
    [14.1, 44.2]
    """
    options = SurveyOptions(confidence, n_resamples, seed, min_responses)
    responses = read(data, score, by, weight, Scale(0, 10))
    return score_groups(responses, net_promoters(), options)


def csat(
    data: Data,
    score: str | None = None,
    *,
    scale: tuple[int, int] = (1, 5),
    top: int = 2,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    confidence: float = 0.95,
    n_resamples: int = 1000,
    seed: int = 0,
    min_responses: int = 30,
) -> SurveyScores:
    """Customer satisfaction: percentage of answers among the top points of the scale, and mean.

    Parameters
    ----------
    data, score, by, weight, confidence, n_resamples, seed, min_responses
        As in `nps`, with whole numbers of the scale as scores.
    scale : tuple of int
        Lowest and highest point of the scale, on which higher is better.
    top : int
        How many of the highest points are satisfied; 4 and 5 by default.

    Returns
    -------
    SurveyScores

    Raises
    ------
    InputError, OptionError
        As in `nps`.

    Examples
    --------
    >>> frame = csat([5, 4, 4, 3, None]).frame
    >>> frame[["n", "n_missing", "score", "mean"]].iloc[0].tolist()
    [4.0, 1.0, 75.0, 4.0]
    """
    options = SurveyOptions(confidence, n_resamples, seed, min_responses)
    asked = scale_of(scale)
    boxes = integer("top", top, 1, asked.points - 1)
    responses = read(data, score, by, weight, asked)
    return score_groups(responses, satisfaction(asked, boxes), options)


def ces(
    data: Data,
    score: str | None = None,
    *,
    direction: str,
    scale: tuple[int, int] = (1, 7),
    top: int | None = None,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    confidence: float = 0.95,
    n_resamples: int = 1000,
    seed: int = 0,
    min_responses: int = 30,
) -> SurveyScores:
    """Customer effort score: percentage of answers at the easy end of the scale, and mean.

    Parameters
    ----------
    data, score, by, weight, confidence, n_resamples, seed, min_responses
        As in `nps`, with whole numbers of the scale as scores.
    direction : {"higher_is_easier", "lower_is_easier"}
        What was asked. "They made it easy for me", from disagree to agree, is the former; "how
        much effort did you have to put in", from little to much, the latter. Practice differs, so
        there is no default.
    scale : tuple of int
        Lowest and highest point of the scale.
    top : int, optional
        How many of the easiest points are easy; by default those on the easy side of the middle:
        3 of 7, 2 of 5.

    Returns
    -------
    SurveyScores
        Its score is higher the easier it was, whatever the direction; its mean is on the scale as
        asked.

    Raises
    ------
    InputError, OptionError
        As in `nps`.

    References
    ----------
    M. Dixon, K. Freeman and N. Toman (2010), Stop trying to delight your customers, Harvard
    Business Review 88(7/8), 116-122.

    Examples
    --------
    >>> answers = [7, 6, 5, 4, 1]
    >>> for direction in DIRECTIONS:
    ...     frame = ces(answers, direction=direction).frame
    ...     frame[["easy", "score", "mean"]].iloc[0].tolist()
    [3.0, 60.0, 4.6]
    [1.0, 20.0, 4.6]
    """
    options = SurveyOptions(confidence, n_resamples, seed, min_responses)
    if direction not in DIRECTIONS:
        raise OptionError(unknown("direction", direction, DIRECTIONS))
    asked = scale_of(scale)
    boxes = integer("top", asked.points // 2 if top is None else top, 1, asked.points - 1)
    responses = read(data, score, by, weight, asked)
    return score_groups(responses, customer_effort(asked, boxes, direction), options)
