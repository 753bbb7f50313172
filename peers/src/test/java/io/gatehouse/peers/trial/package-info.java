/** How contestants are tried out: each does the job on a real broker, and the reference says what must come of it. */
package io.gatehouse.peers.trial;
