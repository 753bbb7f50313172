/**
 * What becomes of a login, as a team would write it that builds on another engine: Jackson, MaxMind's reader, plain
 * objects. Shared by the contestants of the benchmark; it uses nothing of Gatehouse.
 */
package io.gatehouse.peers.job;
