package io.gatehouse.lab.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.app.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks for texts of events where none may be: in the log, in the metrics, in what health says. */
final class Leaks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> PAGES = List.of("/metrics", "/health", "/health/live", "/health/ready");

    /** A line of Gatehouse's log, or one of a trace, which is indented: no other can have been begun by an event's text. */
    private static final Pattern LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (ERROR|WARN |INFO |DEBUG|TRACE) \\[[^\\]]+] .*| {4}.*");

    private Leaks() {}

    /** What is wrong with these lines of a log, in words. */
    static List<String> inLog(List<String> lines) {
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!LINE.matcher(line).matches()) {
                leaks.add("line " + (i + 1) + " of the log is none of Gatehouse's: " + Printable.excerpt(line));
            } else if (!Printable.escape(line).equals(line)) {
                leaks.add("line " + (i + 1) + " of the log has control characters: " + Printable.excerpt(line));
            } else if (line.contains(Entries.MARK)) {
                leaks.add("line " + (i + 1) + " of the log repeats an event's text: " + Printable.excerpt(line));
            }
        }
        return leaks;
    }

    /** @throws IOException when the log cannot be read; also when it is no UTF-8 */
    static List<String> linesOf(Path log) throws IOException {
        // Not Files.lines, for which a carriage return and the like would be the end of a line.
        String text = Files.readString(log, UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    /** What is wrong with the pages that are served on this port, in words. */
    static List<String> inPages(int port) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        List<String> leaks = new ArrayList<>();
        for (String page : PAGES) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                    .timeout(PATIENCE)
                    .build();
            String body = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8))
                    .body();
            if (body.isEmpty()) {
                leaks.add(page + " is empty");
            }
            if (body.contains(Entries.MARK)) {
                leaks.add(page + " repeats an event's text");
            }
            if (!Printable.escape(body.replace("\n", "")).equals(body.replace("\n", ""))) {
                leaks.add(page + " has control characters");
            }
        }
        return leaks;
    }
}
