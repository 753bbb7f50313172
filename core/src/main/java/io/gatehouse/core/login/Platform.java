package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What a login came from, as {@code device_type} says it. */
public enum Platform {
    IOS("ios"),
    ANDROID("android"),
    WEB("web"),
    WINDOWS("windows"),
    MACOS("macos"),
    LINUX("linux"),
    /** A {@code device_type} that names none of the above. */
    OTHER("other"),
    /** No {@code device_type}. */
    UNKNOWN("unknown");

    private final String label;
    /** The label's first eight bytes, which is all of it where it may be spelled; in lower case. */
    private final long word;

    Platform(String label) {
        this.label = label;
        this.word = lowerCase(label.getBytes(StandardCharsets.US_ASCII), 0, label.length());
    }

    /** The word used in the processed event and in statistics. */
    public String label() {
        return label;
    }

    /** The platform that a text names, whatever the case of its ASCII letters. */
    static Platform of(Text deviceType) {
        if (!deviceType.isPresent()) {
            return UNKNOWN;
        }
        long word = lowerCase(deviceType.bytes(), deviceType.from(), deviceType.lengthBytes());
        return switch (deviceType.lengthBytes()) {
            case 3 -> word == IOS.word ? IOS : word == WEB.word ? WEB : OTHER;
            case 5 -> word == MACOS.word ? MACOS : word == LINUX.word ? LINUX : OTHER;
            case 7 -> word == ANDROID.word ? ANDROID : word == WINDOWS.word ? WINDOWS : OTHER;
            default -> OTHER;
        };
    }

    /** The platform that a text names, whatever the case of its letters; null for no text. */
    static Platform of(String deviceType) {
        if (deviceType == null) {
            return UNKNOWN;
        }
        Platform named = Arrays.stream(values())
                .filter(platform -> platform.label.equals(deviceType.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(OTHER);
        return named == UNKNOWN ? OTHER : named;
    }

    private static long lowerCase(byte[] text, int from, int lengthBytes) {
        // The bit in which the two cases of an ASCII letter differ, in each byte.
        return Words.head(text, from, lengthBytes) | 0x2020202020202020L;
    }
}
