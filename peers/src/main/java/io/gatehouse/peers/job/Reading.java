package io.gatehouse.peers.job;

/** What a record's value turns out to be. */
sealed interface Reading permits Login, Refusal {}
