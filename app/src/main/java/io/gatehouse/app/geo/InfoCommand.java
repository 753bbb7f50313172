package io.gatehouse.app.geo;

import io.gatehouse.app.Printable;
import io.gatehouse.core.geo.GeoInfo;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse geo info}: what a table holds, how old it is and on which terms. */
@Command(
        name = "info",
        description = "Says what a geo table holds, how old it is and on which terms it may be used.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse geo info",
            "  gatehouse geo info --database places.geo",
            "",
            "Exit codes: 0 done, 1 the table cannot be used, 2 wrong usage."
        })
final class InfoCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ChosenTable table;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        GeoInfo info = table.open().info();
        print(out, "table", table.name());
        print(out, "source", info.source().name());
        print(out, "source built", info.source().builtAt().toString());
        print(out, "licence", info.source().licence());
        print(out, "attribution", info.source().attribution());
        print(out, "level", info.level().label());
        print(out, "countries", count(info.countries()));
        print(out, "regions", count(info.regions()));
        print(out, "places", count(info.places()));
        print(out, "IPv4 ranges", count(info.ipv4Ranges()));
        print(out, "IPv6 ranges", count(info.ipv6Ranges()));
        print(out, "file size", count(table.sizeBytes()) + " bytes");
        out.flush();
    }

    private static void print(PrintWriter out, String name, String value) {
        out.printf(Locale.ROOT, "%-13s %s%n", name, value.isEmpty() ? "not told" : Printable.escape(value));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
