package io.gatehouse.engine.replay;

import io.gatehouse.core.patch.Patch;

/**
 * What a replay is told.
 *
 * @param maxAttempts letters that have been refused so often are left
 * @param lettersASecond 0 for as many as possible
 * @param by who runs it, as user@host
 * @param execute false to look only
 */
public record ReplayOrder(
        LetterFilter filter, Patch patch, int maxAttempts, int lettersASecond, String by, boolean execute) {}
