package io.gatehouse.app.config;

import io.gatehouse.app.Printable;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which values are never shown. Judged by the key's name, so that a misspelt secret stays one. */
final class Secrets {
    private static final Pattern SECRET =
            Pattern.compile("password|passphrase|secret|jaas|private|token$|keystore\\.key|certificate\\.chain");

    private Secrets() {}

    static boolean isSecret(String key) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT).replace('_', '.')).find();
    }

    static String shown(String key, String value) {
        return isSecret(key) && !value.isEmpty() ? "(hidden)" : Printable.excerpt(value);
    }
}
