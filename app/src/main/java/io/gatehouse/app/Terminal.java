package io.gatehouse.app;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that a person sits at.
 *
 * @param columns characters that fit in a line
 * @param rows lines that fit on the screen
 */
public record Terminal(int columns, int rows) {
    private static final Terminal USUAL = new Terminal(80, 24);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");
    private static final long LONGEST_ANSWER_MS = 500;

    /** Whether this process reads from and writes to a terminal. */
    public static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** From Java 22 on there is a console without a terminal, too, and a method that tells; before, neither. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** As large as it is now, or 80 by 24 when that cannot be found out. */
    public static Terminal now() {
        ProcessBuilder question = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"));
        try {
            Process asked = question.start();
            if (!asked.waitFor(LONGEST_ANSWER_MS, TimeUnit.MILLISECONDS)) {
                asked.destroyForcibly();
                return USUAL;
            }
            return parse(new String(asked.getInputStream().readNBytes(16), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    private static Terminal parse(String size) {
        Matcher parts = SIZE.matcher(size.trim());
        if (!parts.matches() || parts.group(1).equals("0") || parts.group(2).equals("0")) {
            return USUAL;
        }
        return new Terminal(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(1)));
    }
}
