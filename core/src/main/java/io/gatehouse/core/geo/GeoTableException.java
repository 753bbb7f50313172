package io.gatehouse.core.geo;

/** A geo table file that cannot be used; the message says what is wrong with it. */
public final class GeoTableException extends RuntimeException {
    public GeoTableException(String message) {
        super(message);
    }
}
