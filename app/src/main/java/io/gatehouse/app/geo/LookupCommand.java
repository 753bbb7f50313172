package io.gatehouse.app.geo;

import io.gatehouse.app.Printable;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.core.geo.IpCategory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse geo lookup}: what a login from an address would be told about it. */
@Command(
        name = "lookup",
        description = {
            "Prints one line of JSON for each address: ip, ip_category and geo, as a processed event has them.",
            "Only public addresses are looked up; nothing is ever resolved."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse geo lookup 81.2.69.142",
            "  gatehouse geo lookup --database GeoLite2-City.mmdb 81.2.69.142 2001:218::1 10.0.0.1",
            "",
            "Exit codes: 0 all addresses answered, 1 one is malformed or the table cannot be used, 2 wrong usage."
        })
final class LookupCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ChosenTable table;

    @Parameters(paramLabel = "IP", arity = "1..*", description = "IPv4 or IPv6 addresses.")
    private List<String> addresses;

    @Override
    public Integer call() {
        GeoTable places = table.open();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        IpAddress address = new IpAddress();
        int outcome = DONE;
        for (String text : addresses) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (address.parse(bytes, 0, bytes.length)) {
                out.println(answer(text, address, places));
            } else {
                out.flush();
                err.println("gatehouse: not an IP address: " + Printable.excerpt(text));
                outcome = FAILED;
            }
        }
        out.flush();
        err.flush();
        return outcome;
    }

    private static String answer(String text, IpAddress address, GeoTable places) {
        IpCategory category = IpCategory.of(address);
        int place = category == IpCategory.PUBLIC ? places.find(address) : GeoTable.NOWHERE;
        String geo = "null";
        if (place != GeoTable.NOWHERE) {
            byte[] json = new byte[places.jsonLength(place)];
            places.copyJson(place, json, 0);
            geo = new String(json, StandardCharsets.UTF_8);
        }
        return "{\"ip\":\"" + text + "\",\"ip_category\":\"" + category.label() + "\",\"geo\":" + geo + "}";
    }
}
