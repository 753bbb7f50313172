package io.gatehouse.app;

/** Colours for those who can see them: a terminal, unless the user asked for none by {@code NO_COLOR}. */
public record Paint(boolean colours) {
    /** No colours. */
    public static final Paint NONE = new Paint(false);

    public static Paint ofThisTerminal() {
        return new Paint(Terminal.isThere() && System.getenv("NO_COLOR") == null);
    }

    public String bold(String text) {
        return dress("1", text);
    }

    public String dim(String text) {
        return dress("2", text);
    }

    public String good(String text) {
        return dress("32", text);
    }

    public String warning(String text) {
        return dress("33", text);
    }

    /** What somebody must act on. */
    public String alarm(String text) {
        return dress("1;31", text);
    }

    private String dress(String code, String text) {
        return colours ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
