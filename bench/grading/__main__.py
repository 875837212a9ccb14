"""`python -m bench.grading`: what the grader of typed answers is worth, each figure beside its goal, and as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bench.grading import ads, agreement, people, worthless
from bench.grading.material import ADS, CASUAL, LATER, LATER_CASUAL, Material
from bench.grading.mistyped import mistyped
from bench.report import KEPT, Figure, keep, show


def of_bank(material: Material, most: int | None, rounds: int, small: bool) -> Iterator[Figure]:
    """Honest answers to the bank's questions, and what deserves no score."""
    yield from of_people(material, most)
    yield from people.languages(material)
    yield from worthless.nothing(material)
    yield from worthless.keywords(material, 1 if small else 5)
    yield from worthless.crossed(material)
    yield from worthless.noise(material, 40 if small else 1_000, rounds)
    yield from worthless.times(material, "honest answers", [(one.ref, one.answer) for one in material.answers], rounds)


def of_people(material: Material, most: int | None) -> Iterator[Figure]:
    """The grader beside those who labelled the sets of answers, and these beside each other."""
    later = Material(honest=LATER, most=most)
    graded, graded_later = people.graded(material), people.graded(later)
    yield from people.points(graded)
    yield from people.passing(graded)
    yield from people.points(graded_later, "later answers, ")
    yield from agreement.figures(material, graded, "")
    yield from agreement.figures(later, graded_later, "later answers, ")
    every = [*graded, *graded_later]
    for path, which in ((CASUAL, "casual answers"), (LATER_CASUAL, "later casual answers")):
        casual = people.graded(Material(honest=path, most=most))
        yield from people.points(casual, f"{which}, ")
        yield from people.passing(casual, which)
        every += casual
    yield from people.told_to_check(every)
    yield from people.unmarked(material)
    yield from mistyped(material)
    yield from mistyped(later, "later answers, ")


def main() -> None:
    """Run everything; ADS where it is."""
    parser = argparse.ArgumentParser(prog="bench.grading", description=__doc__)
    parser.add_argument(
        "--ads", type=Path, default=ADS, help="the folder with ads-dev.jsonl (no part of the repository)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="of the times; everything else is the same each time")
    parser.add_argument("--small", action="store_true", help="a try-out: two questions, few made-up answers")
    parser.add_argument("--points", action="store_true", help="for authors: found and overlooked, point by point")
    parser.add_argument("--labels", action="store_true", help="for authors: where the labels of two authors differ")
    parser.add_argument("--json", type=Path, default=KEPT / "grading.json")
    args = parser.parse_args()
    most = 2 if args.small else None
    material = Material(most=most)
    if args.points:
        _tell_points(material)
        return
    if args.labels:
        _tell_labels(material, Material(honest=LATER, most=most))
        return
    present = (args.ads / "ads-dev.jsonl").exists()
    found = list(chain(of_bank(material, most, args.rounds, args.small), ads.figures(args.ads) if present else ()))
    show(found)
    keep(found, args.json)
    if not present:
        print(f"ADS: not measured, there is no {args.ads / 'ads-dev.jsonl'} (name its folder: --ads).")


def _tell_points(material: Material) -> None:
    """Print each point where the grader and the person differ, most differences first, and what words were wanting."""
    graded = people.graded(material)
    lacking = people.lacking(material, graded)
    for key, points in people.by_point(graded).items():
        for point, tally in sorted(points.items(), key=lambda item: -(item[1].grader + item[1].person)):
            if tally.grader or tally.person:
                counts = f"both {tally.both:2}  grader only {tally.grader:2}  person only {tally.person:2}"
                print(f"{key:24} {point:18} {counts}")
            for words, times in lacking[key, point].most_common():
                print(f"    {times} without {words}")


def _tell_labels(*sets: Material) -> None:
    """Print each verdict on which the two authors differ, and the answer."""
    for one, point, first, other in chain.from_iterable(map(agreement.differing, sets)):
        print(f"{one.ref.id:24} {one.language} {one.kind:6} {point:16} first {first}, second {other}: {one.answer}")


if __name__ == "__main__":
    main()
