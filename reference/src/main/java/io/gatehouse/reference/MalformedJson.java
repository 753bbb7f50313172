package io.gatehouse.reference;

/** A text is not JSON as the contract wants it. */
final class MalformedJson extends Exception {
    MalformedJson(String what, int at) {
        super(what + " at character " + at);
    }
}
