package io.gatehouse.app.http;

import java.time.Duration;

/**
 * What those who ask may take of this process at one address, whatever they do.
 *
 * @param connections at a time; more wait in the kernel, and cost nothing here
 * @param lifetime of a connection. It carries one request, so this bounds the handshake, the sending of the request byte by
 *     byte and the reading of the answer byte by byte
 */
record Limits(int connections, Duration lifetime) {
    /**
     * A probe, a scraper and some people need a handful of connections, and every answer takes milliseconds; so a hundred,
     * and the time in which a page of a MiB comes through a bad line.
     */
    static final Limits USUAL = new Limits(100, Duration.ofSeconds(10));

    /** A probe, a scraper and a person at the same time need no more. */
    static final int MAX_THREADS = 16;

    static final int MIN_THREADS = 2;

    /** Of the request's line and headers; a browser with the cookies of all that ever listened here sends as much. */
    static final int REQUEST_HEAD_BYTES = 8 << 10;
}
