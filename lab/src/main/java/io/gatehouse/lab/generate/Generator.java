package io.gatehouse.lab.generate;

import io.gatehouse.app.Gatehouse;
import java.util.List;

/** The {@code gatehouse} command with the generator and nothing else of the lab, so that it runs without a broker's libraries. */
public final class Generator {
    private Generator() {}

    public static void main(String[] args) {
        System.exit(Gatehouse.commandLine(List.of(GenerateCommand.class), args).execute(args));
    }
}
