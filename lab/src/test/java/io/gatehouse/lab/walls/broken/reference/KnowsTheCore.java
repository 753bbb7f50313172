package io.gatehouse.lab.walls.broken.reference;

import io.gatehouse.lab.walls.broken.core.Verdict;

final class KnowsTheCore {
    Verdict verdict;
}
