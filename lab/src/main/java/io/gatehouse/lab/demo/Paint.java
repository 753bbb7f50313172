package io.gatehouse.lab.demo;

/** Colours for those who can see them: a terminal, unless the user asked for none by {@code NO_COLOR}. */
record Paint(boolean colours) {
    static Paint ofThisTerminal() {
        return new Paint(System.console() != null && System.getenv("NO_COLOR") == null);
    }

    String bold(String text) {
        return dress("1", text);
    }

    String dim(String text) {
        return dress("2", text);
    }

    String warning(String text) {
        return dress("33", text);
    }

    private String dress(String code, String text) {
        return colours ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
