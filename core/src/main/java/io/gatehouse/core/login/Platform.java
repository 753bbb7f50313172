package io.gatehouse.core.login;

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

    Platform(String label) {
        this.label = label;
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
        switch (deviceType.lengthBytes()) {
            case 3:
                return spells(deviceType, IOS) ? IOS : spells(deviceType, WEB) ? WEB : OTHER;
            case 5:
                return spells(deviceType, MACOS) ? MACOS : spells(deviceType, LINUX) ? LINUX : OTHER;
            case 7:
                return spells(deviceType, ANDROID) ? ANDROID : spells(deviceType, WINDOWS) ? WINDOWS : OTHER;
            default:
                return OTHER;
        }
    }

    private static boolean spells(Text text, Platform platform) {
        byte[] bytes = text.bytes();
        int from = text.from();
        String name = platform.label;
        for (int i = 0; i < name.length(); i++) {
            // 0x20 is the only bit in which the two cases of an ASCII letter differ.
            if ((bytes[from + i] | 0x20) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
