package io.gatehouse.reference;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code MAJOR[.MINOR[.PATCH]]} as it leads an {@code app_version}. */
record AppVersion(int major, int minor, int patch) {
    private static final Pattern SHAPE =
            Pattern.compile("v?([0-9]+)(?:\\.([0-9]+)(?:\\.([0-9]+)(?:\\..*)?)?)?(?:[-+ ].*)?", Pattern.DOTALL);
    private static final BigInteger LARGEST_PART = BigInteger.valueOf(65535);

    /** Null when the text is null, has another shape, or a part exceeds 65535. */
    static AppVersion parse(String text) {
        Matcher parts = SHAPE.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            return null;
        }
        int[] numbers = new int[3];
        for (int i = 0; i < 3; i++) {
            BigInteger part = new BigInteger(parts.group(i + 1) == null ? "0" : parts.group(i + 1));
            if (part.compareTo(LARGEST_PART) > 0) {
                return null;
            }
            numbers[i] = part.intValueExact();
        }
        return new AppVersion(numbers[0], numbers[1], numbers[2]);
    }

    /** The contract's {@code change} from an earlier version of the same device; null stands for none known. */
    String changeFrom(AppVersion earlier) {
        if (earlier == null) {
            return "first";
        }
        if (earlier.equals(this)) {
            return "same";
        }
        boolean newer = major != earlier.major
                ? major > earlier.major
                : minor != earlier.minor ? minor > earlier.minor : patch > earlier.patch;
        return newer ? "upgrade" : "downgrade";
    }
}
