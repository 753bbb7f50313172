package io.gatehouse.app.watch;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** One instance, asked again and again. */
final class InstanceWatch {
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final double SECOND_NS = 1e9;

    private final URI url;
    private final Deque<Scrape> scrapes = new ArrayDeque<>();

    /** @param url of the address and port where it serves health and metrics */
    InstanceWatch(URI url) {
        this.url = url;
    }

    /** Asks, for some seconds at most. */
    Instance look(long nowNs) {
        HealthAnswer health;
        try {
            health = HealthAnswer.parse(Page.fetch(url.resolve("/health")).body());
        } catch (JacksonException e) {
            return Instance.silent(url, "what answers there is not Gatehouse");
        } catch (IOException e) {
            return Instance.silent(url, "it does not answer: " + e.getMessage());
        }
        try {
            Page metrics = Page.fetch(url.resolve("/metrics"));
            return figures(health, Scrape.parse(metrics.body(), nowNs));
        } catch (IOException e) {
            return new Instance(url, null, health, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    private Instance figures(HealthAnswer health, Scrape now) {
        if (!scrapes.isEmpty() && !now.continues(scrapes.peekLast())) {
            scrapes.clear();
        }
        scrapes.addLast(now);
        while (now.atNs() - scrapes.peekFirst().atNs() > WINDOW.toNanos()) {
            scrapes.removeFirst();
        }
        Scrape first = scrapes.peekFirst();
        double seconds = (now.atNs() - first.atNs()) / SECOND_NS;
        return new Instance(
                url,
                null,
                health,
                rate(now.processed() - first.processed(), seconds),
                rate(now.deadLetters() - first.deadLetters(), seconds),
                now.ageSince(first),
                now.ledgerDifference());
    }

    private static double rate(double counted, double seconds) {
        return seconds > 0 ? counted / seconds : Double.NaN;
    }
}
