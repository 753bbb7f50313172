package io.gatehouse.reference;

import io.gatehouse.reference.Checker.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What the contract says of headers: Gatehouse's own are replaced, all others are carried. */
final class Headers {
    private static final String OWN = "gatehouse.";

    private Headers() {}

    static List<Header> carried(List<Header> headers) {
        return headers.stream().filter(header -> !isOwn(header)).toList();
    }

    static List<Header> own(List<Header> headers) {
        return headers.stream().filter(Headers::isOwn).toList();
    }

    /** The last header of this name as text; null when there is none, or it is null. */
    static String text(List<Header> headers, String name) {
        String text = null;
        for (Header header : headers) {
            if (header.name().equals(name)) {
                text = header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    /** Same names and values in the same order. */
    static boolean equal(List<Header> some, List<Header> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).name().equals(others.get(i).name())
                    || !Arrays.equals(some.get(i).value(), others.get(i).value())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOwn(Header header) {
        return header.name().startsWith(OWN);
    }
}
